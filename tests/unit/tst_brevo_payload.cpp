#include "services/usecases/webhooks/brevo_payload.h"
#include "services/usecases/webhooks/webhook_content.h"
#include "tests/support/test_main.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace usecases;

namespace {

const QDateTime received = QDateTime::fromString(QStringLiteral("2026-05-20T12:00:00.000Z"), Qt::ISODateWithMs);
const qint64 receivedSeconds = received.toSecsSinceEpoch();

/// The shape of the provider's documentation.
QJsonObject payload(const QString &event)
{
    return {{QStringLiteral("event"), event},
            {QStringLiteral("email"), QStringLiteral("Mira@Kestrel.example")},
            {QStringLiteral("id"), 26224},
            {QStringLiteral("date"), QStringLiteral("2026-05-20 13:59:30")},
            {QStringLiteral("ts"), receivedSeconds - 31},
            {QStringLiteral("message-id"), QStringLiteral("<202605201159.70011223344@smtp-relay.example>")},
            {QStringLiteral("ts_event"), receivedSeconds - 30},
            {QStringLiteral("subject"), QStringLiteral("Your tier is now Pro")},
            {QStringLiteral("X-Mailin-custom"), QStringLiteral("audit-0b5a")},
            {QStringLiteral("sending_ip"), QStringLiteral("192.0.2.17")},
            {QStringLiteral("ts_epoch"), (receivedSeconds - 30) * 1000 + 417},
            {QStringLiteral("template_id"), 0},
            {QStringLiteral("tags"), QJsonArray{QStringLiteral("subscription.upgraded")}},
            {QStringLiteral("reason"), QStringLiteral("550 5.7.1 sender not allowed")},
            {QStringLiteral("contact_id"), 8}};
}

QByteArray json(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

ports::IncomingWebhook webhook(const QByteArray &body, const QString &provider = QStringLiteral("brevo"))
{
    ports::IncomingWebhook incoming;
    incoming.provider = provider;
    incoming.body = body;
    incoming.receivedAt = received;
    return incoming;
}

} // namespace

/// Spec 02 §4.2 and §3.7.
class TstBrevoPayload : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theDocumentedEvents_data()
    {
        QTest::addColumn<int>("event");
        QTest::addColumn<QString>("suppression");
        using E = domain::DeliveryEvent;
        const auto row = [](const char *name, E event, const char *suppression) {
            QTest::newRow(name) << int(event) << QString::fromLatin1(suppression);
        };
        row("delivered", E::Delivered, "");
        row("soft_bounce", E::SoftBounce, "soft_bounce");
        row("hard_bounce", E::HardBounce, "bounce");
        row("blocked", E::Blocked, "bounce");
        row("complaint", E::Complaint, "spam_complaint");
        row("spam", E::Complaint, "spam_complaint");
        row(" Spam ", E::Complaint, "spam_complaint");
        row("deferred", E::Deferred, "");
        row("unsubscribed", E::Unsubscribed, "unsubscribe");
        row("error", E::Error, "");
    }
    void theDocumentedEvents()
    {
        QFETCH(int, event);
        QFETCH(QString, suppression);
        const QString name = QString::fromLatin1(QTest::currentDataTag());
        const auto content = readWebhook(webhook(json(payload(name))), domain::WebhookId::random());
        QVERIFY(content.ok());
        QCOMPARE(content->events.size(), 1);
        const EventRow &row = content->events.first();
        QCOMPARE(int(row.event), event);
        QCOMPARE(row.messageId, QStringLiteral("202605201159.70011223344@smtp-relay.example"));
        QCOMPARE(row.at, received.addMSecs(-30'000 + 417));
        QCOMPARE(row.reason, QStringLiteral("550 5.7.1 sender not allowed"));
        QCOMPARE(content->eventType, domain::deliveryEventName(row.event));
        QVERIFY(content->skippedBecause.isEmpty());
        QCOMPARE(content->suppressions.size(), suppression.isEmpty() ? 0 : 1);
        if (!suppression.isEmpty())
            QCOMPARE(content->suppressions.first().eventType, suppression);
    }

    void otherEventsAreSkippedByName()
    {
        for (const char *name : {"list_addition", "", "sms_delivered"}) {
            const auto content =
                readWebhook(webhook(json(payload(QString::fromLatin1(name)))), domain::WebhookId::random());
            QVERIFY(content.ok());
            QCOMPARE(content->skippedBecause, QStringLiteral("unhandled"));
            QVERIFY(content->events.isEmpty());
        }
    }

    void withoutAMessageIdThereIsNothingToMatch()
    {
        for (const QJsonValue &id : {QJsonValue(), QJsonValue(QStringLiteral("")), QJsonValue(QStringLiteral("  "))}) {
            QJsonObject object = payload(QStringLiteral("delivered"));
            object.insert(QStringLiteral("message-id"), id);
            const auto content = readWebhook(webhook(json(object)), domain::WebhookId::random());
            QVERIFY(content.ok());
            QCOMPARE(content->skippedBecause, QStringLiteral("missing_message_id"));
        }
    }

    void aNumericMessageIdKeepsEveryDigit()
    {
        QByteArray body = json(payload(QStringLiteral("delivered")));
        body.replace("\"<202605201159.70011223344@smtp-relay.example>\"", "9007199254740993");
        const auto events = parseBrevoEvents(body, received);
        QVERIFY(events.ok());
        QCOMPARE(events->first().messageId, QStringLiteral("9007199254740993"));
    }

    void timesThatCannotBeAreNotBelieved()
    {
        QJsonObject object = payload(QStringLiteral("delivered"));
        const auto at = [&object] { return parseBrevoEvents(json(object), received)->first().at; };
        object.insert(QStringLiteral("ts_epoch"), receivedSeconds - 30); // seconds where milliseconds belong
        QCOMPARE(at(), received.addSecs(-30));
        object.insert(QStringLiteral("ts_epoch"), (receivedSeconds - 4000) * 1000); // when it was sent
        QCOMPARE(at(), received.addSecs(-30));
        object.insert(QStringLiteral("ts_event"), receivedSeconds + 90'000);
        object.remove(QStringLiteral("ts_epoch"));
        QCOMPARE(at(), received.addSecs(-31));
        object.insert(QStringLiteral("ts"), QStringLiteral("yesterday"));
        QCOMPARE(at(), received);
        object.insert(QStringLiteral("ts"), 9.2e18);
        QCOMPARE(at(), received);
    }

    void aBatchIsOneToFiveHundred()
    {
        const auto batch = [](int size) {
            QJsonArray array;
            for (int i = 0; i < size; ++i)
                array.append(payload(QStringLiteral("delivered")));
            return QJsonDocument(array).toJson(QJsonDocument::Compact);
        };
        QCOMPARE(parseBrevoEvents(batch(500), received)->size(), 500);
        QVERIFY(!parseBrevoEvents(batch(501), received).ok());
        QVERIFY(!parseBrevoEvents(batch(0), received).ok());
    }

    void badBodies_data()
    {
        QTest::addColumn<QByteArray>("body");
        QJsonObject wrong = payload(QStringLiteral("delivered"));
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("not json") << QByteArray("event=delivered");
        QTest::newRow("a number") << QByteArray("42");
        QTest::newRow("a text") << QByteArray("\"delivered\"");
        QTest::newRow("cut off") << json(wrong).chopped(4);
        QTest::newRow("invalid UTF-8") << json(wrong).replace("Mira", "M\xc3(ra");
        QTest::newRow("nested too deeply") << QByteArray(5000, '[') + QByteArray(5000, ']');
        QTest::newRow("array of texts") << QByteArray("[\"delivered\"]");
        QTest::newRow("one bad of two") << QByteArray("[") + json(wrong) + ",7]";
        wrong.insert(QStringLiteral("event"), 5);
        QTest::newRow("event is a number") << json(wrong);
        wrong = payload(QStringLiteral("delivered"));
        wrong.insert(QStringLiteral("email"), QJsonArray());
        QTest::newRow("email is an array") << json(wrong);
        wrong = payload(QStringLiteral("delivered"));
        wrong.insert(QStringLiteral("message-id"), QJsonObject());
        QTest::newRow("message-id is an object") << json(wrong);
        wrong = payload(QStringLiteral("delivered"));
        wrong.insert(QStringLiteral("reason"), true);
        QTest::newRow("reason is a boolean") << json(wrong);
    }
    void badBodies()
    {
        QFETCH(QByteArray, body);
        const auto content = readWebhook(webhook(body), domain::WebhookId::random());
        QVERIFY(!content.ok());
        QCOMPARE(content.error().key, QStringLiteral("invalid_payload"));
    }

    void aZeroCharacterCannotLoseABatch()
    {
        QJsonObject object = payload(QStringLiteral("hard_bounce"));
        object.insert(QStringLiteral("reason"), QStringLiteral("a") + QChar(0) + QStringLiteral("b"));
        const auto content = readWebhook(webhook(json(object)), domain::WebhookId::random());
        QVERIFY(content.ok());
        QVERIFY(!content->events.first().reason.contains(QChar(0)));
        QVERIFY(!content->suppressions.first().raw.contains("\\u0000"));
    }

    void suppressionFeedKeepsNoLedgerEvents()
    {
        const auto content =
            readWebhook(webhook(json(payload(QStringLiteral("hard_bounce"))), QStringLiteral("brevo_suppression")),
                        domain::WebhookId::random());
        QVERIFY(content.ok());
        QVERIFY(content->events.isEmpty());
        QCOMPARE(content->suppressions.size(), 1);
        const QJsonObject raw = QJsonDocument::fromJson(content->suppressions.first().raw).object();
        QCOMPARE(raw.value(QStringLiteral("message_id")).toString(),
                 QStringLiteral("202605201159.70011223344@smtp-relay.example"));
        const auto skipped =
            readWebhook(webhook(json(payload(QStringLiteral("delivered"))), QStringLiteral("brevo_suppression")),
                        domain::WebhookId::random());
        QCOMPARE(skipped->skippedBecause, QStringLiteral("unhandled"));
    }

    void sesBouncesAndComplaints()
    {
        const auto content = [](const QJsonObject &message) {
            const QJsonObject outer{{QStringLiteral("Type"), QStringLiteral("Notification")},
                                    {QStringLiteral("MessageId"), QStringLiteral("m-1")},
                                    {QStringLiteral("Message"), QString::fromUtf8(QJsonDocument(message).toJson())}};
            return readWebhook(webhook(json(outer), QStringLiteral("ses")), domain::WebhookId::random());
        };
        const QJsonArray two{QJsonObject{{QStringLiteral("emailAddress"), QStringLiteral("a@x.example")}},
                             QJsonObject{{QStringLiteral("emailAddress"), QStringLiteral("b@x.example")}}};
        const auto bounce = [&](const char *type) {
            return content(
                {{QStringLiteral("notificationType"), QStringLiteral("Bounce")},
                 {QStringLiteral("mail"), QJsonObject{{QStringLiteral("messageId"), QStringLiteral("0100")}}},
                 {QStringLiteral("bounce"), QJsonObject{{QStringLiteral("bounceType"), QString::fromLatin1(type)},
                                                        {QStringLiteral("bouncedRecipients"), two}}}});
        };
        QCOMPARE(bounce("Permanent")->suppressions.size(), 2);
        QCOMPARE(bounce("Permanent")->suppressions.last().eventType, QStringLiteral("bounce"));
        QCOMPARE(bounce("Transient")->suppressions.first().eventType, QStringLiteral("soft_bounce"));
        const auto complaint =
            content({{QStringLiteral("notificationType"), QStringLiteral("Complaint")},
                     {QStringLiteral("complaint"), QJsonObject{{QStringLiteral("complainedRecipients"), two}}}});
        QCOMPARE(complaint->suppressions.first().eventType, QStringLiteral("spam_complaint"));
        QCOMPARE(content({{QStringLiteral("notificationType"), QStringLiteral("Delivery")}})->skippedBecause,
                 QStringLiteral("unhandled"));
        const auto broken = readWebhook(webhook("{\"Type\":\"Notification\",\"Message\":\"{\"}", QStringLiteral("ses")),
                                        domain::WebhookId::random());
        QCOMPARE(broken.error().key, QStringLiteral("invalid_message"));
    }
};

REGISTER_SUITE(brevo_payload, TstBrevoPayload)
#include "tst_brevo_payload.moc"
