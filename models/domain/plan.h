#pragma once
#include "models/domain/customer.h"
#include "models/domain/money.h"
#include "models/domain/result.h"
#include "models/domain/tier.h"

#include <QDate>
#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

/// The plan table (spec 01 §1). Values only; services/platform/plan_loader.h reads resources/plans.yaml.
namespace domain {

enum class BillingPeriod { Monthly, Yearly };

/// −1 = unlimited, 0 = not available, except where spec 01 §1.1 says otherwise.
struct PlanLimits {
    qint64 provisionsPerDay = 0;
    qint64 postgresStorageMb = 0, postgresConnections = 0;
    qint64 vectorStorageMb = 0, vectorConnections = 0;
    qint64 redisMemoryMb = 0, redisCommandsPerDay = 0;
    qint64 mongodbStorageMb = 0, mongodbConnections = 0, mongodbOpsPerMinute = 0;
    qint64 queueStorageMb = 0, queueCount = 0;
    qint64 storageStorageMb = 0;
    qint64 webhookRequestsStored = 0;
    qint64 teamMembers = 0;
    qint64 vaultMaxEntries = 0;
    QStringList vaultEnvsAllowed; ///< empty = any
    qint64 deploymentsApps = 0;
    qint64 backupRetentionDays = 0;
    bool backupRestoreEnabled = false;
    qint64 manualBackupsPerDay = 0;
    qint64 rpoMinutes = 0, rtoMinutes = 0;
    qint64 customDomainsMax = 0;
    bool operator==(const PlanLimits &) const = default;
};

struct PlanFeatures {
    bool alerts = false, customDomains = false, sla = false, dedicated = false;
    bool operator==(const PlanFeatures &) const = default;
};

struct Plan {
    QString name; ///< `pro`, `pro_yearly`
    QString displayName;
    qint64 priceCents = 0; ///< per billing period: the annual price on `*_yearly` (spec 01 §1.1)
    BillingPeriod period = BillingPeriod::Monthly;
    PlanLimits limits;
    PlanFeatures features;
    bool operator==(const Plan &) const = default;
};

struct Promotion {
    QString code;
    int discountPercent = 0;
    QStringList appliesTo;
    QString expiresAt; ///< `YYYY-MM-DD`, empty = never; malformed never expires (spec 01 §1.4)
    qint64 maxUses = -1;
    QString description;
    bool operator==(const Promotion &) const = default;
};

class PlanRegistry {
public:
    PlanRegistry() = default;
    /// Fails with `plans_unavailable` when there is no plan or no `anonymous` plan.
    static Result<PlanRegistry> create(QList<Plan> plans, QList<Promotion> promotions);

    const QList<Plan> &plans() const { return m_plans; }
    const QList<Promotion> &promotions() const { return m_promotions; }
    bool contains(const QString &name) const;
    /// Unknown names give the anonymous plan (spec 01 §1.1).
    const Plan &plan(const QString &name) const;

    /// List price per month in USD cents of the canonical tier: what `mrr_list_*` shows (spec 01 §2.4). 0 if unknown.
    qint64 listMonthlyCents(const QString &tierName) const;
    /// Storage-like quota of one resource type in bytes, −1 = unlimited; webhook counts requests (spec 01 §1.1).
    qint64 storageLimitBytes(const QString &tierName, const QString &resourceType) const;
    /// Order of checks: found → expiry → applicability. Error keys: promotion_not_found, promotion_expired,
    /// promotion_not_applicable (spec 01 §1.4). `maxUses` is not enforced here.
    Result<Promotion> validatePromotion(const QString &code, const QString &tierName, QDate todayUtc) const;

private:
    QList<Plan> m_plans;
    QList<Promotion> m_promotions;
    QHash<QString, qsizetype> m_byName;
};

} // namespace domain
