#include "app/server/agent_actions.h"

/// The table alone; the sentences are checked one by one in tests/unit/tst_agent_actions.cpp.
namespace server {

const QList<AgentAction> &agentActions()
{
    static const QList<AgentAction> table{
        // Request limits and the front door
        {"invalid_request", "The request is not well-formed HTTP.",
         "Tell the user the request was malformed: {reason|the server could not parse it}. Have them check the "
         "client's request line and headers against https://instanode.dev/docs/http"},
        {"invalid_target", "The path or query of the request is not valid.",
         "Tell the user the address of the request holds a bad escape or character. Have them percent-encode the "
         "path and query as shown at https://instanode.dev/docs/http"},
        {"uri_too_long", "The address of the request is too long.",
         "Tell the user the request address exceeds {limit|8 KiB}. Have them move data into the body; see "
         "https://instanode.dev/docs/http"},
        {"headers_too_large", "The request headers are too large.",
         "Tell the user the request headers exceed {limit|32 KiB}. Remove large cookies or headers and Retry; see "
         "https://instanode.dev/docs/http"},
        {"payload_too_large", "The request body is larger than this route accepts.",
         "Tell the user the body exceeds the limit of {limit|this route}. Have them send less data per request; "
         "limits are at https://instanode.dev/docs/http"},
        {"request_timeout", "The request did not arrive in time.",
         "Tell the user the request arrived too slowly and was dropped. Have them check the connection and Retry; "
         "see https://instanode.dev/docs/http"},
        {"expectation_failed", "Only Expect: 100-continue is supported.",
         "Tell the user the Expect header asks for something this API does not do. Remove that header and Retry; "
         "see https://instanode.dev/docs/http"},
        {"unsupported_media_type", "This route accepts application/json only.",
         "Tell the user the body was sent as {type|another media type}. It must be sent with Content-Type: "
         "application/json; see https://instanode.dev/docs/http"},
        {"method_not_allowed", "This path does not support that method.",
         "Tell the user {method|this method} is not available on this path. Have them use one of the methods in the "
         "Allow header; see https://instanode.dev/docs"},
        {"webhook_method_not_allowed", "Webhook receivers accept POST only.",
         "Tell the user webhook receivers take POST only. Have them check the provider's webhook settings against "
         "https://instanode.dev/docs/webhooks"},
        {"not_found", "There is nothing at this address.",
         "Tell the user nothing was found under this address or id. Have them check the spelling and that it "
         "belongs to their team: https://instanode.dev/docs"},
        {"invalid_body", "The body is not a valid JSON object.",
         "Tell the user the request body is not a valid JSON object. Have them check quotes, commas and UTF-8 "
         "encoding; examples are at https://instanode.dev/docs"},
        {"invalid_payload", "The payload is not what this event should carry.",
         "Tell the user the payload of this event cannot be read. Have them check the sender's configuration "
         "against https://instanode.dev/docs/webhooks"},
        {"too_many_connections", "The server has reached its limit of connections.",
         "Tell the user the server is at its connection limit. Wait a few seconds and Retry over one kept-alive "
         "connection; see https://instanode.dev/support"},
        {"shutting_down", "The server is shutting down.",
         "Tell the user this server is restarting. Wait half a minute and Retry; status is at "
         "https://instanode.dev/status"},
        {"deadline_exceeded", "The answer took too long.",
         "Tell the user the operation did not finish in time and may still complete. Wait ten seconds, check the "
         "result, then Retry; see https://instanode.dev/support"},
        {"service_unavailable", "The service is temporarily unavailable.",
         "Tell the user the service is temporarily unavailable. Wait half a minute and Retry; status is at "
         "https://instanode.dev/status"},
        {"unsupported", "This server does not support that operation.",
         "Tell the user this server cannot perform the operation. Have them check the server version and docs at "
         "https://instanode.dev/docs"},
        // Sign-in and permission
        {"unauthorized", "A valid credential is needed.",
         "Tell the user no valid credential was sent. Have them run the device flow at /auth/cli, put the token "
         "into INSTANT_TOKEN and Retry: https://instanode.dev/docs/authentication"},
        {"invalid_token", "The token is not valid.",
         "Tell the user the token is malformed or was issued for another service. Have them get a new one through "
         "/auth/cli: https://instanode.dev/docs/authentication"},
        {"missing_token", "The token is missing.",
         "Tell the user the link or request has no token. Have them use the complete link from the message they "
         "received: https://instanode.dev/docs/authentication"},
        {"internal_token_required", "An internal token is needed.",
         "Tell the user this route is for internal callers only. Have them use the public API at "
         "https://instanode.dev/docs"},
        {"forbidden", "You are not permitted to do this.",
         "Tell the user their account {role|as it is now} may not do this. Ask a team owner or operator for access; "
         "roles are at https://instanode.dev/docs/teams"},
        {"owner_required", "Only a team owner may do this.",
         "Tell the user this needs the owner role and they have {role|another one}. Ask the team owner to do it; "
         "roles are at https://instanode.dev/docs/teams"},
        {"read_only_session", "This session may only read.",
         "Tell the user this is a read-only session, so nothing can be changed. Have them log in with their own "
         "account: https://instanode.dev/docs/authentication"},
        {"insufficient_scope", "The token's scope does not allow this.",
         "Tell the user the token has the scope {scope|auditor}, which may only read. Ask an operator for a token "
         "with scope admin: https://instanode.dev/docs/operators"},
        {"email_not_verified", "The e-mail address is not verified yet.",
         "Tell the user their e-mail address is not verified. Have them open the link in the verification mail and "
         "Retry: https://instanode.dev/docs/account"},
        {"pat_cannot_mint_pat", "An API key cannot create API keys.",
         "Tell the user an API key cannot create another key. Have them log in with a session and create it at "
         "https://instanode.dev/app/keys"},
        {"reauth_required", "Please confirm your identity again.",
         "Tell the user the admin scope needs a fresh sign-in. Have them log in again and Retry: "
         "https://instanode.dev/docs/authentication"},
        {"user_not_found", "No such user.",
         "Tell the user no account matches this id. Have them check the id or sign up at "
         "https://instanode.dev/signup"},
        {"team_not_found", "No such team.",
         "Tell the user no team has the id {team|that was given}. Have them check the id in the list of customers: "
         "https://instanode.dev/docs/operators"},
        // Operators' routes
        {"invalid_team_id", "The team id is not a UUID.",
         "Tell the user the team id must be a UUID of 36 characters. Have them copy it from the customer's page: "
         "https://instanode.dev/docs/operators"},
        {"invalid_tier", "There is no such tier.",
         "Tell the user {tier|the tier} is not one that can be set. It must be a tier of the plan list, anonymous "
         "excepted: https://instanode.dev/pricing"},
        {"tier_unchanged", "The team is on this tier already.",
         "Tell the user the team is already on {tier|this tier}, so nothing was changed. Have them check the "
         "customer's page: https://instanode.dev/docs/operators"},
        {"missing_reason", "A reason is needed.",
         "Tell the user this change must be given a reason for the audit log. Ask for one sentence and Retry: "
         "https://instanode.dev/docs/operators"},
        {"reason_too_long", "The reason is too long.",
         "Tell the user the reason exceeds {limit|the allowed length}. Have them shorten it and Retry: "
         "https://instanode.dev/docs/operators"},
        {"missing_body", "The note has no text.",
         "Tell the user the note is empty. Ask for its text and Retry: https://instanode.dev/docs/operators/notes"},
        {"body_too_long", "The note is too long.",
         "Tell the user the note exceeds 8192 bytes. Have them shorten or split it: "
         "https://instanode.dev/docs/operators/notes"},
        {"invalid_note_id", "The note id is not a UUID.",
         "Tell the user the note id must be a UUID of 36 characters. Have them copy it from the notes list: "
         "https://instanode.dev/docs/operators/notes"},
        {"note_not_found", "No such note.",
         "Tell the user this note is gone or never existed. Have them reload the notes and check again: "
         "https://instanode.dev/docs/operators/notes"},
        {"invalid_sort_by", "The list cannot be sorted by that.",
         "Tell the user {value|this} is not a sort key of the list. Have them use one that the docs name: "
         "https://instanode.dev/docs/operators/customers"},
        {"invalid_cursor", "The cursor is not valid for this list.",
         "Tell the user the page cursor does not fit this query. Have them start again from the first page: "
         "https://instanode.dev/docs/operators/customers"},
        {"invalid_limit", "The page size is not valid.",
         "Tell the user the page size must be a number within {limit|1 to 500}. Have them correct it and Retry: "
         "https://instanode.dev/docs/operators"},
        {"invalid_filter", "The filter is not valid.",
         "Tell the user the filter {field|of this list} cannot be read. Have them check its format and Retry: "
         "https://instanode.dev/docs/operators/customers"},
        {"invalid_since", "The start time is not valid.",
         "Tell the user the start time must be RFC 3339 or YYYY-MM-DD. Have them correct it and Retry: "
         "https://instanode.dev/docs/operators"},
        {"invalid_time", "The time is not valid.",
         "Tell the user {field|a time} must be an RFC 3339 time. Have them correct it and Retry: "
         "https://instanode.dev/docs/operators/audit"},
        {"invalid_kind", "There is no such kind.",
         "Tell the user {value|this} is not a known kind. Have them use one from the list in the docs: "
         "https://instanode.dev/docs/operators/audit"},
        {"invalid_event_type", "There is no such event type.",
         "Tell the user {value|this} is not a known event type. Have them use one from the docs: "
         "https://instanode.dev/docs/operators/audit"},
        {"invalid_format", "There is no such export format.",
         "Tell the user exports come as csv or jsonl. Have them use one of the two: "
         "https://instanode.dev/docs/operators/audit"},
        {"since_too_old", "The plan does not look back that far.",
         "Tell the user the plan {tier|they have} keeps {limit|fewer} days of history. Upgrade for more or use a "
         "later date: https://instanode.dev/pricing"},
        {"invalid_valid_for_days", "The validity must be at least one day.",
         "Tell the user valid_for_days must be a positive number. Have them correct it and Retry: "
         "https://instanode.dev/docs/operators"},
        {"invalid_value", "The value is out of range.",
         "Tell the user the value {field|given} is out of range. Have them check the allowed range and Retry: "
         "https://instanode.dev/docs/operators"},
        {"invalid_promo", "The promotion cannot be issued like this.",
         "Tell the user the promotion's values do not fit together. Have them check kind and value: "
         "https://instanode.dev/docs/operators"},
        {"team_has_no_users", "The team has no users.",
         "Tell the user the team has no user to act as. Have them check the members of the team first: "
         "https://instanode.dev/docs/operators"},
        {"view_not_found", "No such saved view.",
         "Tell the user this saved view is gone. Have them reload the list of views and check again: "
         "https://instanode.dev/docs/operators"},
        {"invalid_view", "The saved view is not valid.",
         "Tell the user the saved view needs a name and a filter. Have them check both and Retry: "
         "https://instanode.dev/docs/operators"},
        {"view_name_taken", "There is a view of this name already.",
         "Tell the user a view of this name exists. Have them use another name: "
         "https://instanode.dev/docs/operators"},
        {"unknown_parameter", "There is no such query parameter.",
         "Tell the user the query holds a parameter that this list does not know. Have them check its spelling: "
         "https://instanode.dev/docs/operators"},
        {"invalid_range", "The time range is not valid.",
         "Tell the user the range needs a beginning and a later end, at most 400 days apart. Have them correct it and "
         "Retry: https://instanode.dev/docs/operators/email"},
        {"invalid_dimension", "The groups cannot be made by that.",
         "Tell the user groups are made by template, domain, provider or template_domain. Have them use one of these: "
         "https://instanode.dev/docs/operators/email"},
        {"message_not_found", "No such message.",
         "Tell the user no mail has this id in the ledger. Have them copy it from the message list: "
         "https://instanode.dev/docs/operators/email"},
        {"template_not_found", "No such mail template.",
         "Tell the user no mail is sent for this kind. Have them use one from the list of templates: "
         "https://instanode.dev/docs/operators/email"},
        {"not_suppressed", "The address is not suppressed.",
         "Tell the user mail to this address is not held back. Have them check the address against the list: "
         "https://instanode.dev/docs/operators/email"},
        {"unsubscribed", "The recipient unsubscribed.",
         "Tell the user the recipient unsubscribed and only they can undo it. Ask them to sign up for mail again: "
         "https://instanode.dev/docs/operators/email"},
        {"not_resendable", "The message cannot be sent again.",
         "Tell the user this mail cannot be sent again: its audit entry or its recipient is gone, or it still waits. "
         "Have them check the message: https://instanode.dev/docs/operators/email"},
        {"recipient_suppressed", "The recipient is suppressed.",
         "Tell the user mail to this recipient is held back after a bounce, a complaint or an unsubscription. Have them "
         "check the suppression first: https://instanode.dev/docs/operators/email"},
        {"sent_recently", "The same mail was sent a moment ago.",
         "Tell the user the same mail went to the same recipient within ten minutes. Wait, or Confirm it with "
         "even_if_recent: https://instanode.dev/docs/operators/email"},
        {"invalid_webhook_id", "The webhook id is not a UUID.",
         "Tell the user the webhook id must be a UUID of 36 characters. Have them copy it from the inbox: "
         "https://instanode.dev/docs/operators/webhooks"},
        {"webhook_not_found", "No such webhook.",
         "Tell the user this webhook is not in the inbox; old ones are removed. Have them check the id: "
         "https://instanode.dev/docs/operators/webhooks"},
        {"invalid_payload_filter", "The payload filter is not valid.",
         "Tell the user the payload filter is a text, or payload.<path>:<value>. Have them correct it and Retry: "
         "https://instanode.dev/docs/operators/webhooks"},
        {"token_not_found", "No such token.",
         "Tell the user this token is gone or was revoked. Have them check the list of tokens: "
         "https://instanode.dev/docs/operators"},
        {"invalid_scope", "There is no such scope.",
         "Tell the user a token's scope must be admin or auditor. Have them correct it and Retry: "
         "https://instanode.dev/docs/operators"},
        {"invalid_scopes", "The scopes are not valid.",
         "Tell the user the list of scopes is empty or holds an unknown one. Have them check it and Retry: "
         "https://instanode.dev/docs/authentication"},
        {"invalid_text", "The text holds a character that cannot be stored.",
         "Tell the user {field|a text} holds the character U+0000, which cannot be stored. Remove it and Retry: "
         "https://instanode.dev/docs/operators"},
        {"invalid_characters", "The text holds a character that cannot be stored.",
         "Tell the user a text holds the character U+0000, which cannot be stored. Remove it and Retry: "
         "https://instanode.dev/docs/operators"},
        {"invalid_query", "The query is not valid.",
         "Tell the user the query of this list or view cannot be read. Have them check its fields and Retry: "
         "https://instanode.dev/docs/operators/customers"},
        {"invalid_offset", "The offset is not valid.",
         "Tell the user the offset must be a number from 0 up. Have them correct it or use the cursor: "
         "https://instanode.dev/docs/operators/customers"},
        {"invalid_valid_days", "The validity in days is out of range.",
         "Tell the user the number of days is out of range. Have them check the limits and Retry: "
         "https://instanode.dev/docs/operators"},
        {"invalid_bucket", "The time bucket is not valid.",
         "Tell the user the bucket of the counter is not valid. Have them check the client's version: "
         "https://instanode.dev/docs/operators"},
        {"constraint_violation", "The change does not fit the stored data.",
         "Tell the user the change conflicts with what is stored. Have them reload the record, check it and Retry: "
         "https://instanode.dev/docs/operators"},
        {"invalid_screen", "There is no such screen.",
         "Tell the user {value|this} is not a screen that can hold a saved view. Have them use customers, email, webhooks or audit: "
         "https://instanode.dev/docs/operators"},
        {"conflict", "Somebody else changed this meanwhile.",
         "Tell the user the record changed meanwhile. Have them reload it, check it and Retry: "
         "https://instanode.dev/docs/operators"},
        // Names, ids and people
        {"invalid_id", "The id is not valid.",
         "Tell the user the id must be a UUID of 36 characters. Have them copy it again: https://instanode.dev/docs"},
        {"invalid_team", "The team is not valid.",
         "Tell the user the team cannot be read from the request. Have them check the team id: "
         "https://instanode.dev/docs/teams"},
        {"invalid_user_id", "The user id is not a UUID.",
         "Tell the user the user id must be a UUID of 36 characters. Have them copy it again: "
         "https://instanode.dev/docs/teams"},
        {"missing_id", "The id is missing.",
         "Tell the user the request names no id. Have them add it and Retry: https://instanode.dev/docs"},
        {"missing_team_id", "The team id is missing.",
         "Tell the user the request names no team. Have them add team_id and Retry: "
         "https://instanode.dev/docs/teams"},
        {"missing_name", "The name is missing.",
         "Tell the user the request needs a name. Ask for one and Retry: https://instanode.dev/docs"},
        {"name_required", "A name is needed.",
         "Tell the user a name is needed and blanks do not count. Ask for one and Retry: https://instanode.dev/docs"},
        {"name_too_long", "The name is too long.",
         "Tell the user the name exceeds {limit|the allowed length}. Have them shorten it: "
         "https://instanode.dev/docs"},
        {"invalid_name", "The name is not valid.",
         "Tell the user the name holds characters that are not allowed. Have them use letters, digits and dashes: "
         "https://instanode.dev/docs"},
        {"missing_email", "The e-mail address is missing.",
         "Tell the user the request needs an e-mail address. Ask for one and Retry: "
         "https://instanode.dev/docs/account"},
        {"invalid_email", "The e-mail address is not valid.",
         "Tell the user {email|the address} is no e-mail address. Ask for the right one and Retry: "
         "https://instanode.dev/docs/account"},
        {"invalid_role", "There is no such role.",
         "Tell the user {role|this} is not a role of a team. Have them use one of the roles in "
         "https://instanode.dev/docs/teams"},
        {"invalid_frequency", "The billing frequency is not valid.",
         "Tell the user the billing frequency must be monthly or yearly. Have them choose one: "
         "https://instanode.dev/pricing"},
        {"invalid_idempotency_key", "The Idempotency-Key is not valid.",
         "Tell the user the Idempotency-Key must be 1 to 255 printable characters. Have them correct it: "
         "https://instanode.dev/docs/idempotency"},
        {"idempotency_key_conflict", "This Idempotency-Key was used for another body.",
         "Tell the user this Idempotency-Key belongs to a different request. Have them use a fresh key: "
         "https://instanode.dev/docs/idempotency"},
        {"idempotency_key_in_progress", "A request with this key is still running.",
         "Tell the user the first request with this key still runs. Wait two seconds and Retry: "
         "https://instanode.dev/docs/idempotency"},
        // Plans and quotas
        {"quota_exceeded", "The plan's limit is reached.",
         "Tell the user the {tier|current} plan's limit of {limit|this resource} is reached. Upgrade at "
         "https://instanode.dev/pricing"},
        {"storage_limit_reached", "The plan's storage is full.",
         "Tell the user the {tier|current} plan's storage of {limit|this type} is full. Remove data or Upgrade at "
         "https://instanode.dev/pricing"},
        {"upgrade_required", "The plan does not include this.",
         "Tell the user {feature|this feature} is not part of the {tier|current} plan. Upgrade at "
         "https://instanode.dev/pricing"},
        {"auth_required", "This needs an account.",
         "Tell the user anonymous callers cannot do this. Have them sign up or log in first at "
         "https://instanode.dev/signup"},
        {"tier_not_yet_available", "This plan is not on sale yet.",
         "Tell the user the {tier|team} plan cannot be bought online yet. Have them email sales@instanode.dev or "
         "see https://instanode.dev/pricing"},
        {"tier_not_allowed", "This tier cannot be used here.",
         "Tell the user {tier|this tier} cannot be used for test accounts. Have them use another one from "
         "https://instanode.dev/pricing"},
        {"member_limit", "The plan has no free seat.",
         "Tell the user the {tier|current} plan's {limit|seats} are taken. Remove a member or Upgrade at "
         "https://instanode.dev/pricing"},
        {"rate_limited", "Too many requests.",
         "Tell the user {limit|the request limit} is reached. Wait for the seconds in Retry-After, then Retry; "
         "limits are at https://instanode.dev/docs/http"},
        {"rate_limit_exceeded", "Too many requests.",
         "Tell the user {limit|the request limit} is reached. Wait for the seconds in Retry-After, then Retry; "
         "limits are at https://instanode.dev/docs/http"},
        {"grace_expired", "The time to undo this is over.",
         "Tell the user the grace period ended {when|already}. Ask support what can still be restored: "
         "https://instanode.dev/support"},
        // Billing
        {"invalid_plan", "There is no such plan.",
         "Tell the user {plan|this} is not a plan on sale. Have them use one of the plans at "
         "https://instanode.dev/pricing"},
        {"already_on_plan", "The team has this plan or a higher one.",
         "Tell the user the team already has {tier|this plan} or a higher one. Have them check it at "
         "https://instanode.dev/app/billing"},
        {"same_plan", "The team is on this plan already.",
         "Tell the user the team already is on {plan|this plan}. Have them check it at "
         "https://instanode.dev/app/billing"},
        {"missing_target_plan", "The target plan is missing.",
         "Tell the user the request names no target plan. Ask which plan they want and Retry: "
         "https://instanode.dev/pricing"},
        {"downgrade_not_self_serve", "Downgrades go through support.",
         "Tell the user a downgrade to {plan|a lower plan} is done by support. Have them email "
         "support@instanode.dev: https://instanode.dev/support"},
        {"yearly_change_plan_unsupported", "A change to yearly goes through checkout.",
         "Tell the user yearly billing starts with a new checkout. Have them use https://instanode.dev/app/billing"},
        {"checkout_in_flight", "Another checkout of this team is running.",
         "Tell the user another checkout of their team is open. Wait a minute and Retry: "
         "https://instanode.dev/docs/billing"},
        {"synthetic_test_cohort", "Test accounts cannot buy.",
         "Tell the user test accounts cannot make purchases. Have them use a regular account: "
         "https://instanode.dev/docs/billing"},
        {"billing_not_configured", "Billing is not set up on this server.",
         "Tell the user billing is not set up on this server. Ask the operator to configure it, or email support: "
         "https://instanode.dev/support"},
        {"billing_misconfigured", "Billing is set up wrongly on this server.",
         "Tell the user billing is switched off because its keys do not fit this environment. Ask the operator to "
         "check them: https://instanode.dev/docs/billing"},
        {"billing_provider_unavailable", "The payment provider cannot be reached.",
         "Tell the user the payment provider is not answering. Wait half a minute and Retry; nothing was charged: "
         "https://instanode.dev/docs/billing"},
        {"razorpay_error", "The payment provider refused the request.",
         "Tell the user the payment provider reported an error. Wait ten seconds and Retry; if it stays, see "
         "https://instanode.dev/support"},
        {"billing_persistence_failed", "The checkout could not be recorded.",
         "Tell the user the checkout could not be saved, so it was not started. Retry in a minute; if it stays, see "
         "https://instanode.dev/support"},
        {"no_subscription", "There is no subscription.",
         "Tell the user the team has no subscription yet. Have them choose a plan at https://instanode.dev/pricing"},
        {"no_update_url", "The payment method cannot be changed online.",
         "Tell the user the provider offers no page for changing the payment method. Have them email "
         "support@instanode.dev: https://instanode.dev/support"},
        {"promotion_invalid", "This promotion code is not valid.",
         "Tell the user this code is unknown or does not fit {plan|the plan}. Have them check the spelling: "
         "https://instanode.dev/docs/billing"},
        {"promotion_expired", "This promotion code has expired.",
         "Tell the user this promotion code has expired. Ask support for a current one: "
         "https://instanode.dev/support"},
        {"promotion_already_used", "This promotion code was used already.",
         "Tell the user this promotion code was used before and works once. Ask support for another one: "
         "https://instanode.dev/support"},
        {"brevo_secret_mismatch", "The secret of this webhook address is not the configured one.",
         "Tell the user this webhook address carries a wrong secret. Have the operator compare it with "
         "BREVO_WEBHOOK_SECRET; see https://instanode.dev/docs/webhooks"},
        {"webhook_not_persisted", "The event could not be stored.",
         "Tell the user the event could not be stored right now. Wait half a minute and Retry; nothing was kept. Status "
         "is at https://instanode.dev/status"},
        {"invalid_message", "The message inside the notification cannot be read.",
         "Tell the user the notification holds a message that is not JSON. Have them check the sender against "
         "https://instanode.dev/docs/webhooks"},
        {"invalid_signature", "The signature does not match.",
         "Tell the user the webhook's signature is wrong. Have them check the shared secret on both sides: "
         "https://instanode.dev/docs/webhooks"},
        {"timestamp_outside_window", "The event is too old or from the future.",
         "Tell the user the event's time is outside the accepted window. Have them check the sender's clock: "
         "https://instanode.dev/docs/webhooks"},
        {"subscription_cancel_failed", "The subscription could not be cancelled.",
         "Tell the user the provider did not confirm the cancellation; it is retried by itself. Have them check "
         "later: https://instanode.dev/docs/billing"},
        // Server side
        {"internal_error", "Something went wrong on our side.",
         "Tell the user an unexpected error happened on the server. Retry once; if it stays, email "
         "support@instanode.dev with the request id: https://instanode.dev/support"},
        {"db_failed", "The database did not answer.",
         "Tell the user the database is not answering right now and nothing was changed. Wait half a minute and "
         "Retry: https://instanode.dev/status"},
        {"db_error", "The database reported an error.",
         "Tell the user the database reported an error. Retry in a minute; if it stays, email "
         "support@instanode.dev: https://instanode.dev/support"},
        {"migrations_pending", "The database schema is not up to date.",
         "Tell the user the server waits for a database migration. Ask the operator to run migrate, then Retry: "
         "https://instanode.dev/docs/operators"},
        {"cancelled", "The request was withdrawn.",
         "Tell the user the request was cancelled before it finished. Retry if the result is still wanted: "
         "https://instanode.dev/docs/http"},
        {"db_unavailable", "The database cannot be reached.",
         "Tell the user the database cannot be reached right now. Wait half a minute and Retry: "
         "https://instanode.dev/status"},
        {"disk_full", "The disk of the database is full.",
         "Tell the user the server's disk is full, so nothing can be saved. Ask the operator to free space, then "
         "Retry: https://instanode.dev/docs/operators"},
        {"plans_unavailable", "The plan list cannot be read.",
         "Tell the user the plan list is not available right now. Wait half a minute and Retry, or see "
         "https://instanode.dev/pricing"},
        {"service_disabled", "This service is switched off.",
         "Tell the user {service|this service} is switched off on this server. Ask the operator, or check "
         "https://instanode.dev/status"},
        {"sign_failed", "A token could not be signed.",
         "Tell the user the server could not sign a token. Retry in a minute; if it stays, see "
         "https://instanode.dev/support"},
        {"encryption_unavailable", "The key store cannot be reached.",
         "Tell the user the key store is not available right now. Wait half a minute and Retry: "
         "https://instanode.dev/status"},
    };
    return table;
}

} // namespace server
