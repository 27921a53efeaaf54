#include "models/domain/format.h"

#include <QLatin1StringView>

#include <array>
#include <cmath>

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

Currency currencyOf(const QString &code) {
    for (const Currency &currency : currencies) {
        if (QLatin1StringView(currency.code) == code)
            return currency;
    }
    return {"", 0, 2, false};
}

/// Groups of three from the right, or (Indian) a last group of three and pairs before it.
QString grouped(quint64 value, bool indian) {
    QString digits = QString::number(value);
    qsizetype position = digits.size() - 3;
    const qsizetype step = indian ? 2 : 3;
    while (position > 0) {
        digits.insert(position, QLatin1Char(','));
        position -= step;
    }
    return digits;
}

quint64 magnitude(qint64 value) {
    return value < 0 ? ~static_cast<quint64>(value) + 1 : static_cast<quint64>(value);
}

struct Unit {
    qint64 seconds;
    QLatin1StringView name;
};

constexpr std::array timeUnits{
    Unit{365LL * 86400, QLatin1StringView("y")}, Unit{30LL * 86400, QLatin1StringView("mo")},
    Unit{86400, QLatin1StringView("d")},         Unit{3600, QLatin1StringView("h")},
    Unit{60, QLatin1StringView("min")},
};

} // namespace

QString noValue() {
    return QStringLiteral("—");
}

QString formatMoney(const Money &money, Cents cents) {
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

QString formatBytes(qint64 bytes) {
    if (bytes < 0)
        return noValue();
    static constexpr std::array units{"B", "KB", "MB", "GB", "TB", "PB"};
    double value = static_cast<double>(bytes);
    size_t unit = 0;
    // 1023.95 would round to "1024" of the smaller unit.
    while (value >= 1023.95 && unit + 1 < units.size()) {
        value /= 1024;
        ++unit;
    }
    const bool whole = unit == 0 || value >= 99.95 || std::abs(value - std::round(value)) < 0.05;
    return QString::number(value, 'f', whole ? 0 : 1) + QLatin1Char(' ') + QLatin1StringView(units[unit]);
}

QString formatByteLimit(qint64 bytes) {
    if (bytes == -1)
        return QStringLiteral("unlimited");
    return bytes == 0 ? QStringLiteral("none") : formatBytes(bytes);
}

QString formatCount(qint64 count) {
    const QString digits = grouped(magnitude(count), false);
    return count < 0 ? minusSign + digits : digits;
}

QString formatCountLimit(qint64 count) {
    return count == -1 ? QStringLiteral("unlimited") : formatCount(count);
}

QString formatPercent(std::optional<double> ratio, int decimals) {
    if (!ratio || !std::isfinite(*ratio))
        return noValue();
    QString digits = QString::number(std::abs(*ratio) * 100, 'f', decimals);
    const bool isZero = digits.toDouble() == 0.0;
    if (*ratio < 0 && !isZero)
        digits.prepend(minusSign);
    return digits + QStringLiteral(" %");
}

QString formatRelative(const std::optional<QDateTime> &time, const QDateTime &now) {
    if (!time || !time->isValid() || !now.isValid())
        return noValue();
    const qint64 seconds = time->secsTo(now);
    const qint64 distance = std::abs(seconds);
    for (const Unit &unit : timeUnits) {
        if (distance < unit.seconds)
            continue;
        const QString amount = QString::number(distance / unit.seconds) + QLatin1Char(' ') + unit.name;
        return seconds > 0 ? amount + QStringLiteral(" ago") : QStringLiteral("in ") + amount;
    }
    return QStringLiteral("just now");
}

QString formatUtc(const QDateTime &time, bool milliseconds) {
    return time.isValid() ? time.toUTC().toString(milliseconds ? Qt::ISODateWithMs : Qt::ISODate) : noValue();
}

} // namespace domain
