#include "models/domain/format.h"

#include <QLatin1StringView>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace domain {
namespace {

constexpr QChar minusSign(0x2212);

struct Currency {
    const char *code;
    char16_t symbol; ///< 0 = the code stands in front
    int minorDigits;
    bool indianGrouping;
};

constexpr std::array currencies{
    Currency{"USD", u'$', 2, false}, Currency{"INR", u'₹', 2, true},  Currency{"EUR", u'€', 2, false},
    Currency{"GBP", u'£', 2, false}, Currency{"JPY", u'¥', 0, false}, Currency{"KRW", u'₩', 0, false},
};

Currency currencyOf(const QString &code)
{
    for (const Currency &currency : currencies) {
        if (QLatin1StringView(currency.code) == code)
            return currency;
    }
    return {"", 0, 2, false};
}

/// Groups of three from the right, or (Indian) a last group of three and pairs before it.
QString grouped(quint64 value, bool indian)
{
    QString digits = QString::number(value);
    qsizetype position = digits.size() - 3;
    const qsizetype step = indian ? 2 : 3;
    while (position > 0) {
        digits.insert(position, QLatin1Char(','));
        position -= step;
    }
    return digits;
}

quint64 magnitude(qint64 value)
{
    return value < 0 ? ~static_cast<quint64>(value) + 1 : static_cast<quint64>(value);
}

constexpr std::array units{QLatin1StringView("B"),  QLatin1StringView("KB"), QLatin1StringView("MB"),
                           QLatin1StringView("GB"), QLatin1StringView("TB"), QLatin1StringView("PB")};

size_t unitOf(qint64 bytes)
{
    double value = static_cast<double>(bytes);
    size_t unit = 0;
    // 1023.95 would round to "1024" of the smaller unit.
    while (value >= 1023.95 && unit + 1 < units.size()) {
        value /= 1024;
        ++unit;
    }
    return unit;
}

double inUnit(qint64 bytes, size_t unit)
{
    return std::ldexp(static_cast<double>(bytes), -10 * static_cast<int>(unit));
}

QString figure(qint64 bytes, size_t unit)
{
    const double value = inUnit(bytes, unit);
    const bool whole = unit == 0 || value >= 99.95 || std::abs(value - std::round(value)) < 0.05;
    return QString::number(value, 'f', whole ? 0 : 1);
}

QString inEnglish(QDate day, const QString &format)
{
    return QLocale::c().toString(day, format);
}

QString distanceText(qint64 seconds)
{
    if (seconds < 60)
        return QStringLiteral("%1 s").arg(seconds);
    if (seconds < 3600)
        return QStringLiteral("%1 min").arg(seconds / 60);
    if (seconds < 86400)
        return QStringLiteral("%1 h").arg(seconds / 3600);
    return plural(seconds / 86400, QStringLiteral("day"), QStringLiteral("days"));
}

} // namespace

QString noValue()
{
    return QStringLiteral("—");
}

QString countText(qint64 count)
{
    const QString digits = grouped(magnitude(count), false);
    return count < 0 ? minusSign + digits : digits;
}

QString countLimitText(qint64 count)
{
    return count == -1 ? QStringLiteral("unlimited") : countText(count);
}

QString plural(qint64 n, const QString &one, const QString &many)
{
    return countText(n) + QLatin1Char(' ') + (n == 1 ? one : many);
}

QString percentText(std::optional<double> ratio, int decimals)
{
    if (!ratio || !std::isfinite(*ratio))
        return noValue();
    QString digits = QString::number(std::abs(*ratio) * 100, 'f', decimals);
    const bool isZero = digits.toDouble() == 0.0;
    if (*ratio < 0 && !isZero)
        digits.prepend(minusSign);
    return digits + QStringLiteral(" %");
}

QString moneyText(const Money &money, Cents cents)
{
    const Currency currency = currencyOf(money.currency);
    quint64 scale = 1;
    for (int i = 0; i < currency.minorDigits; ++i)
        scale *= 10;
    const quint64 amount = magnitude(money.minor);
    QString text = money.minor < 0 ? QString(minusSign) : QString();
    text += currency.symbol ? QString(QChar(currency.symbol)) : money.currency + QLatin1Char(' ');
    text += grouped(amount / scale, currency.indianGrouping);
    if (currency.minorDigits > 0 && (cents == Cents::Always || amount % scale != 0))
        text +=
            QLatin1Char('.') + QString::number(amount % scale).rightJustified(currency.minorDigits, QLatin1Char('0'));
    return text;
}

QString moneyText(qint64 usdCents)
{
    return moneyText(Money{usdCents, QStringLiteral("USD")});
}

QString bytesText(qint64 bytes)
{
    if (bytes < 0)
        return noValue();
    const size_t unit = unitOf(bytes);
    return figure(bytes, unit) + QLatin1Char(' ') + units[unit];
}

QString byteLimitText(qint64 bytes)
{
    if (bytes == -1)
        return QStringLiteral("unlimited");
    return bytes == 0 ? QStringLiteral("none") : bytesText(bytes);
}

QString usageText(qint64 used, qint64 limit, const QString &separator)
{
    if (limit <= 0)
        return bytesText(used);
    const size_t unit = unitOf(limit);
    const QString left = used > 0 && inUnit(used, unit) < 0.1 ? bytesText(used) : figure(used, unit);
    return left + separator + bytesText(limit);
}

QString relativeText(const QDateTime &time, const QDateTime &now)
{
    if (!time.isValid() || !now.isValid())
        return noValue();
    const qint64 seconds = time.secsTo(now);
    if (std::abs(seconds) < 5 || (seconds < 0 && seconds > -60)) // two clocks differ by that much
        return QStringLiteral("just now");
    if (seconds < 0)
        return QStringLiteral("in ") + distanceText(-seconds);
    if (seconds < 60 * 86400)
        return distanceText(seconds) + QStringLiteral(" ago");
    return inEnglish(time.toUTC().date(), QStringLiteral("d MMM yyyy"));
}

QString dayText(const QDateTime &time, const QTimeZone &zone)
{
    return time.isValid() ? inEnglish(time.toTimeZone(zone).date(), QStringLiteral("d MMM yyyy")) : noValue();
}

QString shortTimeText(const QDateTime &time, const QTimeZone &zone, const QDateTime &now)
{
    if (!time.isValid())
        return noValue();
    const QDateTime local = time.toTimeZone(zone);
    const QDate today = now.toTimeZone(zone).date();
    const QString clock = local.time().toString(QStringLiteral("HH:mm"));
    if (local.date() == today)
        return QStringLiteral("today ") + clock;
    if (local.date() == today.addDays(-1))
        return QStringLiteral("yesterday ") + clock;
    const bool sameYear = local.date().year() == today.year();
    return inEnglish(local.date(), sameYear ? QStringLiteral("d MMM ") : QStringLiteral("d MMM yyyy ")) + clock;
}

QString exactText(const QDateTime &time, const QTimeZone &zone)
{
    return time.isValid() ? time.toTimeZone(zone).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz")) : noValue();
}

QString isoText(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODateWithMs) : noValue();
}

QString timeTip(const QDateTime &time, const QDateTime &now)
{
    if (!time.isValid())
        return {};
    return isoText(time) + QStringLiteral(" · ") + relativeText(time, now);
}

QString zoneText(const QTimeZone &zone, const QDateTime &at)
{
    const QString name = zone.abbreviation(at);
    return name.isEmpty() ? QString::fromLatin1(zone.id()) : name;
}

QString durationText(qint64 seconds)
{
    const qint64 s = std::max<qint64>(0, seconds);
    if (s < 3600)
        return distanceText(s);
    if (s < 86400)
        return QStringLiteral("%1 h %2 min").arg(s / 3600).arg(s % 3600 / 60);
    return QStringLiteral("%1 d %2 h").arg(s / 86400).arg(s % 86400 / 3600);
}

QString latencyText(std::optional<qint64> ms)
{
    if (!ms)
        return noValue();
    if (*ms < 1000)
        return QStringLiteral("%1 ms").arg(std::max<qint64>(0, *ms));
    if (*ms < 10'000)
        return QStringLiteral("%1 s").arg(static_cast<double>(*ms / 100) / 10, 0, 'f', 1);
    return durationText(*ms / 1000);
}

QString wordText(const QString &name)
{
    QString text = name;
    return text.replace(QLatin1Char('_'), QLatin1Char(' '));
}

QString resourceTypeText(const QString &type)
{
    static constexpr std::array<std::pair<const char *, const char *>, 7> names{{{"postgres", "PostgreSQL"},
                                                                                 {"mongodb", "MongoDB"},
                                                                                 {"redis", "Redis"},
                                                                                 {"queue", "message queue"},
                                                                                 {"storage", "object storage"},
                                                                                 {"vector", "vector search"},
                                                                                 {"webhook", "webhooks"}}};
    for (const auto &[name, text] : names) {
        if (QLatin1StringView(name) == type)
            return QString::fromLatin1(text);
    }
    return wordText(type);
}

QString shortId(const QString &id)
{
    return id.size() > 12 ? id.left(4) + QChar(0x2026) + id.right(4) : id;
}

} // namespace domain
