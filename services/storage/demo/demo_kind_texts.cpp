#include "services/storage/demo/demo_metadata.h"

namespace storage::demo {

namespace {

// `{key}` is a metadata value; `{app}`, `{tier}`, `{resource}`, `{service}`, `{who}` are facts of the row.
constexpr KindText texts[] = {
    {"onboarding.claimed", "user", "Team claimed by {who} from {signup_source}"},
    {"subscription.upgraded", "system", "Upgraded from {from_tier} to {to_tier}"},
    {"subscription.downgraded", "system", "Downgraded from {from_tier} to {to_tier}"},
    {"subscription.canceled", "system", "Subscription cancelled, last tier {last_tier}"},
    {"subscription.canceled_by_admin", "admin", "Demoted by an operator; no subscription was cancelled at the provider"},
    {"payment.grace_started", "system", "Payment failed, grace period until {expires_at}"},
    {"payment.grace_reminder", "system", "Grace reminder, {hours_remaining} h remaining"},
    {"payment.grace_recovered", "system", "Payment recovered, grace period closed"},
    {"payment.grace_terminated", "system", "Grace period ended without a payment"},
    {"billing.charge_undeliverable", "system", "Charge could not be applied: {reason}"},
    {"team.ttl_policies_promoted", "system", "{count_deploys_promoted} deployments made permanent after the upgrade"},
    {"promote.approval_requested", "agent", "Promotion to production asks for approval"},
    {"promote.approved", "user", "Promotion to production approved by {who}"},
    {"promote.rejected", "user", "Promotion to production rejected by {who}"},
    {"promote.executed", "system", "Promotion to production executed"},
    {"admin.access", "admin", "{email} accessed {path_suffix}"},
    {"admin.tier_changed", "admin", "Tier changed from {from} to {to}"},
    {"admin.promo_issued", "admin", "Promo code {code} issued, {value} % off"},
    {"admin.impersonation_started", "admin", "Read-only session as {target_user_email}"},
    {"auth.login", "user", "{who} signed in with {provider}"},
    {"vault.read", "agent", "Vault key {key_name} read in {env}"},
    {"vault.write", "user", "Vault key {key_name}: {operation} in {env}"},
    {"deploy.created", "agent", "Deployment of {app} to {env} started"},
    {"deploy.healthy", "system", "{app} is healthy after {time_to_healthy_seconds} s"},
    {"deploy.failed", "system", "Deployment of {app} failed in {failure_stage}"},
    {"deploy.redeploy.requested", "agent", "Redeployment of {app} requested"},
    {"deploy.redeploying", "system", "{app} is being redeployed"},
    {"deploy.made_permanent", "user", "{app} made permanent"},
    {"deploy.ttl_set", "user", "{app} lives {hours} h from now"},
    {"deploy.expiring_soon", "system", "{app} expires in {hours_remaining} h"},
    {"deploy.expired", "system", "{app} expired and was taken down"},
    {"deploy.deletion_requested", "user", "Deletion of {app} requested by {who}"},
    {"deploy.deletion_confirmed", "user", "Deletion of {app} confirmed"},
    {"deploy.deletion_cancelled", "user", "Deletion of {app} cancelled"},
    {"deploy.deletion_expired", "system", "Deletion of {app} was not confirmed in time"},
    {"stack.deletion_requested", "user", "Deletion of the stack of {app} requested"},
    {"stack.deletion_confirmed", "user", "Deletion of the stack of {app} confirmed"},
    {"stack.deletion_cancelled", "user", "Deletion of the stack of {app} cancelled"},
    {"stack.deletion_expired", "system", "Deletion of the stack of {app} was not confirmed in time"},
    {"team.settings_changed", "user", "Setting {field} changed to {new_value}"},
    {"team.updated", "user", "Team {field} changed"},
    {"team.deletion_requested", "user", "Deletion of the team requested by {who}"},
    {"team.deletion_canceled", "user", "Deletion of the team withdrawn"},
    {"team.tombstoned", "system", "Team removed, {resource_count_destroyed} resources destroyed"},
    {"team.deletion_failed", "system", "Removal of a team stopped at {failed_at_step}"},
    {"team.orphan_reclaimed", "system", "Orphaned {orphan_kind} reclaimed"},
    {"team.orphan_sweep_failed", "system", "Orphan sweep failed on {identifier}"},
    {"storage.iam_user_created", "system", "Access key created for {resource}"},
    {"storage.iam_user_deleted", "system", "Access key of {resource} removed"},
    {"family.bulk_twin", "agent", "{twinned_count} resources twinned from {source_env} to {target_env}"},
    {"backup.requested", "user", "Backup of {resource} requested"},
    {"backup.failed", "system", "Backup of {resource} failed"},
    {"restore.requested", "user", "Restore of {resource} requested"},
    {"restore.succeeded", "system", "Restore of {resource} succeeded"},
    {"restore.failed", "system", "Restore of {resource} failed"},
    {"resource.read", "agent", "{resource} was read"},
    {"resource.list_by_team", "agent", "{count_returned} resources listed"},
    {"resource.metrics_queried", "user", "Metrics of {resource} viewed"},
    {"resource.quota_suspended", "system", "{resource} suspended: over its quota"},
    {"resource.quota_unsuspended", "system", "{resource} is back within its quota"},
    {"resource.expiry_imminent", "system", "{resource} expires soon"},
    {"connection_url.decrypted", "user", "Connection address of {resource} revealed to {who}"},
    {"github.connected", "user", "Repository {github_repo} connected"},
    {"github.disconnected", "user", "Repository of {app} disconnected"},
    {"github.push_received", "system", "Push to {branch} by {pusher}"},
    {"github.deploy_triggered", "system", "Push triggered a deployment of {app}"},
    {"github.signature_failed", "system", "Push with a wrong signature refused"},
    {"propagation.applied", "system", "Tier {target_tier} applied to the backends"},
    {"propagation.retrying", "system", "Tier propagation will be retried, attempt {attempts}"},
    {"propagation.dead_lettered", "system", "Tier propagation gave up after {attempts} attempts"},
    {"provision.persistence_failed", "system", "Provisioned {resource_type} could not be recorded and was torn down"},
    {"webhook.brevo.unauthorized", "system", "Delivery webhook refused: wrong secret"},
    {"webhook.razorpay.unauthorized", "system", "Payment webhook refused: wrong signature"},
    {"razorpay.webhook.team_not_found", "system", "Payment event {event_type} names an unknown team"},
    {"near_quota_wall", "system", "{resource} uses {percent_used} % of its quota"},
    {"experiment.conversion", "user", "Experiment {experiment}: {variant} converted"},
    {"churn.risk_flagged", "system", "Usage fell for three weeks: churn risk"},
    {"digest.weekly", "system", "Weekly digest sent"},
    {"anon.expiry_warning", "system", "Unclaimed {resource} expires soon"},
    {"auth_probe_failed", "system", "Sign-in probe failed"},
    {"deploy_probe_failed", "system", "Deployment probe failed"},
    {"customer_db.direct_drop", "system", "Database dropped directly on {dsn_host}"},
};

} // namespace

const QHash<QString, KindText> &kindTexts()
{
    static const QHash<QString, KindText> all = [] {
        QHash<QString, KindText> map;
        for (const KindText &text : texts)
            map.insert(QString::fromLatin1(text.kind), text);
        return map;
    }();
    return all;
}

} // namespace storage::demo
