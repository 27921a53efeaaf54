#include "services/wire/time_text.h"

#include <QRegularExpression>

namespace wire {

QString timeText(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODateWithMs) : QString();
}

std::optional<QDateTime> parseTime(QStringView text)
{
    // QDateTime::fromString(ISODate) also takes local times, ordinal dates and 24:00, which RFC 3339 does not know.
    static const QRegularExpression pattern(QStringLiteral(
        R"(^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d\d):(\d\d))$)"));
    const QRegularExpressionMatch match = pattern.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const auto number = [&match](int group) { return match.capturedView(group).toInt(); };
    const QString fraction = match.captured(7).leftJustified(3, QLatin1Char('0'), true);
    const QDate date(number(1), number(2), number(3));
    const QTime clock(number(4), number(5), number(6), fraction.toInt());
    if (!date.isValid() || !clock.isValid() || number(9) > 23 || number(10) > 59)
        return std::nullopt;
    const int offset = (number(9) * 60 + number(10)) * (match.capturedView(8) == QLatin1StringView("-") ? -60 : 60);
    return QDateTime(date, clock, Qt::UTC).addSecs(-offset);
}

std::optional<QDateTime> parseTimeOrDay(QStringView text)
{
    if (text.size() == 10) {
        const QDate day = QDate::fromString(text.toString(), Qt::ISODate);
        if (!day.isValid())
            return std::nullopt;
        return QDateTime(day, QTime(0, 0), Qt::UTC);
    }
    return parseTime(text);
}

} // namespace wire
