#include "models/domain/audit.h"
#include "models/domain/audit_kind_names.h"

#include <QHash>

#include <iterator>

namespace domain {
namespace {

// constexpr on purpose: it gives the key lists static storage. Columns: kind, producer, metadata keys, mails the
// customer, operator alert, propagates.
// clang-format off
constexpr AuditKind table[] = {
    // Spec 02 §1.2
    {kinds::onboardingClaimed.data(), "api", {"signup_source", "fingerprint_ip"}, true, false, false},
    {kinds::subscriptionUpgraded.data(), "api", {"from_tier", "to_tier", "mrr", "subscription_id"}, true, false, true},
    {kinds::subscriptionDowngraded.data(), "api", {"from_tier", "to_tier", "reason", "subscription_id"}, true, false, false},
    {kinds::subscriptionCanceled.data(), "api", {"last_tier", "canceled_at"}, true, false, false},
    {kinds::subscriptionCanceledByAdmin.data(), "api", {"from_tier", "to_tier", "by_admin_email", "reason", "subscription_id", "cancel_attempted", "cancel_succeeded", "cancel_error"}, true, false, false},
    {kinds::paymentGraceStarted.data(), "api", {"subscription_id", "grace_id", "started_at", "expires_at", "attempted_amount"}, true, false, false},
    {kinds::paymentGraceReminder.data(), "worker", {"grace_id", "hours_remaining", "grace_ends_at"}, true, false, false},
    {kinds::paymentGraceRecovered.data(), "api", {"subscription_id", "grace_id", "started_at", "recovered_at"}, true, false, false},
    {kinds::paymentGraceTerminated.data(), "worker", {"grace_id", "grace_ends_at"}, true, false, false},
    {kinds::billingChargeUndeliverable.data(), "api", {"subscription_id", "payment_id", "reason", "resolved_tier", "plan_id"}, false, true, false},
    {kinds::teamTtlPoliciesPromoted.data(), "api", {"count_deploys_promoted", "team_default_flipped", "reason"}, false, false, false},
    {kinds::promoteApprovalRequested.data(), "api", {"approval_id", "from_env", "to_env"}, false, false, false},
    {kinds::promoteApproved.data(), "api", {"approval_id", "from_env", "to_env"}, false, false, false},
    {kinds::promoteRejected.data(), "api", {"approval_id", "from_env", "to_env"}, false, false, false},
    {kinds::promoteExecuted.data(), "api+worker", {"approval_id", "executed_by"}, false, false, false},
    {kinds::adminAccess.data(), "api", {"email", "ip", "path_suffix", "http_status", "user_agent_brief", "denied_by"}, false, false, false},
    {kinds::authLogin.data(), "api", {"provider", "ip", "user_agent"}, false, false, false},
    {kinds::vaultRead.data(), "api", {"env", "key_name", "team_id"}, false, false, false},
    {kinds::vaultWrite.data(), "api", {"env", "key_name", "team_id", "operation"}, false, false, false},
    {kinds::deployCreated.data(), "api", {"deploy_id", "team_id", "env", "app_name", "ttl_policy"}, true, false, false},
    {kinds::deployHealthy.data(), "api+worker", {"deploy_id", "team_id", "time_to_healthy_seconds", "app_name", "env", "app_url"}, true, false, false},
    {kinds::deployFailed.data(), "api+worker", {"deploy_id", "team_id", "failure_stage", "error_summary"}, true, false, false},
    {kinds::deployRedeployRequested.data(), "api", {"deploy_id", "team_id", "app_id", "env", "source"}, false, false, false},
    {kinds::deployMadePermanent.data(), "api", {"deploy_id", "team_id", "source", "previous_ttl_policy"}, true, false, false},
    {kinds::deployTtlSet.data(), "api", {"deploy_id", "team_id", "hours", "expires_at"}, false, false, false},
    {kinds::deployExpiringSoon.data(), "worker", {"deploy_id", "team_id", "reminder_index", "hours_remaining", "expires_at", "app_id", "deploy_url", "make_permanent_url"}, true, false, false},
    {kinds::deployExpired.data(), "worker", {"deploy_id", "team_id", "expires_at", "ttl_policy", "app_id"}, true, false, false},
    {kinds::teamSettingsChanged.data(), "api", {"field", "old_value", "new_value", "changed_by_user_id"}, false, false, false},
    {kinds::storageIamUserCreated.data(), "api", {"access_key_id", "resource_id"}, false, false, false},
    {kinds::storageIamUserDeleted.data(), "api", {"access_key_id", "resource_id"}, false, false, false},
    {kinds::familyBulkTwin.data(), "api", {"source_env", "target_env", "twinned_count", "skipped_count", "failure_count"}, false, false, false},
    {kinds::backupRequested.data(), "api", {"resource_id", "triggered_by", "backup_kind"}, false, false, false},
    {kinds::restoreRequested.data(), "api", {"resource_id", "backup_id", "triggered_by"}, false, false, false},
    {kinds::resourceRead.data(), "api", {"resource_id", "resource_type", "accessed_by_user_id"}, false, false, false},
    {kinds::connectionUrlDecrypted.data(), "api", {"resource_id", "purpose"}, false, false, false},
    {kinds::resourceListByTeam.data(), "api", {"count_returned", "env_filter"}, false, false, false},
    {kinds::resourceMetricsQueried.data(), "api", {"window_seconds", "samples_count"}, false, false, false},
    {kinds::teamDeletionRequested.data(), "api", {"requested_by_user_id", "confirm_slug_provided", "razorpay_cancel_result"}, false, false, false},
    {kinds::teamDeletionCanceled.data(), "api", {"canceled_by_user_id", "days_remaining_at_cancel"}, false, false, false},
    {kinds::teamTombstoned.data(), "worker", {"resource_count_destroyed", "s3_bytes_freed", "duration_seconds"}, false, false, false},
    {kinds::teamDeletionFailed.data(), "worker", {"error", "failed_at_step", "resource_id"}, false, true, false},
    {kinds::teamOrphanReclaimed.data(), "worker", {"orphan_kind", "identifier", "action"}, false, false, false},
    {kinds::teamOrphanSweepFailed.data(), "worker", {"orphan_kind", "identifier", "error"}, false, true, false},
    {kinds::teamUpdated.data(), "api", {"field", "new_value"}, false, false, false},
    {kinds::githubConnected.data(), "api", {"app_id", "github_repo", "branch", "connection_id"}, false, false, false},
    {kinds::githubDisconnected.data(), "api", {"app_id", "connection_id"}, false, false, false},
    {kinds::githubPushReceived.data(), "api", {"connection_id", "commit_sha", "branch", "pusher"}, false, false, false},
    {kinds::githubDeployTriggered.data(), "api", {"connection_id", "app_id", "commit_sha", "pending_id"}, false, false, false},
    {kinds::githubSignatureFailed.data(), "api", {"connection_id", "ip", "user_agent"}, false, true, false},
    {kinds::deployDeletionRequested.data(), "api", {"deploy_id", "team_id", "pending_deletion_id", "expires_at", "email_sent_to"}, false, false, false},
    {kinds::deployDeletionConfirmed.data(), "api", {"deploy_id", "resource_id", "team_id", "pending_deletion_id", "freed_at", "age_seconds_in_pending"}, true, false, false},
    {kinds::deployDeletionCancelled.data(), "api", {"deploy_id", "resource_id", "team_id", "pending_deletion_id"}, true, false, false},
    {kinds::deployDeletionExpired.data(), "worker", {"deploy_id", "resource_id", "team_id", "pending_deletion_id", "age_seconds"}, true, false, false},
    {kinds::stackDeletionRequested.data(), "api", {"stack_id", "stack_slug", "team_id", "pending_deletion_id", "expires_at", "email_sent_to"}, false, false, false},
    {kinds::stackDeletionConfirmed.data(), "api", {"stack_id", "stack_slug", "team_id", "pending_deletion_id", "freed_at", "age_seconds_in_pending"}, false, false, false},
    {kinds::stackDeletionCancelled.data(), "api", {"stack_id", "stack_slug", "team_id", "pending_deletion_id"}, false, false, false},
    {kinds::stackDeletionExpired.data(), "worker", {"stack_id", "stack_slug", "team_id", "pending_deletion_id", "age_seconds"}, false, false, false},
    {kinds::resourceQuotaSuspended.data(), "worker", {"resource_id", "resource_type", "name"}, true, false, false},
    {kinds::resourceQuotaUnsuspended.data(), "worker", {"resource_id", "resource_type", "name"}, true, false, false},
    {kinds::propagationApplied.data(), "worker", {"propagation_id", "kind", "team_id", "target_tier", "attempts", "duration_ms"}, false, false, false},
    {kinds::propagationRetrying.data(), "worker", {"propagation_id", "kind", "team_id", "attempts", "next_attempt_at", "last_error"}, false, false, false},
    {kinds::propagationDeadLettered.data(), "worker", {"propagation_id", "kind", "team_id", "target_tier", "attempts", "last_error", "age_seconds"}, false, true, false},
    {kinds::provisionPersistenceFailed.data(), "api", {"resource_id", "resource_type", "log_prefix", "provider_resource_id", "request_id", "tier", "env"}, false, true, false},
    {kinds::webhookBrevoUnauthorized.data(), "api", {"have_configured_secret", "have_url_param", "source_ip_subnet"}, false, true, false},
    {kinds::webhookRazorpayUnauthorized.data(), "api", {"have_configured_secret", "have_signature", "source_ip_subnet"}, false, true, false},
    {kinds::razorpayWebhookTeamNotFound.data(), "api", {"event_type", "event_id", "notes_team_id", "subscription_id"}, false, true, false},
    // Spec 02 §1.3, mailed
    {kinds::nearQuotaWall.data(), "worker", {"tier", "axis", "service", "current", "limit", "percent_used"}, true, false, false},
    {kinds::resourceExpiryImminent.data(), "worker", {"resource_id", "resource_type", "expires_at", "hours_remaining", "email", "token_prefix", "upgrade_url", "resource_url"}, true, false, false},
    {kinds::experimentConversion.data(), "api", {"experiment", "variant", "action_taken"}, true, false, false},
    {kinds::adminTierChanged.data(), "api", {"from", "to", "by_admin_email", "reason"}, true, false, false},
    {kinds::adminPromoIssued.data(), "api", {"code", "kind", "value", "applies_to", "valid_for_days", "by_admin_email"}, true, false, false},
    {kinds::churnRiskFlagged.data(), "worker", {"tier", "last_activity_days_ago", "active_resource_count"}, true, false, false},
    {kinds::digestWeekly.data(), "worker", {"team_name", "total_active_resources", "resource_breakdown"}, true, false, false},
    {kinds::anonExpiryWarning.data(), "worker", {"resource_id", "resource_type", "hours_remaining", "expires_at", "reminder_index", "stage_label", "token_prefix", "upgrade_url", "resource_url", "email"}, true, false, false},
    {kinds::backupFailed.data(), "worker", {"backup_id", "tier", "s3_key", "size_bytes", "duration_seconds", "error_summary"}, true, false, false},
    {kinds::restoreSucceeded.data(), "worker", {"resource_type", "restore_id", "backup_id"}, true, false, false},
    {kinds::restoreFailed.data(), "worker", {"resource_type", "restore_id", "backup_id", "error_summary"}, true, false, false},
    // Spec 02 §1.3, not mailed
    {kinds::deployRedeploying.data(), "api", {"deploy_id", "team_id", "app_id", "env"}, false, false, false},
    {kinds::authProbeFailed.data(), "worker", {"leg", "result", "error_summary"}, false, false, false},
    {kinds::deployProbeFailed.data(), "worker", {"result", "error_summary"}, false, false, false},
    {kinds::deployNotifyDeliveryFailed.data(), "worker", {"deploy_id", "team_id", "error_summary"}, false, false, false},
    {kinds::customerDbDirectDrop.data(), "worker", {"provider", "token", "database", "user", "dsn_host"}, false, false, false},
    {kinds::provisionLegacy.data(), "api", {}, false, false, false},
    {kinds::claimLegacy.data(), "api", {}, false, false, false},
    {kinds::rotateLegacy.data(), "api", {}, false, false, false},
    {kinds::deleteLegacy.data(), "api", {}, false, false, false},
    {kinds::vaultPut.data(), "api", {}, false, false, false},
    // Rows that only this console writes
    {kinds::adminNoteAdded.data(), "console", {"note_id", "by_admin_email"}, false, false, false},
    {kinds::adminNoteDeleted.data(), "console", {"note_id", "by_admin_email"}, false, false, false},
    {kinds::adminTokenMinted.data(), "console", {"token_id", "name", "email", "scope", "expires_at", "by_admin_email"}, false, false, false},
    {kinds::adminTokenRevoked.data(), "console", {"token_id", "name", "email", "by_admin_email"}, false, false, false},
    {kinds::adminAuditExported.data(), "console", {"format", "filter", "rows", "by_admin_email"}, false, false, false},
    {kinds::adminCustomersExported.data(), "console", {"format", "filter", "rows", "by_admin_email"}, false, false, false},
    {kinds::adminEmailExported.data(), "console", {"format", "filter", "by_admin_email"}, false, false, false},
    {kinds::adminSuppressionLifted.data(), "console", {"recipient", "event_type", "provider", "reason", "by_admin_email"}, false, false, false},
    {kinds::adminEmailResent.data(), "console", {"message_id", "new_message_id", "template", "recipient", "even_if_recent", "reason", "by_admin_email"}, false, false, false},
    {kinds::adminEmailRepairRequested.data(), "console", {"by_admin_email"}, false, false, false},
    {kinds::adminWebhookReplayed.data(), "console", {"webhook_id", "provider", "outcome", "effects", "by_admin_email"}, false, false, false},
};
// clang-format on

} // namespace

const QList<AuditKind> &auditKinds()
{
    static const QList<AuditKind> kinds(std::begin(table), std::end(table));
    return kinds;
}

const AuditKind *findAuditKind(QStringView kind)
{
    static const QHash<QString, const AuditKind *> byName = [] {
        QHash<QString, const AuditKind *> index;
        for (const AuditKind &row : table)
            index.insert(QString::fromLatin1(row.kind), &row);
        return index;
    }();
    return byName.value(kind.toString(), nullptr);
}

bool isOperatorKind(QStringView kind)
{
    return kind.startsWith(QLatin1StringView("admin."));
}

bool isFaultKind(QStringView kind)
{
    const AuditKind *known = findAuditKind(kind);
    return (known && known->operatorAlert) || kind.endsWith(QLatin1StringView(".failed"));
}

} // namespace domain
