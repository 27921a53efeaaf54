// The webhook inbox of the mail seed.
#include "tests/support/mail_seed.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace test {

using ports::SignatureVerdict;
using ports::WebhookOutcome;

namespace {

constexpr int firstWebhooks = 30;

QJsonObject payload(const QString &event, const QString &address, const QString &messageId, const QDateTime &at)
{
    return {{QStringLiteral("event"), event},
            {QStringLiteral("email"), address},
            {QStringLiteral("message-id"), messageId},
            {QStringLiteral("ts_epoch"), at.toMSecsSinceEpoch()},
            {QStringLiteral("meta"), QJsonObject{{QStringLiteral("tag"), QStringLiteral("lifecycle")}}}};
}

QByteArray text(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

class InboxBuilder {
public:
    explicit InboxBuilder(MailSeed &seed) : m_seed(seed) {}

    void build()
    {
        addDeliveries();
        addSpecialOnes();
    }

private:
    SeedWebhook &add(const char *provider, const QDateTime &receivedAt, WebhookOutcome outcome, const QString &event,
                     const QByteArray &body)
    {
        SeedWebhook webhook;
        usecases::InboxEntry &entry = webhook.entry;
        entry.id = domain::WebhookId(uuid(0xC00000 + quint32(m_seed.webhooks.size())));
        entry.provider = QString::fromLatin1(provider);
        entry.receivedAt = receivedAt;
        entry.headers = {{QStringLiteral("content-type"), QStringLiteral("application/json")},
                         {QStringLiteral("user-agent"), QStringLiteral("Provider/1.0")},
                         {QStringLiteral("x-sib-signature"), QStringLiteral("[redacted]")}};
        entry.body = body;
        entry.eventType = event;
        entry.eventCount = outcome == WebhookOutcome::Unparseable ? 0 : 1;
        entry.outcome = outcome;
        entry.matched = outcome == WebhookOutcome::Applied || outcome == WebhookOutcome::NoChange ? 1 : 0;
        entry.changed = outcome == WebhookOutcome::Applied ? 1 : 0;
        entry.requestId = QStringLiteral("req-webhook-%1").arg(m_seed.webhooks.size());
        entry.processingUs = 800 + 10 * m_seed.webhooks.size();
        m_seed.webhooks.append(webhook);
        return m_seed.webhooks.last();
    }

    /// One webhook for the first event of the newest messages; the event says where it came from.
    void addDeliveries()
    {
        for (SeedMessage &message : m_seed.messages) {
            if (message.events.isEmpty() || m_seed.webhooks.size() == firstWebhooks)
                continue;
            usecases::EventRow &first = message.events.first();
            const QString name = domain::deliveryEventName(first.event);
            SeedWebhook &webhook = add("brevo", first.receivedAt, WebhookOutcome::Applied, name,
                                       text(payload(name, message.address, message.providerId, first.at)));
            webhook.entry.objectId = first.messageId;
            webhook.entry.team = message.team;
            webhook.entry.effects = {{QStringLiteral("message %1").arg(message.id), QStringLiteral("classification"),
                                      QStringLiteral("success"), domain::ledgerClassName(message.ledgerClass())}};
            first.webhook = webhook.entry.id;
        }
    }

    QDateTime hoursAgo(int hours) const { return m_seed.now.addSecs(-3600 * hours); }

    void addSpecialOnes()
    {
        const SeedWebhook original = m_seed.webhooks.at(2);
        SeedWebhook &again = add("brevo", original.entry.receivedAt.addSecs(60), WebhookOutcome::NoChange,
                                 original.entry.eventType, original.entry.body);
        again.entry.objectId = original.entry.objectId;
        again.entry.team = original.entry.team;
        again.entry.duplicateOf = original.entry.id;
        const usecases::EventRow &parked = m_seed.parked.first();
        add("brevo", parked.receivedAt, WebhookOutcome::Unmatched, QStringLiteral("delivered"),
            text(payload(QStringLiteral("delivered"), parked.address, parked.messageId, parked.at)))
            .entry.objectId = parked.messageId;
        add("brevo", hoursAgo(3), WebhookOutcome::Skipped, QStringLiteral("request"),
            text(payload(QStringLiteral("request"), QStringLiteral("eve@example.org"), QStringLiteral("s@x"),
                         hoursAgo(3))))
            .entry.signature = SignatureVerdict::Previous;
        addFailed();
        addBatch();
        SeedWebhook &broken = add("brevo", hoursAgo(5), WebhookOutcome::Unparseable, QString(),
                                  QByteArray("{\"event\":\"\xff\xfe delivered\0", 23));
        broken.entry.error = QStringLiteral("not valid UTF-8 at byte 10");
        SeedWebhook &bounce =
            add("brevo_suppression", hoursAgo(30), WebhookOutcome::Applied, QStringLiteral("hard_bounce"),
                text(payload(QStringLiteral("hard_bounce"), mail::bounced, QStringLiteral("b@x"), hoursAgo(30))));
        bounce.entry.effects = {{QStringLiteral("suppression n***@snake.test"),
                                 QStringLiteral("event_type"),
                                 {},
                                 QStringLiteral("bounce")}};
        add("ses", hoursAgo(50), WebhookOutcome::Applied, QStringLiteral("Complaint"),
            R"({"Type":"Notification","Message":"{\"notificationType\":\"Complaint\"}"})");
    }

    void addFailed()
    {
        const SeedMessage &message = m_seed.messages.at(17);
        SeedWebhook &failed =
            add("brevo", hoursAgo(4), WebhookOutcome::Failed, QStringLiteral("delivered"),
                text(payload(QStringLiteral("delivered"), message.address, message.providerId, hoursAgo(4))));
        failed.entry.objectId = domain::normalizedMessageId(message.providerId);
        failed.entry.team = message.team;
        failed.entry.error = QStringLiteral("the ledger row was locked for too long");
        SeedWebhook &replayed = add("brevo", hoursAgo(100), WebhookOutcome::Applied, QStringLiteral("delivered"),
                                    R"({"event":"delivered","message-id":"replayed@relay.example"})");
        replayed.entry.objectId = QStringLiteral("replayed@relay.example");
        replayed.replays = 2;
        replayed.lastReplayedAt = hoursAgo(90);
    }

    void addBatch()
    {
        QJsonArray events;
        for (int i = 0; i < 12; ++i)
            events.append(payload(QStringLiteral("delivered"), QStringLiteral("eve@example.org"),
                                  m_seed.messages.at(i).providerId, hoursAgo(6)));
        SeedWebhook &batch = add("brevo", hoursAgo(6), WebhookOutcome::Applied, QStringLiteral("delivered"),
                                 QJsonDocument(events).toJson(QJsonDocument::Compact));
        batch.entry.eventCount = 12;
        batch.entry.matched = 10;
        batch.entry.changed = 9;
        batch.entry.objectId = domain::normalizedMessageId(m_seed.messages.first().providerId);
    }

    MailSeed &m_seed;
};

} // namespace

void addWebhooks(MailSeed &seed)
{
    InboxBuilder(seed).build();
}

} // namespace test
