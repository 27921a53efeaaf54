#pragma once
#include "models/domain/delivery_figures.h"
#include "models/domain/ids.h"
#include "models/domain/result.h"
#include "services/ports/call_context.h"

#include <QDate>
#include <QDateTime>
#include <QFuture>
#include <QList>

#include <optional>

namespace ports {

struct TierCount {
    QString tier;
    qint64 customers = 0;
    qint64 mrrListCents = 0;
    bool operator==(const TierCount &) const = default;
};

/// One UTC day of a 30-day series, oldest first, no gaps; the last one is today and still open.
struct DayPoint {
    QDate day;
    qint64 value = 0;
    bool operator==(const DayPoint &) const = default;
};

enum class AttentionKind {
    OverQuota,
    NearQuota,
    GraceEnding,
    DegradedResource,
    FailedDeployment,
    OperatorAlert,
    DeletionPending,
    DeliveryRatio,     ///< too little of the settled mail of 7 days arrived (05-formulas §2)
    UnknownRate,       ///< too many mails without an outcome after 72 h: our receiver, not the inbox
    ReceiverSilent,    ///< no delivery webhook for more than 6 h though mail was accepted meanwhile
    ParkedEvents,      ///< events that found no message for more than an hour
    UnauthorizedBurst, ///< webhook calls with a wrong secret
    ForwarderHolding   ///< the forwarder holds, or mail waits for more than 15 minutes
};

/// Something an operator should look at, most urgent first.
struct AttentionItem {
    AttentionKind kind = AttentionKind::OperatorAlert;
    int severity = 1; ///< 3 bad, 2 warning, 1 notice
    QString subject;  ///< team name, audit kind, or what it is about
    QString detail;   ///< facts in English, no markup: "9.7 of 10 GB storage"
    std::optional<domain::TeamId> team;
    QDateTime since;
    bool operator==(const AttentionItem &) const = default;
};

/// Mail accepted on one UTC day, by what became of it.
struct DeliveryDay {
    QDate day;
    domain::OutcomeCounts counts;
    bool operator==(const DeliveryDay &) const = default;
};
struct DeliverySummary {
    domain::OutcomeCounts counts7d; ///< accepted in the last 7 days
    QList<DeliveryDay> byDay;       ///< 30 days, oldest first, no gaps; the last three are not settled yet
    bool operator==(const DeliverySummary &) const = default;
};

struct Overview {
    qint64 customers = 0; ///< teams that are not tombstoned and not test teams
    qint64 paying = 0;    ///< of these, list price > 0
    qint64 mrrListCents = 0;
    qint64 newCustomers30d = 0, newCustomersPrev30d = 0;
    qint64 activeCustomers7d = 0; ///< seen in the last 7 days
    qint64 resourcesActive = 0, resourcesDegraded = 0;
    qint64 deploymentsActive = 0, deploymentsFailed7d = 0;
    qint64 storageBytes = 0;
    qint64 tierChanges30d = 0; ///< admin.tier_changed rows
    QList<TierCount> tiers;    ///< in rank order, tiers without a customer included
    QList<DayPoint> newCustomersByDay, upgradesByDay, downgradesByDay;
    /// Counted customers that did something on that UTC day: at least one audit row of theirs that is not an operator's
    /// (`admin.…`). A customer counts once a day, however many rows there are.
    QList<DayPoint> activityByDay;
    std::optional<DeliverySummary> delivery; ///< only for those who may see e-mail
    QList<AttentionItem> attention;          ///< at most 20
    QDateTime asOf;
    bool operator==(const Overview &) const = default;
};

/// Callable from any thread, answers on an unspecified thread, never blocks, never throws.
class OverviewService {
public:
    virtual ~OverviewService() = default;
    virtual QFuture<domain::Result<Overview>> overview(CallContext context) = 0;
};

} // namespace ports
