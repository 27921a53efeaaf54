#include "services/storage/demo/demo_life_builder.h"

#include "models/domain/audit.h"
#include "models/domain/audit_kind_names.h"

#include <algorithm>
#include <array>

/// The everyday: short chains of events around a resource or a deployment, until the history is long enough.
namespace storage::demo {

namespace kinds = domain::kinds;

namespace {

/// What a flow is about; a flow is told only of something in the fitting state.
enum class About { Team, Resource, FreeResource, Storage, Live, Expired, Deleted, Stack, StoppedStack };

struct FlowStep {
    QLatin1StringView kind;
    int minutesLater = 0;
};
struct Flow {
    int weight;
    int fromRank; ///< tiers that have the feature
    About about;
    std::array<FlowStep, 5> steps; ///< ends at the first empty kind
};

constexpr Flow flows[] = {
    {60, 1, About::Team, {{{kinds::authLogin}, {kinds::resourceListByTeam, 1}}}},
    {40, 1, About::Team, {{{kinds::authLogin}}}},
    {40, 1, About::Resource, {{{kinds::resourceRead}, {kinds::resourceMetricsQueried, 2}}}},
    {26, 1, About::Resource, {{{kinds::connectionUrlDecrypted}}}},
    {16, 1, About::Team, {{{kinds::digestWeekly}}}},
    {10, 1, About::Resource, {{{kinds::provisionLegacy}, {kinds::rotateLegacy, 90}}}},
    {14, 1, About::FreeResource, {{{kinds::resourceExpiryImminent}}}},
    {8, 1, About::Resource, {{{kinds::nearQuotaWall}}}},
    {6, 1, About::Team, {{{kinds::teamUpdated}}}},
    {3, 1, About::Resource, {{{kinds::claimLegacy}, {kinds::deleteLegacy, 400}}}},
    {34,
     2,
     About::Live,
     {{{kinds::deployRedeployRequested}, {kinds::deployRedeploying, 1}, {kinds::deployHealthy, 4}}}},
    {18, 2, About::Live, {{{kinds::vaultWrite}, {kinds::vaultRead, 3}}}},
    {14, 2, About::Resource, {{{kinds::backupRequested}}}},
    {4, 2, About::Resource, {{{kinds::backupRequested}, {kinds::backupFailed, 7}}}},
    {7, 3, About::Resource, {{{kinds::backupRequested}, {kinds::restoreRequested, 30}, {kinds::restoreSucceeded, 42}}}},
    {2, 3, About::Resource, {{{kinds::restoreRequested}, {kinds::restoreFailed, 11}}}},
    {20,
     2,
     About::Live,
     {{{kinds::githubPushReceived},
       {kinds::githubDeployTriggered, 1},
       {kinds::deployCreated, 1},
       {kinds::deployHealthy, 4}}}},
    {8, 2, About::Live, {{{kinds::githubConnected}, {kinds::githubPushReceived, 12}}}},
    {2, 2, About::Live, {{{kinds::githubDisconnected}}}},
    {2, 2, About::Live, {{{kinds::githubSignatureFailed}}}},
    {6, 2, About::Live, {{{kinds::deployTtlSet}, {kinds::deployExpiringSoon, 720}, {kinds::deployMadePermanent, 760}}}},
    {20, 2, About::Expired, {{{kinds::deployExpiringSoon}, {kinds::deployExpired, 720}}}},
    {20, 2, About::Deleted, {{{kinds::deployDeletionRequested}, {kinds::deployDeletionConfirmed, 5}}}},
    {3, 2, About::Live, {{{kinds::deployDeletionRequested}, {kinds::deployDeletionCancelled, 20}}}},
    {2, 2, About::Live, {{{kinds::deployDeletionRequested}, {kinds::deployDeletionExpired, 60}}}},
    {2, 2, About::Live, {{{kinds::deployNotifyDeliveryFailed}}}},
    {12, 2, About::Stack, {{{kinds::stackDeletionRequested}, {kinds::stackDeletionCancelled, 15}}}},
    {6, 2, About::Stack, {{{kinds::stackDeletionRequested}, {kinds::stackDeletionExpired, 60}}}},
    {30, 2, About::StoppedStack, {{{kinds::stackDeletionRequested}, {kinds::stackDeletionConfirmed, 4}}}},
    {8, 2, About::Storage, {{{kinds::storageIamUserCreated}}}},
    {3, 2, About::Storage, {{{kinds::storageIamUserCreated}, {kinds::storageIamUserDeleted, 2000}}}},
    {5,
     2,
     About::Resource,
     {{{kinds::nearQuotaWall}, {kinds::resourceQuotaSuspended, 600}, {kinds::resourceQuotaUnsuspended, 2100}}}},
    {6, 2, About::Team, {{{kinds::teamSettingsChanged}}}},
    {3, 2, About::Team, {{{kinds::vaultPut}}}},
    {2, 2, About::Team, {{{kinds::teamDeletionRequested}, {kinds::teamDeletionCanceled, 3000}}}},
    {4, 2, About::Team, {{{kinds::adminAccess}, {kinds::adminPromoIssued, 3}}}},
    {4, 2, About::Team, {{{kinds::adminAccess}, {kinds::adminNoteAdded, 2}}}},
    {1, 2, About::Team, {{{kinds::adminNoteDeleted}}}},
    {6, 4, About::Resource, {{{kinds::familyBulkTwin}}}},
    {6,
     4,
     About::Live,
     {{{kinds::promoteApprovalRequested}, {kinds::promoteApproved, 25}, {kinds::promoteExecuted, 26}}}},
    {2, 4, About::Live, {{{kinds::promoteApprovalRequested}, {kinds::promoteRejected, 70}}}},
};

int totalWeight()
{
    static const int sum = [] {
        int weight = 0;
        for (const Flow &flow : flows)
            weight += flow.weight;
        return weight;
    }();
    return sum;
}

} // namespace

AuditFacts LifeBuilder::factsAt(qint64 atMs) const
{
    AuditFacts facts;
    facts.team = m_life.team.id;
    if (!m_life.users.isEmpty()) {
        facts.user = m_life.users.first().id;
        facts.email = m_life.users.first().email;
    }
    facts.domain = m_domain;
    facts.tier = tierAt(atMs);
    facts.subscription = m_life.team.subscription;
    facts.atMs = atMs;
    return facts;
}

AuditFacts LifeBuilder::factsOf(const ResourceRow &resource, qint64 atMs) const
{
    AuditFacts facts = factsAt(atMs);
    facts.resource = resource.id;
    facts.resourceType = resource.type;
    facts.resourceName = resource.name;
    facts.env = resource.env;
    return facts;
}

AuditFacts LifeBuilder::factsOf(const DeploymentRow &deployment, qint64 atMs) const
{
    AuditFacts facts = factsAt(atMs);
    facts.deployment = deployment.id;
    facts.appId = deployment.appId;
    facts.app = deployment.name;
    facts.url = deployment.url;
    facts.env = deployment.env;
    return facts;
}

void LifeBuilder::tell(QLatin1StringView kind, const AuditFacts &facts, const QJsonObject &given)
{
    AuditRow row = makeAuditRow(kind, facts, given, m_random);
    row.atMs = std::clamp(row.atMs, m_createdMs, m_settings.nowMs);
    m_life.audit << row;
}

void LifeBuilder::tellAssets()
{
    for (const DeploymentRow &deployment : std::as_const(m_life.deployments)) {
        const bool failed = deployment.status == QLatin1StringView("failed");
        if (!m_settings.detailed && !failed)
            continue;
        if (!failed && m_life.audit.size() > 8)
            continue;
        tell(kinds::deployCreated, factsOf(deployment, deployment.createdMs),
             {{QStringLiteral("ttl_policy"), deployment.ttlPolicy}});
        if (failed)
            tell(kinds::deployFailed, factsOf(deployment, deployment.updatedMs));
        else if (deployment.status != QLatin1StringView("building") &&
                 deployment.status != QLatin1StringView("deploying"))
            tell(kinds::deployHealthy, factsOf(deployment, deployment.updatedMs),
                 {{QStringLiteral("time_to_healthy_seconds"), (deployment.updatedMs - deployment.createdMs) / 1000}});
    }
    tellNearQuota();
    if (m_story == Story::Plain && m_settings.nowMs - m_lastSeenMs > 30 * dayMs && m_random.chance(120))
        tell(kinds::churnRiskFlagged, factsAt(m_lastSeenMs + minuteMs));
}

void LifeBuilder::tellNearQuota()
{
    const QString postgres = QStringLiteral("postgres");
    const qint64 limit = m_settings.plans->storageLimitBytes(m_tier, postgres);
    qint64 used = 0;
    for (const ResourceRow &resource : std::as_const(m_life.resources))
        used += resource.type == postgres && resource.status == QLatin1StringView("active") ? resource.storageBytes : 0;
    if (limit <= 0 || used * 100 < limit * 80)
        return;
    tell(kinds::nearQuotaWall, factsOf(m_life.resources.first(), m_lastSeenMs - m_random.between(1, 300) * minuteMs),
         {{QStringLiteral("current"), used},
          {QStringLiteral("limit"), limit},
          {QStringLiteral("percent_used"), used * 100 / limit}});
}

void LifeBuilder::tellActivity()
{
    tellVisits();
    const qint64 wanted = m_settings.detailed ? m_random.between(12, 20) : m_random.between(3, 7);
    for (int tries = 0; m_life.audit.size() < wanted && tries < 60; ++tries) {
        qint64 left = m_random.below(totalWeight());
        int chosen = 0;
        for (const Flow &flow : flows) {
            left -= flow.weight;
            if (left < 0)
                break;
            ++chosen;
        }
        tellFlow(chosen);
    }
}

/// One row for each day the customer came; the last sign-in makes "last seen" what the life says it is.
void LifeBuilder::tellVisits()
{
    if (m_life.team.tombstonedMs != 0)
        return;
    tell(kinds::authLogin, factsAt(m_lastSeenMs));
    for (qsizetype i = 1; i < m_visits.size(); ++i) {
        const qint64 at = m_visits.at(i);
        const ResourceRow &resource = m_random.pick(m_life.resources);
        switch (m_random.weighted({50, 20, 20, 10})) {
        case 1:
            tell(kinds::resourceListByTeam, factsAt(at));
            break;
        case 2:
        case 3:
            if (resource.createdMs < at) {
                tell(m_random.chance(650) ? kinds::resourceRead : kinds::connectionUrlDecrypted, factsOf(resource, at));
                break;
            }
            [[fallthrough]];
        default:
            tell(kinds::authLogin, factsAt(at));
        }
    }
}

bool LifeBuilder::tellFlow(int index)
{
    const Flow &flow = flows[index];
    qint64 fromMs = m_createdMs;
    if (flow.fromRank > 1) {
        if (m_steps.isEmpty() || (flow.fromRank > 2 && rank() < flow.fromRank))
            return false;
        fromMs = flow.fromRank > 2 ? m_steps.last().atMs : m_steps.first().atMs;
    }
    const auto subject = factsAbout(static_cast<int>(flow.about), fromMs);
    if (!subject)
        return false;
    qint64 length = 0;
    for (const FlowStep &step : flow.steps)
        length = std::max<qint64>(length, step.minutesLater * minuteMs);
    const qint64 untilMs = m_lastSeenMs - length - minuteMs;
    if (untilMs < fromMs)
        return false;
    // One procedure has one id through all its steps; a kind takes the keys that it has.
    const QString id = m_random.uuid().toString(QUuid::WithoutBraces);
    QJsonObject given;
    for (const char *key : {"pending_deletion_id", "connection_id", "approval_id", "backup_id", "restore_id"})
        given.insert(QLatin1StringView(key), id);
    const qint64 start = m_random.between(fromMs, untilMs);
    AuditFacts facts = *subject;
    for (const FlowStep &step : flow.steps) {
        if (step.kind.isEmpty())
            break;
        facts.atMs = start + step.minutesLater * minuteMs + m_random.below(50'000);
        facts.tier = tierAt(facts.atMs);
        tell(step.kind, facts, given);
    }
    return true;
}

std::optional<AuditFacts> LifeBuilder::factsAbout(int subject, qint64 &fromMs)
{
    const auto anyOf = [this](const auto &rows, const auto &fits) -> decltype(&rows.first()) {
        const auto &row = m_random.pick(rows);
        return fits(row) ? &row : nullptr;
    };
    const auto about = static_cast<About>(subject);
    const auto isResource = [about](const ResourceRow &row) {
        return about == About::Resource || (about == About::FreeResource && row.expiresMs > 0) ||
               (about == About::Storage && row.type == QLatin1StringView("storage"));
    };
    const auto isDeployment = [about](const DeploymentRow &row) {
        const bool expired = row.status == QLatin1StringView("expired");
        const bool deleted = row.status == QLatin1StringView("deleted");
        return about == About::Expired ? expired : about == About::Deleted ? deleted : !expired && !deleted;
    };
    const auto isStack = [about](const StackRow &row) {
        return (about == About::StoppedStack) == (row.status == QLatin1StringView("stopped"));
    };
    switch (about) {
    case About::Team:
        return factsAt(0);
    case About::Resource:
    case About::FreeResource:
    case About::Storage:
        if (const ResourceRow *row = anyOf(m_life.resources, isResource)) {
            fromMs = std::max(fromMs, row->createdMs);
            return factsOf(*row, 0);
        }
        return std::nullopt;
    case About::Live:
    case About::Expired:
    case About::Deleted:
        if (m_life.deployments.isEmpty())
            return std::nullopt;
        if (const DeploymentRow *row = anyOf(m_life.deployments, isDeployment)) {
            fromMs = std::max(fromMs, row->createdMs);
            return factsOf(*row, 0);
        }
        return std::nullopt;
    case About::Stack:
    case About::StoppedStack:
        if (m_life.stacks.isEmpty())
            return std::nullopt;
        if (const StackRow *row = anyOf(m_life.stacks, isStack)) {
            fromMs = std::max(fromMs, row->createdMs);
            AuditFacts facts = factsAt(0);
            facts.app = row->slug;
            facts.deployment = row->id;
            return facts;
        }
        return std::nullopt;
    }
    Q_UNREACHABLE();
}

} // namespace storage::demo
