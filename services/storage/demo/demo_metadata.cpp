#include "services/storage/demo/demo_metadata.h"

#include "models/domain/audit_kind_names.h"

#include "services/storage/demo/demo_words.h"

namespace storage::demo {

namespace {

using Facts = AuditFacts;
using Makers = QHash<QString, ValueMaker>;

constexpr qint64 hourMs = 3'600'000;

/// No key for what the row is not about.
QJsonValue idText(const QUuid &id)
{
    return id.isNull() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(id.toString(QUuid::WithoutBraces));
}
QString masked(const QString &email)
{
    const qsizetype at = email.indexOf(QLatin1Char('@'));
    return at < 1 ? email : email.left(1) + QStringLiteral("***") + email.mid(at);
}
QString subnet(Random &r)
{
    QString ip = ipAddress(r);
    return ip.left(ip.lastIndexOf(QLatin1Char('.'))) + QStringLiteral(".0/24");
}
template <typename... T>
QJsonValue oneOf(Random &r, T... texts)
{
    const std::initializer_list<const char *> list{texts...};
    return QString::fromLatin1(list.begin()[r.below(static_cast<qint64>(list.size()))]);
}

void addPeople(Makers &m)
{
    m[QStringLiteral("team_id")] = [](const Facts &f, Random &) -> QJsonValue { return idText(f.team); };
    m[QStringLiteral("notes_team_id")] = [](const Facts &, Random &r) -> QJsonValue { return idText(r.uuid()); };
    for (const char *key : {"changed_by_user_id", "accessed_by_user_id", "requested_by_user_id", "canceled_by_user_id",
                            "triggered_by", "executed_by"})
        m[QString::fromLatin1(key)] = [](const Facts &f, Random &) -> QJsonValue { return idText(f.user); };
    m[QStringLiteral("email")] = [](const Facts &f, Random &) -> QJsonValue { return f.email; };
    m[QStringLiteral("email_sent_to")] = [](const Facts &f, Random &) -> QJsonValue { return masked(f.email); };
    m[QStringLiteral("by_admin_email")] = [](const Facts &, Random &r) -> QJsonValue {
        return r.pick(operatorEmails());
    };
    for (const char *key : {"ip", "fingerprint_ip"})
        m[QString::fromLatin1(key)] = [](const Facts &, Random &r) -> QJsonValue { return ipAddress(r); };
    for (const char *key : {"user_agent", "user_agent_brief"})
        m[QString::fromLatin1(key)] = [](const Facts &, Random &r) -> QJsonValue { return userAgent(r); };
    m[QStringLiteral("source_ip_subnet")] = [](const Facts &, Random &r) -> QJsonValue { return subnet(r); };
    m[QStringLiteral("signup_source")] = [](const Facts &, Random &r) {
        return oneOf(r, "cli", "mcp", "dashboard", "docs", "github");
    };
    m[QStringLiteral("provider")] = [](const Facts &, Random &r) { return oneOf(r, "email", "github", "google"); };
    m[QStringLiteral("pusher")] = [](const Facts &f, Random &) -> QJsonValue {
        return f.email.left(f.email.indexOf(QLatin1Char('@')));
    };
    m[QStringLiteral("path_suffix")] = [](const Facts &f, Random &) -> QJsonValue {
        return f.team.isNull() ? QStringLiteral("customers") : QStringLiteral("customers/") + idText(f.team).toString();
    };
    m[QStringLiteral("http_status")] = [](const Facts &, Random &) -> QJsonValue { return 200; };
    m[QStringLiteral("denied_by")] = [](const Facts &, Random &) -> QJsonValue { return QJsonValue::Undefined; };
}

void addTimes(Makers &m)
{
    for (const char *key : {"canceled_at", "started_at", "recovered_at", "freed_at"})
        m[QString::fromLatin1(key)] = [](const Facts &f, Random &) -> QJsonValue { return timeText(f.atMs); };
    m[QStringLiteral("expires_at")] = [](const Facts &f, Random &) -> QJsonValue {
        return timeText(f.atMs + 12 * hourMs);
    };
    m[QStringLiteral("grace_ends_at")] = [](const Facts &f, Random &) -> QJsonValue {
        return timeText(f.atMs + 7 * 24 * hourMs);
    };
    m[QStringLiteral("next_attempt_at")] = [](const Facts &f, Random &r) -> QJsonValue {
        return timeText(f.atMs + r.between(1, 60) * 60'000);
    };
    m[QStringLiteral("hours_remaining")] = [](const Facts &, Random &r) -> QJsonValue { return 6 * r.between(1, 27); };
    m[QStringLiteral("hours")] = [](const Facts &, Random &r) -> QJsonValue { return 24 * r.between(1, 7); };
    m[QStringLiteral("days_remaining_at_cancel")] = [](const Facts &, Random &r) -> QJsonValue {
        return r.between(1, 29);
    };
    m[QStringLiteral("last_activity_days_ago")] = [](const Facts &, Random &r) -> QJsonValue {
        return r.between(21, 60);
    };
    for (const char *key : {"age_seconds", "age_seconds_in_pending", "duration_seconds", "time_to_healthy_seconds"})
        m[QString::fromLatin1(key)] = [](const Facts &, Random &r) -> QJsonValue { return r.between(18, 540); };
    m[QStringLiteral("window_seconds")] = [](const Facts &, Random &r) -> QJsonValue {
        return 3600 * r.between(1, 24);
    };
    m[QStringLiteral("duration_ms")] = [](const Facts &, Random &r) -> QJsonValue { return r.between(40, 2400); };
    m[QStringLiteral("valid_for_days")] = [](const Facts &, Random &r) -> QJsonValue { return 30 * r.between(1, 3); };
}

void addBilling(Makers &m)
{
    for (const char *key : {"from_tier", "to_tier", "last_tier", "tier", "target_tier", "resolved_tier", "from", "to"})
        m[QString::fromLatin1(key)] = [](const Facts &f, Random &) -> QJsonValue { return f.tier; };
    m[QStringLiteral("subscription_id")] = [](const Facts &f, Random &) -> QJsonValue { return f.subscription; };
    m[QStringLiteral("mrr")] = [](const Facts &, Random &) -> QJsonValue { return 900; };
    m[QStringLiteral("reason")] = [](const Facts &, Random &r) { return oneOf(r, "customer_request", "plan_change"); };
    m[QStringLiteral("cancel_attempted")] = [](const Facts &, Random &) -> QJsonValue { return false; };
    m[QStringLiteral("cancel_succeeded")] = m[QStringLiteral("cancel_attempted")];
    m[QStringLiteral("cancel_error")] = [](const Facts &, Random &) -> QJsonValue { return QJsonValue::Undefined; };
    for (const char *key : {"grace_id", "propagation_id", "pending_id", "connection_id", "backup_id",
                            "pending_deletion_id", "request_id", "approval_id", "restore_id", "note_id", "token_id"})
        m[QString::fromLatin1(key)] = [](const Facts &, Random &r) -> QJsonValue { return idText(r.uuid()); };
    m[QStringLiteral("attempted_amount")] = [](const Facts &, Random &r) -> QJsonValue {
        return r.between(1, 4) * 75'000;
    };
    m[QStringLiteral("payment_id")] = [](const Facts &, Random &r) -> QJsonValue {
        return QStringLiteral("pay_") + alnumText(r, 14);
    };
    m[QStringLiteral("plan_id")] = [](const Facts &, Random &r) -> QJsonValue {
        return QStringLiteral("plan_") + alnumText(r, 14);
    };
    m[QStringLiteral("event_id")] = [](const Facts &, Random &r) -> QJsonValue {
        return QStringLiteral("evt_") + alnumText(r, 14);
    };
    m[QStringLiteral("event_type")] = [](const Facts &, Random &r) {
        return oneOf(r, "subscription.charged", "subscription.pending", "payment.failed");
    };
    m[QStringLiteral("razorpay_cancel_result")] = [](const Facts &f, Random &) -> QJsonValue {
        return f.subscription.isEmpty() ? QStringLiteral("no_subscription") : QStringLiteral("cancelled");
    };
    m[QStringLiteral("code")] = [](const Facts &, Random &r) -> QJsonValue { return hexText(r, 8).toUpper(); };
    m[QStringLiteral("value")] = [](const Facts &, Random &r) -> QJsonValue { return 10 * r.between(1, 5); };
    m[QStringLiteral("applies_to")] = [](const Facts &, Random &) -> QJsonValue { return QJsonValue::Undefined; };
    m[QStringLiteral("kind")] = [](const Facts &, Random &) -> QJsonValue { return QStringLiteral("tier_elevation"); };
}

void addDeployments(Makers &m)
{
    m[QStringLiteral("deploy_id")] = [](const Facts &f, Random &) -> QJsonValue { return idText(f.deployment); };
    m[QStringLiteral("app_id")] = [](const Facts &f, Random &) -> QJsonValue { return f.appId; };
    for (const char *key : {"app_name", "stack_slug"})
        m[QString::fromLatin1(key)] = [](const Facts &f, Random &) -> QJsonValue { return f.app; };
    for (const char *key : {"app_url", "deploy_url"})
        m[QString::fromLatin1(key)] = [](const Facts &f, Random &) -> QJsonValue { return f.url; };
    m[QStringLiteral("stack_id")] = [](const Facts &f, Random &) -> QJsonValue { return idText(f.deployment); };
    m[QStringLiteral("make_permanent_url")] = [](const Facts &f, Random &) -> QJsonValue {
        return QStringLiteral("https://console.instanode.example/deployments/") + idText(f.deployment).toString();
    };
    m[QStringLiteral("env")] = [](const Facts &f, Random &) -> QJsonValue { return f.env; };
    m[QStringLiteral("env_filter")] = m[QStringLiteral("env")];
    m[QStringLiteral("from_env")] = [](const Facts &, Random &) -> QJsonValue { return QStringLiteral("staging"); };
    m[QStringLiteral("to_env")] = [](const Facts &, Random &) -> QJsonValue { return QStringLiteral("production"); };
    m[QStringLiteral("source_env")] = [](const Facts &, Random &) -> QJsonValue {
        return QStringLiteral("production");
    };
    m[QStringLiteral("target_env")] = [](const Facts &, Random &) -> QJsonValue { return QStringLiteral("staging"); };
    m[QStringLiteral("failure_stage")] = [](const Facts &, Random &r) { return oneOf(r, "build", "rollout"); };
    m[QStringLiteral("error_summary")] = [](const Facts &, Random &r) -> QJsonValue { return buildError(r); };
    for (const char *key : {"error", "last_error"})
        m[QString::fromLatin1(key)] = [](const Facts &, Random &r) -> QJsonValue { return degradedReason(r); };
    for (const char *key : {"ttl_policy", "previous_ttl_policy"})
        m[QString::fromLatin1(key)] = [](const Facts &, Random &) -> QJsonValue { return QStringLiteral("auto_24h"); };
    m[QStringLiteral("source")] = [](const Facts &, Random &r) {
        return oneOf(r, "deploy_new", "make_permanent_endpoint", "redeploy_endpoint");
    };
    m[QStringLiteral("reminder_index")] = [](const Facts &, Random &r) -> QJsonValue { return r.between(1, 3); };
    m[QStringLiteral("commit_sha")] = [](const Facts &, Random &r) -> QJsonValue { return hexText(r, 40); };
    m[QStringLiteral("branch")] = [](const Facts &, Random &r) -> QJsonValue { return branchName(r); };
    m[QStringLiteral("github_repo")] = [](const Facts &f, Random &) -> QJsonValue {
        return f.domain.left(f.domain.indexOf(QLatin1Char('.'))) + QLatin1Char('/') + f.app;
    };
    m[QStringLiteral("count_deploys_promoted")] = [](const Facts &, Random &r) -> QJsonValue {
        return r.between(1, 4);
    };
    m[QStringLiteral("team_default_flipped")] = [](const Facts &, Random &) -> QJsonValue { return true; };
}

void addResources(Makers &m)
{
    m[QStringLiteral("resource_id")] = [](const Facts &f, Random &) -> QJsonValue { return idText(f.resource); };
    for (const char *key : {"resource_type", "service"})
        m[QString::fromLatin1(key)] = [](const Facts &f, Random &) -> QJsonValue { return f.resourceType; };
    for (const char *key : {"name", "database"})
        m[QString::fromLatin1(key)] = [](const Facts &f, Random &) -> QJsonValue { return f.resourceName; };
    m[QStringLiteral("user")] = [](const Facts &, Random &r) -> QJsonValue {
        return QStringLiteral("u_") + hexText(r, 8);
    };
    m[QStringLiteral("token")] = [](const Facts &, Random &r) -> QJsonValue { return hexText(r, 8); };
    m[QStringLiteral("token_prefix")] = m[QStringLiteral("token")];
    m[QStringLiteral("dsn_host")] = [](const Facts &, Random &r) -> QJsonValue {
        return QStringLiteral("pg-%1.data.example").arg(r.between(1, 12));
    };
    m[QStringLiteral("access_key_id")] = [](const Facts &, Random &r) -> QJsonValue {
        return alnumText(r, 20).toUpper();
    };
    m[QStringLiteral("provider_resource_id")] = [](const Facts &, Random &r) -> QJsonValue {
        return QStringLiteral("db_") + hexText(r, 12);
    };
    m[QStringLiteral("log_prefix")] = [](const Facts &f, Random &) -> QJsonValue {
        return QStringLiteral("provision.") + f.resourceType;
    };
    m[QStringLiteral("identifier")] = m[QStringLiteral("provider_resource_id")];
    m[QStringLiteral("orphan_kind")] = [](const Facts &, Random &r) {
        return oneOf(r, "database", "namespace", "bucket");
    };
    m[QStringLiteral("action")] = [](const Facts &, Random &) -> QJsonValue { return QStringLiteral("reclaimed"); };
    m[QStringLiteral("axis")] = [](const Facts &, Random &) -> QJsonValue { return QStringLiteral("storage"); };
    for (const char *key : {"current", "limit", "percent_used"}) // of 100
        m[QString::fromLatin1(key)] = [](const Facts &, Random &) -> QJsonValue { return 100; };
    m[QStringLiteral("key_name")] = [](const Facts &, Random &r) -> QJsonValue { return vaultKey(r); };
    m[QStringLiteral("operation")] = [](const Facts &, Random &r) { return oneOf(r, "create", "update", "delete"); };
    m[QStringLiteral("purpose")] = [](const Facts &, Random &) -> QJsonValue {
        return QStringLiteral("customer_reveal");
    };
    m[QStringLiteral("backup_kind")] = [](const Facts &, Random &r) { return oneOf(r, "manual", "nightly"); };
    m[QStringLiteral("failed_at_step")] = [](const Facts &, Random &r) {
        return oneOf(r, "drop_databases", "delete_buckets", "cancel_subscription");
    };
    for (const char *key : {"count_returned", "twinned_count", "samples_count", "resource_count_destroyed", "attempts",
                            "active_resource_count", "total_active_resources"})
        m[QString::fromLatin1(key)] = [](const Facts &, Random &r) -> QJsonValue { return r.between(1, 9); };
    for (const char *key : {"skipped_count", "failure_count"})
        m[QString::fromLatin1(key)] = [](const Facts &, Random &) -> QJsonValue { return 0; };
    for (const char *key : {"s3_bytes_freed", "size_bytes"})
        m[QString::fromLatin1(key)] = [](const Facts &, Random &r) -> QJsonValue {
            return r.between(1, 4000) * 1'048'576;
        };
}

void addSettings(Makers &m)
{
    m[QStringLiteral("field")] = [](const Facts &, Random &) -> QJsonValue {
        return QStringLiteral("default_deployment_ttl_policy");
    };
    m[QStringLiteral("old_value")] = [](const Facts &, Random &) -> QJsonValue { return QStringLiteral("auto_24h"); };
    m[QStringLiteral("new_value")] = [](const Facts &, Random &) -> QJsonValue { return QStringLiteral("permanent"); };
    for (const char *key : {"confirm_slug_provided", "have_configured_secret", "have_signature"})
        m[QString::fromLatin1(key)] = [](const Facts &, Random &) -> QJsonValue { return true; };
    m[QStringLiteral("have_url_param")] = [](const Facts &, Random &) -> QJsonValue { return false; };
    m[QStringLiteral("team_name")] = [](const Facts &f, Random &) -> QJsonValue {
        return f.domain.left(f.domain.indexOf(QLatin1Char('.')));
    };
    m[QStringLiteral("resource_breakdown")] = [](const Facts &f, Random &r) -> QJsonValue {
        return QStringLiteral("%1 %2").arg(r.between(1, 4)).arg(f.resourceType);
    };
    m[QStringLiteral("stage_label")] = [](const Facts &, Random &r) {
        return oneOf(r, "12 hours", "6 hours", "1 hour");
    };
    m[QStringLiteral("s3_key")] = [](const Facts &, Random &r) -> QJsonValue {
        return QStringLiteral("backups/%1.dump.zst").arg(hexText(r, 16));
    };
    for (const char *key : {"upgrade_url", "resource_url"})
        m[QString::fromLatin1(key)] = [](const Facts &f, Random &) -> QJsonValue {
            return QStringLiteral("https://console.instanode.example/resources/") + idText(f.resource).toString();
        };
    m[QStringLiteral("recipient")] = [](const Facts &f, Random &) -> QJsonValue { return masked(f.email); };
    m[QStringLiteral("template")] = [](const Facts &, Random &) -> QJsonValue {
        return QString(domain::kinds::digestWeekly);
    };
    m[QStringLiteral("even_if_recent")] = [](const Facts &, Random &) -> QJsonValue { return false; };
    for (const char *key : {"message_id", "new_message_id", "webhook_id"})
        m[QString::fromLatin1(key)] = [](const Facts &, Random &r) -> QJsonValue { return idText(r.uuid()); };
    m[QStringLiteral("outcome")] = [](const Facts &, Random &) -> QJsonValue { return QStringLiteral("no_change"); };
    m[QStringLiteral("effects")] = [](const Facts &, Random &) -> QJsonValue { return 0; };
    m[QStringLiteral("leg")] = [](const Facts &, Random &r) { return oneOf(r, "email_link", "session", "github"); };
    m[QStringLiteral("result")] = [](const Facts &, Random &r) { return oneOf(r, "timeout", "http_503"); };
    m[QStringLiteral("scope")] = [](const Facts &, Random &r) { return oneOf(r, "admin", "auditor"); };
    m[QStringLiteral("format")] = [](const Facts &, Random &r) { return oneOf(r, "csv", "jsonl"); };
    m[QStringLiteral("filter")] = [](const Facts &, Random &r) { return oneOf(r, "tier:pro", "seen>30d", ""); };
    m[QStringLiteral("rows")] = [](const Facts &, Random &r) -> QJsonValue { return r.between(20, 4000); };
    m[QStringLiteral("experiment")] = [](const Facts &, Random &) -> QJsonValue {
        return QStringLiteral("upgrade_button");
    };
    m[QStringLiteral("variant")] = [](const Facts &, Random &r) { return oneOf(r, "control", "urgent", "value"); };
    m[QStringLiteral("action_taken")] = [](const Facts &, Random &) -> QJsonValue {
        return QStringLiteral("checkout_started");
    };
}

} // namespace

const QHash<QString, ValueMaker> &metadataMakers()
{
    static const Makers all = [] {
        Makers m;
        addPeople(m);
        addTimes(m);
        addBilling(m);
        addDeployments(m);
        addResources(m);
        addSettings(m);
        return m;
    }();
    return all;
}

} // namespace storage::demo
