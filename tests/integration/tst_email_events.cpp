#include "services/storage/email_event_repository.h"
#include "services/storage/email_ledger_repository.h"
#include "tests/integration/mail_storage.h"
#include "tests/support/temp_database.h"
#include "tests/support/test_main.h"

#include <QTest>

using domain::DeliveryEvent;
using storage::Connection;
using storage::Engine;
using test::after;
using test::failure;
using test::rowOf;
using test::TempDatabase;
using usecases::EventRow;

namespace {

QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}

EventRow eventOf(const QString &message, DeliveryEvent kind = DeliveryEvent::Delivered, qint64 second = 0)
{
    EventRow row;
    row.provider = text("brevo");
    row.messageId = message;
    row.event = kind;
    row.at = after(second);
    row.receivedAt = after(second + 2);
    row.address = text("Alice@Example.com");
    row.reason = text("sent");
    return row;
}

struct Events {
    explicit Events(Engine engine)
        : database(engine)
        , connection(database.connect())
        , rows(*connection)
        , ledger(*connection)
    {
    }
    /// A ledger row of a message the provider took.
    bool accept(const QString &id, const QString &providerId)
    {
        return ledger.insert({test::ledgerEntry(id)}).ok() &&
               ledger.markAccepted({test::acceptance(id, providerId)}).ok();
    }
    QString count(const char *where)
    {
        return rowOf(*connection,
                     QStringLiteral("SELECT count(*) FROM email_delivery_events WHERE %1").arg(text(where)));
    }

    TempDatabase database;
    std::unique_ptr<Connection> connection;
    storage::SqlEmailEventRepository rows;
    storage::SqlEmailLedgerRepository ledger;
};

} // namespace

class TstEmailEvents : public QObject {
    Q_OBJECT
private slots:
    void aRepetitionIsTheSameRow_data() { test::addEngineRows(); }
    void aRepetitionIsTheSameRow()
    {
        QFETCH(Engine, engine);
        Events events(engine);
        const EventRow first = eventOf(text("m"));
        EventRow repeated = first;
        repeated.address = text(" alice@example.COM ");
        repeated.receivedAt = after(99);
        repeated.reason = text("again");
        const EventRow later = eventOf(text("m"), DeliveryEvent::Delivered, 1);
        const auto added = events.rows.insert({first, repeated, later});
        QCOMPARE(failure(added), QString());
        QCOMPARE(QSet<QUuid>(added->cbegin(), added->cend()), QSet<QUuid>({first.id(), later.id()}));
        const auto again = events.rows.insert({repeated, eventOf(text("n"))});
        QCOMPARE(*again, QList<QUuid>({eventOf(text("n")).id()}));
        QCOMPARE(events.count("1 = 1"), text("3"));
        QCOMPARE(rowOf(*events.connection, text("SELECT recipient, reason FROM email_delivery_events WHERE id = ?"), 2,
                       {first.id()}),
                 text("A***@Example.com|sent"));
        QVERIFY(events.rows.insert({})->isEmpty());
    }

    void aBatchIsAHandfulOfStatements_data() { test::addEngineRows(); }
    void aBatchIsAHandfulOfStatements()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        int statements = 0;
        auto opened = Connection::open(test::counted(database.config(), statements));
        QVERIFY(opened.ok());
        storage::SqlEmailEventRepository rows(**opened);
        QList<EventRow> batch;
        for (int i = 0; i < 500; ++i)
            batch.append(eventOf(QString::number(i)));
        statements = 0;
        QCOMPARE(rows.insert(batch)->size(), 500);
        QVERIFY2(statements <= 3, qPrintable(QString::number(statements)));
    }

    void badCharactersLoseNothing_data() { test::addEngineRows(); }
    void badCharactersLoseNothing()
    {
        QFETCH(Engine, engine);
        Events events(engine);
        const QString nul = QString(QChar(u'\0'));
        EventRow bad = eventOf(nul + text("m"));
        bad.address = nul;
        bad.reason = text("x") + nul;
        QCOMPARE(failure(events.rows.insert({eventOf(text("good")), bad})), QString());
        const auto parked = events.rows.parked(text("brevo"), {nul + text("m"), text("good")});
        QCOMPARE(failure(parked), QString());
        QCOMPARE(parked->size(), 2);
    }

    void parkedEventsAreLinked_data() { test::addEngineRows(); }
    void parkedEventsAreLinked()
    {
        QFETCH(Engine, engine);
        Events events(engine);
        const auto webhook = domain::WebhookId(test::uuid(42));
        EventRow early = eventOf(text("m"), DeliveryEvent::HardBounce, 3);
        early.webhook = webhook;
        early.repaired = true;
        EventRow ses = eventOf(text("m"));
        ses.provider = text("ses");
        QVERIFY(events.rows.insert({early, eventOf(text("other")), ses}).ok());
        const auto parked = events.rows.parked(text("brevo"), {text("<m>"), text("none")});
        QCOMPARE(failure(parked), QString());
        QCOMPARE(parked->size(), 1);
        EventRow found = parked->first();
        QCOMPARE(found.id(), early.id());
        QCOMPARE(found.event, DeliveryEvent::HardBounce);
        QCOMPARE(found.at, after(3));
        QCOMPARE(found.receivedAt, after(5));
        QCOMPARE(found.webhook, std::optional(webhook));
        QVERIFY(found.repaired);
        QVERIFY(found.ledgerId.isEmpty());
        QCOMPARE(found.address, text("A***@Example.com"));
        QVERIFY(events.accept(text("a"), text("<m>")));
        found.ledgerId = text("a");
        QVERIFY(events.rows.link({found}).ok());
        QVERIFY(events.rows.parked(text("brevo"), {text("m")})->isEmpty());
        // Linked is linked.
        QVERIFY(events.accept(text("b"), text("x")));
        found.ledgerId = text("b");
        QVERIFY(events.rows.link({found}).ok());
        QCOMPARE(events.count("audit_id = 'a'"), text("1"));
        QCOMPARE(events.count("audit_id IS NULL"), text("2"));
        QVERIFY(events.rows.parked(text("brevo"), {})->isEmpty());
    }

    void sweepFindsWhatHasAMessageByNow_data() { test::addEngineRows(); }
    void sweepFindsWhatHasAMessageByNow()
    {
        QFETCH(Engine, engine);
        Events events(engine);
        EventRow nameless = eventOf(QString());
        EventRow ses = eventOf(text("plain"));
        ses.provider = text("ses");
        QVERIFY(events.rows
                    .insert({eventOf(text("plain")), eventOf(text("plain"), DeliveryEvent::Opened, 9),
                             eventOf(text("brackets")), eventOf(text("unknown")), nameless, ses})
                    .ok());
        QVERIFY(events.rows.matchableParked(10)->isEmpty());
        // Two rows of one message: the event belongs to the first.
        QVERIFY(events.accept(text("2"), text("plain")) && events.accept(text("1"), text("<plain>")) &&
                events.accept(text("3"), text("<brackets>")));
        QVERIFY(events.ledger.insert({test::ledgerEntry(text("without id"))}).ok());
        QCOMPARE(events.rows.matchableParked(2)->size(), 2);
        const auto found = events.rows.matchableParked(10);
        QCOMPARE(failure(found), QString());
        QStringList pairs;
        for (const EventRow &row : *found)
            pairs.append(row.messageId + QLatin1Char('>') + row.ledgerId);
        QCOMPARE(pairs, QStringList({text("brackets>3"), text("plain>1"), text("plain>1")}));
        QVERIFY(events.rows.link(*found).ok());
        QVERIFY(events.rows.matchableParked(10)->isEmpty());
        QCOMPARE(events.count("audit_id IS NULL"), text("3"));
    }

    void oldParkedEventsGo_data() { test::addEngineRows(); }
    void oldParkedEventsGo()
    {
        QFETCH(Engine, engine);
        Events events(engine);
        QVERIFY(events.accept(text("a"), text("known")));
        EventRow linked = eventOf(text("known"), DeliveryEvent::Delivered, -100);
        linked.ledgerId = text("a");
        QVERIFY(events.rows
                    .insert({linked, eventOf(text("1"), DeliveryEvent::Delivered, -90),
                             eventOf(text("2"), DeliveryEvent::Delivered, -80),
                             eventOf(text("3"), DeliveryEvent::Delivered, -70), eventOf(text("4"))})
                    .ok());
        QCOMPARE(*events.rows.dropParkedBefore(after(-10), 2), 2);
        QCOMPARE(*events.rows.dropParkedBefore(after(-10), 2), 1);
        QCOMPARE(*events.rows.dropParkedBefore(after(-10), 2), 0);
        QCOMPARE(events.count("1 = 1"), text("2"));
    }

    void eventsGoWithTheirLedgerRow_data() { test::addEngineRows(); }
    void eventsGoWithTheirLedgerRow()
    {
        QFETCH(Engine, engine);
        Events events(engine);
        QVERIFY(events.accept(text("a"), text("m")));
        EventRow linked = eventOf(text("m"));
        linked.ledgerId = text("a");
        QVERIFY(events.rows.insert({linked, eventOf(text("n"))}).ok());
        QVERIFY(events.connection->execute(text("DELETE FROM forwarder_sent")).ok());
        QCOMPARE(events.count("1 = 1"), text("1"));
    }

    /// Stored ids are made of this: it must never change.
    void theIdIsPinned()
    {
        EventRow row = eventOf(text("20190604.1@relay"), DeliveryEvent::Complaint);
        QCOMPARE(row.id().version(), QUuid::Sha1);
        QCOMPARE(row.id().toString(QUuid::WithoutBraces), text("25d16dd3-d001-58a9-85d7-7eed96f5f4b0"));
        row.stored = test::uuid(9);
        QCOMPARE(row.id(), test::uuid(9));
    }
};

REGISTER_SUITE(email_events, TstEmailEvents)
#include "tst_email_events.moc"
