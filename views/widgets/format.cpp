#include "views/widgets/format.h"

#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace widgets {
namespace {

const QString dash = QStringLiteral("—");
const QString minus = QStringLiteral("−");

QString number(double value, int decimals)
{
    QString text = QLocale::c().toString(value, 'f', decimals);
    return text.replace(u'-', minus);
}

/// Value and unit index (B, KB, …) so that the figure is below 1000.
std::pair<double, size_t> scaled(qint64 bytes)
{
    double value = static_cast<double>(bytes);
    size_t unit = 0;
    while (std::abs(value) >= 999.5 && unit < 5) {
        value /= 1000;
        ++unit;
    }
    return {value, unit};
}

const std::array<QString, 6> &units()
{
    static const std::array<QString, 6> names{QStringLiteral("B"),  QStringLiteral("KB"), QStringLiteral("MB"),
                                              QStringLiteral("GB"), QStringLiteral("TB"), QStringLiteral("PB")};
    return names;
}

QString figure(double value, size_t unit)
{
    const bool whole = unit == 0 || std::abs(value) >= 100 || std::abs(value - std::round(value)) < 0.05;
    return number(value, whole ? 0 : 1);
}

QString currencySign(const QString &currency)
{
    if (currency == QLatin1StringView("USD"))
        return QStringLiteral("$");
    if (currency == QLatin1StringView("INR"))
        return QStringLiteral("₹");
    if (currency == QLatin1StringView("EUR"))
        return QStringLiteral("€");
    return currency + u' ';
}

} // namespace

QString formatCount(qint64 value)
{
    QString text = QLocale(QLocale::English, QLocale::UnitedStates).toString(value);
    return text.replace(u'-', minus);
}

QString formatBytes(qint64 bytes)
{
    if (bytes == -1)
        return QStringLiteral("unlimited");
    const auto [value, unit] = scaled(bytes);
    return figure(value, unit) + u' ' + units()[unit];
}

QString formatUsage(qint64 used, qint64 limit)
{
    if (limit == -1)
        return formatBytes(used) + QStringLiteral(" / ∞");
    const auto [value, unit] = scaled(limit);
    if (limit <= 0)
        return formatBytes(used);
    const double same = static_cast<double>(used) / std::pow(1000.0, static_cast<double>(unit));
    if (used > 0 && same < 0.05)
        return formatBytes(used) + QStringLiteral(" / ") + figure(value, unit) + u' ' + units()[unit];
    return figure(same, unit) + QStringLiteral(" / ") + figure(value, unit) + u' ' + units()[unit];
}

QString formatCents(qint64 cents, const QString &currency)
{
    const bool negative = cents < 0;
    const quint64 amount = negative ? quint64(0) - static_cast<quint64>(cents) : static_cast<quint64>(cents);
    const QString whole = QLocale(QLocale::English, QLocale::UnitedStates).toString(amount / 100);
    const QString text = QStringLiteral("%1%2.%3").arg(currencySign(currency), whole).arg(amount % 100, 2, 10, QChar(u'0'));
    return negative ? minus + text : text;
}

QString formatDelta(qint64 value)
{
    return value > 0 ? u'+' + formatCount(value) : formatCount(value);
}

QString formatPercent(double ratio, int decimals)
{
    if (!std::isfinite(ratio))
        return dash;
    return number(ratio * 100, decimals) + QStringLiteral(" %");
}

QString formatRelative(const QDateTime &when, const QDateTime &now)
{
    if (!when.isValid() || !now.isValid())
        return dash;
    const qint64 s = when.secsTo(now);
    if (s < 0)
        return QStringLiteral("in ") + formatDuration(-s);
    if (s < 2)
        return QStringLiteral("just now");
    if (s < 60)
        return QStringLiteral("%1 s ago").arg(s);
    if (s < 3600)
        return QStringLiteral("%1 min ago").arg(s / 60);
    if (s < 86400)
        return QStringLiteral("%1 h ago").arg(s / 3600);
    if (s < 2 * 86400)
        return QStringLiteral("yesterday");
    if (s < 60 * 86400)
        return QStringLiteral("%1 d ago").arg(s / 86400);
    return QLocale::c().toString(when.date(), QStringLiteral("d MMM yyyy"));
}

QString formatExact(const QDateTime &when, const QTimeZone &zone)
{
    if (!when.isValid())
        return dash;
    return QLocale::c().toString(when.toTimeZone(zone), QStringLiteral("d MMM yyyy HH:mm:ss"));
}

QString formatDay(const QDateTime &when, const QTimeZone &zone)
{
    if (!when.isValid())
        return dash;
    return QLocale::c().toString(when.toTimeZone(zone), QStringLiteral("d MMM yyyy"));
}

QString timeTooltip(const QDateTime &when, const QDateTime &now)
{
    if (!when.isValid())
        return {};
    return when.toUTC().toString(Qt::ISODate) + QStringLiteral(" · ") + formatRelative(when, now);
}

QString formatDuration(qint64 seconds)
{
    const qint64 s = std::max<qint64>(0, seconds);
    if (s < 60)
        return QStringLiteral("%1 s").arg(s);
    if (s < 3600)
        return QStringLiteral("%1 min").arg(s / 60);
    if (s < 86400)
        return QStringLiteral("%1 h %2 min").arg(s / 3600).arg(s % 3600 / 60);
    return QStringLiteral("%1 d %2 h").arg(s / 86400).arg(s % 86400 / 3600);
}

QString zoneLabel(const QTimeZone &zone, const QDateTime &at)
{
    const QString name = zone.abbreviation(at);
    return name.isEmpty() ? QString::fromLatin1(zone.id()) : name;
}

QString shortId(const QString &id)
{
    return id.size() <= 12 ? id : id.left(4) + QStringLiteral("…") + id.right(4);
}

} // namespace widgets
