#include "services/storage/delivery_repository.h"
#include "services/usecases/email_jobs.h"
#include "tests/support/mail_rows.h"
#include "tests/support/seed.h"
#include "tests/support/temp_database.h"
#include "tests/support/test_main.h"

#include <QSet>
#include <QTest>

#include <algorithm>

using domain::DeliveryEvent;
using domain::DeliveryOutcome;
using domain::LedgerClass;
using ports::MessageFilter;
using ports::MessageQuery;
using ports::MessageRow;
using storage::Connection;
using storage::Engine;
using storage::SqlDeliveryRepository;
using storage::toSqlTime;
using test::MailEvent;
using test::MailRow;
using test::MailRowWriter;
using test::TempDatabase;

namespace {

const QDateTime now = test::seedNow();

template <typename... Rows>
void write(Connection &c, const Rows &...rows)
{
    MailRowWriter writer(c);
    const auto addAll = [&writer](const auto &list) {
        for (const auto &row : list)
            writer.add(row);
    };
    (addAll(rows), ...);
    writer.flush();
}

QStringList idsOf(const QList<MessageRow> &rows)
{
    QStringList ids;
    for (const MessageRow &row : rows)
        ids << row.id;
    return ids;
}

/// Every page after the other, as one list; a broken page ends it.
QStringList walk(SqlDeliveryRepository &repository, const MessageFilter &filter, int limit)
{
    QStringList ids;
    MessageQuery query{filter, limit, {}};
    do {
        const auto page = repository.messages(query, now);
        if (!page || page->rows.size() > limit)
            return {QStringLiteral("broken page")};
        ids << idsOf(page->rows);
        query.cursor = page->next;
    } while (!query.cursor.isEmpty());
    return ids;
}

QStringList exported(SqlDeliveryRepository &repository, const MessageFilter &filter)
{
    QStringList ids;
    const auto done = repository.eachMessage(filter, now, [&ids](const MessageRow &row) {
        ids << row.id;
        return true;
    });
    return done ? ids : QStringList{done.error().detail};
}

/// Newest first, ids descending by their bytes.
QStringList inOrder(QList<MailRow> rows)
{
    std::sort(rows.begin(), rows.end(), [](const MailRow &a, const MailRow &b) {
        return std::pair(a.sentAt, a.id.toUtf8()) > std::pair(b.sentAt, b.id.toUtf8());
    });
    QStringList ids;
    for (const MailRow &row : rows)
        ids << row.id;
    return ids;
}

QStringList found(SqlDeliveryRepository &repository, const MessageFilter &filter)
{
    QStringList ids = walk(repository, filter, 100);
    ids.sort();
    return ids;
}

MailRow mailTo(const char *id, const char *address)
{
    MailRow row = test::acceptedMail(QString::fromLatin1(id), now.addDays(-1));
    row.address = QString::fromLatin1(address);
    return row;
}

} // namespace

class TstDeliveryMessages : public QObject {
    Q_OBJECT
private slots:
    /// Accepted and other rows share their moments; ids differ in case, so that a collation would order them its way.
    void noRowIsLostOrDoubled_data() { test::addEngineRows(); }
    void noRowIsLostOrDoubled()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        QList<MailRow> rows;
        for (int i = 0; i < 240; ++i) {
            const QString id =
                QStringLiteral("%1-%2").arg(QLatin1StringView(i % 4 < 2 ? "Reminder" : "reminder")).arg(i);
            const QDateTime at = now.addDays(-1 - i / 60);
            rows << (i % 3 ? test::acceptedMail(id, at) : test::unsentMail(id, at, LedgerClass::Suppressed));
        }
        write(*c, rows);
        SqlDeliveryRepository repository(*c);
        const QStringList wanted = inOrder(rows);
        for (const int limit : {1, 7, 50, 240, 500})
            QCOMPARE(walk(repository, {}, limit), wanted);
        QCOMPARE(exported(repository, {}), wanted);
    }

    void largeExportsGoOn_data() { test::addEngineRows(); }
    void largeExportsGoOn()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        const QList<MailRow> rows = test::randomMail(3000, 5, now, 30);
        write(*c, rows);
        SqlDeliveryRepository repository(*c);
        QCOMPARE(exported(repository, {}), inOrder(rows));
        int seen = 0;
        QVERIFY(repository.eachMessage({}, now, [&seen](const MessageRow &) { return ++seen < 1500; }).ok());
        QCOMPARE(seen, 1500);
    }

    /// PostgreSQL keeps microseconds when somebody else writes them.
    void microsecondsAreNoTrap()
    {
        const TempDatabase database(Engine::PostgreSql);
        const auto c = database.connect();
        QVERIFY(c->executeScript(
                     QStringLiteral("INSERT INTO forwarder_sent (audit_id, sent_at, accepted_at) SELECT 'm' || n, t, "
                                    "CASE n % 2 WHEN 0 THEN t END FROM generate_series(1, 40) n, LATERAL (SELECT "
                                    "timestamptz '2026-06-10T00:00:00Z' + n / 4 * interval '100 microseconds' AS t) x"))
                    .ok());
        SqlDeliveryRepository repository(*c);
        const QStringList whole = walk(repository, {}, 100);
        QCOMPARE(QSet<QString>(whole.begin(), whole.end()).size(), 40);
        for (const int limit : {1, 3, 7})
            QCOMPARE(walk(repository, {}, limit), whole);
    }

    /// The list behind every number of the figures has that many rows.
    void listsMatchTheFigures_data() { test::addEngineRows(); }
    void listsMatchTheFigures()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        const QList<MailRow> rows = test::randomMail(2500, 11, now, 30);
        write(*c, rows);
        SqlDeliveryRepository repository(*c);
        const auto figures = repository.figures({}, now);
        QVERIFY(figures.ok());
        for (const DeliveryOutcome outcome : domain::allDeliveryOutcomes()) {
            MessageFilter filter;
            filter.outcomes = QStringList{domain::deliveryOutcomeName(outcome)};
            QStringList wanted;
            for (const MailRow &row : rows) {
                if (row.outcome(now) == outcome)
                    wanted << row.id;
            }
            wanted.sort();
            QCOMPARE(found(repository, filter), wanted);
            QCOMPARE(wanted.size(), figures->counts.of(outcome));
            QVERIFY(!wanted.isEmpty());
            MessageQuery query{filter, 500, {}};
            const auto page = repository.messages(query, now);
            for (const MessageRow &row : page->rows)
                QCOMPARE(row.outcome, outcome);
        }
        MessageFilter classes;
        classes.classes = QStringList{QStringLiteral("suppressed"), QStringLiteral("intended")};
        QCOMPARE(found(repository, classes).size(), figures->suppressed + figures->waiting);
    }

    void recipients_data() { test::addEngineRows(); }
    void recipients()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        write(*c, QList<MailRow>{mailTo("1", "ada@100%.example"), mailTo("2", "ada@100x.example"),
                                 mailTo("3", "bob@under_score.example"), mailTo("4", "bob@underscore.example"),
                                 mailTo("5", "Ada.Lovelace@gmail.example"), mailTo("6", "alan@gmail.example"),
                                 mailTo("7", "back\\slash@odd.example"), mailTo("8", "")});
        SqlDeliveryRepository repository(*c);
        const auto to = [&repository](const char *text) {
            MessageFilter filter;
            filter.to = QString::fromLatin1(text);
            return found(repository, filter).join(QLatin1Char(' '));
        };
        QCOMPARE(to("0%"), QStringLiteral("1"));
        QCOMPARE(to("r_s"), QStringLiteral("3"));
        QCOMPARE(to("ada.lovelace@gmail.example"), QStringLiteral("5"));
        QCOMPARE(to(" ADA.LOVELACE@GMAIL.EXAMPLE "), QStringLiteral("5"));
        QCOMPARE(to("ada@gmail.example"), QString());
        QCOMPARE(to("a***@gmail.example"), QStringLiteral("5 6"));
        QCOMPARE(to("@GMAIL"), QStringLiteral("5 6"));
        QCOMPARE(to("@gmail.example"), QStringLiteral("5 6"));
        QCOMPARE(to("example"), QStringLiteral("1 2 3 4 5 6 7"));
        MessageFilter domain;
        domain.domain = QStringLiteral("UNDER_SCORE.example");
        QCOMPARE(found(repository, domain), QStringList{QStringLiteral("3")});
        domain.domain = QStringLiteral("under%");
        QCOMPARE(found(repository, domain), QStringList());
    }

    void reasonsAndMessageIds_data() { test::addEngineRows(); }
    void reasonsAndMessageIds()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        MailRow full = mailTo("full", "a@b.example"), other = mailTo("other", "a@b.example");
        full.reason = QStringLiteral("Mailbox 100% full_now");
        full.providerId = QStringLiteral("<x.1@relay>");
        other.reason = QStringLiteral("Mailbox 100 fullXnow");
        other.providerId = QStringLiteral("x.1@relay");
        other.provider = QStringLiteral("smtp");
        MailRow dropped = test::unsentMail(QStringLiteral("dropped"), now.addDays(-2), LedgerClass::PermanentDrop);
        dropped.lastError = QStringLiteral("No template for Ünknown");
        write(*c, QList<MailRow>{full, other, dropped, mailTo("plain", "a@b.example")});
        SqlDeliveryRepository repository(*c);
        const auto reason = [&repository](const QString &text) {
            MessageFilter filter;
            filter.reason = text;
            return found(repository, filter).join(QLatin1Char(' '));
        };
        QCOMPARE(reason(QStringLiteral("100%")), QStringLiteral("full"));
        QCOMPARE(reason(QStringLiteral("FULL_NOW")), QStringLiteral("full"));
        QCOMPARE(reason(QStringLiteral("mailbox")), QStringLiteral("full other"));
        QCOMPARE(reason(QStringLiteral("for ünk")), QStringLiteral("dropped"));
        const auto messageId = [&repository](const char *text, const QStringList &providers = {}) {
            MessageFilter filter;
            filter.messageId = QString::fromLatin1(text);
            filter.providers = providers;
            return found(repository, filter).join(QLatin1Char(' '));
        };
        QCOMPARE(messageId("x.1@relay"), QStringLiteral("full other"));
        QCOMPARE(messageId(" <x.1@relay> "), QStringLiteral("full other"));
        QCOMPARE(messageId("x.1@relay", {QStringLiteral("smtp")}), QStringLiteral("other"));
        QCOMPARE(messageId("x.1"), QString());
        QCOMPARE(messageId("<>"), QString());
    }

    void everyFieldOfARow_data() { test::addEngineRows(); }
    void everyFieldOfARow()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        const domain::TeamId team = test::teamId(1);
        const domain::AuditId audit(test::uuid(77));
        QVERIFY(c->execute(QStringLiteral("INSERT INTO teams (id, name) VALUES (?, 'Acme')"), {team.toString()}).ok());
        QVERIFY(c->execute(QStringLiteral("INSERT INTO audit_log (id, team_id, kind, summary) VALUES (?, ?, 'k', 's')"),
                           {audit.toString(), team.toString()})
                    .ok());
        MailRow mail = test::acceptedMail(audit.toString(), now.addDays(-1));
        mail.templateKind = QStringLiteral("billing.paid");
        mail.subject = QStringLiteral("Paid — thank you");
        mail.team = team;
        mail.audit = audit;
        mail.attempts = 3;
        mail.lastError = QStringLiteral("time-out");
        mail.repairedAt = now;
        mail.fold.add(DeliveryEvent::Delivered, mail.acceptedAt->addMSecs(1500));
        MailRow opened = test::acceptedMail(QStringLiteral("opened"), now.addDays(-2));
        opened.fold.add(DeliveryEvent::Opened, now.addDays(-1));
        MailRow later = test::acceptedMail(QStringLiteral("later"), now.addDays(-3));
        later.fold.add(DeliveryEvent::Delivered, later.acceptedAt->addMSecs(10));
        later.fold.add(DeliveryEvent::HardBounce, later.acceptedAt->addMSecs(20));
        later.reason = QStringLiteral("gone");
        MailRow dropped = test::unsentMail(QStringLiteral("dropped"), now.addDays(-4), LedgerClass::PermanentDrop);
        dropped.lastError = QStringLiteral("no template");
        write(*c, QList<MailRow>{mail, opened, later, dropped});
        SqlDeliveryRepository repository(*c);

        const auto row = repository.message(mail.id, now);
        QVERIFY(row.ok());
        MessageRow wanted;
        wanted.id = mail.id;
        wanted.sentAt = mail.sentAt;
        wanted.acceptedAt = mail.acceptedAt;
        wanted.deliveredAt = mail.fold.delivered;
        wanted.recipient = QStringLiteral("a***@example.com");
        wanted.recipientDomain = QStringLiteral("example.com");
        wanted.templateKind = mail.templateKind;
        wanted.subject = mail.subject;
        wanted.provider = QStringLiteral("brevo");
        wanted.providerId = mail.providerId;
        wanted.ledgerClass = QStringLiteral("delivered");
        wanted.outcome = DeliveryOutcome::Delivered;
        wanted.repaired = true;
        wanted.attempts = 3;
        wanted.latencyMs = 1500;
        wanted.team = team;
        wanted.teamName = QStringLiteral("Acme");
        wanted.audit = audit;
        QVERIFY(*row == wanted);
        const auto page = repository.messages({}, now);
        QVERIFY(page.ok());
        QCOMPARE(page->rows.size(), 4);
        QVERIFY(page->next.isEmpty());
        QVERIFY(page->rows.at(0) == wanted);
        QVERIFY(page->rows.at(1).inferred);
        QVERIFY(!page->rows.at(1).latencyMs);
        QCOMPARE(page->rows.at(2).outcome, DeliveryOutcome::BouncedLater);
        QCOMPARE(page->rows.at(2).reason, QStringLiteral("gone"));
        QCOMPARE(page->rows.at(2).latencyMs, std::optional<qint64>(10));
        QCOMPARE(page->rows.at(3).reason, QStringLiteral("no template"));
        QCOMPARE(page->rows.at(3).outcome, DeliveryOutcome::Rejected);
        MessageFilter ofTeam;
        ofTeam.team = team;
        QCOMPARE(found(repository, ofTeam), QStringList{mail.id});

        QCOMPARE(repository.message(QStringLiteral("nobody"), now).error().key, QStringLiteral("message_not_found"));
        QCOMPARE(repository.message(QStringLiteral("nobody"), now).error().code, domain::ErrorCode::NotFound);
        QCOMPARE(repository.addressHash(QStringLiteral("nobody")).error().key, QStringLiteral("message_not_found"));
        QCOMPARE(repository.addressHash(mail.id)->size(), 64);
    }

    void timelines_data() { test::addEngineRows(); }
    void timelines()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        MailRow sent = test::acceptedMail(QStringLiteral("sent"), now.addSecs(-3600));
        sent.attempts = 2;
        sent.lastError = QStringLiteral("429");
        MailRow waiting = test::unsentMail(QStringLiteral("waiting"), now.addSecs(-60), LedgerClass::Intended);
        MailRow dropped = test::unsentMail(QStringLiteral("dropped"), now.addSecs(-30), LedgerClass::PermanentDrop);
        dropped.intendedAt = now.addSecs(-90);
        dropped.attempts = 1;
        dropped.lastError = QStringLiteral("400 bad sender");
        const domain::WebhookId webhook(test::uuid(5));
        const QDateTime at = *sent.acceptedAt;
        MailEvent delivered{sent.id, DeliveryEvent::Delivered, at.addSecs(9), QStringLiteral("brevo"), {}, webhook,
                            true};
        MailEvent deferred{sent.id, DeliveryEvent::Deferred, at.addSecs(3), QStringLiteral("brevo"),
                           QStringLiteral("greylisted")};
        write(*c, QList<MailRow>{sent, waiting, dropped},
              QList<MailEvent>{delivered, deferred, {QStringLiteral("waiting"), DeliveryEvent::Request, now}});
        SqlDeliveryRepository repository(*c);
        const auto names = [&repository](const char *id) {
            QStringList all;
            const auto events = repository.events(QString::fromLatin1(id));
            for (const auto &event : *events)
                all << event.event;
            return all.join(QLatin1Char(' '));
        };
        QCOMPARE(names("sent"), QStringLiteral("intended failed_attempt accepted deferred delivered"));
        QCOMPARE(names("waiting"), QStringLiteral("intended request"));
        QCOMPARE(names("dropped"), QStringLiteral("intended failed_attempt"));
        QCOMPARE(names("nobody"), QString());
        const auto events = repository.events(sent.id);
        QVERIFY(events.ok());
        QCOMPARE(events->at(0).at, *sent.intendedAt);
        QCOMPARE(events->at(1).reason, QStringLiteral("429"));
        QCOMPARE(events->at(2).at, at);
        QCOMPARE(events->at(3).reason, QStringLiteral("greylisted"));
        QCOMPARE(events->at(4),
                 (ports::MessageEvent{
                     QStringLiteral("delivered"), at.addSecs(9), at.addSecs(9).addMSecs(300), {}, true, webhook}));
        QCOMPARE(repository.events(dropped.id)->at(1).at, dropped.sentAt);
    }

    void health_data() { test::addEngineRows(); }
    void health()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        SqlDeliveryRepository repository(*c);
        ports::EmailHealth nothing;
        nothing.asOf = now;
        QVERIFY(*repository.health(now) == nothing);

        const auto at = [](int seconds) { return now.addSecs(-seconds); };
        test::InboxRow good, unreadable, other;
        good.receivedAt = at(500);
        unreadable.receivedAt = at(400);
        unreadable.outcome = QStringLiteral("unparseable");
        other.receivedAt = at(300);
        other.provider = QStringLiteral("brevo_suppression");
        MailRow repaired = test::acceptedMail(QStringLiteral("repaired"), at(90'000));
        repaired.repairedAt = at(650);
        MailRow earlier = test::acceptedMail(QStringLiteral("earlier"), at(90'000));
        earlier.repairedAt = at(701);
        write(*c, QList<test::InboxRow>{good, unreadable, other},
              QList<MailRow>{test::unsentMail(QStringLiteral("w1"), at(80), LedgerClass::Intended),
                             test::unsentMail(QStringLiteral("w2"), at(90), LedgerClass::Intended), repaired, earlier},
              QList<MailEvent>{{{}, DeliveryEvent::Opened, at(70)},
                               {{}, DeliveryEvent::Opened, at(60)},
                               {QStringLiteral("repaired"), DeliveryEvent::Opened, at(1000)}});
        const auto run = [&c](const char *sql, const QVariantList &values) {
            return c->execute(QString::fromLatin1(sql), values).ok();
        };
        const char *refusal =
            "INSERT INTO webhook_refusals (provider, first_at, last_at, count) VALUES ('brevo', ?, ?, ?)";
        QVERIFY(run(refusal, {toSqlTime(at(90'000)), toSqlTime(at(86'401)), 50}));
        QVERIFY(run(refusal, {toSqlTime(at(90'000)), toSqlTime(at(86'400)), 7}));
        QVERIFY(run(refusal, {toSqlTime(at(20)), toSqlTime(at(10)), 3}));
        const char *lease = "INSERT INTO job_leases (name, holder, held_until, last_started_at, last_finished_at, "
                            "last_result) VALUES (?, 'h', ?, ?, ?, ?)";
        QVERIFY(run(lease, {QString(usecases::forwarderJob), toSqlTime(now), toSqlTime(at(9)), toSqlTime(at(8)),
                            QStringLiteral("held: 429")}));
        QVERIFY(run(lease, {QString(usecases::gapRepairJob), toSqlTime(now), toSqlTime(at(700)), toSqlTime(at(600)),
                            QStringLiteral("ok")}));
        QVERIFY(run("INSERT INTO job_cursors (name, at) VALUES (?, ?)",
                    {QString(usecases::forwarderJob), toSqlTime(at(15))}));
        const char *request = "INSERT INTO job_requests (job, requested_by, requested_at, finished_at) "
                              "VALUES (?, 'olivia', ?, ?)";
        QVERIFY(run(request, {QString(usecases::gapRepairJob), toSqlTime(at(800)), toSqlTime(at(600))}));
        QVERIFY(run(request, {QStringLiteral("something else"), toSqlTime(at(800)), QVariant()}));

        ports::EmailHealth wanted;
        wanted.asOf = now;
        wanted.lastEventAt = at(500);
        wanted.forwarderAt = at(8);
        wanted.forwarderResult = QStringLiteral("held: 429");
        wanted.cursorAt = at(15);
        wanted.waiting = 2;
        wanted.oldestWaiting = at(90);
        wanted.parked = 2;
        wanted.oldestParked = at(70).addMSecs(300);
        wanted.refusals24h = 10;
        wanted.lastRefusalAt = at(10);
        wanted.repairAt = at(600);
        wanted.repairRecovered = 1;
        const auto read = repository.health(now);
        QVERIFY2(read.ok(), read ? "" : qPrintable(read.error().detail));
        QVERIFY(*read == wanted);
        QVERIFY(run(request, {QString(usecases::gapRepairJob), toSqlTime(at(1)), QVariant()}));
        QVERIFY(repository.health(now)->repairRunning);
    }

    void foreignCursorsAreRefused_data() { test::addEngineRows(); }
    void foreignCursorsAreRefused()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        write(*c, QList<MailRow>{mailTo("1", "a@b.example"), mailTo("2", "a@b.example")});
        SqlDeliveryRepository repository(*c);
        MessageQuery query;
        query.limit = 1;
        const auto first = repository.messages(query, now);
        QVERIFY(first.ok());
        QVERIFY(!first->next.isEmpty());
        query.cursor = first->next;
        query.filter.domain = QStringLiteral("b.example");
        QCOMPARE(repository.messages(query, now).error().key, QStringLiteral("invalid_cursor"));
        for (const char *nonsense : {"x", "e30", "bm90IGpzb24"}) {
            query.cursor = QString::fromLatin1(nonsense);
            QCOMPARE(repository.messages(query, now).error().key, QStringLiteral("invalid_cursor"));
        }
    }
};

REGISTER_SUITE(delivery_messages, TstDeliveryMessages)
#include "tst_delivery_messages.moc"
