#pragma once
#include "models/domain/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QStringList>
#include <QUuid>

#include <optional>
#include <utility>

namespace wire {

inline constexpr int maxOffset = 10'000;
/// Longest value of one query parameter, in characters.
inline constexpr qsizetype maxQueryValueChars = 2'000;

/// Reads query parameters; an absent or blank one is "not given". Keeps the first failure, naming the parameter.
class QueryReader {
public:
    explicit QueryReader(const QList<std::pair<QByteArray, QByteArray>> &items) : m_items(items) {}

    QString text(const char *name) const;
    /// Anything unusable gives `fallback`; above `max` gives `max`.
    int lenientInteger(const char *name, int min, int max, int fallback) const;
    std::optional<qint64> integer(const char *name, const QString &errorKey) const;
    std::optional<QDateTime> time(const char *name) const; ///< error `invalid_time`
    std::optional<QUuid> uuid(const char *name, const QString &errorKey) const;
    /// `true` or `false`; error `invalid_value`.
    std::optional<bool> flag(const char *name) const;
    /// A comma list, trimmed, without empty parts.
    QStringList words(const char *name) const;

    /// Error `unknown_parameter` for the first parameter that is none of these.
    void allowOnly(const QList<QByteArray> &names) const;

    void fail(const QString &key, const char *name, const QString &what) const;
    template <typename T>
    domain::Result<T> finish(T value) const
    {
        if (m_error)
            return *m_error;
        return value;
    }

private:
    const QList<std::pair<QByteArray, QByteArray>> &m_items;
    mutable std::optional<domain::Error> m_error;
};

} // namespace wire
