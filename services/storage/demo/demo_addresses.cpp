#include "services/storage/demo/demo_addresses.h"

namespace storage::demo {

namespace {

/// Far from the streams of the customers' lives, which must not change with their addresses.
constexpr quint64 addressStream = 3'000'000'019ULL;

/// As many digits as the customer's number has, two at least; a permutation of the numbers of that length.
QString distinctNumber(int customer)
{
    if (customer < 100)
        return QStringLiteral("%1").arg((customer * 37 + 11) % 100, 2, 10, QLatin1Char('0'));
    qint64 first = 100;
    while (customer >= first * 10)
        first *= 10;
    // 7 919 shares no factor with nine times a power of ten.
    return QString::number(first + ((customer - first) * qint64(7919) + 421) % (first * 9));
}

} // namespace

QString mailboxDomain(quint64 seed, int customer, int tierRank)
{
    Random random(seed, addressStream + static_cast<quint64>(customer));
    static constexpr int sharePerMille[] = {0, 900, 850, 650, 300, 0, 0};
    const int share =
        tierRank >= 0 && tierRank < static_cast<int>(std::size(sharePerMille)) ? sharePerMille[tierRank] : 0;
    if (!random.chance(share))
        return {};
    static constexpr const char *providers[] = {"gmail.example",  "outlook.example", "yahoo.example",
                                                "icloud.example", "proton.example",  "fastmail.example"};
    return QString::fromLatin1(providers[random.weighted({38, 34, 10, 8, 7, 3})]);
}

QString mailboxName(const Person &who, int customer)
{
    const QString first = who.first.toLower();
    const QString last = who.last.toLower();
    const QString number = distinctNumber(customer);
    switch (customer % 5) {
    case 0:
        return first + last + number;
    case 1:
        return first.left(1) + last + number;
    case 2:
        return first + QLatin1Char('_') + number;
    default:
        return first + QLatin1Char('.') + last + number;
    }
}

} // namespace storage::demo
