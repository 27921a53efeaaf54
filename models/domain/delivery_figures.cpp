#include "models/domain/delivery_figures.h"

#include <algorithm>
#include <cmath>

namespace domain {

namespace {

/// 97.5 % quantile of the normal distribution.
constexpr double z = 1.959963984540054;

Verdict highIsBad(std::optional<double> rate, qint64 n, double amber, double red)
{
    if (!rate || n < minimumForVerdict)
        return Verdict::None;
    if (*rate >= red)
        return Verdict::Red;
    return *rate >= amber ? Verdict::Amber : Verdict::Good;
}

} // namespace

qint64 OutcomeCounts::of(DeliveryOutcome outcome) const
{
    switch (outcome) {
    case DeliveryOutcome::Delivered:
        return delivered;
    case DeliveryOutcome::BouncedLater:
        return bouncedLater;
    case DeliveryOutcome::Hard:
        return hard;
    case DeliveryOutcome::Blocked:
        return blocked;
    case DeliveryOutcome::Error:
        return error;
    case DeliveryOutcome::Soft:
        return soft;
    case DeliveryOutcome::Pending:
        return pending;
    case DeliveryOutcome::Unknown:
        return unknown;
    case DeliveryOutcome::Rejected:
        return rejected;
    }
    Q_UNREACHABLE();
}

void OutcomeCounts::add(DeliveryOutcome outcome, qint64 count)
{
    switch (outcome) {
    case DeliveryOutcome::Delivered:
        delivered += count;
        return;
    case DeliveryOutcome::BouncedLater:
        bouncedLater += count;
        return;
    case DeliveryOutcome::Hard:
        hard += count;
        return;
    case DeliveryOutcome::Blocked:
        blocked += count;
        return;
    case DeliveryOutcome::Error:
        error += count;
        return;
    case DeliveryOutcome::Soft:
        soft += count;
        return;
    case DeliveryOutcome::Pending:
        pending += count;
        return;
    case DeliveryOutcome::Unknown:
        unknown += count;
        return;
    case DeliveryOutcome::Rejected:
        rejected += count;
        return;
    }
}

OutcomeCounts &OutcomeCounts::operator+=(const OutcomeCounts &other)
{
    for (const DeliveryOutcome outcome : allDeliveryOutcomes())
        add(outcome, other.of(outcome));
    return *this;
}

std::optional<Interval> wilson(qint64 hits, qint64 n)
{
    if (n <= 0)
        return std::nullopt;
    const double count = static_cast<double>(n);
    const double p = static_cast<double>(hits) / count;
    const double middle = (p + z * z / (2 * count)) / (1 + z * z / count);
    const double half = z * std::sqrt(p * (1 - p) / count + z * z / (4 * count * count)) / (1 + z * z / count);
    return Interval{std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

std::optional<double> ratioOf(qint64 part, qint64 whole)
{
    if (whole <= 0)
        return std::nullopt;
    return static_cast<double>(part) / static_cast<double>(whole);
}

std::optional<double> settledRatio(const OutcomeCounts &counts)
{
    return ratioOf(counts.delivered, counts.settled());
}

std::optional<Interval> ratioBounds(const OutcomeCounts &counts)
{
    const qint64 due = counts.settled() + counts.unknown;
    const auto low = ratioOf(counts.delivered, due);
    const auto high = ratioOf(counts.delivered + counts.unknown, due);
    if (!low || !high)
        return std::nullopt;
    return Interval{*low, *high};
}

std::optional<Interval> settledInterval(const OutcomeCounts &counts)
{
    return wilson(counts.delivered, counts.settled());
}

std::optional<double> bounceRate(const OutcomeCounts &counts)
{
    return ratioOf(counts.hard + counts.soft + counts.bouncedLater, counts.settled());
}

std::optional<double> hardRate(const OutcomeCounts &counts)
{
    return ratioOf(counts.hard, counts.settled());
}

std::optional<double> blockRate(const OutcomeCounts &counts)
{
    return ratioOf(counts.blocked, counts.settled());
}

std::optional<double> unknownRate(const OutcomeCounts &counts)
{
    return ratioOf(counts.unknown, counts.settled() + counts.unknown);
}

std::optional<qsizetype> worseSince(const QList<OutcomeCounts> &steps)
{
    OutcomeCounts before, after;
    for (const OutcomeCounts &step : steps)
        after += step;
    double best = 0;
    std::optional<qsizetype> since;
    for (qsizetype split = 1; split < steps.size(); ++split) {
        const OutcomeCounts &moved = steps.at(split - 1);
        before += moved;
        for (const DeliveryOutcome outcome : allDeliveryOutcomes())
            after.add(outcome, -moved.of(outcome));
        const auto earlier = settledRatio(before), later = settledRatio(after);
        if (!earlier || !later || *later >= *earlier)
            continue;
        const double gap = *earlier - *later;
        const double variance =
            static_cast<double>(before.settled()) * static_cast<double>(after.settled()) * gap * gap;
        if (variance > best) {
            best = variance;
            since = split;
        }
    }
    return since;
}

Verdict ratioVerdict(const OutcomeCounts &counts)
{
    const auto ratio = settledRatio(counts);
    const auto interval = settledInterval(counts);
    if (!ratio || !interval || counts.settled() < minimumForVerdict)
        return Verdict::None;
    if (interval->high < 0.95)
        return Verdict::Red;
    return *ratio < 0.98 ? Verdict::Amber : Verdict::Good;
}

Verdict unknownVerdict(const OutcomeCounts &counts)
{
    return highIsBad(unknownRate(counts), counts.settled() + counts.unknown, 0.005, 0.02);
}

Verdict hardVerdict(const OutcomeCounts &counts)
{
    return highIsBad(hardRate(counts), counts.settled(), 0.02, 0.05);
}

Verdict complaintVerdict(qint64 complaints, qint64 deliveredEvents)
{
    return highIsBad(ratioOf(complaints, deliveredEvents), deliveredEvents, 0.001, 0.003);
}

} // namespace domain
