#include "services/usecases/customers.h"

#include <algorithm>

namespace usecases {

using domain::Permission;
using domain::Result;

namespace {

constexpr int maxOffset = 10'000;
constexpr int recentAuditRows = 20;

QList<ports::CountUsage> countsOf(const domain::PlanRegistry &plans, const ports::CustomerRow &row,
                                  const QList<ports::ResourceUsage> &used)
{
    const domain::PlanLimits &limits = plans.plan(row.tier).limits;
    const QString queueType = domain::resourceTypeName(domain::ResourceType::Queue);
    qint64 queues = 0;
    for (const ports::ResourceUsage &usage : used) {
        if (usage.type == queueType)
            queues = usage.count;
    }
    return {{QStringLiteral("deployments_apps"), row.deploymentsActive, limits.deploymentsApps},
            {QStringLiteral("team_members"), row.userCount, limits.teamMembers},
            {QStringLiteral("queue_count"), queues, limits.queueCount}};
}

} // namespace

Result<ports::CustomerFilter> normalisedCustomerFilter(ports::CustomerFilter filter)
{
    if (auto checked = checkText(QStringLiteral("q"), filter.q); !checked)
        return checked.error();
    filter.q = filter.q.trimmed();
    for (QString &tier : filter.tiers) {
        if (auto checked = checkText(QStringLiteral("tier"), tier); !checked)
            return checked.error();
        tier = tier.trimmed().toLower();
    }
    filter.tiers.removeDuplicates();
    filter.tiers.sort();
    return filter;
}

Result<ports::Page<ports::CustomerRow>> listCustomers(const Env &env, ports::CustomerQuery query)
{
    if (auto allowed = mayRead(env, Permission::ViewCustomers); !allowed)
        return allowed.error();
    if (query.limit < 1 || query.limit > ports::maxPageSize)
        return domain::invalidInput(QStringLiteral("invalid_limit"), QStringLiteral("limit"),
                                    QStringLiteral("must be 1 to %1").arg(ports::maxPageSize));
    if (query.offset < 0 || query.offset > maxOffset || (query.offset > 0 && !query.cursor.isEmpty()))
        return domain::invalidInput(
            QStringLiteral("invalid_offset"), QStringLiteral("offset"),
            QStringLiteral("must be 0 to %1 and cannot be combined with a cursor").arg(maxOffset));
    auto filter = normalisedCustomerFilter(query.filter);
    if (!filter)
        return filter.error();
    query.filter = std::move(filter).value();
    return env.work.customers().list(query);
}

Result<ports::CustomerSums> sumCustomers(const Env &env, ports::CustomerFilter filter)
{
    if (auto allowed = mayRead(env, Permission::ViewCustomers); !allowed)
        return allowed.error();
    auto clean = normalisedCustomerFilter(std::move(filter));
    if (!clean)
        return clean.error();
    return env.work.customers().sums(*clean);
}

QList<ports::ResourceUsage> usageAgainst(const domain::PlanRegistry &plans, const QString &tier,
                                         const QList<ports::ResourceUsage> &used)
{
    QList<ports::ResourceUsage> result;
    for (const domain::ResourceType type : domain::allResourceTypes())
        result.append({domain::resourceTypeName(type), 0, 0, 0});
    for (const ports::ResourceUsage &usage : used) {
        const auto known = std::find_if(result.begin(), result.end(),
                                        [&](const ports::ResourceUsage &u) { return u.type == usage.type; });
        if (known == result.end())
            result.append(usage);
        else
            *known = usage;
    }
    for (ports::ResourceUsage &usage : result)
        usage.limit = plans.storageLimitBytes(tier, usage.type);
    std::sort(result.begin(), result.end(),
              [](const ports::ResourceUsage &a, const ports::ResourceUsage &b) { return a.type < b.type; });
    return result;
}

qint64 storageLimitOf(const domain::PlanRegistry &plans, const QString &tier, const QStringList &types)
{
    const QString webhook = domain::resourceTypeName(domain::ResourceType::Webhook);
    qint64 sum = 0;
    for (const QString &type : types) {
        if (type == webhook)
            continue;
        const qint64 limit = plans.storageLimitBytes(tier, type);
        if (limit < 0)
            return -1;
        sum += limit;
    }
    return sum;
}

Result<ports::CustomerDetail> customerDetail(const Env &env, domain::TeamId team)
{
    if (auto allowed = mayRead(env, Permission::ViewCustomers); !allowed)
        return allowed.error();
    CustomerRepository &customers = env.work.customers();
    auto record = customers.team(team);
    if (!record)
        return record.error();
    auto row = customers.row(team);
    if (!row)
        return row.error();
    auto users = customers.users(team);
    if (!users)
        return users.error();
    auto used = customers.usage(team);
    if (!used)
        return used.error();
    auto resources = customers.resources(team);
    if (!resources)
        return resources.error();
    auto deployments = customers.deployments(team);
    if (!deployments)
        return deployments.error();
    auto audit = env.work.audit().newestOfTeam(team, recentAuditRows, false);
    if (!audit)
        return audit.error();

    ports::CustomerDetail detail;
    detail.usage = usageAgainst(env.plans, row->tier, *used);
    detail.counts = countsOf(env.plans, *row, *used);
    detail.row = std::move(row).value();
    detail.subscriptionId = record->subscriptionId;
    detail.users = std::move(users).value();
    detail.resources = std::move(resources).value();
    detail.deployments = std::move(deployments).value();
    detail.recentAudit = std::move(audit).value();
    return detail;
}

} // namespace usecases
