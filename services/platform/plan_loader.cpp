#include "services/platform/plan_loader.h"

#include "models/domain/suggest.h"

#include <QFile>

#include <yaml-cpp/yaml.h>

#include <variant>

namespace platform {
namespace {

using domain::ErrorCode;
using domain::Plan;
using domain::PlanFeatures;
using domain::PlanLimits;
using domain::PlanRegistry;
using domain::Promotion;
using domain::Result;

/// Leaves the loader as a Result; it never crosses loadPlans().
struct LoadFailure {
    domain::Error error;
};

[[noreturn]] void fail(QLatin1StringView key, const YAML::Node &node, const QString &what)
{
    const YAML::Mark mark = node.Mark();
    const QString where = mark.is_null() ? QString() : QStringLiteral(" (line %1)").arg(mark.line + 1);
    throw LoadFailure{domain::makeError(ErrorCode::Internal, key, what + where)};
}

constexpr QLatin1StringView unknownKey("plans_unknown_key");
constexpr QLatin1StringView invalidValue("plans_invalid_value");

QString text(const YAML::Node &node, const QString &path)
{
    if (node.IsNull())
        return {};
    if (!node.IsScalar())
        fail(invalidValue, node, path + QStringLiteral(" must be text"));
    return QString::fromStdString(node.Scalar());
}

qint64 number(const YAML::Node &node, const QString &path)
{
    bool ok = false;
    const qint64 value = text(node, path).toLongLong(&ok);
    if (!ok)
        fail(invalidValue, node, path + QStringLiteral(" must be a whole number"));
    return value;
}

qint64 limit(const YAML::Node &node, const QString &path)
{
    const qint64 value = number(node, path);
    if (value < -1)
        fail(invalidValue, node, path + QStringLiteral(" must be -1 (unlimited), 0 (not available) or more"));
    return value;
}

bool flag(const YAML::Node &node, const QString &path)
{
    bool value = false;
    if (!node.IsScalar() || !YAML::convert<bool>::decode(node, value))
        fail(invalidValue, node, path + QStringLiteral(" must be true or false"));
    return value;
}

QStringList list(const YAML::Node &node, const QString &path)
{
    if (!node.IsSequence())
        fail(invalidValue, node, path + QStringLiteral(" must be a list"));
    QStringList values;
    for (const YAML::Node &item : node)
        values.append(text(item, path));
    return values;
}

void requireMap(const YAML::Node &node, const QString &path)
{
    if (!node.IsMap())
        fail(invalidValue, node, path + QStringLiteral(" must be a map"));
}

[[noreturn]] void failUnknown(const YAML::Node &key, const QString &path, const QStringList &known)
{
    QString what = QStringLiteral("%1 has no key '%2'").arg(path, QString::fromStdString(key.Scalar()));
    const QString closest = domain::closestWord(QString::fromStdString(key.Scalar()), known);
    if (!closest.isEmpty())
        what += QStringLiteral("; did you mean '%1'?").arg(closest);
    fail(unknownKey, key, what);
}

struct LimitKey {
    QLatin1StringView name;
    std::variant<qint64 PlanLimits::*, bool PlanLimits::*, QStringList PlanLimits::*> member;
};

const QList<LimitKey> &limitKeys()
{
    using S = QLatin1StringView;
    static const QList<LimitKey> keys{
        {S("provisions_per_day"), &PlanLimits::provisionsPerDay},
        {S("postgres_storage_mb"), &PlanLimits::postgresStorageMb},
        {S("postgres_connections"), &PlanLimits::postgresConnections},
        {S("vector_storage_mb"), &PlanLimits::vectorStorageMb},
        {S("vector_connections"), &PlanLimits::vectorConnections},
        {S("redis_memory_mb"), &PlanLimits::redisMemoryMb},
        {S("redis_commands_per_day"), &PlanLimits::redisCommandsPerDay},
        {S("mongodb_storage_mb"), &PlanLimits::mongodbStorageMb},
        {S("mongodb_connections"), &PlanLimits::mongodbConnections},
        {S("mongodb_ops_per_minute"), &PlanLimits::mongodbOpsPerMinute},
        {S("queue_storage_mb"), &PlanLimits::queueStorageMb},
        {S("queue_count"), &PlanLimits::queueCount},
        {S("storage_storage_mb"), &PlanLimits::storageStorageMb},
        {S("webhook_requests_stored"), &PlanLimits::webhookRequestsStored},
        {S("team_members"), &PlanLimits::teamMembers},
        {S("vault_max_entries"), &PlanLimits::vaultMaxEntries},
        {S("vault_envs_allowed"), &PlanLimits::vaultEnvsAllowed},
        {S("deployments_apps"), &PlanLimits::deploymentsApps},
        {S("backup_retention_days"), &PlanLimits::backupRetentionDays},
        {S("backup_restore_enabled"), &PlanLimits::backupRestoreEnabled},
        {S("manual_backups_per_day"), &PlanLimits::manualBackupsPerDay},
        {S("rpo_minutes"), &PlanLimits::rpoMinutes},
        {S("rto_minutes"), &PlanLimits::rtoMinutes},
        {S("custom_domains_max"), &PlanLimits::customDomainsMax},
    };
    return keys;
}

struct AssignLimit {
    PlanLimits &limits;
    const YAML::Node &node;
    QString path;

    void operator()(qint64 PlanLimits::*member) const { limits.*member = limit(node, path); }
    void operator()(bool PlanLimits::*member) const { limits.*member = flag(node, path); }
    void operator()(QStringList PlanLimits::*member) const { limits.*member = list(node, path); }
};

PlanLimits readLimits(const YAML::Node &map, const QString &path)
{
    requireMap(map, path);
    PlanLimits limits;
    for (const auto &entry : map) {
        const QString name = text(entry.first, path);
        const auto key = std::find_if(limitKeys().cbegin(), limitKeys().cend(),
                                      [&](const LimitKey &candidate) { return candidate.name == name; });
        if (key == limitKeys().cend()) {
            QStringList known;
            for (const LimitKey &candidate : limitKeys())
                known.append(candidate.name);
            failUnknown(entry.first, path, known);
        }
        std::visit(AssignLimit{limits, entry.second, path + QLatin1Char('.') + name}, key->member);
    }
    return limits;
}

PlanFeatures readFeatures(const YAML::Node &map, const QString &path)
{
    requireMap(map, path);
    PlanFeatures features;
    for (const auto &entry : map) {
        const QString name = text(entry.first, path);
        const QString field = path + QLatin1Char('.') + name;
        if (name == QLatin1StringView("alerts"))
            features.alerts = flag(entry.second, field);
        else if (name == QLatin1StringView("custom_domains"))
            features.customDomains = flag(entry.second, field);
        else if (name == QLatin1StringView("sla"))
            features.sla = flag(entry.second, field);
        else if (name == QLatin1StringView("dedicated"))
            features.dedicated = flag(entry.second, field);
        else
            failUnknown(entry.first, path,
                        {QStringLiteral("alerts"), QStringLiteral("custom_domains"), QStringLiteral("sla"),
                         QStringLiteral("dedicated")});
    }
    return features;
}

/// The meaning of a missing or zero value in the two keys that old files lack (spec 01 §1.1).
void applyLegacyDefaults(Plan &plan)
{
    if (plan.limits.queueCount == 0)
        plan.limits.queueCount = -1;
    if (plan.limits.teamMembers != 0)
        return;
    if (plan.name == QLatin1StringView("team"))
        plan.limits.teamMembers = -1;
    else if (plan.name == QLatin1StringView("pro"))
        plan.limits.teamMembers = 5;
    else if (plan.name == QLatin1StringView("growth"))
        plan.limits.teamMembers = 10;
    else
        plan.limits.teamMembers = 1;
}

Plan readPlan(const QString &name, const YAML::Node &map)
{
    const QString path = QStringLiteral("plans.") + name;
    requireMap(map, path);
    Plan plan;
    plan.name = name;
    plan.displayName = name;
    for (const auto &entry : map) {
        const QString key = text(entry.first, path);
        const QString field = path + QLatin1Char('.') + key;
        if (key == QLatin1StringView("display_name")) {
            plan.displayName = text(entry.second, field);
        } else if (key == QLatin1StringView("price_monthly_cents")) {
            plan.priceCents = number(entry.second, field);
            if (plan.priceCents < 0)
                fail(invalidValue, entry.second, field + QStringLiteral(" must not be negative"));
        } else if (key == QLatin1StringView("billing_period")) {
            const bool yearly = text(entry.second, field) == QLatin1StringView("yearly");
            plan.period = yearly ? domain::BillingPeriod::Yearly : domain::BillingPeriod::Monthly;
        } else if (key == QLatin1StringView("limits")) {
            plan.limits = readLimits(entry.second, field);
        } else if (key == QLatin1StringView("features")) {
            plan.features = readFeatures(entry.second, field);
        } else if (key != QLatin1StringView("audience")) {
            failUnknown(entry.first, path,
                        {QStringLiteral("display_name"), QStringLiteral("price_monthly_cents"),
                         QStringLiteral("billing_period"), QStringLiteral("limits"), QStringLiteral("features"),
                         QStringLiteral("audience")});
        }
    }
    applyLegacyDefaults(plan);
    return plan;
}

Promotion readPromotion(const YAML::Node &map)
{
    const QString path = QStringLiteral("promotions");
    requireMap(map, path);
    Promotion promotion;
    for (const auto &entry : map) {
        const QString key = text(entry.first, path);
        const QString field = path + QLatin1Char('.') + key;
        if (key == QLatin1StringView("code")) {
            promotion.code = text(entry.second, field);
        } else if (key == QLatin1StringView("discount_percent")) {
            const qint64 percent = number(entry.second, field);
            if (percent < 1 || percent > 100)
                fail(invalidValue, entry.second, field + QStringLiteral(" must be 1 to 100"));
            promotion.discountPercent = static_cast<int>(percent);
        } else if (key == QLatin1StringView("applies_to")) {
            promotion.appliesTo = list(entry.second, field);
        } else if (key == QLatin1StringView("expires_at")) {
            promotion.expiresAt = text(entry.second, field);
        } else if (key == QLatin1StringView("max_uses")) {
            promotion.maxUses = limit(entry.second, field);
        } else if (key == QLatin1StringView("description")) {
            promotion.description = text(entry.second, field);
        } else {
            failUnknown(entry.first, path,
                        {QStringLiteral("code"), QStringLiteral("discount_percent"), QStringLiteral("applies_to"),
                         QStringLiteral("expires_at"), QStringLiteral("max_uses"), QStringLiteral("description")});
        }
    }
    if (promotion.code.isEmpty())
        fail(invalidValue, map, QStringLiteral("a promotion has no code"));
    return promotion;
}

Result<PlanRegistry> readDocument(const YAML::Node &root)
{
    if (root.IsNull())
        return PlanRegistry::create({}, {});
    requireMap(root, QStringLiteral("the plan file"));
    QList<Plan> plans;
    QList<Promotion> promotions;
    for (const auto &entry : root) {
        const QString key = text(entry.first, QStringLiteral("the plan file"));
        if (key == QLatin1StringView("plans")) {
            if (entry.second.IsNull())
                continue;
            requireMap(entry.second, key);
            for (const auto &plan : entry.second)
                plans.append(readPlan(text(plan.first, key), plan.second));
        } else if (key == QLatin1StringView("promotions")) {
            if (entry.second.IsNull())
                continue;
            if (!entry.second.IsSequence())
                fail(invalidValue, entry.second, QStringLiteral("promotions must be a list"));
            for (const YAML::Node &promotion : entry.second)
                promotions.append(readPromotion(promotion));
        } else {
            failUnknown(entry.first, QStringLiteral("the plan file"),
                        {QStringLiteral("plans"), QStringLiteral("promotions")});
        }
    }
    return PlanRegistry::create(std::move(plans), std::move(promotions));
}

} // namespace

Result<PlanRegistry> loadPlans(const QByteArray &yaml)
{
    try {
        return readDocument(YAML::Load(yaml.toStdString()));
    } catch (const LoadFailure &failure) {
        return failure.error;
    } catch (const YAML::Exception &e) {
        return domain::makeError(ErrorCode::Internal, QStringLiteral("plans_invalid_yaml"),
                                 QString::fromUtf8(e.what()));
    }
}

Result<PlanRegistry> loadEmbeddedPlans()
{
    QFile file(QStringLiteral(":/resources/plans.yaml"));
    if (!file.open(QIODevice::ReadOnly))
        return domain::makeError(ErrorCode::Internal, QStringLiteral("plans_unavailable"),
                                 QStringLiteral("the embedded plan table cannot be read"));
    return loadPlans(file.readAll());
}

} // namespace platform
