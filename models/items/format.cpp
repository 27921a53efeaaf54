#include "models/items/format.h"

#include <QLocale>

#include <array>
#include <cmath>

namespace items {

namespace {
const QLocale &english()
{
    static const QLocale locale(QLocale::English, QLocale::UnitedStates);
    return locale;
}

struct Unit {
    double factor;
    const char *name;
};
constexpr std::array<Unit, 5> units{{{1.0, "B"},
                                     {1024.0, "KB"},
                                     {1024.0 * 1024, "MB"},
                                     {1024.0 * 1024 * 1024, "GB"},
                                     {1024.0 * 1024 * 1024 * 1024, "TB"}}};

const Unit &unitOf(qint64 bytes)
{
    const double value = std::abs(static_cast<double>(bytes));
    const Unit *best = &units.front();
    for (const Unit &unit : units)
        if (value >= unit.factor)
            best = &unit;
    return *best;
}

/// Whole numbers from `wholeFrom` on.
QString inUnit(qint64 bytes, const Unit &unit, double wholeFrom = 100)
{
    const double value = static_cast<double>(bytes) / unit.factor;
    const bool whole = unit.factor < 2 || std::abs(value) >= wholeFrom || std::abs(value - std::round(value)) < 0.05;
    return english().toString(value, 'f', whole ? 0 : 1);
}
} // namespace

QString countText(qint64 value)
{
    return english().toString(value);
}

QString moneyText(qint64 cents)
{
    const qint64 absolute = cents < 0 ? -cents : cents;
    const QString text = QStringLiteral("$%1.%2").arg(english().toString(absolute / 100)).arg(absolute % 100, 2, 10, QLatin1Char('0'));
    return cents < 0 ? QChar(0x2212) + text : text;
}

QString bytesText(qint64 bytes)
{
    const Unit &unit = unitOf(bytes);
    return inUnit(bytes, unit) + QLatin1Char(' ') + QLatin1StringView(unit.name);
}

QString usageText(qint64 used, qint64 limit)
{
    if (limit <= 0)
        return bytesText(used);
    const Unit &unit = unitOf(limit);
    if (used > 0 && static_cast<double>(used) / unit.factor < 0.1) {
        const Unit &small = unitOf(used);
        return QStringLiteral("%1 %2 / %3 %4").arg(inUnit(used, small, 10), QLatin1StringView(small.name), inUnit(limit, unit, 10), QLatin1StringView(unit.name));
    }
    return QStringLiteral("%1 / %2 %3").arg(inUnit(used, unit), inUnit(limit, unit), QLatin1StringView(unit.name));
}

QString plural(qint64 n, const QString &one, const QString &many)
{
    return countText(n) + QLatin1Char(' ') + (n == 1 ? one : many);
}

QString relativeText(const QDateTime &utc, const QDateTime &nowUtc)
{
    if (!utc.isValid())
        return QStringLiteral("—");
    const qint64 seconds = utc.secsTo(nowUtc);
    if (seconds < -60)
        return QStringLiteral("in ") + (seconds > -3600      ? plural(-seconds / 60, QStringLiteral("min"), QStringLiteral("min"))
                                        : seconds > -86400   ? plural(-seconds / 3600, QStringLiteral("h"), QStringLiteral("h"))
                                                             : plural(-seconds / 86400, QStringLiteral("day"), QStringLiteral("days")));
    if (seconds < 60)
        return QStringLiteral("now");
    if (seconds < 3600)
        return QStringLiteral("%1 min ago").arg(seconds / 60);
    if (seconds < 86400)
        return QStringLiteral("%1 h ago").arg(seconds / 3600);
    if (seconds < 60 * 86400)
        return plural(seconds / 86400, QStringLiteral("day"), QStringLiteral("days")) + QStringLiteral(" ago");
    return english().toString(utc.date(), QStringLiteral("d MMM yyyy"));
}

QString dayText(const QDateTime &utc, const QTimeZone &zone)
{
    return utc.isValid() ? english().toString(utc.toTimeZone(zone).date(), QStringLiteral("d MMM yyyy")) : QStringLiteral("—");
}

QString shortTimeText(const QDateTime &utc, const QTimeZone &zone, const QDateTime &nowUtc)
{
    if (!utc.isValid())
        return QStringLiteral("—");
    const QDateTime local = utc.toTimeZone(zone);
    const QDate today = nowUtc.toTimeZone(zone).date();
    const QString time = local.time().toString(QStringLiteral("HH:mm"));
    if (local.date() == today)
        return QStringLiteral("today ") + time;
    if (local.date() == today.addDays(-1))
        return QStringLiteral("yesterday ") + time;
    const QString day = english().toString(local.date(), local.date().year() == today.year() ? QStringLiteral("d MMM")
                                                                                             : QStringLiteral("d MMM yyyy"));
    return day + QLatin1Char(' ') + time;
}

QString exactText(const QDateTime &utc, const QTimeZone &zone)
{
    return utc.isValid() ? utc.toTimeZone(zone).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz")) : QStringLiteral("—");
}

QString isoText(const QDateTime &utc)
{
    return utc.toUTC().toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss.zzzZ"));
}

QString timeTip(const QDateTime &utc, const QDateTime &nowUtc)
{
    if (!utc.isValid())
        return {};
    return isoText(utc) + QStringLiteral(" · ") + relativeText(utc, nowUtc);
}

QString zoneText(const QTimeZone &zone, const QDateTime &atUtc)
{
    const QString name = zone.abbreviation(atUtc);
    return name.isEmpty() ? QString::fromLatin1(zone.id()) : name;
}

QString wordText(const QString &name)
{
    QString text = name;
    return text.replace(QLatin1Char('_'), QLatin1Char(' '));
}

QString shortId(const QString &id)
{
    return id.size() > 12 ? id.left(4) + QChar(0x2026) + id.right(4) : id;
}

} // namespace items
