// The computed half of FakeStore: customer rows, sums, overview.
#include "tests/support/fake_store.h"

#include "models/domain/audit_kind_names.h"
#include "models/domain/tier.h"
#include "services/usecases/customers.h"
#include "services/usecases/overview.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace test {

using domain::Result;
using ports::AttentionKind;

namespace {

bool isActive(const SeedResource &r)
{
    return r.resource.status == QLatin1String("active");
}

void raise(std::optional<QDateTime> &time, const QDateTime &other)
{
    if (!time || *time < other)
        time = other;
}

} // namespace

ports::CustomerRow FakeStore::rowOf(const SeedTeam &team) const
{
    const Dataset &data = m_state.data;
    ports::CustomerRow row;
    row.id = team.id;
    row.name = team.name;
    row.tier = team.tier;
    row.status = team.status;
    row.createdAt = team.createdAt;
    row.mrrListCents = m_plans.listMonthlyCents(team.tier);
    const domain::User *primary = nullptr;
    for (const SeedUser &u : data.users) {
        if (u.team != team.id)
            continue;
        ++row.userCount;
        const auto order = [](const domain::User &x) {
            return std::tuple(!x.primary, x.role != QLatin1String("owner"), x.createdAt, x.id.toString());
        };
        if (!primary || order(u.user) < order(*primary))
            primary = &u.user;
    }
    if (primary)
        row.primaryEmail = primary->email;
    QStringList types;
    for (const SeedResource &r : data.resources) {
        if (r.team != team.id || !isActive(r))
            continue;
        ++row.resourceCount;
        row.storageBytes += r.resource.storageBytes;
        types.append(r.resource.type);
        raise(row.lastSeenAt, r.resource.createdAt);
    }
    types.removeDuplicates();
    row.storageLimitBytes = usecases::storageLimitOf(m_plans, team.tier, types);
    for (const SeedDeployment &d : data.deployments) {
        if (d.team != team.id || !domain::isActiveDeploymentStatus(d.deployment.status))
            continue;
        ++row.deploymentsActive;
        raise(row.lastSeenAt, d.deployment.createdAt);
    }
    for (const domain::AuditEntry &entry : data.audit) {
        if (entry.team == team.id && !domain::isOperatorKind(entry.kind))
            raise(row.lastSeenAt, entry.createdAt);
    }
    row.hasNotes = std::any_of(data.notes.cbegin(), data.notes.cend(),
                               [&](const domain::Note &note) { return note.team == team.id; });
    return row;
}

bool FakeStore::matches(const SeedTeam &team, const ports::CustomerRow &row, const ports::CustomerFilter &f) const
{
    const Dataset &data = m_state.data;
    if (!f.q.isEmpty()) {
        bool found = team.name.contains(f.q, Qt::CaseInsensitive) || team.id.toString() == f.q.toLower();
        for (const SeedUser &u : data.users) {
            found = found || (u.team == team.id && (u.user.email.contains(f.q, Qt::CaseInsensitive) ||
                                                    u.user.id.toString() == f.q.toLower()));
        }
        for (const SeedResource &r : data.resources)
            found = found || (r.team == team.id && r.resource.id.toString() == f.q.toLower());
        if (!found)
            return false;
    }
    const auto seenMatches = [&] {
        if (!f.lastSeenFrom && !f.lastSeenUntil)
            return true;
        return row.lastSeenAt && (!f.lastSeenFrom || *row.lastSeenAt >= *f.lastSeenFrom) &&
               (!f.lastSeenUntil || *row.lastSeenAt < *f.lastSeenUntil);
    };
    return (f.tiers.isEmpty() || f.tiers.contains(team.tier)) && (!f.createdFrom || team.createdAt >= *f.createdFrom) &&
           (!f.createdUntil || team.createdAt < *f.createdUntil) && seenMatches() &&
           (!f.mrrAtLeastCents || row.mrrListCents >= *f.mrrAtLeastCents);
}

QList<ports::CustomerRow> FakeStore::matching(const ports::CustomerFilter &filter) const
{
    QList<ports::CustomerRow> rows;
    for (const SeedTeam &team : m_state.data.teams) {
        const ports::CustomerRow row = rowOf(team);
        if (matches(team, row, filter))
            rows.append(row);
    }
    return rows;
}

Result<ports::CustomerSums> FakeStore::sums(const ports::CustomerFilter &filter)
{
    ports::CustomerSums sums;
    QList<qint64> prices;
    for (const ports::CustomerRow &row : matching(filter)) {
        ++sums.count;
        sums.paying += row.mrrListCents > 0 ? 1 : 0;
        sums.mrrListCents += row.mrrListCents;
        sums.storageBytes += row.storageBytes;
        sums.deploymentsActive += row.deploymentsActive;
        prices.append(row.mrrListCents);
    }
    std::sort(prices.begin(), prices.end());
    if (!prices.isEmpty())
        sums.medianMrrCents = (prices.at((prices.size() - 1) / 2) + prices.at(prices.size() / 2)) / 2;
    return sums;
}

bool FakeStore::isCounted(const SeedTeam &team) const
{
    return team.status != QLatin1String("tombstoned") && !team.testCohort;
}

void FakeStore::addSeries(const QDateTime &now, ports::Overview &into) const
{
    namespace kinds = domain::kinds;
    QHash<QDate, qint64> created, up, down, activity;
    QSet<std::pair<QDate, QString>> active;
    QSet<domain::TeamId> counted;
    for (const SeedTeam &team : m_state.data.teams) {
        if (!isCounted(team))
            continue;
        counted.insert(team.id);
        ++created[team.createdAt.date()];
    }
    const QDateTime monthAgo = now.addDays(-30);
    for (const domain::AuditEntry &entry : m_state.data.audit) {
        if (!entry.team || !counted.contains(*entry.team))
            continue;
        if (!domain::isOperatorKind(entry.kind))
            active.insert({entry.createdAt.date(), entry.team->toString()});
        int direction = 0;
        if (entry.kind == kinds::subscriptionUpgraded)
            direction = 1;
        if (entry.kind == kinds::subscriptionDowngraded || entry.kind == kinds::subscriptionCanceled)
            direction = -1;
        if (entry.kind == kinds::adminTierChanged) {
            into.tierChanges30d += entry.createdAt >= monthAgo ? 1 : 0;
            const QJsonObject metadata = QJsonDocument::fromJson(entry.metadata).object();
            const int from = domain::tierRank(metadata.value(QStringLiteral("from")).toString());
            const int to = domain::tierRank(metadata.value(QStringLiteral("to")).toString());
            direction = from < 0 || to < 0 ? 0 : to - from;
        }
        if (direction > 0)
            ++up[entry.createdAt.date()];
        if (direction < 0)
            ++down[entry.createdAt.date()];
    }
    for (const auto &[day, team] : std::as_const(active))
        ++activity[day];
    into.newCustomersByDay = usecases::thirtyDays(created, now.date());
    into.upgradesByDay = usecases::thirtyDays(up, now.date());
    into.downgradesByDay = usecases::thirtyDays(down, now.date());
    into.activityByDay = usecases::thirtyDays(activity, now.date());
}

void FakeStore::addAttention(const QDateTime &now, ports::Overview &into) const
{
    const Dataset &data = m_state.data;
    const QDateTime weekAgo = now.addDays(-7);
    const auto add = [&](const SeedTeam &team, AttentionKind kind, int severity, const QString &detail,
                         const QDateTime &since) {
        const QString email = rowOf(team).primaryEmail;
        const QString fallback = email.isEmpty() ? team.id.toString() : email;
        into.attention.append({kind, severity, team.name.isEmpty() ? fallback : team.name, detail, team.id, since});
    };
    for (const SeedTeam &team : data.teams) {
        if (!isCounted(team))
            continue;
        QMap<QString, std::pair<qint64, QDateTime>> used;
        for (const SeedResource &r : data.resources) {
            if (r.team != team.id || !isActive(r))
                continue;
            auto &[bytes, since] = used[r.resource.type];
            bytes += r.resource.storageBytes;
            since = since.isValid() ? qMax(since, r.resource.createdAt) : r.resource.createdAt;
            if (r.resource.degraded)
                add(team, AttentionKind::DegradedResource, 2,
                    usecases::degradedText(r.resource.type, r.resource.name, r.resource.degradedReason),
                    r.resource.createdAt);
        }
        for (auto it = used.cbegin(); it != used.cend(); ++it) {
            const qint64 limit = m_plans.contains(team.tier) ? m_plans.storageLimitBytes(team.tier, it.key()) : -1;
            const auto &[bytes, since] = it.value();
            if (limit > 0 && bytes * 100 >= limit * usecases::nearQuotaPercent)
                add(team, bytes > limit ? AttentionKind::OverQuota : AttentionKind::NearQuota, bytes > limit ? 3 : 2,
                    usecases::quotaText(it.key(), bytes, limit), since);
        }
        for (const SeedGrace &g : data.graces) {
            if (g.team == team.id && g.status == QLatin1String("active"))
                add(team, AttentionKind::GraceEnding, usecases::graceSeverity(g.expiresAt, now),
                    usecases::graceText(g.expiresAt, now), g.startedAt);
        }
        for (const SeedDeployment &d : data.deployments) {
            if (d.team == team.id && d.deployment.status == QLatin1String("failed") &&
                d.deployment.createdAt >= weekAgo)
                add(team, AttentionKind::FailedDeployment, 2,
                    usecases::failureText(d.deployment.appName, d.deployment.env), d.deployment.createdAt);
        }
        if (team.status == QLatin1String("deletion_requested") || team.status == QLatin1String("deletion_pending"))
            add(team, AttentionKind::DeletionPending, 1, usecases::deletionText(team.status),
                team.deletionRequestedAt.value_or(team.createdAt));
    }
    for (const domain::AuditEntry &entry : data.audit) {
        const domain::AuditKind *kind = domain::findAuditKind(entry.kind);
        if (kind && kind->operatorAlert && entry.createdAt >= weekAgo)
            into.attention.append(
                {AttentionKind::OperatorAlert, 3, entry.kind, entry.summary, entry.team, entry.createdAt});
    }
}

Result<ports::Overview> FakeStore::overview(const QDateTime &now)
{
    ports::Overview into;
    QMap<QString, ports::TierCount> tiers;
    for (const SeedTeam &team : m_state.data.teams) {
        if (!isCounted(team))
            continue;
        const ports::CustomerRow row = rowOf(team);
        ports::TierCount &tier = tiers[team.tier];
        tier.tier = team.tier;
        ++tier.customers;
        tier.mrrListCents += row.mrrListCents;
        ++into.customers;
        into.paying += row.mrrListCents > 0 ? 1 : 0;
        into.mrrListCents += row.mrrListCents;
        into.newCustomers30d += row.createdAt >= now.addDays(-30) ? 1 : 0;
        into.newCustomersPrev30d += row.createdAt >= now.addDays(-60) && row.createdAt < now.addDays(-30) ? 1 : 0;
        into.activeCustomers7d += row.lastSeenAt && *row.lastSeenAt >= now.addDays(-7) ? 1 : 0;
        into.resourcesActive += row.resourceCount;
        into.deploymentsActive += row.deploymentsActive;
        into.storageBytes += row.storageBytes;
        for (const SeedResource &r : m_state.data.resources)
            into.resourcesDegraded += r.team == team.id && isActive(r) && r.resource.degraded ? 1 : 0;
        for (const SeedDeployment &d : m_state.data.deployments) {
            const bool failed = d.team == team.id && d.deployment.status == QLatin1String("failed");
            into.deploymentsFailed7d += failed && d.deployment.createdAt >= now.addDays(-7) ? 1 : 0;
        }
    }
    into.tiers = tiers.values();
    addSeries(now, into);
    addAttention(now, into);
    return into;
}

} // namespace test
