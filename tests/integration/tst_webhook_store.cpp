#include "services/security/tokens.h"
#include "services/storage/stored_json.h"
#include "services/storage/webhook_inbox_repository.h"
#include "tests/integration/mail_storage.h"
#include "tests/support/temp_database.h"
#include "tests/support/test_main.h"

#include <QTest>

using domain::WebhookId;
using ports::WebhookOutcome;
using storage::Connection;
using storage::Engine;
using test::after;
using test::failure;
using test::rowOf;
using test::rowsOf;
using test::TempDatabase;
using usecases::InboxEntry;

namespace {

QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}

InboxEntry entry(quint32 number, const QByteArray &body, qint64 second = 0)
{
    InboxEntry one;
    one.id = WebhookId(test::uuid(number));
    one.provider = text("brevo");
    one.receivedAt = after(second);
    one.headers = {{text("content-type"), text("application/json")}, {text("x"), text("1")}, {text("x"), text("2")}};
    one.body = body;
    one.eventType = text("delivered");
    one.eventCount = 1;
    one.processingUs = 5200;
    return one;
}

struct Inbox {
    explicit Inbox(Engine engine) : database(engine), connection(database.connect()), rows(*connection) {}
    QString row(quint32 number, const char *columns, int count)
    {
        return rowOf(*connection, QStringLiteral("SELECT %1 FROM webhook_inbox WHERE id = ?").arg(text(columns)), count,
                     {test::idText(number)});
    }
    QByteArray bytes(quint32 number, const char *column)
    {
        QByteArray found("missing");
        const auto read =
            connection->select(QStringLiteral("SELECT %1 FROM webhook_inbox WHERE id = ?").arg(text(column)),
                               {test::idText(number)}, [&found](const storage::Row &row) {
                                   found = row.bytes(0);
                                   return false;
                               });
        return read ? found : QByteArray("error");
    }
    QStringList ids() { return rowsOf(*connection, text("SELECT id FROM webhook_inbox ORDER BY id")); }

    TempDatabase database;
    std::unique_ptr<Connection> connection;
    storage::SqlWebhookInboxRepository rows;
};

} // namespace

class TstWebhookStore : public QObject {
    Q_OBJECT
private slots:
    void keptByteForByte_data() { test::addEngineRows(); }
    void keptByteForByte()
    {
        QFETCH(Engine, engine);
        Inbox inbox(engine);
        QByteArray every;
        for (int i = 0; i < 256; ++i)
            every.append(char(i));
        every += "\\x41'; DROP TABLE webhook_inbox; --";
        const QByteArray large(700 * 1024, '\'');
        QCOMPARE(
            failure(inbox.rows.insert({entry(1, every), entry(2, QByteArray()), entry(3, large), entry(4, "\\x41")})),
            QString());
        QCOMPARE(inbox.bytes(1, "body"), every);
        QCOMPARE(inbox.bytes(2, "body"), QByteArray());
        QCOMPARE(inbox.bytes(3, "body"), large);
        QCOMPARE(inbox.bytes(4, "body"), QByteArray("\\x41"));
        QCOMPARE(inbox.row(1, "body_sha256", 1), QString::fromLatin1(security::sha256Hex(every)));
        // The same row again is the same row.
        QCOMPARE(failure(inbox.rows.insert({entry(1, "other")})), QString());
        QCOMPARE(inbox.bytes(1, "body"), every);
    }

    void everythingElseIsKept_data() { test::addEngineRows(); }
    void everythingElseIsKept()
    {
        QFETCH(Engine, engine);
        Inbox inbox(engine);
        QVERIFY(test::addTeam(*inbox.connection, 1).ok());
        const QString nul = QString(QChar(u'\0'));
        InboxEntry one = entry(1, "{}");
        one.signature = ports::SignatureVerdict::Previous;
        one.eventCount = 12;
        one.matched = 7;
        one.changed = 3;
        one.outcome = WebhookOutcome::Failed;
        one.team = test::teamId(1);
        one.duplicateOf = WebhookId(test::uuid(9));
        one.objectId = one.error = one.requestId = nul + text("x");
        one.headers.append({text("bad") + nul, nul});
        one.effects = {{text("message a"), text("classification"), text("success"), text("delivered") + nul}};
        InboxEntry gone = entry(2, "{}");
        gone.team = test::teamId(2);
        QCOMPARE(failure(inbox.rows.insert({one, gone})), QString());
        QCOMPARE(inbox.row(1,
                           "provider, signature, event_type, event_count, matched, changed, outcome, processing_us, "
                           "replays, last_replayed_at",
                           10),
                 text("brevo|previous|delivered|12|7|3|failed|5200|0|-"));
        QCOMPARE(inbox.row(1, "team_id, duplicate_of", 2), test::idText(1) + QLatin1Char('|') + test::idText(9));
        QCOMPARE(inbox.row(2, "team_id, duplicate_of", 2), text("-|-"));
        QCOMPARE(inbox.row(1, "object_id, error, request_id", 3), QStringLiteral("\uFFFDx|\uFFFDx|\uFFFDx"));
        auto headers = one.headers;
        headers.last() = {QStringLiteral("bad\uFFFD"), QStringLiteral("\uFFFD")};
        QCOMPARE(storage::headersOf(inbox.bytes(1, "CAST(headers AS text)")), headers);
        auto effects = one.effects;
        effects.first().after = QStringLiteral("delivered\uFFFD");
        QCOMPARE(storage::effectsOf(inbox.bytes(1, "CAST(effects AS text)")), effects);
    }

    void aGroupIsFewStatements_data() { test::addEngineRows(); }
    void aGroupIsFewStatements()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        int statements = 0;
        auto opened = Connection::open(test::counted(database.config(), statements));
        QVERIFY(opened.ok());
        storage::SqlWebhookInboxRepository rows(**opened);
        QList<InboxEntry> group;
        for (quint32 i = 0; i < 256; ++i)
            group.append(entry(i, QByteArray::number(i)));
        statements = 0;
        QVERIFY(rows.insert(group).ok());
        QCOMPARE(statements, 1);
        QCOMPARE(rowOf(**opened, text("SELECT count(*) FROM webhook_inbox")), text("256"));
    }

    void oldestOfTheSameBytes_data() { test::addEngineRows(); }
    void oldestOfTheSameBytes()
    {
        QFETCH(Engine, engine);
        Inbox inbox(engine);
        QVERIFY(inbox.rows.insert({entry(1, "a", -900), entry(2, "a", 10), entry(3, "a", 20), entry(4, "b", 5)}).ok());
        const QByteArray a = security::sha256Hex("a"), b = security::sha256Hex("b"), c = security::sha256Hex("c");
        const auto found = inbox.rows.sameBodies({a, b, c, a}, after(0));
        QCOMPARE(failure(found), QString());
        QCOMPARE(*found, (QHash<QByteArray, WebhookId>{{a, WebhookId(test::uuid(2))}, {b, WebhookId(test::uuid(4))}}));
        QCOMPARE(inbox.rows.sameBodies({a}, after(-1000))->value(a), WebhookId(test::uuid(1)));
        QVERIFY(inbox.rows.sameBodies({}, after(0))->isEmpty());
    }

    void replaysAreCounted_data() { test::addEngineRows(); }
    void replaysAreCounted()
    {
        QFETCH(Engine, engine);
        Inbox inbox(engine);
        InboxEntry failed = entry(1, "{}");
        failed.outcome = WebhookOutcome::Failed;
        failed.error = text("db_failed");
        QVERIFY(inbox.rows.insert({failed, entry(2, "{}")}).ok());
        const QList<ports::WebhookEffect> effects{{text("message a"), text("outcome"), text("none"), text("hard")}};
        const WebhookId id(test::uuid(1));
        QCOMPARE(failure(inbox.rows.markReplayed(id, WebhookOutcome::Applied, effects, after(50))), QString());
        QCOMPARE(inbox.row(1, "outcome, error, replays", 3), text("applied||1"));
        QCOMPARE(storage::effectsOf(inbox.bytes(1, "CAST(effects AS text)")), effects);
        // The second finds nothing to do; what the first did stays on record.
        QVERIFY(inbox.rows.markReplayed(id, WebhookOutcome::NoChange, {}, after(60)).ok());
        QCOMPARE(inbox.row(1, "outcome, replays", 2), text("applied|2"));
        QCOMPARE(storage::effectsOf(inbox.bytes(1, "CAST(effects AS text)")), effects);
        QCOMPARE(
            rowOf(*inbox.connection, QStringLiteral("SELECT count(*) FROM webhook_inbox WHERE last_replayed_at = '%1'")
                                         .arg(storage::toSqlTime(after(60)))),
            text("1"));
        QCOMPARE(inbox.row(2, "replays, last_replayed_at", 2), text("0|-"));
        QCOMPARE(inbox.rows.markReplayed(WebhookId(test::uuid(77)), WebhookOutcome::Applied, {}, after(1)).error().key,
                 text("webhook_not_found"));
    }

    void anIdleReplayOfAFailureIsNoFailureAnyMore_data() { test::addEngineRows(); }
    void anIdleReplayOfAFailureIsNoFailureAnyMore()
    {
        QFETCH(Engine, engine);
        Inbox inbox(engine);
        InboxEntry failed = entry(1, "{}");
        failed.outcome = WebhookOutcome::Failed;
        QVERIFY(inbox.rows.insert({failed}).ok());
        QVERIFY(inbox.rows.markReplayed(failed.id, WebhookOutcome::NoChange, {}, after(1)).ok());
        QCOMPARE(inbox.row(1, "outcome", 1), text("no_change"));
    }

    void retentionRemovesTheOldest_data() { test::addEngineRows(); }
    void retentionRemovesTheOldest()
    {
        QFETCH(Engine, engine);
        Inbox inbox(engine);
        QList<InboxEntry> entries;
        for (quint32 i = 1; i <= 9; ++i)
            entries.append(entry(i, "x", i));
        QVERIFY(inbox.rows.insert(entries).ok());
        QCOMPARE(*inbox.rows.removeBefore(after(4), 2), 2);
        QCOMPARE(*inbox.rows.removeBefore(after(4), 2), 1);
        QCOMPARE(*inbox.rows.removeBefore(after(4), 2), 0);
        QCOMPARE(inbox.ids().first(), test::idText(4));
        QCOMPARE(*inbox.rows.removeOverflow(6, 10), 0);
        QCOMPARE(*inbox.rows.removeOverflow(3, 2), 2);
        QCOMPARE(*inbox.rows.removeOverflow(3, 2), 1);
        QCOMPARE(*inbox.rows.removeOverflow(3, 2), 0);
        QCOMPARE(inbox.ids(), QStringList({test::idText(7), test::idText(8), test::idText(9)}));
    }

    void refusalsAreKeptPerBurst_data() { test::addEngineRows(); }
    void refusalsAreKeptPerBurst()
    {
        QFETCH(Engine, engine);
        Inbox inbox(engine);
        QVERIFY(inbox.rows
                    .insertRefusals(
                        {{text("brevo"), text("10.0.0.0/24"), after(0), after(9), 1200, domain::AuditId(test::uuid(5))},
                         {text("ses"), QString(), after(1), after(1), 1, std::nullopt}})
                    .ok());
        QVERIFY(inbox.rows.insertRefusals({}).ok());
        QCOMPARE(rowsOf(*inbox.connection,
                        text("SELECT provider, subnet, count, audit_log_id FROM webhook_refusals ORDER BY 1"), 4),
                 QStringList({text("brevo|10.0.0.0/24|1200|") + test::idText(5), text("ses||1|-")}));
    }
};

REGISTER_SUITE(webhook_store, TstWebhookStore)
#include "tst_webhook_store.moc"
