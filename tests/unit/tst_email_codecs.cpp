#include "services/wire/delivery_codec.h"
#include "services/wire/email_codec.h"
#include "services/wire/email_query_codec.h"
#include "services/wire/time_text.h"
#include "services/wire/webhook_codec.h"
#include "tests/support/test_main.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

namespace {

constexpr qint64 beyondDouble = 9'007'199'254'740'993;

QDateTime at(const char *text)
{
    return wire::parseTime(QString::fromLatin1(text)).value();
}

QJsonObject parsed(const QByteArray &body)
{
    return QJsonDocument::fromJson(body).object();
}

ports::MessageFilter fullFilter()
{
    ports::MessageFilter filter;
    filter.from = at("2026-06-01T00:00:00.001Z");
    filter.until = at("2026-06-02T00:00:00Z");
    filter.outcomes = {QStringLiteral("hard"), QStringLiteral("soft")};
    filter.classes = {QStringLiteral("bounced_hard")};
    filter.templates = {QStringLiteral("digest.weekly"), QStringLiteral("near_quota_wall")};
    filter.providers = {QStringLiteral("brevo")};
    filter.domain = QStringLiteral("exämple.com");
    filter.to = QStringLiteral("a+b&c=d@example.com");
    filter.reason = QStringLiteral("550 5.1.1 100%, no \"user\"");
    filter.messageId = QStringLiteral("<2026.1@relay.example>");
    filter.team = domain::TeamId::random();
    filter.repairedOnly = true;
    return filter;
}

ports::MessageRow fullMessage()
{
    ports::MessageRow row;
    row.id = QStringLiteral("reminder-1-stage_6h");
    row.sentAt = at("2026-06-01T12:00:00.123Z");
    row.acceptedAt = row.sentAt;
    row.deliveredAt = row.sentAt.addSecs(3);
    row.recipient = QStringLiteral("a***@example.com");
    row.recipientDomain = QStringLiteral("example.com");
    row.templateKind = QStringLiteral("digest.weekly");
    row.subject = QStringLiteral("Ärger \u2028 \U0001F600");
    row.provider = QStringLiteral("brevo");
    row.providerId = QStringLiteral("<2026.1@relay.example>");
    row.ledgerClass = QStringLiteral("bounced_hard");
    row.outcome = domain::DeliveryOutcome::BouncedLater;
    row.inferred = true;
    row.repaired = true;
    row.reason = QStringLiteral("550\n5.1.1");
    row.attempts = 4;
    row.latencyMs = 3000;
    row.team = domain::TeamId::random();
    row.teamName = QStringLiteral("Acme");
    row.audit = domain::AuditId::random();
    return row;
}

ports::Suppression suppression()
{
    ports::Suppression found;
    found.email = QStringLiteral("a@example.com");
    found.eventType = QStringLiteral("bounce");
    found.provider = QStringLiteral("ses");
    found.reason = QStringLiteral("mailbox full");
    found.since = at("2026-06-01T12:00:00Z");
    found.until = at("2027-06-01T12:00:00Z");
    found.team = domain::TeamId::random();
    found.liftable = true;
    return found;
}

domain::OutcomeCounts counts()
{
    domain::OutcomeCounts all;
    qint64 n = beyondDouble;
    for (const domain::DeliveryOutcome outcome : domain::allDeliveryOutcomes())
        all.add(outcome, n--);
    return all;
}

ports::WebhookDetail fullWebhook()
{
    ports::WebhookDetail detail;
    ports::WebhookRow &row = detail.row;
    row.id = domain::WebhookId::random();
    row.provider = QStringLiteral("brevo");
    row.receivedAt = at("2026-06-01T12:00:00.5Z");
    row.eventType = QStringLiteral("delivered");
    row.eventCount = 500;
    row.objectId = QStringLiteral("2026.1@relay.example");
    row.team = domain::TeamId::random();
    row.teamName = QStringLiteral("Acme");
    row.signature = ports::SignatureVerdict::Previous;
    row.duplicateOf = domain::WebhookId::random();
    row.outcome = ports::WebhookOutcome::Unparseable;
    row.matched = 3;
    row.changed = 2;
    row.processingUs = beyondDouble;
    row.bodyBytes = 7;
    row.replays = 1;
    detail.body = QByteArray("\xff\0{\"a\"\r\n", 8);
    detail.headers = {{QStringLiteral("b"), QStringLiteral("1")}, {QStringLiteral("a"), QStringLiteral("[redacted]")}};
    detail.verdict = QStringLiteral("It is fine.");
    detail.error = QStringLiteral("not UTF-8");
    detail.effects = {{QStringLiteral("message 1"), QStringLiteral("classification"), {}, QStringLiteral("delivered")}};
    detail.messages = {QStringLiteral("m1"), QStringLiteral("m2")};
    detail.lastReplayedAt = at("2026-06-02T12:00:00Z");
    detail.requestId = QStringLiteral("req-1");
    return detail;
}

} // namespace

/// Mail and webhooks over the wire: everything survives both ways, and what is wrong is named.
class TstEmailCodecs : public QObject {
    Q_OBJECT
private slots:
    void figuresSurvive()
    {
        ports::DeliveryFigures figures;
        figures.counts = counts();
        figures.deliveredEvents = 1;
        figures.inferred = 2;
        figures.complaints = 3;
        figures.deferredOnce = 4;
        figures.repaired = 5;
        figures.suppressed = 6;
        figures.expired = 7;
        figures.noRecipient = 8;
        figures.waiting = 9;
        figures.latency = {1200, 45'000};
        figures.asOf = at("2026-06-01T12:00:00Z");
        QCOMPARE(wire::decodeDeliveryFigures(wire::encodeDeliveryFigures(figures)).value(), figures);
    }

    /// The worked example of 05-formulas §2.
    void ratiosComeAlong()
    {
        ports::DeliveryFigures figures;
        figures.counts.delivered = 930;
        figures.counts.bouncedLater = 4;
        figures.counts.hard = 12;
        figures.counts.soft = 8;
        figures.counts.blocked = 5;
        figures.counts.error = 1;
        figures.counts.pending = 30;
        figures.counts.unknown = 10;
        figures.deliveredEvents = 934;
        figures.asOf = at("2026-06-01T12:00:00Z");
        const QJsonObject object =
            parsed(wire::encodeDeliveryFigures(figures)).value(QLatin1StringView("figures")).toObject();
        const QJsonObject ratios = object.value(QLatin1StringView("ratios")).toObject();
        QCOMPARE(object.value(QLatin1StringView("accepted")).toInteger(), 1000);
        QCOMPARE(qRound(ratios.value(QLatin1StringView("settled")).toDouble() * 10'000), 9688);
        QCOMPARE(qRound(ratios.value(QLatin1StringView("bounds")).toArray().at(0).toDouble() * 10'000), 9588);
        QCOMPARE(qRound(ratios.value(QLatin1StringView("bounds")).toArray().at(1).toDouble() * 10'000), 9691);
        QCOMPARE(qRound(ratios.value(QLatin1StringView("provider_style")).toDouble() * 1000), 934);
        const QJsonObject nothing = parsed(wire::encodeDeliveryFigures({}))
                                        .value(QLatin1StringView("figures"))
                                        .toObject()
                                        .value(QLatin1StringView("ratios"))
                                        .toObject();
        for (const QString &name : nothing.keys())
            QVERIFY2(nothing.value(name).isNull(), qPrintable(name));
    }

    void seriesAndGroupsSurvive()
    {
        ports::DeliverySeries series;
        series.stepSeconds = 3600;
        series.cohorts = {{at("2026-06-01T12:00:00Z"), counts()}, {at("2026-06-01T13:00:00Z"), {}}};
        series.events = {
            {at("2026-06-01T12:00:00Z"), {{QStringLiteral("delivered"), 3}, {QStringLiteral("invalid"), beyondDouble}}},
            {at("2026-06-01T13:00:00Z"), {}}};
        QCOMPARE(wire::decodeDeliverySeries(wire::encodeDeliverySeries(series)).value(), series);
        const QList<ports::DeliveryGroup> groups{
            {QStringLiteral("digest.weekly"), QStringLiteral("example.com"), counts()}, {{}, {}, {}}};
        QCOMPARE(wire::decodeDeliveryGroups(wire::encodeDeliveryGroups(groups)).value(), groups);
    }

    void messagesSurvive()
    {
        ports::MessageRow bare;
        bare.id = QStringLiteral("m2");
        bare.sentAt = at("2026-06-01T12:00:00Z");
        bare.ledgerClass = QStringLiteral("intended");
        const ports::Page<ports::MessageRow> page{{fullMessage(), bare}, QStringLiteral("next"), {}};
        QCOMPARE(wire::decodeMessagePage(wire::encodeMessagePage(page)).value(), page);
        ports::MessageDetail detail;
        detail.row = fullMessage();
        detail.timeline = {{QStringLiteral("intended"), detail.row.sentAt, detail.row.sentAt, {}, false, {}},
                           {QStringLiteral("hard_bounce"), detail.row.sentAt, detail.row.sentAt.addSecs(1),
                            QStringLiteral("550"), true, domain::WebhookId::random()}};
        detail.suppression = suppression();
        detail.lastSendToSame = detail.row.sentAt;
        detail.resendable = true;
        QCOMPARE(wire::decodeMessageDetail(wire::encodeMessageDetail(detail)).value(), detail);
        detail.suppression.reset();
        detail.lastSendToSame.reset();
        QCOMPARE(wire::decodeMessageDetail(wire::encodeMessageDetail(detail)).value(), detail);
    }

    void theRestOfMailSurvives()
    {
        ports::Suppression forEver = suppression();
        forEver.until.reset();
        forEver.team.reset();
        const ports::Page<ports::Suppression> page{{suppression(), forEver}, {}, {}};
        QCOMPARE(wire::decodeSuppressionPage(wire::encodeSuppressionPage(page)).value(), page);
        ports::EmailHealth health;
        health.asOf = at("2026-06-01T12:00:00Z");
        QCOMPARE(wire::decodeEmailHealth(wire::encodeEmailHealth(health)).value(), health);
        health.lastEventAt = health.forwarderAt = health.cursorAt = health.oldestWaiting = health.asOf;
        health.oldestParked = health.lastRefusalAt = health.repairAt = health.asOf.addSecs(-1);
        health.forwarderResult = QStringLiteral("ok");
        health.waiting = 1;
        health.parked = 2;
        health.refusals24h = 3;
        health.repairRecovered = 4;
        health.repairRunning = true;
        QCOMPARE(wire::decodeEmailHealth(wire::encodeEmailHealth(health)).value(), health);
        const QList<ports::EmailTemplate> templates{{QStringLiteral("digest.weekly"), QStringLiteral("Your Wöche")}};
        QCOMPARE(wire::decodeTemplates(wire::encodeTemplates(templates)).value(), templates);
        const ports::EmailPreview preview{QStringLiteral("digest.weekly"), QStringLiteral("S"),
                                          QStringLiteral("<b>&amp;</b>"), QStringLiteral("text\n")};
        QCOMPARE(wire::decodePreview(wire::encodePreview(preview)).value(), preview);
    }

    void requestsSurvive()
    {
        const auto lift = wire::decodeLift(wire::encodeLift({QStringLiteral("a@b.c"), QStringLiteral("why")}));
        QCOMPARE(lift->email, QStringLiteral("a@b.c"));
        QCOMPARE(lift->reason, QStringLiteral("why"));
        QVERIFY(wire::decodeLift("{}")->email.isEmpty());
        const auto resend =
            wire::decodeResend(QStringLiteral("m1"), wire::encodeResend({{}, QStringLiteral("r"), true}));
        QCOMPARE(resend->message, QStringLiteral("m1"));
        QCOMPARE(resend->reason, QStringLiteral("r"));
        QVERIFY(resend->evenIfRecent);
        QVERIFY(!wire::decodeResend(QStringLiteral("m1"), "{}")->evenIfRecent);
        QCOMPARE(wire::decodeResend(QStringLiteral("m1"), R"({"even_if_recent":"yes"})").error().key,
                 QStringLiteral("invalid_body"));
        QCOMPARE(wire::decodeResent(wire::encodeResent(QStringLiteral("m2"))).value(), QStringLiteral("m2"));
        // Dry unless it says otherwise.
        for (const char *body : {"", "{}", R"({"dry_run":true})", R"({"dry_run":null})"})
            QVERIFY2(wire::decodeReplayRequest(body).value(), body);
        QVERIFY(!wire::decodeReplayRequest(wire::encodeReplayRequest(false)).value());
        QCOMPARE(wire::decodeReplayRequest(R"({"dry_run":0})").error().key, QStringLiteral("invalid_body"));
    }

    void webhooksSurvive()
    {
        const ports::WebhookDetail detail = fullWebhook();
        const QByteArray body = wire::encodeWebhookDetail(detail);
        QVERIFY(body.isValidUtf8());
        QCOMPARE(wire::decodeWebhookDetail(body).value(), detail);
        const ports::Page<ports::WebhookRow> page{{detail.row, ports::WebhookRow{}}, QStringLiteral("n"), {}};
        const QByteArray encoded = wire::encodeWebhookPage(page);
        QVERIFY(!wire::decodeWebhookPage(encoded)); // the second one has no time
        const ports::Page<ports::WebhookRow> good{{detail.row}, {}, {}};
        QCOMPARE(wire::decodeWebhookPage(wire::encodeWebhookPage(good)).value(), good);
        const ports::WebhookReplay replay{detail.effects, ports::WebhookOutcome::Applied, false};
        QCOMPARE(wire::decodeReplay(wire::encodeReplay(replay)).value(), replay);
        ports::WebhookReceiver receiver;
        receiver.provider = QStringLiteral("ses");
        receiver.lastAt = detail.row.receivedAt;
        receiver.received24h = 1;
        receiver.failed24h = 2;
        receiver.unmatched24h = 3;
        receiver.duplicates24h = 4;
        receiver.refused24h = 5;
        receiver.currentSecret24h = 6;
        receiver.previousSecret24h = 7;
        receiver.p99ProcessingUs = 8;
        ports::WebhookReceiver silent;
        silent.provider = QStringLiteral("brevo");
        const QList<ports::WebhookReceiver> receivers{receiver, silent};
        QCOMPARE(wire::decodeReceivers(wire::encodeReceivers(receivers)).value(), receivers);
    }

    void bodiesMayBeLargerThanATextMay()
    {
        ports::WebhookDetail detail = fullWebhook();
        detail.body = QByteArray(2 * 1024 * 1024, '\xfe');
        QCOMPARE(wire::decodeWebhookDetail(wire::encodeWebhookDetail(detail)).value().body, detail.body);
    }

    void wrongMembersAreNamed_data()
    {
        QTest::addColumn<QString>("member");
        QTest::addColumn<QJsonValue>("value");
        QTest::newRow("outcome") << QStringLiteral("outcome") << QJsonValue(QStringLiteral("eaten"));
        QTest::newRow("signature") << QStringLiteral("signature") << QJsonValue(QStringLiteral("forged"));
        QTest::newRow("base64") << QStringLiteral("body_base64") << QJsonValue(QStringLiteral("%%%"));
        QTest::newRow("body is no text") << QStringLiteral("body_base64") << QJsonValue(7);
        QTest::newRow("time") << QStringLiteral("received_at") << QJsonValue(QStringLiteral("yesterday"));
        QTest::newRow("id") << QStringLiteral("id") << QJsonValue(QStringLiteral("7"));
    }
    void wrongMembersAreNamed()
    {
        QFETCH(QString, member);
        QFETCH(QJsonValue, value);
        QJsonObject body = parsed(wire::encodeWebhookDetail(fullWebhook()));
        QJsonObject webhook = body.value(QLatin1StringView("webhook")).toObject();
        webhook.insert(member, value);
        body.insert(QStringLiteral("webhook"), webhook);
        const auto decoded = wire::decodeWebhookDetail(QJsonDocument(body).toJson());
        QVERIFY(!decoded);
        QVERIFY2(decoded.error().fields.contains(QStringLiteral("webhook.") + member),
                 qPrintable(decoded.error().detail));
    }

    void queriesSurvive()
    {
        const ports::MessageFilter filter = fullFilter();
        QCOMPARE(wire::decodeMessageFilter(wire::encodeMessageFilter(filter)).value(), filter);
        QCOMPARE(wire::decodeMessageFilter({}).value(), ports::MessageFilter{});
        const ports::MessageQuery query{filter, 7, QStringLiteral("c")};
        QCOMPARE(wire::decodeMessageQuery(wire::encodeMessageQuery(query)).value(), query);
        QCOMPARE(wire::decodeMessageQuery({}).value(), ports::MessageQuery{});
        for (const auto dimension : {ports::DeliveryDimension::Template, ports::DeliveryDimension::Domain,
                                     ports::DeliveryDimension::Provider, ports::DeliveryDimension::TemplateAndDomain}) {
            const wire::GroupQuery groups{filter, dimension, 200};
            QCOMPARE(wire::decodeGroupQuery(wire::encodeGroupQuery(groups)).value(), groups);
        }
        const ports::SuppressionQuery suppressed{QStringLiteral("a&b"), 3, QStringLiteral("c")};
        QCOMPARE(wire::decodeSuppressionQuery(wire::encodeSuppressionQuery(suppressed)).value(), suppressed);
        const auto wanted =
            wire::decodeMessageExport(wire::encodeMessageExport({filter, ports::ExportFormat::JsonLines, true}));
        QVERIFY(wanted.ok() && wanted->filter == filter && wanted->format == ports::ExportFormat::JsonLines);
        QVERIFY(wanted->sealed && !wire::decodeMessageExport({})->sealed);
    }

    void webhookQueriesSurvive()
    {
        ports::WebhookQuery query;
        query.limit = 9;
        query.cursor = QStringLiteral("c");
        ports::WebhookFilter &filter = query.filter;
        filter.providers = {QStringLiteral("brevo"), QStringLiteral("ses")};
        filter.eventTypes = {QStringLiteral("delivered")};
        filter.outcomes = {QStringLiteral("failed")};
        filter.team = domain::TeamId::random();
        filter.from = at("2026-06-01T00:00:00Z");
        filter.until = at("2026-06-02T00:00:00Z");
        filter.payload = QStringLiteral("payload.message-id:<a@b>");
        for (const auto signature : {ports::SignatureVerdict::Current, ports::SignatureVerdict::Previous}) {
            filter.signature = signature;
            filter.duplicate = signature == ports::SignatureVerdict::Current;
            QCOMPARE(wire::decodeWebhookQuery(wire::encodeWebhookQuery(query)).value(), query);
        }
        QCOMPARE(wire::decodeWebhookQuery({}).value(), ports::WebhookQuery{});
    }

    void badQueriesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("list");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("key");
        const auto row = [](const char *list, const char *name, const char *value, const char *key) {
            QTest::addRow("%s %s=%s", list, name, value)
                << QByteArray(list) << QByteArray(name) << QByteArray(value) << QString::fromLatin1(key);
        };
        row("messages", "outcomes", "hard", "unknown_parameter");
        row("messages", "sort_by", "reason", "unknown_parameter");
        row("messages", "limit", "many", "invalid_limit");
        row("messages", "from", "yesterday", "invalid_time");
        row("messages", "team_id", "7", "invalid_team_id");
        row("messages", "repaired", "yes", "invalid_value");
        row("figures", "limit", "5", "unknown_parameter");
        row("groups", "by", "colour", "invalid_dimension");
        row("groups", "cursor", "c", "unknown_parameter");
        row("export", "format", "xlsx", "invalid_format");
        row("suppressions", "email", "a@b.c", "unknown_parameter");
        row("webhooks", "signature", "forged", "invalid_value");
        row("webhooks", "duplicate", "maybe", "invalid_value");
        row("webhooks", "to", "a@b.c", "unknown_parameter");
    }
    void badQueriesAreRefused()
    {
        QFETCH(QByteArray, list);
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        QFETCH(QString, key);
        const wire::QueryItems items{{name, value}};
        std::optional<domain::Error> error;
        const auto keep = [&error](const auto &result) {
            if (!result)
                error = result.error();
        };
        if (list == "messages")
            keep(wire::decodeMessageQuery(items));
        else if (list == "figures")
            keep(wire::decodeMessageFilter(items));
        else if (list == "groups")
            keep(wire::decodeGroupQuery(items));
        else if (list == "export")
            keep(wire::decodeMessageExport(items));
        else if (list == "suppressions")
            keep(wire::decodeSuppressionQuery(items));
        else
            keep(wire::decodeWebhookQuery(items));
        QVERIFY(error.has_value());
        QCOMPARE(error->key, key);
        QVERIFY(error->fields.contains(QString::fromLatin1(name)));
    }
};

REGISTER_SUITE(email_codecs, TstEmailCodecs)
#include "tst_email_codecs.moc"
