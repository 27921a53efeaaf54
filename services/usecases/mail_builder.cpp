#include "services/usecases/mail_builder.h"

#include "models/domain/audit_kind_names.h"
#include "models/domain/format.h"
#include "services/usecases/mail_words.h"

#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace usecases {
namespace {

namespace kinds = domain::kinds;

struct Facts {
    const domain::AuditEntry &entry;
    QJsonObject metadata;

    QJsonValue at(const char *key) const { return metadata.value(QLatin1StringView(key)); }
};

/// How a param comes about; `key` is the metadata key it is about.
using Make = QString (*)(const Facts &facts, const char *key);

/// Of several rules for one param the first with a result counts.
struct Rule {
    const char *param;
    Make make;
    const char *key;
    bool always = false;
};

template <QString (*toWords)(const QJsonValue &)>
QString value(const Facts &facts, const char *key)
{
    return toWords(facts.at(key));
}

QString auditKind(const Facts &facts, const char *)
{
    return facts.entry.kind;
}

QString resourceTypeColumn(const Facts &facts, const char *)
{
    return words::resourceType(facts.entry.resourceType);
}

QString resourceColumn(const Facts &facts, const char *)
{
    return facts.entry.resource ? facts.entry.resource->toString(QUuid::WithoutBraces) : QString();
}

/// The imminent expiry is one reminder on its own; it shares its texts with the three of anon.expiry_warning.
QString firstReminder(const Facts &, const char *)
{
    return QStringLiteral("1");
}

QString stagePrefix(const Facts &facts, const char *key)
{
    const QString index = words::plain(facts.at(key)).trimmed();
    if (index == QLatin1StringView("2"))
        return QStringLiteral("Reminder");
    return index == QLatin1StringView("3") ? QStringLiteral("Final reminder") : QStringLiteral("Heads-up");
}

QString firstStagePrefix(const Facts &, const char *)
{
    return QStringLiteral("Heads-up");
}

/// Spec 01 §2.7: per cent, or US cents.
QString promoOffer(const Facts &facts, const char *)
{
    const QString kind = facts.at("kind").toString();
    const qint64 amount = facts.at("value").toInteger(0);
    if (kind == QLatin1StringView("first_month_free"))
        return QStringLiteral("a free first month");
    if (kind == QLatin1StringView("percent_off") && amount >= 1 && amount <= 100)
        return QStringLiteral("%1 % off").arg(amount);
    if (kind == QLatin1StringView("amount_off") && amount > 0)
        return domain::moneyText(amount) + QStringLiteral(" off");
    return {};
}

/// `applies_to` is a cap in US cents, of a percentage only (spec 01 §2.7).
QString promoCap(const Facts &facts, const char *)
{
    const qint64 cap = facts.at("applies_to").toInteger(0);
    const bool capped = cap > 0 && facts.at("kind").toString() == QLatin1StringView("percent_off");
    return capped ? domain::moneyText(cap) : QString();
}

/// The code's row expires so many days after it was made, which is when the entry was written.
QString promoExpiry(const Facts &facts, const char *key)
{
    const qint64 days = facts.at(key).toInteger(0);
    const bool sound = days > 0 && days <= 36'500 && facts.entry.createdAt.isValid();
    return sound ? words::time(facts.entry.createdAt.addDays(days)) : QString();
}

struct KindRules {
    QLatin1StringView kind;
    QList<Rule> rules;
};

using namespace words;

Rule text(const char *key)
{
    return {key, value<plain>, key};
}
Rule moment(const char *key)
{
    return {key, value<time>, key};
}
Rule address(const char *key)
{
    return {key, value<url>, key};
}
Rule named(const char *key)
{
    return {key, value<tier>, key};
}
const Rule kindItself{"audit_kind", auditKind, "", true};
const Rule typeFromColumn{"resource_type", resourceTypeColumn, ""};
const Rule typeFromMetadata{"resource_type", value<resourceType>, "resource_type"};
const Rule timeLeft{"time_left", value<hours>, "hours_remaining"};

QList<KindRules> expiryRules()
{
    const QList<Rule> shared{kindItself,
                             typeFromColumn,
                             typeFromMetadata,
                             text("resource_id"),
                             text("hours_remaining"),
                             timeLeft,
                             moment("expires_at"),
                             {"token_prefix", value<tokenPrefix>, "token_prefix"},
                             address("upgrade_url"),
                             address("resource_url")};
    return {
        {kinds::resourceExpiryImminent, shared + QList<Rule>{{"reminder_index", firstReminder, "", true},
                                                             {"stage_prefix", firstStagePrefix, "", true}}},
        {kinds::anonExpiryWarning, shared + QList<Rule>{text("reminder_index"),
                                                        text("stage_label"),
                                                        {"stage_prefix", stagePrefix, "reminder_index", true}}},
    };
}

QList<KindRules> billingRules()
{
    return {
        {kinds::onboardingClaimed, {text("signup_source"), text("fingerprint_ip")}},
        {kinds::subscriptionUpgraded, {named("from_tier"), named("to_tier"), text("mrr")}},
        {kinds::subscriptionDowngraded,
         {named("from_tier"), named("to_tier"), {"reason", value<downgradeReason>, "reason"}}},
        {kinds::subscriptionCanceled, {named("last_tier"), moment("canceled_at")}},
        {kinds::subscriptionCanceledByAdmin,
         {named("from_tier"), named("to_tier"), text("cancel_attempted"), text("cancel_succeeded")}},
        {kinds::paymentGraceStarted,
         {text("grace_id"), moment("expires_at"), {"attempted_amount", value<paise>, "attempted_amount"}}},
        {kinds::paymentGraceReminder, {text("grace_id"), text("hours_remaining"), timeLeft, moment("grace_ends_at")}},
        {kinds::paymentGraceRecovered, {text("grace_id"), moment("recovered_at")}},
        {kinds::paymentGraceTerminated, {text("grace_id"), moment("grace_ends_at")}},
        {kinds::nearQuotaWall, {{"axis", value<quotaAxis>, "axis"}, text("percent_used"), named("tier")}},
        {kinds::experimentConversion,
         {{"experiment", value<experiment>, "experiment"},
          {"variant", value<variant>, "variant"},
          {"action_taken", value<action>, "action_taken"}}},
        {kinds::adminTierChanged,
         {{"from_tier", value<tier>, "from"},
          {"from_tier", value<tier>, "from_tier"},
          {"to_tier", value<tier>, "to"},
          {"to_tier", value<tier>, "to_tier"},
          {"by_admin", value<plain>, "by_admin_email"},
          {"by_admin", value<plain>, "by_admin"}}},
        {kinds::adminPromoIssued,
         {text("code"),
          {"kind", value<promoKind>, "kind"},
          text("value"),
          {"offer", promoOffer, ""},
          {"offer_cap", promoCap, ""},
          moment("expires_at"),
          {"expires_at", promoExpiry, "valid_for_days"}}},
        {kinds::churnRiskFlagged,
         {named("tier"),
          text("last_activity_days_ago"),
          {"quiet_for", value<days>, "last_activity_days_ago"},
          text("active_resource_count"),
          {"active_resources", value<activeResources>, "active_resource_count"}}},
        {kinds::digestWeekly,
         {kindItself,
          text("team_name"),
          text("total_active_resources"),
          {"active_resources", value<activeResources>, "total_active_resources"},
          {"resource_breakdown", value<breakdown>, "resource_breakdown"}}},
    };
}

QList<KindRules> deploymentRules()
{
    const Rule policy{"ttl_policy", value<ttlPolicy>, "ttl_policy"};
    const QList<Rule> pendingDeletion{text("resource_id"),
                                      {"resource_id", value<plain>, "deploy_id"},
                                      {"resource_id", resourceColumn, ""},
                                      text("pending_deletion_id")};
    return {
        {kinds::deployCreated, {text("deploy_id"), text("app_name"), text("env"), policy}},
        {kinds::deployHealthy,
         {text("deploy_id"),
          text("app_name"),
          text("env"),
          address("app_url"),
          text("time_to_healthy_seconds"),
          {"time_to_healthy", value<seconds>, "time_to_healthy_seconds"}}},
        {kinds::deployFailed,
         {text("deploy_id"), {"failure_stage", value<failureStage>, "failure_stage"}, text("error_summary")}},
        {kinds::deployMadePermanent,
         {text("deploy_id"),
          {"source", value<permanentBecause>, "source"},
          {"previous_ttl_policy", value<ttlPolicy>, "previous_ttl_policy"}}},
        {kinds::deployExpiringSoon,
         {text("deploy_id"),
          address("deploy_url"),
          address("make_permanent_url"),
          text("hours_remaining"),
          timeLeft,
          moment("expires_at"),
          text("reminder_index"),
          {"stage_prefix", stagePrefix, "reminder_index", true}}},
        {kinds::deployExpired, {text("deploy_id"), moment("expires_at"), policy}},
        {kinds::deployDeletionConfirmed,
         pendingDeletion + QList<Rule>{moment("freed_at"),
                                       text("age_seconds_in_pending"),
                                       {"pending_for", value<seconds>, "age_seconds_in_pending"}}},
        {kinds::deployDeletionCancelled, pendingDeletion},
        {kinds::deployDeletionExpired,
         pendingDeletion + QList<Rule>{text("age_seconds"), {"pending_for", value<seconds>, "age_seconds"}}},
    };
}

QList<KindRules> resourceRules()
{
    const QList<Rule> quota{kindItself, typeFromColumn, typeFromMetadata, text("resource_id"), text("name")};
    const QList<Rule> restore{typeFromColumn, typeFromMetadata, text("restore_id"), text("backup_id")};
    return {
        {kinds::resourceQuotaSuspended, quota},
        {kinds::resourceQuotaUnsuspended, quota},
        {kinds::backupFailed, {typeFromColumn, typeFromMetadata, text("backup_id"), text("error_summary")}},
        {kinds::restoreSucceeded, restore},
        {kinds::restoreFailed, restore + QList<Rule>{text("error_summary")}},
    };
}

const QHash<QString, QList<Rule>> &builders()
{
    static const QHash<QString, QList<Rule>> byKind = [] {
        QHash<QString, QList<Rule>> index;
        for (const KindRules &row : billingRules() + deploymentRules() + resourceRules() + expiryRules())
            index.insert(row.kind, row.rules);
        return index;
    }();
    return byKind;
}

} // namespace

QString dashboardUrlOr(const QString &configured)
{
    QString address = words::url(configured);
    while (address.endsWith(QLatin1Char('/')))
        address.chop(1);
    return address.isEmpty() ? QString(defaultDashboardUrl) : address;
}

QStringList mailBuilderKinds()
{
    QStringList result;
    for (const domain::AuditKind &row : domain::auditKinds()) {
        const QString kind = QString::fromLatin1(row.kind);
        if (builders().contains(kind))
            result.append(kind);
    }
    return result;
}

MailParamNames mailParamNames(QStringView kind)
{
    const auto rules = builders().constFind(kind.toString());
    if (rules == builders().constEnd())
        return {};
    MailParamNames names;
    names.all = {QStringLiteral("team_id"), QStringLiteral("summary"), QStringLiteral("dashboard_url")};
    names.always = {QStringLiteral("dashboard_url")};
    for (const Rule &rule : *rules) {
        const QString param = QString::fromLatin1(rule.param);
        if (!names.all.contains(param))
            names.all.append(param);
        if (rule.always)
            names.always.append(param);
    }
    return names;
}

std::optional<domain::MailParams> buildMailParams(const domain::AuditEntry &entry, const QString &dashboardUrl)
{
    const auto rules = builders().constFind(entry.kind);
    if (rules == builders().constEnd())
        return std::nullopt;
    domain::MailParams params;
    const auto set = [&params](const QString &name, const QString &text) {
        const qsizetype maximum = name.endsWith(QLatin1StringView("_url")) ? text.size() + 1 : 300;
        if (const QString line = words::clean(text, maximum); !line.isEmpty())
            params.insert(name, line);
    };
    set(QStringLiteral("dashboard_url"), dashboardUrlOr(dashboardUrl));
    set(QStringLiteral("summary"), entry.summary);
    if (entry.team)
        set(QStringLiteral("team_id"), entry.team->toString());
    const Facts facts{entry, QJsonDocument::fromJson(entry.metadata).object()};
    for (const Rule &rule : *rules) {
        const QString name = QString::fromLatin1(rule.param);
        if (!params.contains(name))
            set(name, rule.make(facts, rule.key));
    }
    return params;
}

} // namespace usecases
