#pragma once
#include "services/ports/webhook_intake.h"
#include "services/usecases/email_repositories.h"

namespace usecases {

/// What a webhook's bytes say, before anything is looked up.
struct WebhookContent {
    QString eventType; ///< of the first event: its name in domain::deliveryEventName, else in the provider's words
    QString objectId;  ///< the first message id
    int eventCount = 0;
    QStringList labels;                   ///< one metric label per event
    QString skippedBecause;               ///< when nothing in it is acted on
    QList<EventRow> events;               ///< for the ledger
    QList<SuppressionEvent> suppressions; ///< for email_events
};

/// Reads the body of a webhook by its provider: `brevo` (spec 02 §4.2), `brevo_suppression` and `ses` (§3.7).
/// InvalidInput `invalid_payload`, for `ses` also `invalid_message`.
domain::Result<WebhookContent> readWebhook(const ports::IncomingWebhook &webhook, domain::WebhookId id);

} // namespace usecases
