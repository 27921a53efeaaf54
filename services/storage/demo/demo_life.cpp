#include "services/storage/demo/demo_life_builder.h"

#include "models/domain/audit.h"
#include "models/domain/audit_kind_names.h"
#include "models/domain/customer.h"

#include <algorithm>

namespace storage::demo {

namespace kinds = domain::kinds;

CustomerLife LifeBuilder::build()
{
    chooseFate();
    chooseTimes();
    choosePath();
    makeTeam();
    makeUsers();
    makeResources();
    makeDeployments();
    makeStacks();
    tellTierSteps();
    tellGrace();
    tellDeletion();
    tellAssets();
    tellActivity();
    makeNotes();
    std::stable_sort(m_life.audit.begin(), m_life.audit.end(),
                     [](const AuditRow &a, const AuditRow &b) { return a.atMs < b.atMs; });
    m_life.domain = m_domain;
    m_life.visits = m_visits;
    return std::move(m_life);
}

CustomerLife makeLife(const LifeSettings &settings, int index)
{
    return LifeBuilder(settings, index).build();
}

namespace {

/// Streams of their own, far from the customers'.
constexpr quint64 surroundingsStream = 1'000'000'007ULL;

ResourceRow unclaimedResource(const LifeSettings &settings, Random &random)
{
    ResourceRow row;
    row.id = random.uuid();
    row.token = random.uuid();
    row.type = domain::resourceTypeName(random.pick(domain::allResourceTypes()));
    row.name = resourceName(random, appName(random));
    row.tier = QStringLiteral("anonymous");
    row.env = QStringLiteral("development");
    row.fingerprint = hexText(random, 32);
    row.vendor = QStringLiteral("hetzner");
    row.country = QStringLiteral("DE");
    row.providerId = QStringLiteral("db_") + hexText(random, 12);
    row.connectionLimit = 2;
    const bool live = random.chance(600);
    row.createdMs = live ? settings.nowMs - random.between(minuteMs, 23 * hourMs)
                         : settings.nowMs - random.between(25 * hourMs, 20 * dayMs);
    row.expiresMs = row.createdMs + dayMs;
    row.seenMs = row.createdMs + random.between(0, std::min(settings.nowMs - row.createdMs, 20 * hourMs));
    row.status = QString::fromLatin1(live ? "active" : random.chance(600) ? "expired" : "reaped");
    const qint64 limit = settings.plans->storageLimitBytes(row.tier, row.type);
    row.storageBytes = static_cast<qint64>(static_cast<double>(std::max<qint64>(limit, 0)) * random.real());
    return row;
}

AuditFacts factsOfNobody(Random &random, qint64 atMs)
{
    AuditFacts facts;
    const Person who = person(random);
    facts.domain = QStringLiteral("visitor.example");
    facts.email = (who.first + QLatin1Char('.') + who.last).toLower() + QStringLiteral("@visitor.example");
    facts.tier = QStringLiteral("pro");
    facts.resource = random.uuid();
    facts.resourceType = domain::resourceTypeName(random.pick(domain::allResourceTypes()));
    facts.resourceName = resourceName(random, appName(random));
    facts.app = appName(random);
    facts.appId = hexText(random, 8);
    facts.url = QStringLiteral("https://%1-%2.apps.example").arg(facts.app, facts.appId);
    facts.subscription = QStringLiteral("sub_") + alnumText(random, 14);
    facts.atMs = atMs;
    return facts;
}

bool namesAResource(QLatin1StringView kindName)
{
    const domain::AuditKind *kind = domain::findAuditKind(QString(kindName));
    const auto isResource = [](const char *key) { return qstrcmp(key, "resource_id") == 0; };
    return std::any_of(kind->keys.begin(), kind->keys.end(), isResource);
}

struct Recent {
    QLatin1StringView kind;
    int minutesAgo;
};
/// What the operators find on their screens today.
constexpr Recent today[] = {
    {kinds::authProbeFailed, 1120},
    {kinds::propagationDeadLettered, 700},
    {kinds::razorpayWebhookTeamNotFound, 640},
    {kinds::billingChargeUndeliverable, 410},
    {kinds::teamOrphanReclaimed, 380},
    {kinds::provisionPersistenceFailed, 95},
    {kinds::adminTokenMinted, 88},
    {kinds::adminAuditExported, 41},
    {kinds::adminCustomersExported, 33},
};

} // namespace

Surroundings makeSurroundings(const LifeSettings &settings, int customers, const QStringList &seenKinds)
{
    Random random(settings.seed, surroundingsStream);
    Surroundings all;
    // The tier of this one did not reach the backends.
    const CustomerLife victim = makeLife(settings, std::min(12, customers - 1));
    const int unclaimed = std::max(6, customers / 5);
    for (int i = 0; i < unclaimed; ++i)
        all.resources << unclaimedResource(settings, random);

    QStringList seen = seenKinds;
    const QJsonObject given{{QStringLiteral("from_tier"), QStringLiteral("pro")},
                            {QStringLiteral("to_tier"), QStringLiteral("hobby")}};
    const auto add = [&](QLatin1StringView kind, qint64 atMs) {
        AuditFacts facts = factsOfNobody(random, std::max(atMs, settings.startMs));
        QJsonObject values = given;
        if (kind == kinds::billingChargeUndeliverable)
            values.insert(QStringLiteral("reason"), QStringLiteral("team_unresolvable"));
        if (kind == kinds::propagationDeadLettered)
            facts.team = victim.team.id;
        AuditRow row = makeAuditRow(kind, facts, values, random);
        row.user = QUuid();
        if (!namesAResource(kind)) {
            row.resource = QUuid();
            row.resourceType.clear();
        }
        all.audit << row;
        seen << QString(kind);
    };
    for (const Recent &event : today)
        add(event.kind, settings.nowMs - event.minutesAgo * minuteMs);
    static constexpr QLatin1StringView routine[] = {
        kinds::anonExpiryWarning,     kinds::anonExpiryWarning,    kinds::anonExpiryWarning,
        kinds::teamOrphanReclaimed,   kinds::deployProbeFailed,    kinds::webhookRazorpayUnauthorized,
        kinds::githubSignatureFailed, kinds::customerDbDirectDrop, kinds::adminTokenRevoked,
    };
    const int events = std::max(12, customers / 40);
    const qint64 span = settings.nowMs - settings.startMs;
    for (int i = 0; i < events; ++i)
        add(routine[random.below(std::size(routine))],
            settings.startMs + random.below(std::max<qint64>(span - 2 * dayMs, 1)));
    for (const domain::AuditKind &kind : domain::auditKinds()) {
        if (!seen.contains(QLatin1StringView(kind.kind)))
            add(QLatin1StringView(kind.kind), settings.nowMs - random.between(2 * dayMs, 25 * dayMs));
    }
    return all;
}

} // namespace storage::demo
