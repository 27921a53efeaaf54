#pragma once
#include "services/storage/connection.h"
#include "services/usecases/repositories.h"

#include <QHash>

namespace storage {

/// The figures of the first screen. Customers are teams that are neither tombstoned nor test teams; all windows end at
/// `now`. One pass over an index of customer_stats for the totals and one over its rows for the quotas, the rest by
/// index.
class SqlOverviewRepository final : public usecases::OverviewRepository {
public:
    SqlOverviewRepository(Connection &connection, const domain::PlanRegistry &plans)
        : m_connection(connection)
        , m_plans(plans)
    {
    }

    domain::Result<ports::Overview> overview(const QDateTime &now) override;

private:
    using Outcome = domain::Result<domain::Done>;
    Outcome customers(const QDateTime &now, ports::Overview &into);
    Outcome newCustomersByDay(const QDateTime &now, ports::Overview &into);
    Outcome tierMoves(const QDateTime &now, ports::Overview &into);
    Outcome activity(const QDateTime &now, ports::Overview &into);
    Outcome failedDeployments(const QDateTime &now, ports::Overview &into);

    Outcome quotas(const QDateTime &now, QList<ports::AttentionItem> &items);
    Outcome gracePeriods(const QDateTime &now, QList<ports::AttentionItem> &items);
    Outcome degradedResources(const QDateTime &now, QList<ports::AttentionItem> &items);
    Outcome newestFailures(const QDateTime &now, QList<ports::AttentionItem> &items);
    Outcome operatorAlerts(const QDateTime &now, QList<ports::AttentionItem> &items);
    Outcome pendingDeletions(const QDateTime &now, QList<ports::AttentionItem> &items);

    QString day(const QString &column) const;
    QString time() const;
    QString counted() const; ///< condition on customer_stats c
    /// The same as a condition on a team column: the few that do not count are looked up instead of all that do.
    static QString countedTeam(const QString &column);

    Connection &m_connection;
    const domain::PlanRegistry &m_plans;
};

} // namespace storage
