#pragma once
#include "services/ports/webhook_intake.h"
#include "services/usecases/env.h"

namespace usecases {

/// Takes webhooks in, all of them or none: the raw bytes into the inbox, their events into the table and the ledger,
/// bounces and complaints into suppression (spec 02 §3.7, §4.2). One answer per webhook, in their order; a body that is
/// not what it should be is kept and answered `unparseable`. Opens its own transaction. Any error: nothing was kept.
domain::Result<QList<ports::WebhookReceipt>> takeIn(const Env &env, const QList<ports::IncomingWebhook> &webhooks);

/// Keeps the raw bytes of one that could not be applied, so that it can be replayed.
domain::Result<ports::WebhookReceipt> keepFailed(const Env &env, const ports::IncomingWebhook &webhook,
                                                 const domain::Error &why);

/// Applies the stored bytes again, inside the caller's transaction, and announces what changed; a dry run only says
/// what would change. `invalid_payload` where the bytes never were what they should be.
domain::Result<ports::WebhookReplay> applyStored(const Env &env, const ports::WebhookDetail &detail, bool dryRun);

} // namespace usecases
