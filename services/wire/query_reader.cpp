#include "services/wire/query_reader.h"

#include "models/domain/ids.h"
#include "services/wire/time_text.h"

namespace wire {

namespace {
constexpr qsizetype maxNameBytes = 64; // of a name that is told back
} // namespace

QString QueryReader::text(const char *name) const
{
    for (const auto &[key, value] : m_items) {
        if (key != name)
            continue;
        const QString decoded = QString::fromUtf8(value);
        if (decoded.size() > maxQueryValueChars) {
            fail(QStringLiteral("invalid_value"), name,
                 QStringLiteral("is longer than %1 characters").arg(maxQueryValueChars));
            return {};
        }
        if (decoded.contains(QChar(u'\0'))) {
            fail(QStringLiteral("invalid_text"), name, QStringLiteral("must not contain the character U+0000"));
            return {};
        }
        return decoded;
    }
    return {};
}

int QueryReader::lenientInteger(const char *name, int min, int max, int fallback) const
{
    bool isNumber = false;
    const qlonglong number = text(name).trimmed().toLongLong(&isNumber);
    if (!isNumber || number < min)
        return fallback;
    return static_cast<int>(qMin<qlonglong>(number, max));
}

std::optional<qint64> QueryReader::integer(const char *name, const QString &errorKey) const
{
    const QString value = text(name).trimmed();
    if (value.isEmpty())
        return std::nullopt;
    bool isNumber = false;
    const qlonglong number = value.toLongLong(&isNumber);
    if (!isNumber) {
        fail(errorKey, name, QStringLiteral("must be a 64-bit integer"));
        return std::nullopt;
    }
    return number;
}

std::optional<QDateTime> QueryReader::time(const char *name) const
{
    const QString value = text(name).trimmed();
    if (value.isEmpty())
        return std::nullopt;
    const std::optional<QDateTime> parsed = parseTimeOrDay(value);
    if (!parsed)
        fail(QStringLiteral("invalid_time"), name, QStringLiteral("must be an RFC 3339 time or YYYY-MM-DD"));
    return parsed;
}

std::optional<QUuid> QueryReader::uuid(const char *name, const QString &errorKey) const
{
    const QString value = text(name).trimmed();
    if (value.isEmpty())
        return std::nullopt;
    const auto id = domain::Id<struct AnyTag>::parse(value);
    if (!id) {
        fail(errorKey, name, QStringLiteral("must be a UUID"));
        return std::nullopt;
    }
    return id->value();
}

std::optional<bool> QueryReader::flag(const char *name) const
{
    const QString value = text(name).trimmed();
    if (value.isEmpty())
        return std::nullopt;
    if (value == QLatin1StringView("true") || value == QLatin1StringView("false"))
        return value == QLatin1StringView("true");
    fail(QStringLiteral("invalid_value"), name, QStringLiteral("must be true or false"));
    return std::nullopt;
}

QStringList QueryReader::words(const char *name) const
{
    QStringList words;
    const QStringList parts = text(name).split(QLatin1Char(','), Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        if (const QString word = part.trimmed(); !word.isEmpty())
            words.append(word);
    }
    return words;
}

void QueryReader::allowOnly(const QList<QByteArray> &names) const
{
    for (const auto &[key, value] : m_items) {
        if (!names.contains(key))
            return fail(QStringLiteral("unknown_parameter"), key.left(maxNameBytes).constData(),
                        QStringLiteral("is no parameter of this list"));
    }
}

void QueryReader::fail(const QString &key, const char *name, const QString &what) const
{
    if (!m_error)
        m_error = domain::invalidInput(key, QString::fromUtf8(name), what);
}

} // namespace wire
