#include "models/domain/plan.h"

namespace domain {
namespace {

constexpr qint64 bytesPerMegabyte = 1024 * 1024;

bool isExpired(const Promotion &promotion, QDate todayUtc)
{
    if (promotion.expiresAt.isEmpty())
        return false;
    const QDate lastDay = QDate::fromString(promotion.expiresAt, Qt::ISODate);
    return lastDay.isValid() && todayUtc > lastDay;
}

} // namespace

Result<PlanRegistry> PlanRegistry::create(QList<Plan> plans, QList<Promotion> promotions)
{
    const QString unavailableKey = QStringLiteral("plans_unavailable");
    if (plans.isEmpty())
        return makeError(ErrorCode::Internal, unavailableKey, QStringLiteral("the plan table has no plan"));
    PlanRegistry registry;
    for (qsizetype i = 0; i < plans.size(); ++i) {
        const QString &name = plans.at(i).name;
        if (registry.m_byName.contains(name))
            return makeError(ErrorCode::Internal, unavailableKey,
                             QStringLiteral("the plan '%1' is defined twice").arg(name));
        registry.m_byName.insert(name, i);
    }
    if (!registry.m_byName.contains(QStringLiteral("anonymous")))
        return makeError(
            ErrorCode::Internal, unavailableKey,
            QStringLiteral("the plan table has no 'anonymous' plan, which every unknown tier falls back to"));
    registry.m_plans = std::move(plans);
    registry.m_promotions = std::move(promotions);
    return registry;
}

bool PlanRegistry::contains(const QString &name) const
{
    return m_byName.contains(name);
}

const Plan &PlanRegistry::plan(const QString &name) const
{
    static const Plan nothing;
    auto it = m_byName.constFind(name);
    if (it == m_byName.constEnd())
        it = m_byName.constFind(QStringLiteral("anonymous"));
    return it == m_byName.constEnd() ? nothing : m_plans.at(it.value());
}

qint64 PlanRegistry::listMonthlyCents(const QString &tierName) const
{
    const QString canonical = canonicalTierName(tierName);
    return contains(canonical) ? plan(canonical).priceCents : 0;
}

qint64 PlanRegistry::storageLimitBytes(const QString &tierName, const QString &resourceType) const
{
    const auto type = parseResourceType(resourceType);
    if (!type)
        return -1;
    const PlanLimits &limits = plan(tierName).limits;
    const auto bytes = [](qint64 megabytes) { return megabytes < 0 ? qint64(-1) : megabytes * bytesPerMegabyte; };
    switch (*type) {
    case ResourceType::Postgres:
        return bytes(limits.postgresStorageMb);
    case ResourceType::Redis:
        return bytes(limits.redisMemoryMb);
    case ResourceType::MongoDb:
        return bytes(limits.mongodbStorageMb);
    case ResourceType::Queue:
        return bytes(limits.queueStorageMb);
    case ResourceType::Storage:
        return bytes(limits.storageStorageMb);
    case ResourceType::Webhook:
        return limits.webhookRequestsStored;
    case ResourceType::Vector:
        return bytes(limits.vectorStorageMb);
    }
    Q_UNREACHABLE();
}

Result<Promotion> PlanRegistry::validatePromotion(const QString &code, const QString &tierName, QDate todayUtc) const
{
    for (const Promotion &promotion : m_promotions) {
        if (promotion.code.compare(code, Qt::CaseInsensitive) != 0)
            continue;
        if (isExpired(promotion, todayUtc))
            return makeError(ErrorCode::InvalidInput, QStringLiteral("promotion_expired"),
                             QStringLiteral("promotion expired on %1").arg(promotion.expiresAt));
        if (!promotion.appliesTo.contains(tierName))
            return makeError(ErrorCode::InvalidInput, QStringLiteral("promotion_not_applicable"),
                             QStringLiteral("promotion does not apply to %1").arg(tierName));
        return promotion;
    }
    return makeError(ErrorCode::NotFound, QStringLiteral("promotion_not_found"), QStringLiteral("promotion not found"));
}

} // namespace domain
