#pragma once
#include "models/domain/result.h"
#include "services/ports/call_context.h"
#include "services/ports/webhook_inbox_service.h"

#include <QByteArray>
#include <QFuture>

namespace ports {

/// A webhook whose secret was already checked by the front end.
struct IncomingWebhook {
    QString provider; ///< `brevo`, `brevo_suppression`, `ses`
    QByteArray body;
    QList<std::pair<QString, QString>> headers; ///< redacted
    SignatureVerdict signature = SignatureVerdict::Current;
    QDateTime receivedAt;
    QString requestId;
};

/// What the sender is told (spec 02 §4.2).
struct WebhookReceipt {
    WebhookOutcome outcome = WebhookOutcome::Applied;
    QString event; ///< of a single event, in the provider's words; empty for a batch
    int events = 0;
    int matched = 0;
    QString skippedBecause;  ///< metric label of a skipped one: `unhandled`, `missing_message_id`; else empty
    QStringList eventLabels; ///< one metric label per event
    bool operator==(const WebhookReceipt &) const = default;
};

struct WebhookRefusal {
    QString provider;
    bool haveConfiguredSecret = false, haveSuppliedSecret = false;
    QString subnet; ///< masked: v4 /24, v6 /48, or empty (spec 02 §4.1)
};

/// What a host needs to take webhooks in. Callable from any thread, never blocks, never throws.
class WebhookIntake {
public:
    virtual ~WebhookIntake() = default;
    /// Answers after the raw bytes and what they changed are committed (many calls share one commit).
    /// InvalidInput `invalid_payload`: not the JSON it should be; the bytes are kept all the same. Unavailable: nothing
    /// was kept, the sender must come back.
    virtual QFuture<domain::Result<WebhookReceipt>> receive(CallContext context, IncomingWebhook webhook) = 0;
    /// Counts a refused call. The first of a burst from a subnet becomes an audit row at once, the others are added up;
    /// memory and rows are bounded however many come (spec 02 §4.1). Returns at once.
    virtual void refused(const WebhookRefusal &refusal) = 0;
};

} // namespace ports
