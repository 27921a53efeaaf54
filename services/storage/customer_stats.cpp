#include "services/storage/customer_stats.h"

#include "services/storage/connection.h"

namespace storage {

using domain::Done;
using domain::Result;

namespace {

/// As in migration 0002, which cannot be shared: a migration never changes once it is out.
const char *const fillStatement = R"(
INSERT INTO customer_stats (team_id, name_key, plan_tier, status, is_test_cohort, created_at, primary_email, user_count,
    resource_count, storage_bytes, degraded_count, last_resource_at, deployments_active, last_deployment_at, note_count,
    last_audit_at, emails_key,
    bytes_postgres, bytes_vector, bytes_redis, bytes_mongodb, bytes_queue, bytes_storage, bytes_webhook)
SELECT t.id, lower(coalesce(t.name, '')), t.plan_tier, t.status, t.is_test_cohort, {t.created_at},
    (SELECT u.email FROM users u WHERE u.team_id = t.id
     ORDER BY u.is_primary DESC, (u.role = 'owner') DESC, u.created_at, u.id LIMIT 1),
    (SELECT count(*) FROM users u WHERE u.team_id = t.id),
    coalesce(r.n, 0), coalesce(r.bytes, 0), coalesce(r.degraded, 0), r.newest,
    coalesce(d.n, 0), d.newest,
    (SELECT count(*) FROM admin_customer_notes n WHERE n.team_id = t.id),
    (SELECT {a.created_at} FROM audit_log a
     WHERE a.team_id = t.id AND substr(a.kind, 1, 6) <> 'admin.' ORDER BY a.created_at DESC, a.id DESC LIMIT 1),
    [emails],
    coalesce(r.postgres, 0), coalesce(r.vector, 0), coalesce(r.redis, 0), coalesce(r.mongodb, 0), coalesce(r.queue, 0),
    coalesce(r.storage, 0), coalesce(r.webhook, 0)
FROM teams t
LEFT JOIN (SELECT team_id, count(*) AS n, sum(storage_bytes) AS bytes, count(*) FILTER (WHERE degraded) AS degraded,
                  {max(created_at)} AS newest,
                  sum(storage_bytes) FILTER (WHERE resource_type = 'postgres') AS postgres,
                  sum(storage_bytes) FILTER (WHERE resource_type = 'vector') AS vector,
                  sum(storage_bytes) FILTER (WHERE resource_type = 'redis') AS redis,
                  sum(storage_bytes) FILTER (WHERE resource_type = 'mongodb') AS mongodb,
                  sum(storage_bytes) FILTER (WHERE resource_type = 'queue') AS queue,
                  sum(storage_bytes) FILTER (WHERE resource_type = 'storage') AS storage,
                  sum(storage_bytes) FILTER (WHERE resource_type = 'webhook') AS webhook
           FROM resources WHERE status = 'active' AND team_id IS NOT NULL GROUP BY team_id) r ON r.team_id = t.id
LEFT JOIN (SELECT team_id, count(*) AS n, {max(created_at)} AS newest
           FROM deployments WHERE status IN ('building', 'deploying', 'healthy') GROUP BY team_id) d
    ON d.team_id = t.id)";

const char *const emailsSqlite = "(SELECT coalesce(group_concat(e.email, char(10)), '') FROM "
                                 "(SELECT lower(u.email) AS email FROM users u WHERE u.team_id = t.id ORDER BY 1) e)";
const char *const emailsPostgres =
    "(SELECT coalesce(string_agg(lower(u.email), chr(10) ORDER BY lower(u.email) COLLATE \"C\"), '') "
    "FROM users u WHERE u.team_id = t.id)";

/// {x}: the time x cut to milliseconds, which SQLite's text already is. [emails]: what emails_key holds.
QString fillSql(Engine engine)
{
    QString sql = QString::fromLatin1(fillStatement);
    switch (engine) {
    case Engine::Sqlite:
        return sql.replace(QStringLiteral("[emails]"), QString::fromLatin1(emailsSqlite))
            .remove(QLatin1Char('{'))
            .remove(QLatin1Char('}'));
    case Engine::PostgreSql:
        return sql.replace(QStringLiteral("[emails]"), QString::fromLatin1(emailsPostgres))
            .replace(QLatin1Char('{'), QStringLiteral("date_trunc('milliseconds', "))
            .replace(QLatin1Char('}'), QLatin1Char(')'));
    }
    return sql;
}

} // namespace

Result<Done> setCustomerStatsTriggers(Connection &connection, bool enabled)
{
    const QString sql = QStringLiteral("UPDATE customer_stats_guard SET enabled = ? WHERE id = 1");
    return connection.execute(sql, {enabled}).map([](qint64) { return Done{}; });
}

Result<bool> customerStatsTriggers(Connection &connection)
{
    bool enabled = false;
    auto read = connection.select(QStringLiteral("SELECT enabled FROM customer_stats_guard WHERE id = 1"), {},
                                  [&enabled](const Row &row) {
                                      enabled = row.boolean(0);
                                      return false;
                                  });
    return read.map([enabled](const Done &) { return enabled; });
}

Result<Done> rebuildCustomerStats(Connection &connection)
{
    if (auto cleared = connection.execute(QStringLiteral("DELETE FROM customer_stats")); !cleared)
        return cleared.error();
    if (auto filled = connection.execute(fillSql(connection.engine())); !filled)
        return filled.error();
    if (!connection.isSqlite()) {
        // The planner would take a freshly filled database for a small one until autovacuum comes round.
        const QString tables = QStringLiteral("teams, users, resources, deployments, audit_log, customer_stats");
        if (auto analyzed = connection.execute(QStringLiteral("ANALYZE ") + tables); !analyzed)
            return analyzed.error();
    }
    return setCustomerStatsTriggers(connection, true);
}

} // namespace storage
