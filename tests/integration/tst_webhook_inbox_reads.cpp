#include "services/storage/webhook_inbox_repository.h"
#include "tests/support/mail_rows.h"
#include "tests/support/seed.h"
#include "tests/support/temp_database.h"
#include "tests/support/test_main.h"

#include <QTest>

using domain::WebhookId;
using ports::WebhookFilter;
using ports::WebhookOutcome;
using ports::WebhookQuery;
using ports::WebhookRow;
using storage::Connection;
using storage::Engine;
using storage::SqlWebhookInboxRepository;
using storage::toSqlTime;
using test::InboxRow;
using test::TempDatabase;

namespace {

const QDateTime now = test::seedNow();

void write(Connection &c, const QList<InboxRow> &rows, const QList<test::MailRow> &messages = {},
           const QList<test::MailEvent> &events = {})
{
    test::MailRowWriter writer(c);
    for (const InboxRow &row : rows)
        writer.add(row);
    for (const test::MailRow &row : messages)
        writer.add(row);
    for (const test::MailEvent &event : events)
        writer.add(event);
    writer.flush();
}

/// The number of a row is its object id and its age in minutes.
InboxRow row(int number, const QByteArray &body = QByteArrayLiteral("{}"))
{
    InboxRow r;
    r.id = WebhookId(test::uuid(quint32(number)));
    r.objectId = QString::number(number);
    r.receivedAt = now.addSecs(-60 * number);
    r.body = body;
    return r;
}

/// The numbers that the filter lets through, newest first; or the error's key.
QString found(Connection &c, const WebhookFilter &filter)
{
    const auto page = SqlWebhookInboxRepository(c).list({filter, 500, {}});
    if (!page)
        return page.error().key;
    QStringList numbers;
    for (const WebhookRow &r : page->rows)
        numbers << r.objectId;
    return numbers.join(QLatin1Char(' '));
}

QString payload(Connection &c, const QString &text)
{
    WebhookFilter filter;
    filter.payload = text;
    return found(c, filter);
}

} // namespace

class TstWebhookInboxReads : public QObject {
    Q_OBJECT
private slots:
    void filters_data() { test::addEngineRows(); }
    void filters()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        const domain::TeamId team = test::teamId(1);
        QVERIFY(c->execute(QStringLiteral("INSERT INTO teams (id, name) VALUES (?, 'Acme')"), {team.toString()}).ok());
        QList<InboxRow> rows{row(1), row(2), row(3), row(4), row(5)};
        rows[0].provider = QStringLiteral("ses");
        rows[1].eventType = QStringLiteral("hard_bounce");
        rows[1].signature = QStringLiteral("previous");
        rows[2].outcome = QStringLiteral("unmatched");
        rows[2].duplicateOf = rows[4].id;
        rows[3].outcome = QStringLiteral("failed");
        rows[3].team = team;
        write(*c, rows);
        const auto with = [&c](auto change) {
            WebhookFilter filter;
            change(filter);
            return found(*c, filter);
        };
        QCOMPARE(with([](WebhookFilter &) {}), QStringLiteral("1 2 3 4 5"));
        QCOMPARE(with([](WebhookFilter &f) { f.providers = {QStringLiteral("ses")}; }), QStringLiteral("1"));
        QCOMPARE(with([](WebhookFilter &f) {
                     f.providers = {QStringLiteral("ses"), QStringLiteral("brevo")};
                 }),
                 QStringLiteral("1 2 3 4 5"));
        QCOMPARE(with([](WebhookFilter &f) { f.eventTypes = {QStringLiteral("hard_bounce")}; }), QStringLiteral("2"));
        QCOMPARE(with([](WebhookFilter &f) {
                     f.outcomes = {QStringLiteral("failed"), QStringLiteral("unmatched")};
                 }),
                 QStringLiteral("3 4"));
        QCOMPARE(with([](WebhookFilter &f) { f.signature = ports::SignatureVerdict::Previous; }), QStringLiteral("2"));
        QCOMPARE(with([](WebhookFilter &f) { f.duplicate = true; }), QStringLiteral("3"));
        QCOMPARE(with([](WebhookFilter &f) { f.duplicate = false; }), QStringLiteral("1 2 4 5"));
        QCOMPARE(with([team](WebhookFilter &f) { f.team = team; }), QStringLiteral("4"));
        QCOMPARE(with([](WebhookFilter &f) {
                     f.from = now.addSecs(-60 * 4);
                     f.until = now.addSecs(-60 * 2);
                 }),
                 QStringLiteral("3 4"));
    }

    void pages_data() { test::addEngineRows(); }
    void pages()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        QList<InboxRow> rows;
        for (int i = 1; i <= 60; ++i) {
            rows << row(i);
            rows.last().receivedAt = now.addSecs(-(i / 20));
        }
        write(*c, rows);
        SqlWebhookInboxRepository repository(*c);
        const QString whole = found(*c, {});
        QCOMPARE(whole.count(QLatin1Char(' ')), 59);
        for (const int limit : {1, 7, 59, 60}) {
            QStringList seen;
            WebhookQuery query{{}, limit, {}};
            do {
                const auto page = repository.list(query);
                QVERIFY(page.ok());
                QVERIFY(page->rows.size() <= limit);
                for (const WebhookRow &r : page->rows)
                    seen << r.objectId;
                query.cursor = page->next;
            } while (!query.cursor.isEmpty());
            QCOMPARE(seen.join(QLatin1Char(' ')), whole);
        }
        WebhookQuery other{{}, 5, {}};
        other.cursor = repository.list(other)->next;
        other.filter.duplicate = false;
        QCOMPARE(repository.list(other).error().key, QStringLiteral("invalid_cursor"));
    }

    void payloadText_data() { test::addEngineRows(); }
    void payloadText()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        write(*c, {row(1, R"({"subject": "Grüße 100%"})"), row(2, R"({"subject": "under_score \\"})"),
                   row(3, QByteArray("\xff\xfe not UTF-8 but Findable")), row(4, QByteArray("nul\0byte", 8)),
                   row(5, QByteArray())});
        QCOMPARE(payload(*c, QStringLiteral("GRÜSSE")), QString());
        QCOMPARE(payload(*c, QStringLiteral("GRÜ")), QStringLiteral("1"));
        QCOMPARE(payload(*c, QStringLiteral("0%")), QStringLiteral("1"));
        QCOMPARE(payload(*c, QStringLiteral("r_S")), QStringLiteral("2"));
        QCOMPARE(payload(*c, QStringLiteral("%")), QStringLiteral("1"));
        QCOMPARE(payload(*c, QStringLiteral("findable")), QStringLiteral("3"));
        QCOMPARE(payload(*c, QStringLiteral("nul")), QStringLiteral("4"));
    }

    void payloadPaths_data() { test::addEngineRows(); }
    void payloadPaths()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        QByteArray deep;
        for (int i = 0; i < 5000; ++i)
            deep += "[";
        write(
            *c,
            {row(1,
                 R"({"event": "hard_bounce", "a": {"b": "x:y"}, "tags": ["one", "two"], "id": 12345678901234567890})"),
             row(2, R"([{"event": "delivered", "id": 7, "ok": true, "share": 1.50}, {"event": "opened"}])"),
             row(3, R"({"event": {"b": "hard_bounce"}, "id": null, "message-id": "<m@relay>"})"),
             row(4, R"({"event": "hard_bounce")"), row(5, QByteArray("\xc3\x28")), row(6, R"("event")"),
             row(7, R"({"event": "has\u0000nul"})"), row(8, deep), row(9, QByteArray()), row(10, "[]")});
        QCOMPARE(payload(*c, QStringLiteral("payload.event:hard_bounce")), QStringLiteral("1"));
        QCOMPARE(payload(*c, QStringLiteral("payload.event:delivered")), QStringLiteral("2"));
        QCOMPARE(payload(*c, QStringLiteral("payload.event:opened")), QString());
        QCOMPARE(payload(*c, QStringLiteral("payload.event:HARD_BOUNCE")), QString());
        QCOMPARE(payload(*c, QStringLiteral("payload.event:hard")), QString());
        QCOMPARE(payload(*c, QStringLiteral("payload.a.b:x:y")), QStringLiteral("1"));
        QCOMPARE(payload(*c, QStringLiteral("payload.event.b:hard_bounce")), QStringLiteral("3"));
        QCOMPARE(payload(*c, QStringLiteral("payload.id:7")), QStringLiteral("2"));
        QCOMPARE(payload(*c, QStringLiteral("payload.id:12345678901234567890")), QStringLiteral("1"));
        QCOMPARE(payload(*c, QStringLiteral("payload.id:null")), QString());
        QCOMPARE(payload(*c, QStringLiteral("payload.ok:true")), QStringLiteral("2"));
        QCOMPARE(payload(*c, QStringLiteral("payload.ok:1")), QString());
        QCOMPARE(payload(*c, QStringLiteral("payload.share:1.50")), QStringLiteral("2"));
        QCOMPARE(payload(*c, QStringLiteral("payload.tags.1:two")), QStringLiteral("1"));
        QCOMPARE(payload(*c, QStringLiteral("payload.message-id:<m@relay>")), QStringLiteral("3"));
        QCOMPARE(payload(*c, QStringLiteral("payload.tags:one")), QString());
        for (const char *wrong : {"payload.", "payload.event", "payload.event:", "payload.:x", "payload.a..b:x",
                                  "payload.a':x", "payload.a\"b:x", "payload.a b:x", "payload.a[0]:x", "payload.$:x"})
            QCOMPARE(payload(*c, QString::fromLatin1(wrong)), QStringLiteral("invalid_payload_filter"));
    }

    void details_data() { test::addEngineRows(); }
    void details()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        const domain::TeamId team = test::teamId(1);
        QVERIFY(c->execute(QStringLiteral("INSERT INTO teams (id, name) VALUES (?, 'Acme')"), {team.toString()}).ok());
        InboxRow r = row(1, QByteArray("{\"a\":\xff\0}", 8));
        r.provider = QStringLiteral("brevo");
        r.eventType = QStringLiteral("delivered");
        r.eventCount = 3;
        r.matched = 2;
        r.changed = 1;
        r.team = team;
        r.signature = QStringLiteral("previous");
        r.duplicateOf = WebhookId(test::uuid(9));
        r.outcome = QStringLiteral("failed");
        r.error = QStringLiteral("db_failed");
        r.requestId = QStringLiteral("req-1");
        r.processingUs = 1234;
        r.replays = 2;
        r.lastReplayedAt = now;
        r.headers = QStringLiteral(R"([["Content-Type", "application/json"], ["X", "[redacted]"]])");
        r.effects =
            QStringLiteral(R"([{"object": "message m", "field": "classification", "before": "a", "after": "b"}])");
        const QDateTime at = now.addDays(-1);
        write(*c, {r, row(2)},
              {test::acceptedMail(QStringLiteral("m2"), at), test::acceptedMail(QStringLiteral("m1"), at)},
              {{QStringLiteral("m2"), domain::DeliveryEvent::Delivered, at, QStringLiteral("brevo"), {}, r.id},
               {QStringLiteral("m2"), domain::DeliveryEvent::Opened, at, QStringLiteral("brevo"), {}, r.id},
               {QStringLiteral("m1"), domain::DeliveryEvent::Opened, at, QStringLiteral("brevo"), {}, r.id},
               {QString(), domain::DeliveryEvent::Opened, at, QStringLiteral("brevo"), {}, r.id}});
        SqlWebhookInboxRepository repository(*c);
        const auto detail = repository.detail(r.id);
        QVERIFY(detail.ok());
        ports::WebhookDetail wanted;
        wanted.row.id = r.id;
        wanted.row.provider = QStringLiteral("brevo");
        wanted.row.receivedAt = r.receivedAt;
        wanted.row.eventType = QStringLiteral("delivered");
        wanted.row.eventCount = 3;
        wanted.row.objectId = QStringLiteral("1");
        wanted.row.team = team;
        wanted.row.teamName = QStringLiteral("Acme");
        wanted.row.signature = ports::SignatureVerdict::Previous;
        wanted.row.duplicateOf = r.duplicateOf;
        wanted.row.outcome = WebhookOutcome::Failed;
        wanted.row.matched = 2;
        wanted.row.changed = 1;
        wanted.row.processingUs = 1234;
        wanted.row.bodyBytes = 8;
        wanted.row.replays = 2;
        wanted.body = r.body;
        wanted.headers = {{QStringLiteral("Content-Type"), QStringLiteral("application/json")},
                          {QStringLiteral("X"), QStringLiteral("[redacted]")}};
        wanted.error = QStringLiteral("db_failed");
        wanted.effects = {
            {QStringLiteral("message m"), QStringLiteral("classification"), QStringLiteral("a"), QStringLiteral("b")}};
        wanted.messages = QStringList{QStringLiteral("m1"), QStringLiteral("m2")};
        wanted.lastReplayedAt = now;
        wanted.requestId = QStringLiteral("req-1");
        QCOMPARE(detail->body, wanted.body);
        QCOMPARE(detail->messages, wanted.messages);
        QVERIFY(*detail == wanted);
        QVERIFY(repository.list({})->rows.at(0) == wanted.row);
        QVERIFY(repository.detail(WebhookId(test::uuid(2)))->effects.isEmpty());
        const auto nobody = repository.detail(WebhookId(test::uuid(3)));
        QCOMPARE(nobody.error().key, QStringLiteral("webhook_not_found"));
        QCOMPARE(nobody.error().code, domain::ErrorCode::NotFound);
    }

    void receivers_data() { test::addEngineRows(); }
    void receivers()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        SqlWebhookInboxRepository repository(*c);
        QVERIFY(repository.receivers(now)->isEmpty());
        QList<InboxRow> rows;
        for (int i = 1; i <= 200; ++i) {
            rows << row(i);
            rows.last().processingUs = i * 10;
        }
        rows[0].outcome = QStringLiteral("failed");
        rows[1].outcome = QStringLiteral("unparseable");
        rows[2].outcome = QStringLiteral("unmatched");
        rows[3].signature = QStringLiteral("previous");
        rows[4].duplicateOf = rows[5].id;
        InboxRow old = row(2000);
        old.provider = QStringLiteral("ses");
        old.processingUs = 99'999;
        rows << old;
        write(*c, rows);
        const QString refusal =
            QStringLiteral("INSERT INTO webhook_refusals (provider, first_at, last_at, count) VALUES (?, ?, ?, ?)");
        const QString recent = toSqlTime(now.addSecs(-60)), past = toSqlTime(now.addDays(-2));
        QVERIFY(c->execute(refusal, {QStringLiteral("brevo"), past, recent, 4}).ok());
        QVERIFY(c->execute(refusal, {QStringLiteral("brevo"), past, past, 100}).ok());
        QVERIFY(c->execute(refusal, {QStringLiteral("razorpay"), past, recent, 2}).ok());
        const auto read = repository.receivers(now);
        QVERIFY2(read.ok(), read ? "" : qPrintable(read.error().detail));
        ports::WebhookReceiver brevo;
        brevo.provider = QStringLiteral("brevo");
        brevo.lastAt = rows.at(0).receivedAt;
        brevo.received24h = 200;
        brevo.failed24h = 2;
        brevo.unmatched24h = 1;
        brevo.duplicates24h = 1;
        brevo.refused24h = 4;
        brevo.currentSecret24h = 199;
        brevo.previousSecret24h = 1;
        brevo.p99ProcessingUs = 1980;
        ports::WebhookReceiver razorpay;
        razorpay.provider = QStringLiteral("razorpay");
        razorpay.refused24h = 2;
        ports::WebhookReceiver ses;
        ses.provider = QStringLiteral("ses");
        ses.lastAt = old.receivedAt;
        QVERIFY(*read == (QList<ports::WebhookReceiver>{brevo, razorpay, ses}));
    }
};

REGISTER_SUITE(webhook_inbox_reads, TstWebhookInboxReads)
#include "tst_webhook_inbox_reads.moc"
