#include "services/storage/demo/demo_inbox.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace storage::demo {

using domain::DeliveryEvent;

namespace {

/// The provider's number of the webhook, and where it sends from.
constexpr int webhookNumber = 874'512;
constexpr qint64 zoneMs = 3'600'000;

QByteArray quotedText(const QString &text)
{
    const QByteArray array = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return array.mid(1, array.size() - 2);
}

/// What Brevo calls it in its webhooks.
QByteArray brevoName(DeliveryEvent event)
{
    switch (event) {
    case DeliveryEvent::Complaint:
        return "spam";
    case DeliveryEvent::Invalid:
        return "invalid_email";
    case DeliveryEvent::Opened:
        return "unique_opened";
    case DeliveryEvent::Delivered:
    case DeliveryEvent::SoftBounce:
    case DeliveryEvent::HardBounce:
    case DeliveryEvent::Blocked:
    case DeliveryEvent::Deferred:
    case DeliveryEvent::Unsubscribed:
    case DeliveryEvent::Error:
    case DeliveryEvent::Request:
    case DeliveryEvent::Click:
        return domain::deliveryEventName(event).toLatin1();
    }
    Q_UNREACHABLE();
}

} // namespace

QByteArray brevoObject(const MailRow &mail, const MailEvent &event)
{
    QString date = timeText(event.atMs + zoneMs).left(19); // the account's zone
    date[10] = QLatin1Char(' ');
    const QByteArray seconds = QByteArray::number(event.atMs / 1000);
    QByteArray object = "{\"event\":\"" + brevoName(event.event) + "\",\"email\":" + quotedText(mail.address) +
                        ",\"id\":" + QByteArray::number(webhookNumber) + ",\"date\":\"" + date.toLatin1() +
                        "\",\"ts\":" + seconds + ",\"message-id\":" + quotedText(mail.providerId) +
                        ",\"ts_event\":" + seconds + ",\"subject\":" + quotedText(mail.subject) +
                        ",\"X-Mailin-custom\":" + quotedText(QStringLiteral("audit-") + mail.id) +
                        ",\"sending_ip\":\"203.0.113.77\",\"ts_epoch\":" + QByteArray::number(event.atMs) +
                        ",\"template_id\":0,\"tags\":[" + quotedText(mail.kind) + ']';
    if (!event.reason.isEmpty())
        object += ",\"reason\":" + quotedText(event.reason);
    if (event.event == DeliveryEvent::Click)
        object += ",\"link\":\"https://console.instanode.example/\"";
    return object + '}';
}

usecases::EventRow eventRow(const MailRow &mail, const MailEvent &event)
{
    usecases::EventRow row;
    row.provider = mail.provider;
    row.messageId = domain::normalizedMessageId(mail.providerId);
    row.event = event.event;
    row.at = QDateTime::fromMSecsSinceEpoch(event.atMs, Qt::UTC);
    row.receivedAt = QDateTime::fromMSecsSinceEpoch(event.receivedMs, Qt::UTC);
    row.address = mail.address;
    row.reason = event.reason;
    if (!event.webhook.isNull())
        row.webhook = domain::WebhookId(event.webhook);
    row.repaired = event.repaired;
    row.ledgerId = mail.id;
    return row;
}

} // namespace storage::demo
