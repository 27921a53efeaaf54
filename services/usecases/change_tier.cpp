#include "services/usecases/change_tier.h"

#include "models/domain/tier.h"
#include "services/usecases/customers.h"

namespace usecases {

using domain::Done;
using domain::ErrorCode;
using domain::Permission;
using domain::Result;

namespace {

int directionOf(const QString &from, const QString &to)
{
    const int rankFrom = domain::tierRank(domain::canonicalTierName(from));
    const int rankTo = domain::tierRank(to);
    if (rankFrom < 0 || rankTo < 0 || rankFrom == rankTo)
        return 0;
    return rankTo > rankFrom ? 1 : -1;
}

Result<QString> settableTier(const QString &text)
{
    const auto tier = domain::parseTier(text);
    if (!tier || !domain::isAdminSettable(*tier))
        return domain::invalidInput(QStringLiteral("invalid_tier"), QStringLiteral("tier"),
                                    QStringLiteral("must be free, hobby, hobby_plus, pro, growth or team"));
    return domain::tierName(*tier);
}

domain::Error unchanged(const QString &tier)
{
    return domain::makeError(ErrorCode::Conflict, QStringLiteral("tier_unchanged"),
                             QStringLiteral("the customer already has the tier %1").arg(tier));
}

void addIfMailed(QStringList &kinds, QLatin1StringView kind)
{
    const QString name = kind;
    const domain::AuditKind *known = domain::findAuditKind(name);
    if (known && known->mailsCustomer)
        kinds.append(name);
}

domain::AuditEntry cancellationEntry(const Env &env, const TeamRecord &team, const QString &to, const QString &reason)
{
    const QString summary =
        team.subscriptionId.isEmpty()
            ? QStringLiteral("Demoted from %1 to %2; there is no subscription to cancel").arg(team.tier, to)
            : QStringLiteral("Demoted from %1 to %2; the subscription was not canceled at the provider")
                  .arg(team.tier, to);
    return operatorEntry(env, domain::kinds::subscriptionCanceledByAdmin, team.id, summary,
                         {{QStringLiteral("from_tier"), team.tier},
                          {QStringLiteral("to_tier"), to},
                          {QStringLiteral("by_admin_email"), env.call.principal.email},
                          {QStringLiteral("reason"), reason},
                          {QStringLiteral("subscription_id"), team.subscriptionId},
                          {QStringLiteral("cancel_attempted"), false},
                          {QStringLiteral("cancel_succeeded"), false}});
}

Result<ports::TierChangeResult> applyChange(const Env &env, const ports::TierChange &change)
{
    auto team = env.work.customers().lockTeam(change.team);
    if (!team)
        return team.error();
    if (domain::canonicalTierName(team->tier) == change.tier)
        return unchanged(change.tier);
    if (auto set = env.work.customers().setTier(change.team, change.tier); !set)
        return set.error();

    ports::TierChangeResult result{change.team, team->tier, change.tier, 0, 0, {}};
    const int direction = directionOf(team->tier, change.tier);
    if (direction > 0) {
        auto lifted = env.work.customers().elevate(change.team, change.tier, env.clock.now());
        if (!lifted)
            return lifted.error();
        result.resourcesElevated = lifted->resources;
        result.deploymentsElevated = lifted->deployments;
    }
    const domain::AuditEntry entry =
        operatorEntry(env, domain::kinds::adminTierChanged, change.team,
                      QStringLiteral("Tier changed from %1 to %2").arg(team->tier, change.tier),
                      {{QStringLiteral("from"), team->tier},
                       {QStringLiteral("to"), change.tier},
                       {QStringLiteral("by_admin_email"), env.call.principal.email},
                       {QStringLiteral("reason"), change.reason}});
    if (auto written = writeAudit(env, entry); !written)
        return written.error();
    if (direction < 0) {
        if (auto written = writeAudit(env, cancellationEntry(env, *team, change.tier, change.reason)); !written)
            return written.error();
    }
    if (auto told = env.work.announce(QStringLiteral("team"), change.team.toString()); !told)
        return told.error();
    result.audit = entry.id;
    return result;
}

} // namespace

Result<ports::TierChangePreview> previewTierChange(const Env &env, ports::TierChange change)
{
    if (auto allowed = mayRead(env, Permission::ViewCustomers); !allowed)
        return allowed.error();
    auto tier = settableTier(change.tier);
    if (!tier)
        return tier.error();
    if (!change.reason.trimmed().isEmpty()) {
        if (auto reason = checkedReason(change.reason); !reason)
            return reason.error();
    }
    auto team = env.work.customers().team(change.team);
    if (!team)
        return team.error();
    if (domain::canonicalTierName(team->tier) == *tier)
        return unchanged(*tier);
    auto used = env.work.customers().usage(change.team);
    if (!used)
        return used.error();

    ports::TierChangePreview preview;
    preview.from = team->tier;
    preview.to = *tier;
    preview.direction = directionOf(team->tier, *tier);
    preview.mrrBeforeCents = env.plans.listMonthlyCents(team->tier);
    preview.mrrAfterCents = env.plans.listMonthlyCents(*tier);
    for (const ports::ResourceUsage &usage : usageAgainst(env.plans, *tier, *used)) {
        if (usage.limit >= 0 && usage.used > usage.limit)
            preview.overQuota.append(usage);
    }
    addIfMailed(preview.emails, domain::kinds::adminTierChanged);
    if (preview.direction > 0) {
        auto live = env.work.customers().countElevatable(change.team, env.clock.now());
        if (!live)
            return live.error();
        preview.resourcesElevated = live->resources;
        preview.deploymentsElevated = live->deployments;
    }
    if (preview.direction < 0) {
        preview.subscriptionId = team->subscriptionId;
        addIfMailed(preview.emails, domain::kinds::subscriptionCanceledByAdmin);
    }
    return preview;
}

Result<ports::TierChangeResult> changeTier(const Env &env, ports::TierChange change)
{
    if (auto allowed = mayWrite(env, Permission::ChangeTier); !allowed)
        return allowed.error();
    auto tier = settableTier(change.tier);
    if (!tier)
        return tier.error();
    auto reason = checkedReason(change.reason);
    if (!reason)
        return reason.error();
    change.tier = *tier;
    change.reason = *reason;

    Result<ports::TierChangeResult> outcome;
    auto done = env.work.transaction([&]() -> Result<Done> {
        outcome = applyChange(env, change);
        if (!outcome)
            return outcome.error();
        return Done{};
    });
    if (!done)
        return done.error();
    return outcome;
}

} // namespace usecases
