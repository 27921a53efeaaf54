#include "services/storage/connection.h"
#include "tests/support/seed.h"

namespace test {

using domain::Done;
using domain::Result;
using storage::toSqlTime;

namespace {

QVariant orNull(const QString &text)
{
    return text.isEmpty() ? QVariant() : QVariant(text);
}

/// Runs one INSERT per row and stops at the first failure.
template <typename T, typename ValuesOf>
Result<Done> insertAll(storage::Connection &connection, const QString &table, const QStringList &columns,
                       const QList<T> &rows, ValuesOf &&valuesOf)
{
    const QString sql = QStringLiteral("INSERT INTO %1 (%2) VALUES (%3)")
                            .arg(table, columns.join(QStringLiteral(", ")),
                                 QStringList(columns.size(), QStringLiteral("?")).join(QStringLiteral(", ")));
    for (const T &row : rows) {
        if (auto done = connection.execute(sql, valuesOf(row)); !done)
            return done.error();
    }
    return Done{};
}

QStringList names(const char *text)
{
    return QString::fromLatin1(text).split(QLatin1Char(' '));
}

Result<Done> writeTeams(storage::Connection &c, const Dataset &data)
{
    auto teams =
        insertAll(c, QStringLiteral("teams"),
                  names("id name plan_tier status stripe_customer_id is_test_cohort created_at deletion_requested_at"),
                  data.teams, [](const SeedTeam &t) {
                      return QVariantList{t.id.toString(),
                                          orNull(t.name),
                                          t.tier,
                                          t.status,
                                          orNull(t.subscriptionId),
                                          t.testCohort,
                                          toSqlTime(t.createdAt),
                                          toSqlTime(t.deletionRequestedAt)};
                  });
    if (!teams)
        return teams;
    return insertAll(
        c, QStringLiteral("users"), names("id team_id email role is_primary email_verified created_at"), data.users,
        [](const SeedUser &u) {
            return QVariantList{
                u.user.id.toString(), u.team.toString(),          u.user.email, u.user.role, u.user.primary,
                u.user.emailVerified, toSqlTime(u.user.createdAt)};
        });
}

Result<Done> writeBelongings(storage::Connection &c, const Dataset &data)
{
    auto resources =
        insertAll(c, QStringLiteral("resources"),
                  names("id team_id token resource_type name tier env status storage_bytes degraded degraded_reason "
                        "created_at expires_at last_seen_at"),
                  data.resources, [](const SeedResource &s) {
                      const domain::Resource &r = s.resource;
                      return QVariantList{r.id.toString(),
                                          s.team.toString(),
                                          QUuid::createUuid().toString(QUuid::WithoutBraces),
                                          r.type,
                                          orNull(r.name),
                                          r.tier,
                                          r.env,
                                          r.status,
                                          r.storageBytes,
                                          r.degraded,
                                          orNull(r.degradedReason),
                                          toSqlTime(r.createdAt),
                                          toSqlTime(r.expiresAt),
                                          toSqlTime(r.lastSeenAt)};
                  });
    if (!resources)
        return resources;
    auto deployments = insertAll(
        c, QStringLiteral("deployments"),
        names("id team_id app_id app_name env status tier app_url created_at expires_at"), data.deployments,
        [](const SeedDeployment &s) {
            const domain::Deployment &d = s.deployment;
            return QVariantList{
                d.id.toString(), s.team.toString(),      d.id.toString(),       d.appName, d.env, d.status, d.tier,
                d.url,           toSqlTime(d.createdAt), toSqlTime(d.expiresAt)};
        });
    if (!deployments)
        return deployments;
    return insertAll(c, QStringLiteral("payment_grace_periods"),
                     names("team_id subscription_id status started_at expires_at"), data.graces,
                     [](const SeedGrace &g) {
                         return QVariantList{g.team.toString(), g.subscriptionId, g.status, toSqlTime(g.startedAt),
                                             toSqlTime(g.expiresAt)};
                     });
}

Result<Done> writeAudit(storage::Connection &c, const Dataset &data)
{
    return insertAll(c, QStringLiteral("audit_log"),
                     names("id team_id user_id actor kind resource_type resource_id summary metadata created_at"),
                     data.audit, [](const domain::AuditEntry &e) {
                         return QVariantList{e.id.toString(),
                                             e.team ? QVariant(e.team->toString()) : QVariant(),
                                             e.user ? QVariant(e.user->toString()) : QVariant(),
                                             e.actor,
                                             e.kind,
                                             orNull(e.resourceType),
                                             e.resource ? QVariant(e.resource->toString(QUuid::WithoutBraces))
                                                        : QVariant(),
                                             e.summary,
                                             orNull(QString::fromUtf8(e.metadata)),
                                             toSqlTime(e.createdAt)};
                     });
}

Result<Done> writeNotes(storage::Connection &c, const Dataset &data)
{
    return insertAll(
        c, QStringLiteral("admin_customer_notes"), names("id team_id body author_email created_at"), data.notes,
        [](const domain::Note &n) {
            return QVariantList{n.id.toString(), n.team.toString(), n.body, n.authorEmail, toSqlTime(n.createdAt)};
        });
}

} // namespace

Result<Done> writeDataset(storage::Connection &connection, const Dataset &data)
{
    return connection.inTransaction([&]() -> Result<Done> {
        for (const auto step : {&writeTeams, &writeBelongings, &writeAudit, &writeNotes}) {
            if (auto done = step(connection, data); !done)
                return done;
        }
        return Done{};
    });
}

Result<Done> writePeople(storage::Connection &connection, const Dataset &data)
{
    for (const auto step : {&writeTeams, &writeAudit}) {
        if (auto done = step(connection, data); !done)
            return done;
    }
    return Done{};
}

} // namespace test
