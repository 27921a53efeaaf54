#include "services/storage/demo/demo_life_builder.h"

#include "models/domain/customer.h"

#include <algorithm>

/// Resources, deployments and stacks: as many and as large as the plan allows, sometimes a little more.
namespace storage::demo {

namespace {

QString environment(Random &random)
{
    static constexpr const char *names[] = {"production", "staging", "development"};
    return QString::fromLatin1(names[random.weighted({70, 18, 12})]);
}

QString vendorOf(Random &random, QString &country)
{
    static constexpr const char *vendors[] = {"aws", "gcp", "hetzner"};
    static constexpr const char *countries[] = {"DE", "US", "IN", "GB", "FR", "BR", "JP", "NL"};
    country = QString::fromLatin1(countries[random.below(8)]);
    return QString::fromLatin1(vendors[random.below(3)]);
}

/// Bounds of the number of resources per rank, free to team.
constexpr int fewest[] = {1, 1, 2, 3, 4, 6, 9};
constexpr int most[] = {1, 3, 4, 6, 9, 14, 22};

} // namespace

QString LifeBuilder::assetTier() const
{
    // A demotion leaves what exists on its old tier (spec 01 §2.6, §3.9).
    const bool kept = m_story == Story::Canceled || m_story == Story::Terminated || m_story == Story::AdminDemoted;
    return kept && !m_steps.isEmpty() ? m_steps.first().tier : m_tier;
}

double LifeBuilder::fillOf(double base)
{
    if (m_story == Story::NearQuota)
        return 0.83 + 0.14 * m_random.real();
    if (m_story == Story::OverQuota)
        return 1.02 + 0.12 * m_random.real();
    return base * (0.35 + 0.65 * m_random.real());
}

void LifeBuilder::makeResources()
{
    if (!paying() && m_steps.isEmpty()) {
        addFreeResources();
        return;
    }
    const int r = std::max(rank(), 1);
    qint64 count = m_random.between(fewest[r], most[r]);
    if (!m_settings.detailed)
        count = std::min<qint64>(count, 2 + m_random.below(3));
    QHash<domain::ResourceType, int> perType;
    perType[domain::ResourceType::Postgres] = 1;
    for (qint64 i = 1; i < count; ++i) {
        const int pick = m_random.weighted({30, 20, 10, 10, 14, 8, 8});
        ++perType[domain::allResourceTypes().at(pick)];
    }
    const qint64 queues = m_settings.plans->plan(m_tier).limits.queueCount;
    int &queueCount = perType[domain::ResourceType::Queue];
    queueCount = static_cast<int>(std::min<qint64>(queueCount, queues));

    static constexpr double low[] = {0.05, 0.3, 0.6};
    static constexpr double width[] = {0.3, 0.35, 0.18};
    const int level = m_random.weighted({55, 33, 12});
    const double base = low[level] + width[level] * m_random.real();
    for (const domain::ResourceType type : domain::allResourceTypes()) {
        const int parts = perType.value(type);
        if (parts == 0)
            continue;
        const QString name = domain::resourceTypeName(type);
        const qint64 limit = m_settings.plans->storageLimitBytes(m_tier, name);
        const qint64 used = static_cast<qint64>(static_cast<double>(std::max<qint64>(limit, 0)) * fillOf(base));
        for (int i = 0; i < parts; ++i)
            addResource(name, used / parts);
    }
    if (m_story == Story::Degraded) {
        ResourceRow &row = m_life.resources.first();
        row.status = QStringLiteral("active");
        row.degraded = true;
        row.degradedReason = degradedReason(m_random);
    }
}

void LifeBuilder::addFreeResources()
{
    // Free resources live 24 hours (spec 01 §1.2): only who came today still has some.
    const bool live = m_settings.nowMs - m_lastSeenMs < dayMs && m_story != Story::Tombstoned;
    const qint64 count = m_random.between(1, m_settings.detailed ? 3 : 1);
    QList<domain::ResourceType> types = domain::allResourceTypes();
    for (qint64 i = 0; i < count; ++i) {
        const QString type = domain::resourceTypeName(types.takeAt(i == 0 ? 0 : m_random.below(types.size())));
        const qint64 limit = m_settings.plans->storageLimitBytes(m_tier, type);
        addResource(type, static_cast<qint64>(static_cast<double>(limit) * fillOf(0.7)));
        ResourceRow &row = m_life.resources.last();
        row.createdMs = std::max(m_createdMs, m_lastSeenMs - m_random.between(minuteMs, 3 * hourMs));
        row.expiresMs = row.createdMs + dayMs;
        row.seenMs = m_lastSeenMs;
        if (live && row.expiresMs > m_settings.nowMs)
            row.status = QStringLiteral("active");
        else
            row.status = QString::fromLatin1(m_random.chance(700) ? "expired" : "reaped");
        row.degraded = false;
        row.degradedReason.clear();
        row.pausedMs = 0;
    }
}

void LifeBuilder::addResource(const QString &type, qint64 bytes)
{
    ResourceRow row;
    row.id = m_random.uuid();
    row.team = m_life.team.id;
    row.token = m_random.uuid();
    row.type = type;
    row.name = resourceName(m_random, appName(m_random));
    row.tier = assetTier();
    row.env = environment(m_random);
    row.vendor = vendorOf(m_random, row.country);
    row.providerId = QStringLiteral("db_") + hexText(m_random, 12);
    row.storageBytes = bytes;
    const domain::PlanLimits &limits = m_settings.plans->plan(row.tier).limits;
    row.connectionLimit = type == QLatin1StringView("postgres")  ? limits.postgresConnections
                          : type == QLatin1StringView("mongodb") ? limits.mongodbConnections
                          : type == QLatin1StringView("vector")  ? limits.vectorConnections
                                                                 : 0;
    row.createdMs = m_random.between(m_createdMs, std::max(m_createdMs, m_lastSeenMs - 5 * minuteMs));
    row.seenMs = m_random.between(std::max(row.createdMs, m_lastSeenMs - 2 * dayMs), m_lastSeenMs);
    settleStatus(row);
    m_life.resources << row;
}

void LifeBuilder::settleStatus(ResourceRow &row)
{
    static constexpr const char *names[] = {"active", "paused", "failed", "deleted", "suspended", "pending"};
    row.status = QString::fromLatin1(names[m_random.weighted({905, 35, 14, 36, 8, 2})]);
    const bool full = m_story == Story::NearQuota || m_story == Story::OverQuota;
    if (full)
        row.status = QStringLiteral("active");
    if (m_story == Story::Tombstoned)
        row.status = QStringLiteral("deleted");
    if (m_story == Story::Terminated) // the terminator pauses what is active (spec 01 §2.9)
        row.status = QStringLiteral("paused");
    if (row.status == QLatin1StringView("paused"))
        row.pausedMs = row.seenMs;
    if (row.status == QLatin1StringView("active") && m_random.chance(4)) {
        row.degraded = true;
        row.degradedReason = degradedReason(m_random);
    }
}

void LifeBuilder::makeDeployments()
{
    const qint64 cap = m_settings.plans->plan(assetTier()).limits.deploymentsApps;
    if (cap <= 0)
        return;
    qint64 count = std::min(cap, m_random.between(cap > 1 ? 1 : 0, 2 + cap / 6));
    if (!m_settings.detailed)
        count = std::min<qint64>(count, 2);
    if (m_story == Story::FailedDeploy)
        count = std::max<qint64>(count, 1);
    const qint64 from = m_steps.isEmpty() ? m_createdMs : std::min(m_steps.first().atMs, m_lastSeenMs);
    for (qint64 i = 0; i < count; ++i) {
        static constexpr const char *states[] = {"healthy", "stopped", "expired", "deleted"};
        QString status = QString::fromLatin1(states[m_random.weighted({84, 7, 5, 4})]);
        if (m_story == Story::Tombstoned)
            status = QStringLiteral("deleted");
        addDeployment(m_random.between(from, std::max(from, m_lastSeenMs - 12 * minuteMs)), status);
    }
    if (m_story == Story::FailedDeploy)
        addDeployment(std::max(from, m_lastSeenMs - m_random.between(10, 600) * minuteMs), QStringLiteral("failed"));
    else if (m_settings.detailed && m_random.chance(30))
        addDeployment(m_random.between(from, m_lastSeenMs), QStringLiteral("failed"));
    else if (m_settings.nowMs - m_lastSeenMs < 20 * minuteMs && cap > count)
        addDeployment(m_lastSeenMs, QString::fromLatin1(m_random.chance(500) ? "building" : "deploying"));
}

void LifeBuilder::addDeployment(qint64 atMs, const QString &status)
{
    DeploymentRow row;
    row.id = m_random.uuid();
    row.appId = hexText(m_random, 8);
    row.name = appName(m_random);
    row.env = environment(m_random);
    row.tier = assetTier();
    row.status = status;
    row.url = QStringLiteral("https://%1-%2.apps.example").arg(row.name, row.appId);
    row.createdMs = atMs;
    row.updatedMs = std::min(atMs + m_random.between(40, 400) * 1000, m_settings.nowMs);
    row.ttlPolicy = QStringLiteral("permanent");
    if (status == QLatin1StringView("expired")) {
        row.ttlPolicy = QStringLiteral("auto_24h");
        row.expiresMs = std::min(atMs + dayMs, m_settings.nowMs - minuteMs);
        row.remindersSent = 3;
        row.reminderMs = std::max(row.createdMs, row.expiresMs - 2 * hourMs);
    }
    m_life.deployments << row;
}

void LifeBuilder::makeStacks()
{
    if (rank() < 2 || !m_random.chance(rank() >= 4 ? 350 : 60))
        return;
    const qint64 count = m_random.between(1, rank() >= 5 ? 3 : 1);
    for (qint64 i = 0; i < count; ++i) {
        StackRow row;
        row.id = m_random.uuid();
        row.slug = QStringLiteral("stk-") + row.id.toString(QUuid::WithoutBraces).left(8);
        row.name = appName(m_random);
        row.tier = m_tier;
        row.env = environment(m_random);
        static constexpr const char *states[] = {"healthy", "failed", "stopped"};
        row.status = QString::fromLatin1(states[m_random.weighted({86, 6, 8})]);
        row.createdMs = m_random.between(m_createdMs, m_lastSeenMs);
        m_life.stacks << row;
    }
}

} // namespace storage::demo
