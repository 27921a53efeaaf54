#include "services/storage/customer_repository.h"

#include "services/storage/customer_query.h"
#include "services/storage/sql_helpers.h"

namespace storage {

using domain::Done;
using domain::Result;
using usecases::ElevationCount;
using usecases::TeamRecord;

namespace {

constexpr int maxUsers = 200;
constexpr int maxResources = 200;
constexpr int maxDeployments = 100;

/// What can still run: a failed one is deployed again, the others are gone for good (spec 01 §2.6, §3.8).
const QString lastingDeployment = QStringLiteral("status NOT IN ('stopped', 'expired', 'deleted')");
const QString liveStack = QStringLiteral("status NOT IN ('deleting', 'deleted')");

QString liveResource(const Connection &connection)
{
    return QStringLiteral("status IN ('active', 'paused') AND (expires_at IS NULL OR expires_at > %1)")
        .arg(timeParameter(connection));
}

} // namespace

Result<QList<domain::User>> SqlCustomerRepository::users(domain::TeamId team)
{
    const QString sql = QStringLiteral("SELECT id, email, role, is_primary, email_verified, %1 FROM users "
                                       "WHERE team_id = ? ORDER BY created_at, id LIMIT %2")
                            .arg(m_connection.millis(QStringLiteral("created_at")))
                            .arg(maxUsers);
    QList<domain::User> users;
    auto done = m_connection.select(sql, {team.toString()}, [&](const Row &row) {
        const QString role = row.text(2);
        users.append({domain::UserId(row.uuid(0)), row.text(1), role.isEmpty() ? QStringLiteral("member") : role,
                      row.boolean(3), row.boolean(4), row.time(5)});
        return true;
    });
    if (!done)
        return done.error();
    return users;
}

Result<QList<domain::Resource>> SqlCustomerRepository::resources(domain::TeamId team)
{
    const auto millis = [this](const char *column) { return m_connection.millis(QString::fromLatin1(column)); };
    const QString sql = QStringLiteral("SELECT id, resource_type, name, tier, env, status, storage_bytes, degraded, "
                                       "degraded_reason, %1, %2, %3 FROM resources "
                                       "WHERE team_id = ? AND status <> 'deleted' "
                                       "ORDER BY created_at DESC, id LIMIT %4")
                            .arg(millis("created_at"), millis("expires_at"), millis("last_seen_at"))
                            .arg(maxResources);
    QList<domain::Resource> resources;
    auto done = m_connection.select(sql, {team.toString()}, [&](const Row &row) {
        domain::Resource resource;
        resource.id = domain::ResourceId(row.uuid(0));
        resource.type = row.text(1);
        resource.name = row.text(2);
        resource.tier = row.text(3);
        resource.env = row.text(4);
        resource.status = row.text(5);
        resource.storageBytes = row.integer(6);
        resource.degraded = row.boolean(7);
        resource.degradedReason = row.text(8);
        resource.createdAt = row.time(9);
        resource.expiresAt = row.optionalTime(10);
        resource.lastSeenAt = row.optionalTime(11);
        resources.append(resource);
        return true;
    });
    if (!done)
        return done.error();
    return resources;
}

Result<QList<domain::Deployment>> SqlCustomerRepository::deployments(domain::TeamId team)
{
    const QString sql =
        QStringLiteral("SELECT id, app_name, env, status, tier, app_url, %1, %2 FROM deployments "
                       "WHERE team_id = ? ORDER BY created_at DESC, id LIMIT %3")
            .arg(m_connection.millis(QStringLiteral("created_at")), m_connection.millis(QStringLiteral("expires_at")))
            .arg(maxDeployments);
    QList<domain::Deployment> deployments;
    auto done = m_connection.select(sql, {team.toString()}, [&](const Row &row) {
        deployments.append({domain::DeploymentId(row.uuid(0)), row.text(1), row.text(2), row.text(3), row.text(4),
                            row.text(5), row.time(6), row.optionalTime(7)});
        return true;
    });
    if (!done)
        return done.error();
    return deployments;
}

Result<QList<ports::ResourceUsage>> SqlCustomerRepository::usage(domain::TeamId team)
{
    QList<ports::ResourceUsage> usage;
    auto done = m_connection.select(
        QStringLiteral("SELECT resource_type, count(*), CAST(coalesce(sum(storage_bytes), 0) AS bigint) FROM resources "
                       "WHERE team_id = ? AND status = 'active' GROUP BY resource_type ORDER BY resource_type"),
        {team.toString()}, [&](const Row &row) {
            usage.append({row.text(0), row.integer(1), row.integer(2), 0});
            return true;
        });
    if (!done)
        return done.error();
    return usage;
}

Result<TeamRecord> SqlCustomerRepository::teamRecord(domain::TeamId team, bool lock)
{
    const QString sql =
        QStringLiteral("SELECT name, plan_tier, status, stripe_customer_id, %1 FROM teams WHERE id = ?%2")
            .arg(m_connection.millis(QStringLiteral("created_at")), lock ? m_connection.forUpdate() : QString());
    std::optional<TeamRecord> record;
    auto done = m_connection.select(sql, {team.toString()}, [&](const Row &row) {
        record = TeamRecord{team, row.text(0), row.text(1), row.text(2), row.text(3), row.time(4)};
        return false;
    });
    if (!done)
        return done.error();
    if (!record)
        return domain::makeError(domain::ErrorCode::NotFound, QStringLiteral("team_not_found"),
                                 QStringLiteral("there is no such customer"));
    return *record;
}

Result<TeamRecord> SqlCustomerRepository::lockTeam(domain::TeamId team)
{
    return teamRecord(team, true);
}

Result<TeamRecord> SqlCustomerRepository::team(domain::TeamId team)
{
    return teamRecord(team, false);
}

Result<Done> SqlCustomerRepository::setTier(domain::TeamId team, const QString &tier)
{
    auto done =
        m_connection.execute(QStringLiteral("UPDATE teams SET plan_tier = ? WHERE id = ?"), {tier, team.toString()});
    if (!done)
        return done.error();
    return Done{};
}

Result<ElevationCount> SqlCustomerRepository::countElevatable(domain::TeamId team, const QDateTime &now)
{
    ElevationCount count;
    const QString sql = QStringLiteral("SELECT (SELECT count(*) FROM resources WHERE team_id = ? AND %1), "
                                       "(SELECT count(*) FROM deployments WHERE team_id = ? AND %2)")
                            .arg(liveResource(m_connection), lastingDeployment);
    auto done = m_connection.select(sql, {team.toString(), toSqlTime(now), team.toString()}, [&](const Row &row) {
        count = {static_cast<int>(row.integer(0)), static_cast<int>(row.integer(1))};
        return false;
    });
    if (!done)
        return done.error();
    return count;
}

Result<ElevationCount> SqlCustomerRepository::elevate(domain::TeamId team, const QString &tier, const QDateTime &now)
{
    auto resources =
        m_connection.execute(QStringLiteral("UPDATE resources SET tier = ?, expires_at = NULL WHERE team_id = ? AND %1")
                                 .arg(liveResource(m_connection)),
                             {tier, team.toString(), toSqlTime(now)});
    if (!resources)
        return resources.error();
    auto deployments = m_connection.execute(
        QStringLiteral("UPDATE deployments SET tier = ?, expires_at = NULL, ttl_policy = 'permanent', "
                       "reminders_sent = 0, last_reminder_at = NULL WHERE team_id = ? AND %1")
            .arg(lastingDeployment),
        {tier, team.toString()});
    if (!deployments)
        return deployments.error();
    auto stacks = m_connection.execute(
        QStringLiteral("UPDATE stacks SET tier = ?, expires_at = NULL WHERE team_id = ? AND %1").arg(liveStack),
        {tier, team.toString()});
    if (!stacks)
        return stacks.error();
    return ElevationCount{static_cast<int>(*resources), static_cast<int>(*deployments)};
}

} // namespace storage
