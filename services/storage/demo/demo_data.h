#pragma once
#include "models/domain/plan.h"
#include "models/domain/result.h"
#include "services/storage/connection.h"

#include <QDateTime>
#include <QString>

#include <functional>

/// Sample data for the `demo` command, screenshots and benchmarks.
namespace storage {

struct DemoOptions {
    quint64 seed = 2026;
    int customers = 1000; ///< 1…100 000; above 10 000 each has a shorter history and fewer resources
    int months = 18;      ///< 1…60: how far the oldest customer goes back
    QDateTime now;        ///< UTC; nothing happens after it
    bool force = false;   ///< also into a database that has teams; e-mails of an earlier run with the same seed collide
};

struct DemoReport {
    qint64 teams = 0, users = 0, resources = 0, deployments = 0, stacks = 0, gracePeriods = 0, notes = 0, auditRows = 0,
           views = 0, tokens = 0;
    qint64 messages = 0, deliveryEvents = 0, suppressions = 0, webhooks = 0;
    qint64 rows() const
    {
        return teams + users + resources + deployments + stacks + gracePeriods + notes + auditRows + views + tokens +
               messages + deliveryEvents + suppressions + webhooks;
    }
    bool operator==(const DemoReport &) const = default;
};

/// Fills a migrated database in one transaction: all or nothing. The rows depend on seed, customers, months and now
/// alone, on both engines. `progress` (may be empty) runs on the calling thread about once per percent; false stops.
/// Errors: InvalidInput `invalid_customers`, `invalid_months`, `invalid_now`; Conflict `database_not_empty`;
/// Cancelled `cancelled`; whatever the connection says.
domain::Result<DemoReport> writeDemo(Connection &connection, const domain::PlanRegistry &plans,
                                     const DemoOptions &options, const std::function<bool(int percent)> &progress = {});

} // namespace storage
