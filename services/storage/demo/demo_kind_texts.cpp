#include "models/domain/audit_kind_names.h"
#include "services/storage/demo/demo_metadata.h"

namespace storage::demo {

namespace {

namespace kinds = domain::kinds;

// `{key}` is a metadata value; `{app}`, `{tier}`, `{resource}`, `{service}`, `{who}` are facts of the row.
constexpr KindText texts[] = {
    {kinds::onboardingClaimed, "user", "Team claimed by {who} from {signup_source}"},
    {kinds::subscriptionUpgraded, "system", "Upgraded from {from_tier} to {to_tier}"},
    {kinds::subscriptionDowngraded, "system", "Downgraded from {from_tier} to {to_tier}"},
    {kinds::subscriptionCanceled, "system", "Subscription cancelled, last tier {last_tier}"},
    {kinds::subscriptionCanceledByAdmin, "admin",
     "Demoted by an operator; no subscription was cancelled at the provider"},
    {kinds::paymentGraceStarted, "system", "Payment failed, grace period until {expires_at}"},
    {kinds::paymentGraceReminder, "system", "Grace reminder, {hours_remaining} h remaining"},
    {kinds::paymentGraceRecovered, "system", "Payment recovered, grace period closed"},
    {kinds::paymentGraceTerminated, "system", "Grace period ended without a payment"},
    {kinds::billingChargeUndeliverable, "system", "Charge could not be applied: {reason}"},
    {kinds::teamTtlPoliciesPromoted, "system", "{count_deploys_promoted} deployments made permanent after the upgrade"},
    {kinds::promoteApprovalRequested, "agent", "Promotion to production asks for approval"},
    {kinds::promoteApproved, "user", "Promotion to production approved by {who}"},
    {kinds::promoteRejected, "user", "Promotion to production rejected by {who}"},
    {kinds::promoteExecuted, "system", "Promotion to production executed"},
    {kinds::adminAccess, "admin", "{email} accessed {path_suffix}"},
    {kinds::adminTierChanged, "admin", "Tier changed from {from} to {to}"},
    {kinds::adminPromoIssued, "admin", "Promo code {code} issued, {value} % off"},
    {kinds::authLogin, "user", "{who} signed in with {provider}"},
    {kinds::vaultRead, "agent", "Vault key {key_name} read in {env}"},
    {kinds::vaultWrite, "user", "Vault key {key_name}: {operation} in {env}"},
    {kinds::deployCreated, "agent", "Deployment of {app} to {env} started"},
    {kinds::deployHealthy, "system", "{app} is healthy after {time_to_healthy_seconds} s"},
    {kinds::deployFailed, "system", "Deployment of {app} failed in {failure_stage}"},
    {kinds::deployRedeployRequested, "agent", "Redeployment of {app} requested"},
    {kinds::deployRedeploying, "system", "{app} is being redeployed"},
    {kinds::deployMadePermanent, "user", "{app} made permanent"},
    {kinds::deployTtlSet, "user", "{app} lives {hours} h from now"},
    {kinds::deployExpiringSoon, "system", "{app} expires in {hours_remaining} h"},
    {kinds::deployExpired, "system", "{app} expired and was taken down"},
    {kinds::deployDeletionRequested, "user", "Deletion of {app} requested by {who}"},
    {kinds::deployDeletionConfirmed, "user", "Deletion of {app} confirmed"},
    {kinds::deployDeletionCancelled, "user", "Deletion of {app} cancelled"},
    {kinds::deployDeletionExpired, "system", "Deletion of {app} was not confirmed in time"},
    {kinds::stackDeletionRequested, "user", "Deletion of the stack of {app} requested"},
    {kinds::stackDeletionConfirmed, "user", "Deletion of the stack of {app} confirmed"},
    {kinds::stackDeletionCancelled, "user", "Deletion of the stack of {app} cancelled"},
    {kinds::stackDeletionExpired, "system", "Deletion of the stack of {app} was not confirmed in time"},
    {kinds::teamSettingsChanged, "user", "Setting {field} changed to {new_value}"},
    {kinds::teamUpdated, "user", "Team {field} changed"},
    {kinds::teamDeletionRequested, "user", "Deletion of the team requested by {who}"},
    {kinds::teamDeletionCanceled, "user", "Deletion of the team withdrawn"},
    {kinds::teamTombstoned, "system", "Team removed, {resource_count_destroyed} resources destroyed"},
    {kinds::teamDeletionFailed, "system", "Removal of a team stopped at {failed_at_step}"},
    {kinds::teamOrphanReclaimed, "system", "Orphaned {orphan_kind} reclaimed"},
    {kinds::teamOrphanSweepFailed, "system", "Orphan sweep failed on {identifier}"},
    {kinds::storageIamUserCreated, "system", "Access key created for {resource}"},
    {kinds::storageIamUserDeleted, "system", "Access key of {resource} removed"},
    {kinds::familyBulkTwin, "agent", "{twinned_count} resources twinned from {source_env} to {target_env}"},
    {kinds::backupRequested, "user", "Backup of {resource} requested"},
    {kinds::backupFailed, "system", "Backup of {resource} failed"},
    {kinds::restoreRequested, "user", "Restore of {resource} requested"},
    {kinds::restoreSucceeded, "system", "Restore of {resource} succeeded"},
    {kinds::restoreFailed, "system", "Restore of {resource} failed"},
    {kinds::resourceRead, "agent", "{resource} was read"},
    {kinds::resourceListByTeam, "agent", "{count_returned} resources listed"},
    {kinds::resourceMetricsQueried, "user", "Metrics of {resource} viewed"},
    {kinds::resourceQuotaSuspended, "system", "{resource} suspended: over its quota"},
    {kinds::resourceQuotaUnsuspended, "system", "{resource} is back within its quota"},
    {kinds::resourceExpiryImminent, "system", "{resource} expires soon"},
    {kinds::connectionUrlDecrypted, "user", "Connection address of {resource} revealed to {who}"},
    {kinds::githubConnected, "user", "Repository {github_repo} connected"},
    {kinds::githubDisconnected, "user", "Repository of {app} disconnected"},
    {kinds::githubPushReceived, "system", "Push to {branch} by {pusher}"},
    {kinds::githubDeployTriggered, "system", "Push triggered a deployment of {app}"},
    {kinds::githubSignatureFailed, "system", "Push with a wrong signature refused"},
    {kinds::propagationApplied, "system", "Tier {target_tier} applied to the backends"},
    {kinds::propagationRetrying, "system", "Tier propagation will be retried, attempt {attempts}"},
    {kinds::propagationDeadLettered, "system", "Tier propagation gave up after {attempts} attempts"},
    {kinds::provisionPersistenceFailed, "system",
     "Provisioned {resource_type} could not be recorded and was torn down"},
    {kinds::webhookBrevoUnauthorized, "system", "Delivery webhook refused: wrong secret"},
    {kinds::webhookRazorpayUnauthorized, "system", "Payment webhook refused: wrong signature"},
    {kinds::razorpayWebhookTeamNotFound, "system", "Payment event {event_type} names an unknown team"},
    {kinds::nearQuotaWall, "system", "{resource} uses {percent_used} % of its quota"},
    {kinds::experimentConversion, "user", "Experiment {experiment}: {variant} converted"},
    {kinds::churnRiskFlagged, "system", "Usage fell for three weeks: churn risk"},
    {kinds::digestWeekly, "system", "Weekly digest sent"},
    {kinds::anonExpiryWarning, "system", "Unclaimed {resource} expires soon"},
    {kinds::authProbeFailed, "system", "Sign-in probe failed"},
    {kinds::deployProbeFailed, "system", "Deployment probe failed"},
    {kinds::deployNotifyDeliveryFailed, "system", "Notification of {app} could not be delivered"},
    {kinds::provisionLegacy, "agent", "{resource} provisioned"},
    {kinds::claimLegacy, "user", "Claimed by {who}"},
    {kinds::rotateLegacy, "user", "Credentials of {resource} rotated"},
    {kinds::deleteLegacy, "user", "{resource} deleted"},
    {kinds::vaultPut, "user", "Vault entry stored"},
    {kinds::adminNoteAdded, "admin", "Note added by {by_admin_email}"},
    {kinds::adminNoteDeleted, "admin", "Note deleted by {by_admin_email}"},
    {kinds::adminTokenMinted, "admin", "Token {name} minted for {email}"},
    {kinds::adminTokenRevoked, "admin", "Token {name} of {email} revoked"},
    {kinds::adminAuditExported, "admin", "{rows} audit rows exported as {format}"},
    {kinds::adminCustomersExported, "admin", "{rows} customers exported as {format}"},
    {kinds::adminEmailExported, "admin", "Mail exported as {format}"},
    {kinds::adminSuppressionLifted, "admin", "Suppression of {recipient} lifted ({event_type})"},
    {kinds::adminEmailResent, "admin", "{template} queued again for {recipient}"},
    {kinds::adminEmailRepairRequested, "admin", "Gap repair of e-mail outcomes asked for"},
    {kinds::adminWebhookReplayed, "admin", "Webhook of {provider} replayed: {outcome}"},
    {kinds::customerDbDirectDrop, "system", "Database dropped directly on {dsn_host}"},
};

} // namespace

const QHash<QString, KindText> &kindTexts()
{
    static const QHash<QString, KindText> all = [] {
        QHash<QString, KindText> map;
        for (const KindText &text : texts)
            map.insert(QString(text.kind), text);
        return map;
    }();
    return all;
}

} // namespace storage::demo
