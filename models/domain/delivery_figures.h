#pragma once
#include "models/domain/delivery.h"

#include <QtGlobal>

#include <optional>

/// Ratios of delivery and what they may claim (05-formulas §2). A ratio that does not exist is nullopt: shown as "—".
namespace domain {

/// Counts of messages by outcome, one cohort.
struct OutcomeCounts {
    qint64 delivered = 0, bouncedLater = 0, hard = 0, blocked = 0, error = 0, soft = 0, pending = 0, unknown = 0;
    qint64 rejected = 0; ///< beside: not accepted

    /// A = D + L + H + K + E + S + P + U
    qint64 accepted() const { return settled() + pending + unknown; }
    /// A − P − U
    qint64 settled() const { return delivered + bouncedLater + hard + blocked + error + soft; }
    qint64 of(DeliveryOutcome outcome) const;
    void add(DeliveryOutcome outcome, qint64 count);
    OutcomeCounts &operator+=(const OutcomeCounts &other);
    bool operator==(const OutcomeCounts &) const = default;
};

struct Interval {
    double low = 0, high = 0;
    bool operator==(const Interval &) const = default;
};
/// 95 % Wilson score interval of `hits` of `n`; nullopt for n = 0.
std::optional<Interval> wilson(qint64 hits, qint64 n);

std::optional<double> settledRatio(const OutcomeCounts &counts);      ///< D / (A − P − U), the headline
std::optional<Interval> ratioBounds(const OutcomeCounts &counts);     ///< what the unknowns could do
std::optional<Interval> settledInterval(const OutcomeCounts &counts); ///< Wilson of the headline
std::optional<double> bounceRate(const OutcomeCounts &counts);        ///< (H + S + L) / (A − P − U)
std::optional<double> hardRate(const OutcomeCounts &counts);          ///< H / (A − P − U)
std::optional<double> blockRate(const OutcomeCounts &counts);         ///< K / (A − P − U)
std::optional<double> unknownRate(const OutcomeCounts &counts);       ///< U / (A − P)
std::optional<double> ratioOf(qint64 part, qint64 whole);             ///< part / whole

/// Since which step delivery is worse: the split of consecutive cohorts that parts the settled ratio most (greatest
/// variance between both sides). nullopt when no split leaves the later side worse: it was so all along, or never.
std::optional<qsizetype> worseSince(const QList<OutcomeCounts> &steps);

/// A message that took longer from acceptance to delivery is marked as late.
inline constexpr qint64 lateAfterMs = 15LL * 60 * 1000;

enum class Verdict { None, Good, Amber, Red }; ///< None: too few to say (n < 50) or no traffic
inline constexpr qint64 minimumForVerdict = 50;
/// Red when the Wilson upper bound is below 95 %, amber when the point value is below 98 %.
Verdict ratioVerdict(const OutcomeCounts &counts);
Verdict unknownVerdict(const OutcomeCounts &counts);                 ///< amber ≥ 0.5 %, red ≥ 2 %
Verdict hardVerdict(const OutcomeCounts &counts);                    ///< amber ≥ 2 %, red ≥ 5 %
Verdict complaintVerdict(qint64 complaints, qint64 deliveredEvents); ///< amber ≥ 0.10 %, red ≥ 0.30 %

} // namespace domain
