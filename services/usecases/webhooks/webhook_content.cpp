#include "services/usecases/webhooks/webhook_content.h"

#include "services/usecases/webhooks/brevo_payload.h"
#include "services/usecases/webhooks/ses_payload.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace usecases {

using domain::DeliveryEvent;
using domain::Result;

namespace {

/// email_events.event_type of an event, empty for one that says nothing about the address (spec 02 §3.7).
QString suppressionType(DeliveryEvent event)
{
    switch (event) {
    case DeliveryEvent::HardBounce:
    case DeliveryEvent::Blocked:
        return QStringLiteral("bounce");
    case DeliveryEvent::SoftBounce:
        return QStringLiteral("soft_bounce");
    case DeliveryEvent::Unsubscribed:
        return QStringLiteral("unsubscribe");
    case DeliveryEvent::Complaint:
        return QStringLiteral("spam_complaint");
    case DeliveryEvent::Delivered:
    case DeliveryEvent::Deferred:
    case DeliveryEvent::Error:
    case DeliveryEvent::Invalid:
    case DeliveryEvent::Request:
    case DeliveryEvent::Opened:
    case DeliveryEvent::Click:
        return {};
    }
    Q_UNREACHABLE();
}

/// What email_events.raw keeps: the facts of the event, with the key that makes a provider's retry a no-op.
QByteArray rawOf(const BrevoEvent &event)
{
    QJsonObject raw{{QStringLiteral("event"), event.name},
                    {QStringLiteral("email"), event.address},
                    {QStringLiteral("reason"), event.reason}};
    if (!event.messageId.isEmpty())
        raw.insert(QStringLiteral("message_id"), domain::normalizedMessageId(event.messageId));
    return QJsonDocument(raw).toJson(QJsonDocument::Compact);
}

void addSuppression(const BrevoEvent &event, WebhookContent &into)
{
    const QString type = event.event ? suppressionType(*event.event) : QString();
    if (type.isEmpty() || event.address.isEmpty())
        return;
    into.suppressions.append({QStringLiteral("brevo"), type, event.address, event.reason,
                              domain::normalizedMessageId(event.messageId), rawOf(event), event.at});
}

/// The metric label: the name of a known event, else why it is not acted on.
QString labelOf(const BrevoEvent &event)
{
    if (!event.event)
        return QStringLiteral("unhandled");
    return event.messageId.isEmpty() ? QStringLiteral("missing_message_id") : domain::deliveryEventName(*event.event);
}

WebhookContent ledgerContent(const QList<BrevoEvent> &events, const ports::IncomingWebhook &webhook,
                             domain::WebhookId id)
{
    WebhookContent content;
    for (const BrevoEvent &event : events) {
        const QString label = labelOf(event);
        content.labels.append(label);
        addSuppression(event, content);
        if (!event.event || event.messageId.isEmpty())
            continue;
        EventRow row;
        row.provider = QStringLiteral("brevo");
        row.messageId = domain::normalizedMessageId(event.messageId);
        row.event = *event.event;
        row.at = event.at;
        row.receivedAt = webhook.receivedAt;
        row.address = event.address;
        row.reason = event.reason;
        row.webhook = id;
        content.events.append(row);
    }
    if (content.events.isEmpty())
        content.skippedBecause = content.labels.first();
    return content;
}

WebhookContent suppressionContent(const QList<BrevoEvent> &events)
{
    WebhookContent content;
    for (const BrevoEvent &event : events) {
        const qsizetype before = content.suppressions.size();
        addSuppression(event, content);
        content.labels.append(content.suppressions.size() > before ? event.name : QStringLiteral("unhandled"));
    }
    if (content.suppressions.isEmpty())
        content.skippedBecause = QStringLiteral("unhandled");
    return content;
}

} // namespace

Result<WebhookContent> readWebhook(const ports::IncomingWebhook &webhook, domain::WebhookId id)
{
    if (webhook.provider == QLatin1StringView("ses"))
        return readSesNotification(webhook.body, webhook.receivedAt);
    const auto events = parseBrevoEvents(webhook.body, webhook.receivedAt);
    if (!events)
        return events.error();
    WebhookContent content = webhook.provider == QLatin1StringView("brevo") ? ledgerContent(*events, webhook, id)
                                                                            : suppressionContent(*events);
    content.eventCount = int(events->size());
    const BrevoEvent &first = events->first();
    content.eventType = first.event ? domain::deliveryEventName(*first.event) : first.name;
    content.objectId = domain::normalizedMessageId(first.messageId);
    return content;
}

} // namespace usecases
