#include "services/storage/connection.h"

#include <QSqlQuery>
#include <QTimeZone>

namespace storage {

bool Row::isNull(int column) const
{
    return m_query.isNull(column);
}

QString Row::text(int column) const
{
    return m_query.value(column).toString();
}

QByteArray Row::bytes(int column) const
{
    const QVariant v = m_query.value(column);
    return v.typeId() == QMetaType::QByteArray ? v.toByteArray() : v.toString().toUtf8();
}

qint64 Row::integer(int column) const
{
    const QVariant v = m_query.value(column);
    bool ok = false;
    const qint64 number = v.toLongLong(&ok);
    // A numeric sum arrives as text and may carry a fraction ("12.000").
    return ok ? number : v.toString().section(QLatin1Char('.'), 0, 0).toLongLong();
}

double Row::real(int column) const
{
    return m_query.value(column).toDouble();
}

bool Row::boolean(int column) const
{
    return m_query.value(column).toBool();
}

QUuid Row::uuid(int column) const
{
    return QUuid::fromString(m_query.value(column).toString());
}

QDateTime Row::time(int column) const
{
    const QVariant v = m_query.value(column);
    if (v.isNull())
        return {};
    switch (v.typeId()) {
    case QMetaType::QDateTime:
        return v.toDateTime().toUTC();
    case QMetaType::QString:
        return QDateTime::fromString(v.toString(), Qt::ISODateWithMs).toUTC();
    default:
        return QDateTime::fromMSecsSinceEpoch(v.toLongLong(), Qt::UTC);
    }
}

std::optional<QDateTime> Row::optionalTime(int column) const
{
    if (isNull(column))
        return std::nullopt;
    return time(column);
}

std::optional<QUuid> Row::optionalUuid(int column) const
{
    if (isNull(column))
        return std::nullopt;
    return uuid(column);
}

QString toSqlTime(const QDateTime &time)
{
    return time.toUTC().toString(QStringLiteral("yyyy-MM-dd'T'HH:mm:ss.zzz'Z'"));
}

QVariant toSqlTime(const std::optional<QDateTime> &time)
{
    return time ? QVariant(toSqlTime(*time)) : QVariant();
}

QString likePattern(const QString &text)
{
    QString escaped;
    escaped.reserve(text.size() + 2);
    escaped += QLatin1Char('%');
    for (const QChar c : text.toLower()) {
        if (c == QLatin1Char('%') || c == QLatin1Char('_') || c == QLatin1Char('\\'))
            escaped += QLatin1Char('\\');
        escaped += c;
    }
    return escaped + QLatin1Char('%');
}

QString globPattern(const QString &text)
{
    QString pattern(QLatin1Char('*'));
    for (const char32_t c : text.toUcs4()) {
        const QString same = QString::fromUcs4(&c, 1);
        const QString lower = same.toLower(), upper = same.toUpper();
        if (c < 0x80 && c != U'*' && c != U'?' && c != U'[')
            pattern += lower;
        else if (lower == upper || lower.toUcs4().size() != 1 || upper.toUcs4().size() != 1)
            pattern += QLatin1Char('[') + same + QLatin1Char(']');
        else
            pattern += QLatin1Char('[') + lower + upper + QLatin1Char(']');
    }
    return pattern + QLatin1Char('*');
}

} // namespace storage
