#pragma once
#include "models/domain/ids.h"
#include "models/domain/result.h"
#include "services/wire/time_text.h"

#include <QJsonObject>
#include <QJsonValue>
#include <QStringList>

#include <limits>
#include <memory>

namespace wire {

/// Longest text of one field, in UTF-16 units; longer ones are refused, not cut.
inline constexpr qsizetype maxTextChars = 256 * 1024;
/// Most elements of one array.
inline constexpr qsizetype maxArrayItems = 10'000;
/// Largest body that is parsed, in bytes.
inline constexpr qsizetype maxBodyBytes = 16 * 1024 * 1024;

/// Reads typed members of a JSON object. The first thing that is missing, mistyped, out of range or unknown is kept as
/// InvalidInput with the member's path (`customers[3].tier`) in `fields`; later reads then give defaults. Unknown
/// members are ignored, so that a newer peer can add some. Texts with U+0000 are refused (`invalid_text`): no database
/// stores them.
class JsonReader {
public:
    /// Parses a whole body; anything but one JSON object in valid UTF-8 is `errorKey`.
    static JsonReader fromBody(const QByteArray &body, const QString &errorKey = QStringLiteral("invalid_body"));

    bool failed() const { return m_state->error.has_value(); }
    const domain::Error &error() const { return *m_state->error; } ///< precondition: failed()
    /// The value, or the first failure.
    template <typename T>
    domain::Result<T> finish(T value) const
    {
        if (failed())
            return error();
        return value;
    }
    /// Keeps a failure at member `name`, unless there is one already.
    void fail(QLatin1StringView name, const QString &what) const;

    bool has(QLatin1StringView name) const; ///< present and not null
    QString text(QLatin1StringView name) const;
    QString optionalText(QLatin1StringView name) const; ///< absent or null: empty
    qint64 integer(QLatin1StringView name, qint64 min = std::numeric_limits<qint64>::min(),
                   qint64 max = std::numeric_limits<qint64>::max()) const;
    int smallInteger(QLatin1StringView name, int min = 0, int max = std::numeric_limits<int>::max()) const;
    bool flag(QLatin1StringView name) const;
    QDateTime time(QLatin1StringView name) const;
    std::optional<QDateTime> optionalTime(QLatin1StringView name) const;
    QUuid uuid(QLatin1StringView name) const;
    std::optional<QUuid> optionalUuid(QLatin1StringView name) const;
    QStringList texts(QLatin1StringView name) const;
    QByteArray base64(QLatin1StringView name) const; ///< the decoded bytes; as long as the body may be
    JsonReader object(QLatin1StringView name) const;
    QList<JsonReader> objects(QLatin1StringView name) const;

    template <typename IdType>
    IdType id(QLatin1StringView name) const
    {
        return IdType(uuid(name));
    }
    template <typename IdType>
    std::optional<IdType> optionalId(QLatin1StringView name) const
    {
        const std::optional<QUuid> value = optionalUuid(name);
        return value ? std::optional<IdType>(IdType(*value)) : std::nullopt;
    }
    /// `parse` gives an optional of the enum; an unknown name is a failure.
    template <typename Parse>
    auto choice(QLatin1StringView name, Parse parse) const -> typename decltype(parse(QStringView()))::value_type
    {
        const QString word = text(name);
        if (const auto value = parse(QStringView(word)))
            return *value;
        fail(name, QStringLiteral("unknown value"));
        return {};
    }

private:
    struct State {
        QString key;
        std::optional<domain::Error> error;
    };
    JsonReader(QJsonObject object, QString path, std::shared_ptr<State> state)
        : m_object(std::move(object))
        , m_path(std::move(path))
        , m_state(std::move(state))
    {
    }
    QJsonValue present(QLatin1StringView name, QJsonValue::Type type) const;
    QString pathOf(QLatin1StringView name) const;

    QJsonObject m_object;
    QString m_path;
    std::shared_ptr<State> m_state;
};

} // namespace wire
