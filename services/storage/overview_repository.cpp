#include "services/storage/overview_repository.h"

#include "models/domain/audit_kind_names.h"
#include "models/domain/tier.h"
#include "services/storage/sql_helpers.h"
#include "services/usecases/overview.h"

namespace storage {

using domain::Done;
using domain::Result;

namespace {

/// The day 29 days before today: a series of 30 days with today as its last.
QDateTime seriesStart(const QDateTime &now)
{
    return QDateTime(now.date().addDays(-29), QTime(0, 0), Qt::UTC);
}

QDate dayOf(const Row &row, int column)
{
    return QDate::fromString(row.text(column).left(10), Qt::ISODate);
}

} // namespace

QString SqlOverviewRepository::day(const QString &column) const
{
    return m_connection.isSqlite() ? QStringLiteral("substr(%1, 1, 10)").arg(column)
                                   : QStringLiteral("CAST(CAST(%1 AT TIME ZONE 'UTC' AS date) AS text)").arg(column);
}

QString SqlOverviewRepository::time() const
{
    return timeParameter(m_connection);
}

QString SqlOverviewRepository::counted() const
{
    return m_connection.isSqlite() ? QStringLiteral("c.status <> 'tombstoned' AND c.is_test_cohort = 0")
                                   : QStringLiteral("c.status <> 'tombstoned' AND NOT c.is_test_cohort");
}

QString SqlOverviewRepository::countedTeam(const QString &column)
{
    return QStringLiteral("%1 IS NOT NULL AND %1 NOT IN (SELECT x.team_id FROM customer_stats x "
                          "WHERE x.status = 'tombstoned' OR x.is_test_cohort)")
        .arg(column);
}

Result<ports::Overview> SqlOverviewRepository::overview(const QDateTime &now)
{
    ports::Overview figures;
    using Figure = Outcome (SqlOverviewRepository::*)(const QDateTime &, ports::Overview &);
    for (const Figure figure : {&SqlOverviewRepository::customers, &SqlOverviewRepository::newCustomersByDay,
                                &SqlOverviewRepository::tierMoves, &SqlOverviewRepository::activity,
                                &SqlOverviewRepository::failedDeployments}) {
        if (auto done = (this->*figure)(now, figures); !done)
            return done.error();
    }
    using Search = Outcome (SqlOverviewRepository::*)(const QDateTime &, QList<ports::AttentionItem> &);
    for (const Search search : {&SqlOverviewRepository::quotas, &SqlOverviewRepository::gracePeriods,
                                &SqlOverviewRepository::degradedResources, &SqlOverviewRepository::newestFailures,
                                &SqlOverviewRepository::operatorAlerts, &SqlOverviewRepository::pendingDeletions}) {
        if (auto done = (this->*search)(now, figures.attention); !done)
            return done.error();
    }
    return figures;
}

SqlOverviewRepository::Outcome SqlOverviewRepository::customers(const QDateTime &now, ports::Overview &into)
{
    const auto since = [&](const char *column, const char *op) {
        return QStringLiteral("c.%1 %2 %3").arg(QString::fromLatin1(column), QString::fromLatin1(op), time());
    };
    const auto countIf = [](const QString &condition) {
        return QStringLiteral("sum(CASE WHEN %1 THEN 1 ELSE 0 END)").arg(condition);
    };
    const QString sql =
        QStringLiteral("SELECT c.plan_tier, count(*), %1, %2, %3, CAST(sum(c.resource_count) AS bigint), "
                       "CAST(sum(c.degraded_count) AS bigint), CAST(sum(c.deployments_active) AS bigint), "
                       "CAST(sum(c.storage_bytes) AS bigint) FROM customer_stats c WHERE %4 GROUP BY c.plan_tier")
            .arg(countIf(since("created_at", ">=")),
                 countIf(since("created_at", ">=") + QStringLiteral(" AND ") + since("created_at", "<")),
                 countIf(since("last_seen_at", ">=")), counted());
    const QString month = toSqlTime(now.addDays(-30));
    return m_connection.select(sql, {month, toSqlTime(now.addDays(-60)), month, toSqlTime(now.addDays(-7))},
                               [&](const Row &row) {
                                   const QString tier = row.text(0);
                                   const qint64 count = row.integer(1);
                                   const qint64 price = m_plans.listMonthlyCents(tier);
                                   into.tiers.append({tier, count, price * count});
                                   into.customers += count;
                                   into.paying += price > 0 ? count : 0;
                                   into.mrrListCents += price * count;
                                   into.newCustomers30d += row.integer(2);
                                   into.newCustomersPrev30d += row.integer(3);
                                   into.activeCustomers7d += row.integer(4);
                                   into.resourcesActive += row.integer(5);
                                   into.resourcesDegraded += row.integer(6);
                                   into.deploymentsActive += row.integer(7);
                                   into.storageBytes += row.integer(8);
                                   return true;
                               });
}

SqlOverviewRepository::Outcome SqlOverviewRepository::newCustomersByDay(const QDateTime &now, ports::Overview &into)
{
    QHash<QDate, qint64> days;
    const QString sql =
        QStringLiteral("SELECT %1, count(*) FROM customer_stats c WHERE %2 AND c.created_at >= %3 GROUP BY 1")
            .arg(day(QStringLiteral("c.created_at")), counted(), time());
    auto done = m_connection.select(sql, {toSqlTime(seriesStart(now))}, [&](const Row &row) {
        days.insert(dayOf(row, 0), row.integer(1));
        return true;
    });
    into.newCustomersByDay = usecases::thirtyDays(days, now.date());
    return done;
}

SqlOverviewRepository::Outcome SqlOverviewRepository::tierMoves(const QDateTime &now, ports::Overview &into)
{
    namespace kinds = domain::kinds;
    const QString changed = kinds::adminTierChanged;
    const auto field = [this](const char *name) {
        return m_connection.isSqlite()
                   ? QStringLiteral("json_extract(a.metadata, '$.%1')").arg(QString::fromLatin1(name))
                   : QStringLiteral("a.metadata ->> '%1'").arg(QString::fromLatin1(name));
    };
    // Only the few rows that an operator wrote need their metadata.
    const auto onlyFor = [](const QString &expression) {
        return QStringLiteral("CASE WHEN a.kind = ? THEN %1 END").arg(expression);
    };
    const QString sql =
        QStringLiteral(
            "SELECT %1, a.kind, %2, %3, count(*), sum(CASE WHEN a.created_at >= %4 THEN 1 ELSE 0 END) "
            "FROM audit_log a WHERE a.kind IN (?, ?, ?, ?) AND a.created_at >= %4 AND %5 GROUP BY 1, 2, 3, 4")
            .arg(day(QStringLiteral("a.created_at")), onlyFor(field("from")), onlyFor(field("to")), time(),
                 countedTeam(QStringLiteral("a.team_id")));
    const QString monthAgo = toSqlTime(now.addDays(-30));
    QHash<QDate, qint64> up, down;
    auto done = m_connection.select(sql,
                                    {changed, changed, monthAgo, QString(kinds::subscriptionUpgraded),
                                     QString(kinds::subscriptionDowngraded), QString(kinds::subscriptionCanceled),
                                     changed, qMin(monthAgo, toSqlTime(seriesStart(now)))},
                                    [&](const Row &row) {
                                        const QString kind = row.text(1);
                                        const qint64 count = row.integer(4);
                                        int direction = kind == kinds::subscriptionUpgraded ? 1 : -1;
                                        if (kind == changed) {
                                            into.tierChanges30d += row.integer(5);
                                            const int from = domain::tierRank(domain::canonicalTierName(row.text(2)));
                                            const int to = domain::tierRank(domain::canonicalTierName(row.text(3)));
                                            direction = from < 0 || to < 0 ? 0 : to - from;
                                        }
                                        if (direction > 0)
                                            up[dayOf(row, 0)] += count;
                                        else if (direction < 0)
                                            down[dayOf(row, 0)] += count;
                                        return true;
                                    });
    into.upgradesByDay = usecases::thirtyDays(up, now.date());
    into.downgradesByDay = usecases::thirtyDays(down, now.date());
    return done;
}

SqlOverviewRepository::Outcome SqlOverviewRepository::activity(const QDateTime &now, ports::Overview &into)
{
    QHash<QDate, qint64> days;
    // Thirty small sets instead of one large one; spelled as audit_log_activity_idx is, so that it answers alone.
    const QString sql =
        QStringLiteral(
            "SELECT count(*) FROM (SELECT DISTINCT a.team_id FROM audit_log a WHERE a.created_at >= %1 "
            "AND a.created_at < %1 AND a.team_id IS NOT NULL AND substr(a.kind, 1, 6) <> 'admin.') d WHERE %2")
            .arg(time(), countedTeam(QStringLiteral("d.team_id")));
    for (QDateTime from = seriesStart(now); from.date() <= now.date(); from = from.addDays(1)) {
        auto done = m_connection.select(sql, {toSqlTime(from), toSqlTime(from.addDays(1))}, [&](const Row &row) {
            days.insert(from.date(), row.integer(0));
            return false;
        });
        if (!done)
            return done;
    }
    into.activityByDay = usecases::thirtyDays(days, now.date());
    return Done{};
}

SqlOverviewRepository::Outcome SqlOverviewRepository::failedDeployments(const QDateTime &now, ports::Overview &into)
{
    const QString sql =
        QStringLiteral("SELECT count(*) FROM deployments d JOIN customer_stats c ON c.team_id = d.team_id "
                       "WHERE d.status = 'failed' AND d.created_at >= %1 AND %2")
            .arg(time(), counted());
    return m_connection.select(sql, {toSqlTime(now.addDays(-7))}, [&](const Row &row) {
        into.deploymentsFailed7d = row.integer(0);
        return false;
    });
}

} // namespace storage
