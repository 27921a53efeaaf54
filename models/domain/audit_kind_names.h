#pragma once
#include <QString>

/// The one spelling of every audit kind. Code names a constant; audit_kinds.cpp says what the kind is. The suite
/// `audit_kinds` fails when a source file spells a kind itself, or when these names and the table differ.
namespace domain::kinds {

// Spec 02 §1.2
inline constexpr QLatin1StringView onboardingClaimed("onboarding.claimed");
inline constexpr QLatin1StringView subscriptionUpgraded("subscription.upgraded");
inline constexpr QLatin1StringView subscriptionDowngraded("subscription.downgraded");
inline constexpr QLatin1StringView subscriptionCanceled("subscription.canceled");
inline constexpr QLatin1StringView subscriptionCanceledByAdmin("subscription.canceled_by_admin");
inline constexpr QLatin1StringView paymentGraceStarted("payment.grace_started");
inline constexpr QLatin1StringView paymentGraceReminder("payment.grace_reminder");
inline constexpr QLatin1StringView paymentGraceRecovered("payment.grace_recovered");
inline constexpr QLatin1StringView paymentGraceTerminated("payment.grace_terminated");
inline constexpr QLatin1StringView billingChargeUndeliverable("billing.charge_undeliverable");
inline constexpr QLatin1StringView teamTtlPoliciesPromoted("team.ttl_policies_promoted");
inline constexpr QLatin1StringView promoteApprovalRequested("promote.approval_requested");
inline constexpr QLatin1StringView promoteApproved("promote.approved");
inline constexpr QLatin1StringView promoteRejected("promote.rejected");
inline constexpr QLatin1StringView promoteExecuted("promote.executed");
inline constexpr QLatin1StringView adminAccess("admin.access");
inline constexpr QLatin1StringView authLogin("auth.login");
inline constexpr QLatin1StringView vaultRead("vault.read");
inline constexpr QLatin1StringView vaultWrite("vault.write");
inline constexpr QLatin1StringView deployCreated("deploy.created");
inline constexpr QLatin1StringView deployHealthy("deploy.healthy");
inline constexpr QLatin1StringView deployFailed("deploy.failed");
inline constexpr QLatin1StringView deployRedeployRequested("deploy.redeploy.requested");
inline constexpr QLatin1StringView deployMadePermanent("deploy.made_permanent");
inline constexpr QLatin1StringView deployTtlSet("deploy.ttl_set");
inline constexpr QLatin1StringView deployExpiringSoon("deploy.expiring_soon");
inline constexpr QLatin1StringView deployExpired("deploy.expired");
inline constexpr QLatin1StringView teamSettingsChanged("team.settings_changed");
inline constexpr QLatin1StringView storageIamUserCreated("storage.iam_user_created");
inline constexpr QLatin1StringView storageIamUserDeleted("storage.iam_user_deleted");
inline constexpr QLatin1StringView familyBulkTwin("family.bulk_twin");
inline constexpr QLatin1StringView backupRequested("backup.requested");
inline constexpr QLatin1StringView restoreRequested("restore.requested");
inline constexpr QLatin1StringView resourceRead("resource.read");
inline constexpr QLatin1StringView connectionUrlDecrypted("connection_url.decrypted");
inline constexpr QLatin1StringView resourceListByTeam("resource.list_by_team");
inline constexpr QLatin1StringView resourceMetricsQueried("resource.metrics_queried");
inline constexpr QLatin1StringView teamDeletionRequested("team.deletion_requested");
inline constexpr QLatin1StringView teamDeletionCanceled("team.deletion_canceled");
inline constexpr QLatin1StringView teamTombstoned("team.tombstoned");
inline constexpr QLatin1StringView teamDeletionFailed("team.deletion_failed");
inline constexpr QLatin1StringView teamOrphanReclaimed("team.orphan_reclaimed");
inline constexpr QLatin1StringView teamOrphanSweepFailed("team.orphan_sweep_failed");
inline constexpr QLatin1StringView teamUpdated("team.updated");
inline constexpr QLatin1StringView githubConnected("github.connected");
inline constexpr QLatin1StringView githubDisconnected("github.disconnected");
inline constexpr QLatin1StringView githubPushReceived("github.push_received");
inline constexpr QLatin1StringView githubDeployTriggered("github.deploy_triggered");
inline constexpr QLatin1StringView githubSignatureFailed("github.signature_failed");
inline constexpr QLatin1StringView deployDeletionRequested("deploy.deletion_requested");
inline constexpr QLatin1StringView deployDeletionConfirmed("deploy.deletion_confirmed");
inline constexpr QLatin1StringView deployDeletionCancelled("deploy.deletion_cancelled");
inline constexpr QLatin1StringView deployDeletionExpired("deploy.deletion_expired");
inline constexpr QLatin1StringView stackDeletionRequested("stack.deletion_requested");
inline constexpr QLatin1StringView stackDeletionConfirmed("stack.deletion_confirmed");
inline constexpr QLatin1StringView stackDeletionCancelled("stack.deletion_cancelled");
inline constexpr QLatin1StringView stackDeletionExpired("stack.deletion_expired");
inline constexpr QLatin1StringView resourceQuotaSuspended("resource.quota_suspended");
inline constexpr QLatin1StringView resourceQuotaUnsuspended("resource.quota_unsuspended");
inline constexpr QLatin1StringView propagationApplied("propagation.applied");
inline constexpr QLatin1StringView propagationRetrying("propagation.retrying");
inline constexpr QLatin1StringView propagationDeadLettered("propagation.dead_lettered");
inline constexpr QLatin1StringView provisionPersistenceFailed("provision.persistence_failed");
inline constexpr QLatin1StringView webhookBrevoUnauthorized("webhook.brevo.unauthorized");
inline constexpr QLatin1StringView webhookRazorpayUnauthorized("webhook.razorpay.unauthorized");
inline constexpr QLatin1StringView razorpayWebhookTeamNotFound("razorpay.webhook.team_not_found");
// Spec 02 §1.3, mailed
inline constexpr QLatin1StringView nearQuotaWall("near_quota_wall");
inline constexpr QLatin1StringView resourceExpiryImminent("resource.expiry_imminent");
inline constexpr QLatin1StringView experimentConversion("experiment.conversion");
inline constexpr QLatin1StringView adminTierChanged("admin.tier_changed");
inline constexpr QLatin1StringView adminPromoIssued("admin.promo_issued");
inline constexpr QLatin1StringView churnRiskFlagged("churn.risk_flagged");
inline constexpr QLatin1StringView digestWeekly("digest.weekly");
inline constexpr QLatin1StringView anonExpiryWarning("anon.expiry_warning");
inline constexpr QLatin1StringView backupFailed("backup.failed");
inline constexpr QLatin1StringView restoreSucceeded("restore.succeeded");
inline constexpr QLatin1StringView restoreFailed("restore.failed");
// Spec 02 §1.3, not mailed
inline constexpr QLatin1StringView deployRedeploying("deploy.redeploying");
inline constexpr QLatin1StringView authProbeFailed("auth_probe_failed");
inline constexpr QLatin1StringView deployProbeFailed("deploy_probe_failed");
inline constexpr QLatin1StringView deployNotifyDeliveryFailed("deploy_notify_delivery_failed");
inline constexpr QLatin1StringView customerDbDirectDrop("customer_db.direct_drop");
inline constexpr QLatin1StringView provisionLegacy("provision");
inline constexpr QLatin1StringView claimLegacy("claim");
inline constexpr QLatin1StringView rotateLegacy("rotate");
inline constexpr QLatin1StringView deleteLegacy("delete");
inline constexpr QLatin1StringView vaultPut("vault.put");
// Rows that only this console writes
inline constexpr QLatin1StringView adminNoteAdded("admin.note_added");
inline constexpr QLatin1StringView adminNoteDeleted("admin.note_deleted");
inline constexpr QLatin1StringView adminTokenMinted("admin.token_minted");
inline constexpr QLatin1StringView adminTokenRevoked("admin.token_revoked");
inline constexpr QLatin1StringView adminAuditExported("admin.audit_exported");
inline constexpr QLatin1StringView adminCustomersExported("admin.customers_exported");
inline constexpr QLatin1StringView adminEmailExported("admin.email_exported");
inline constexpr QLatin1StringView adminSuppressionLifted("admin.suppression_lifted");
inline constexpr QLatin1StringView adminEmailResent("admin.email_resent");
inline constexpr QLatin1StringView adminEmailRepairRequested("admin.email_repair_requested");
inline constexpr QLatin1StringView adminWebhookReplayed("admin.webhook_replayed");

} // namespace domain::kinds
