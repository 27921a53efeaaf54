// The attention list of SqlOverviewRepository; the figures are in overview_repository.cpp.
#include "services/storage/overview_repository.h"

#include "services/storage/sql_helpers.h"
#include "services/usecases/overview.h"

namespace storage {

using ports::AttentionItem;
using ports::AttentionKind;

namespace {

QString nameOr(const QString &name, const QString &email, const QUuid &team)
{
    if (!name.isEmpty())
        return name;
    return email.isEmpty() ? team.toString(QUuid::WithoutBraces) : email;
}

/// Columns 0…2 of every query below: team, name, e-mail.
QString whoColumns()
{
    return QStringLiteral("c.team_id, t.name, c.primary_email");
}

AttentionItem itemOf(const Row &row, AttentionKind kind, int severity, const QString &detail, const QDateTime &since)
{
    return {kind, severity, nameOr(row.text(1), row.text(2), row.uuid(0)), detail, domain::TeamId(row.uuid(0)), since};
}

} // namespace

SqlOverviewRepository::Outcome SqlOverviewRepository::quotas(const QDateTime &now, QList<AttentionItem> &items)
{
    const QString near = QString::number(usecases::nearQuotaPercent);
    QString reached, limits;
    for (const domain::Plan &plan : m_plans.plans()) {
        QStringList full;
        QString types;
        for (const domain::ResourceType type : domain::allResourceTypes()) {
            const QString typeName = domain::resourceTypeName(type);
            const qint64 limit = m_plans.storageLimitBytes(plan.name, typeName);
            if (limit <= 0)
                continue;
            full.append(
                QStringLiteral("c.bytes_%1 * 100 >= CAST(%2 AS bigint) * %3").arg(typeName).arg(limit).arg(near));
            types += QStringLiteral(" WHEN %1 THEN CAST(%2 AS bigint)").arg(quoted(typeName)).arg(limit);
        }
        if (types.isEmpty())
            continue;
        reached += QStringLiteral(" WHEN %1 THEN %2").arg(quoted(plan.name), full.join(QStringLiteral(" OR ")));
        limits += QStringLiteral(" WHEN %1 THEN CASE r.resource_type%2 END").arg(quoted(plan.name), types);
    }
    if (limits.isEmpty())
        return domain::Done{};
    // The few teams first, by the sums that customer_stats keeps; only their resources are read. NULL, so never
    // reached, where a tier has no limit. CROSS JOIN fixes the order of the loops on SQLite.
    const QString sql =
        QStringLiteral("WITH full_teams AS MATERIALIZED (SELECT c.team_id, c.plan_tier FROM customer_stats c%1 "
                       "WHERE c.resource_count > 0 AND %2 AND CASE c.plan_tier%3 END), "
                       "used AS (SELECT c.team_id, r.resource_type AS type, max(CASE c.plan_tier%4 END) AS bytes, "
                       "CAST(sum(r.storage_bytes) AS bigint) AS used, max(r.created_at) AS since FROM full_teams c "
                       "CROSS JOIN resources r WHERE r.team_id = c.team_id AND r.status = 'active' "
                       "GROUP BY c.team_id, r.resource_type) "
                       "SELECT %5, u.type, u.used, u.bytes, %6 FROM (SELECT * FROM used WHERE used * 100 >= bytes * %7 "
                       "ORDER BY CASE WHEN used > bytes THEN 0 ELSE 1 END, since DESC, team_id, type LIMIT %8) u "
                       "JOIN customer_stats c ON c.team_id = u.team_id JOIN teams t ON t.id = u.team_id")
            .arg(readWhole(m_connection), counted(), reached, limits, whoColumns(),
                 m_connection.millis(QStringLiteral("u.since")), near, QString::number(usecases::maxAttentionItems));
    Q_UNUSED(now)
    return m_connection.select(sql, {}, [&](const Row &row) {
        const qint64 used = row.integer(4);
        const qint64 quota = row.integer(5);
        const bool over = used > quota;
        items.append(itemOf(row, over ? AttentionKind::OverQuota : AttentionKind::NearQuota, over ? 3 : 2,
                            usecases::quotaText(row.text(3), used, quota), row.time(6)));
        return true;
    });
}

SqlOverviewRepository::Outcome SqlOverviewRepository::gracePeriods(const QDateTime &now, QList<AttentionItem> &items)
{
    const QString sql =
        QStringLiteral(
            "SELECT %1, %2, %3 FROM payment_grace_periods g JOIN customer_stats c ON c.team_id = g.team_id "
            "JOIN teams t ON t.id = g.team_id WHERE g.status = 'active' AND %4 ORDER BY g.expires_at LIMIT %5")
            .arg(whoColumns(), m_connection.millis(QStringLiteral("g.expires_at")),
                 m_connection.millis(QStringLiteral("g.started_at")), counted())
            .arg(usecases::maxAttentionItems);
    return m_connection.select(sql, {}, [&](const Row &row) {
        items.append(itemOf(row, AttentionKind::GraceEnding, usecases::graceSeverity(row.time(3), now),
                            usecases::graceText(row.time(3), now), row.time(4)));
        return true;
    });
}

SqlOverviewRepository::Outcome SqlOverviewRepository::degradedResources(const QDateTime &now,
                                                                        QList<AttentionItem> &items)
{
    const QString degraded = m_connection.isSqlite() ? QStringLiteral("r.degraded = 1") : QStringLiteral("r.degraded");
    const QString since = QStringLiteral("coalesce(r.last_reconciled_at, r.created_at)");
    const QString sql =
        QStringLiteral(
            "SELECT %1, r.resource_type, r.name, r.degraded_reason, %2 FROM customer_stats c "
            "CROSS JOIN resources r CROSS JOIN teams t "
            "WHERE r.team_id = c.team_id AND t.id = c.team_id AND c.degraded_count > 0 AND %3 AND r.status = 'active' AND %4 "
            "ORDER BY %5 DESC, r.id LIMIT %6")
            .arg(whoColumns(), m_connection.millis(since), counted(), degraded, since)
            .arg(usecases::maxAttentionItems);
    Q_UNUSED(now)
    return m_connection.select(sql, {}, [&](const Row &row) {
        items.append(itemOf(row, AttentionKind::DegradedResource, 2,
                            usecases::degradedText(row.text(3), row.text(4), row.text(5)), row.time(6)));
        return true;
    });
}

SqlOverviewRepository::Outcome SqlOverviewRepository::newestFailures(const QDateTime &now, QList<AttentionItem> &items)
{
    const QString sql =
        QStringLiteral(
            "SELECT %1, d.app_name, d.env, %2 FROM deployments d JOIN customer_stats c ON c.team_id = d.team_id "
            "JOIN teams t ON t.id = d.team_id WHERE d.status = 'failed' AND d.created_at >= %3 AND %4 "
            "ORDER BY d.created_at DESC, d.id LIMIT %5")
            .arg(whoColumns(), m_connection.millis(QStringLiteral("d.created_at")), time(), counted())
            .arg(usecases::maxAttentionItems);
    return m_connection.select(sql, {toSqlTime(now.addDays(-7))}, [&](const Row &row) {
        items.append(itemOf(row, AttentionKind::FailedDeployment, 2, usecases::failureText(row.text(3), row.text(4)),
                            row.time(5)));
        return true;
    });
}

SqlOverviewRepository::Outcome SqlOverviewRepository::operatorAlerts(const QDateTime &now, QList<AttentionItem> &items)
{
    QStringList kinds;
    for (const domain::AuditKind &kind : domain::auditKinds()) {
        if (kind.operatorAlert)
            kinds.append(QString::fromLatin1(kind.kind));
    }
    const QString sql = QStringLiteral("SELECT a.kind, a.summary, a.team_id, %1 FROM audit_log a WHERE a.kind IN (%2) "
                                       "AND a.created_at >= %3 ORDER BY a.created_at DESC, a.id DESC LIMIT %4")
                            .arg(m_connection.millis(QStringLiteral("a.created_at")), quotedList(kinds), time())
                            .arg(usecases::maxAttentionItems);
    return m_connection.select(sql, {toSqlTime(now.addDays(-7))}, [&](const Row &row) {
        AttentionItem item{AttentionKind::OperatorAlert, 3, row.text(0), row.text(1), {}, row.time(3)};
        if (const auto team = row.optionalUuid(2))
            item.team = domain::TeamId(*team);
        items.append(item);
        return true;
    });
}

SqlOverviewRepository::Outcome SqlOverviewRepository::pendingDeletions(const QDateTime &now,
                                                                       QList<AttentionItem> &items)
{
    const QString sql =
        QStringLiteral(
            "SELECT %1, t.status, %2 FROM (%5 WHERE status = 'deletion_requested' UNION ALL "
            "%5 WHERE status = 'deletion_pending') t CROSS JOIN customer_stats c WHERE c.team_id = t.id AND %3 "
            "ORDER BY t.deletion_requested_at DESC, t.id LIMIT %4")
            .arg(whoColumns(), m_connection.millis(QStringLiteral("coalesce(t.deletion_requested_at, t.created_at)")),
                 counted(), QString::number(usecases::maxAttentionItems),
                 // Each by its partial index.
                 QStringLiteral("SELECT id, name, status, deletion_requested_at, created_at FROM teams"));
    Q_UNUSED(now)
    return m_connection.select(sql, {}, [&](const Row &row) {
        items.append(itemOf(row, AttentionKind::DeletionPending, 1, usecases::deletionText(row.text(3)), row.time(4)));
        return true;
    });
}

} // namespace storage
