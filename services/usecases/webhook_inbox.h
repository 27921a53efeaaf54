#pragma once
#include "services/usecases/env.h"

#include <functional>

/// The webhook inbox. Reads need ViewEmail; errors as ports::WebhookInboxService says, and `invalid_text`,
/// `invalid_value` for an outcome that does not exist.
namespace usecases {

domain::Result<ports::Page<ports::WebhookRow>> listWebhooks(const Env &env, ports::WebhookQuery query);
/// The stored row, with its verdict filled in.
domain::Result<ports::WebhookDetail> webhookDetail(const Env &env, domain::WebhookId id);
domain::Result<QList<ports::WebhookReceiver>> webhookReceivers(const Env &env);

/// Applies the stored bytes of a webhook as if they had just come in, inside the caller's transaction; with `dryRun` it
/// says what would change and writes nothing. What it changes it announces itself. Doing it twice changes nothing.
using WebhookApply = std::function<domain::Result<ports::WebhookReplay>(
    const Env &env, const ports::WebhookDetail &stored, bool dryRun)>;

/// ManageEmail and a writable session. One transaction: apply, the row's new outcome, `admin.webhook_replayed`. A dry
/// run is apply() alone. Unsupported `unsupported` without `apply`.
domain::Result<ports::WebhookReplay> replayWebhook(const Env &env, domain::WebhookId id, bool dryRun,
                                                   const WebhookApply &apply);

/// One sentence: why the webhook was let in and what became of it.
QString webhookVerdict(const ports::WebhookDetail &detail);

/// Trimmed; names in lower case, sorted and once each. `invalid_text`, `invalid_value`, `invalid_payload_filter`.
domain::Result<ports::WebhookFilter> normalisedWebhookFilter(ports::WebhookFilter filter);

} // namespace usecases
