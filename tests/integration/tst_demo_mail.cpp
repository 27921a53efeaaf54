#include "models/domain/delivery_figures.h"
#include "services/platform/plan_loader.h"
#include "services/storage/delivery_repository.h"
#include "services/storage/demo/demo_addresses.h"
#include "services/storage/demo/demo_data.h"
#include "services/storage/suppression_repository.h"
#include "services/storage/webhook_inbox_repository.h"
#include "services/usecases/email_recipient.h"
#include "tests/support/temp_database.h"
#include "tests/support/test_main.h"

#include <QTest>

#include <algorithm>
#include <stdexcept>

using domain::DeliveryFold;
using storage::Connection;
using storage::DemoOptions;
using storage::Engine;
using storage::Row;
using storage::SqlDeliveryRepository;

namespace {

const QDateTime now = QDateTime::fromMSecsSinceEpoch(1'795'000'000'123, Qt::UTC);

storage::DemoReport fill(Connection &c, int customers)
{
    static const domain::PlanRegistry plans = platform::loadEmbeddedPlans().value();
    DemoOptions options;
    options.customers = customers;
    options.now = now;
    const auto report = writeDemo(c, plans, options);
    if (!report)
        throw std::runtime_error(report.error().detail.toStdString());
    return *report;
}

void each(Connection &c, const QString &sql, const std::function<void(const Row &)> &onRow)
{
    const auto done = c.select(sql, {}, [&onRow](const Row &row) {
        onRow(row);
        return true;
    });
    if (!done)
        throw std::runtime_error(done.error().detail.toStdString());
}

qint64 number(Connection &c, const char *sql)
{
    qint64 value = -1;
    each(c, QString::fromLatin1(sql), [&value](const Row &row) { value = row.integer(0); });
    return value;
}

struct Told {
    DeliveryFold fold;
    QList<std::pair<DeliveryFold, QString>> alone; ///< each event by itself, and its reason
};

QHash<QString, Told> eventsByMessage(Connection &c)
{
    QHash<QString, Told> all;
    each(c,
         QStringLiteral("SELECT audit_id, event, %1, reason FROM email_delivery_events WHERE audit_id IS NOT NULL")
             .arg(c.millis(QStringLiteral("event_at"))),
         [&all](const Row &row) {
             Told &told = all[row.text(0)];
             DeliveryFold alone;
             alone.add(domain::parseDeliveryEvent(row.text(1)).value(), row.time(2));
             told.fold.merge(alone);
             told.alone.append({alone, row.text(3)});
         });
    return all;
}

QString reasonOf(const Told &told)
{
    QString reason;
    for (const auto &[alone, text] : told.alone) {
        const bool decides = alone.ledgerClass() == told.fold.ledgerClass() && !text.isEmpty();
        if (decides && (reason.isEmpty() || text < reason))
            reason = text;
    }
    return reason;
}

domain::OutcomeCounts countsBetween(Connection &c, int fromDaysAgo, int untilDaysAgo, const QString &domainName = {})
{
    ports::MessageFilter filter;
    filter.from = now.addDays(-fromDaysAgo);
    filter.until = now.addDays(-untilDaysAgo);
    filter.domain = domainName;
    const auto figures = SqlDeliveryRepository(c).figures(filter, now);
    if (!figures)
        throw std::runtime_error(figures.error().key.toStdString());
    return figures->counts;
}

} // namespace

class TstDemoMailStorage : public QObject {
    Q_OBJECT

private slots:
    void theLedgerIsTheFoldOfItsEvents_data() { test::addEngineRows(); }
    void theLedgerIsTheFoldOfItsEvents()
    {
        QFETCH(Engine, engine);
        const test::TempDatabase database(engine);
        const auto c = database.connect();
        const auto report = fill(*c, 120);
        QCOMPARE(number(*c, "SELECT count(*) FROM forwarder_sent"), report.messages);
        QCOMPARE(number(*c, "SELECT count(*) FROM email_delivery_events"), report.deliveryEvents);
        QCOMPARE(number(*c, "SELECT count(*) FROM email_events"), report.suppressions);
        QCOMPARE(number(*c, "SELECT count(*) FROM webhook_inbox"), report.webhooks);
        const QHash<QString, Told> events = eventsByMessage(*c);
        qsizetype seen = 0;
        each(*c,
             QStringLiteral("SELECT audit_id, classification, outcome, reason, %1, %2, %3, provider_id "
                            "FROM forwarder_sent")
                 .arg(c->millis(QStringLiteral("delivered_at")), c->millis(QStringLiteral("accepted_at")),
                      c->millis(QStringLiteral("last_event_at"))),
             [&](const Row &row) {
                 const auto ledgerClass = domain::parseLedgerClass(row.text(1));
                 QVERIFY(ledgerClass);
                 QCOMPARE(row.optionalTime(5).has_value(), domain::isAccepted(*ledgerClass));
                 const Told told = events.value(row.text(0));
                 if (!told.alone.isEmpty()) {
                     ++seen;
                     QCOMPARE(*ledgerClass, told.fold.ledgerClass());
                     QVERIFY(row.text(7).endsWith(QStringLiteral("@smtp-relay.example>")));
                 }
                 QCOMPARE(row.text(2), told.fold.storedOutcome());
                 QCOMPARE(row.optionalTime(4), told.fold.deliveredAt());
                 QCOMPARE(row.optionalTime(6), told.fold.lastEvent);
                 QCOMPARE(row.text(3), reasonOf(told));
             });
        QCOMPARE(seen, events.size());
        QVERIFY(seen > 500);
    }

    void everyMailHasItsEntry_data() { test::addEngineRows(); }
    void everyMailHasItsEntry()
    {
        QFETCH(Engine, engine);
        const test::TempDatabase database(engine);
        const auto c = database.connect();
        fill(*c, 60);
        QCOMPARE(number(*c, "SELECT count(*) FROM forwarder_sent WHERE audit_log_id IS NULL"), 0);
        QCOMPARE(number(*c, "SELECT count(*) FROM forwarder_sent f JOIN audit_log a ON a.id = f.audit_log_id WHERE "
                            "a.kind <> f.template_kind OR a.created_at > f.sent_at OR "
                            "(f.team_id IS NOT NULL AND a.team_id <> f.team_id)"),
                 0);
        QCOMPARE(number(*c, "SELECT count(*) FROM forwarder_sent WHERE accepted_at IS NOT NULL AND subject = ''"), 0);
        // Every webhook of an event is in the inbox, and every message of an effect in the ledger.
        QCOMPARE(number(*c,
                        "SELECT count(*) FROM email_delivery_events e WHERE e.inbox_id IS NOT NULL AND NOT EXISTS "
                        "(SELECT 1 FROM webhook_inbox w WHERE w.id = e.inbox_id AND w.received_at = e.received_at)"),
                 0);
        QCOMPARE(number(*c, "SELECT count(*) FROM webhook_inbox w WHERE w.outcome = 'applied' AND w.matched <> "
                            "(SELECT count(*) FROM email_delivery_events e WHERE e.inbox_id = w.id)"),
                 0);
        QCOMPARE(number(*c, "SELECT count(*) FROM webhook_refusals r WHERE NOT EXISTS (SELECT 1 FROM audit_log a "
                            "WHERE CAST(a.id AS text) = CAST(r.audit_log_id AS text) AND a.kind = "
                            "'webhook.brevo.unauthorized' AND a.created_at = r.last_at)"),
                 0);
        QCOMPARE(number(*c, "SELECT count(*) FROM email_suppression_lifts"),
                 number(*c, "SELECT count(*) FROM audit_log WHERE kind = 'admin.suppression_lifted'"));
        QCOMPARE(number(*c, "SELECT count(*) FROM audit_log WHERE kind = 'admin.email_resent'"),
                 number(*c, "SELECT count(*) FROM forwarder_sent WHERE audit_id LIKE 'resend-%'"));
    }

    void suppressedMeansThatTheListSaysSo()
    {
        const test::TempDatabase database(Engine::Sqlite);
        const auto c = database.connect();
        fill(*c, 400);
        struct Mark {
            QString type;
            QDateTime at;
        };
        QHash<QString, QList<Mark>> marks;
        QHash<QString, QList<QDateTime>> lifts;
        each(*c, QStringLiteral("SELECT email, event_type, created_at FROM email_events"), [&marks](const Row &row) {
            marks[usecases::addressSha256(row.text(0))].append({row.text(1), row.time(2)});
        });
        each(*c, QStringLiteral("SELECT email, created_at FROM email_suppression_lifts"),
             [&lifts](const Row &row) { lifts[usecases::addressSha256(row.text(0))].append(row.time(1)); });
        int suppressed = 0;
        each(*c,
             QStringLiteral("SELECT recipient_sha256, classification, intended_at, accepted_at FROM forwarder_sent"),
             [&](const Row &row) {
                 const QDateTime at = row.time(2);
                 const auto liftedSince = [&](const QDateTime &mark) {
                     const QList<QDateTime> all = lifts.value(row.text(0));
                     return std::any_of(all.cbegin(), all.cend(),
                                        [&](const QDateTime &lift) { return lift >= mark && lift <= at; });
                 };
                 const QList<Mark> all = marks.value(row.text(0));
                 const bool closed = std::any_of(all.cbegin(), all.cend(), [&](const Mark &mark) {
                     const bool forEver = mark.type == QLatin1StringView("unsubscribe");
                     return mark.at < at &&
                            (forEver || (mark.type != QLatin1StringView("soft_bounce") && !liftedSince(mark.at)));
                 });
                 const bool isSuppressed = row.text(1) == QLatin1StringView("suppressed");
                 suppressed += isSuppressed ? 1 : 0;
                 QVERIFY(closed || !isSuppressed);
                 QVERIFY(!closed || row.isNull(3));
             });
        QVERIFY(suppressed > 10);
        const auto listed = storage::SqlSuppressionRepository(*c).list({{}, 200, {}}, now);
        QVERIFY(listed.ok());
        QVERIFY(listed->rows.size() > 5);
    }

    void theFiguresTellTheIncident()
    {
        const test::TempDatabase database(Engine::Sqlite);
        const auto c = database.connect();
        const auto report = fill(*c, 1000);
        const domain::OutcomeCounts week = countsBetween(*c, 7, 0);
        const double ratio = domain::settledRatio(week).value();
        const QString shown =
            QStringLiteral("%1 mails in 7 days, ratio %2, blocked %3, pending %4; %5 mails, %6 events, "
                           "%7 webhooks, %8 suppressions in all")
                .arg(week.accepted())
                .arg(ratio)
                .arg(week.blocked)
                .arg(week.pending)
                .arg(report.messages)
                .arg(report.deliveryEvents)
                .arg(report.webhooks)
                .arg(report.suppressions);
        QVERIFY2(week.accepted() >= 1500 && week.accepted() <= 2500, qPrintable(shown));
        QVERIFY2(ratio > 0.90 && ratio < 0.98, qPrintable(shown));
        const auto verdict = domain::ratioVerdict(week);
        QVERIFY2(verdict == domain::Verdict::Amber || verdict == domain::Verdict::Red, qPrintable(shown));
        QVERIFY2(report.webhooks > 1000 && report.webhooks <= 9000, qPrintable(shown));

        const QString outlook(storage::demo::incidentDomain);
        const domain::OutcomeCounts there = countsBetween(*c, 7, 0, outlook);
        QVERIFY2(there.blocked * 8 > there.accepted(), qPrintable(shown));
        QVERIFY(domain::settledRatio(countsBetween(*c, 30, 7)).value() > 0.97);
        QVERIFY(domain::settledRatio(countsBetween(*c, 30, 7, outlook)).value() > 0.95);
        // Open again since.
        QVERIFY(countsBetween(*c, 4, 0, outlook).delivered > 0);

        const domain::OutcomeCounts settled = countsBetween(*c, 90, 4);
        const double unknown = domain::unknownRate(settled).value();
        QVERIFY2(unknown > 0.001 && unknown < 0.02, qPrintable(QString::number(unknown)));
        QVERIFY(settled.bouncedLater > 0 && settled.soft > 0 && settled.error > 0 && settled.rejected > 0);
        for (const char *what : {"expired", "suppressed", "permanent_drop", "intended"}) {
            const QString sql = QStringLiteral("SELECT count(*) FROM forwarder_sent WHERE classification = '%1'");
            qint64 count = 0;
            each(*c, sql.arg(QLatin1StringView(what)), [&count](const Row &row) { count = row.integer(0); });
            QVERIFY2(count > 0, what);
        }
        QCOMPARE(number(*c, "SELECT count(*) FROM forwarder_sent WHERE last_error = 'missing_renderer'"), 1);
    }

    void theMachineryIsWell_data() { test::addEngineRows(); }
    void theMachineryIsWell()
    {
        QFETCH(Engine, engine);
        const test::TempDatabase database(engine);
        const auto c = database.connect();
        fill(*c, 300);
        const auto health = SqlDeliveryRepository(*c).health(now);
        QVERIFY(health.ok());
        QVERIFY(health->lastEventAt && health->lastEventAt->secsTo(now) < 24 * 3600);
        QVERIFY(health->forwarderAt && health->forwarderAt->secsTo(now) < 60);
        QCOMPARE(health->forwarderResult, QStringLiteral("ok"));
        QVERIFY(health->cursorAt && health->cursorAt->secsTo(now) < 60);
        QCOMPARE(health->waiting, 2);
        QVERIFY(health->parked >= 3);
        QCOMPARE(health->refusals24h, 1);
        QVERIFY(health->repairAt.has_value());
        QVERIFY(!health->repairRunning);
        QString result;
        each(*c, QStringLiteral("SELECT last_result FROM job_leases WHERE name = 'email_gap_repair'"),
             [&result](const Row &row) { result = row.text(0); });
        QVERIFY2(result.startsWith(QStringLiteral("ok recovered=%1 of ").arg(health->repairRecovered)),
                 qPrintable(result));
        const auto receivers = storage::SqlWebhookInboxRepository(*c).receivers(now);
        QVERIFY(receivers.ok());
        QVERIFY(std::any_of(receivers->cbegin(), receivers->cend(), [](const ports::WebhookReceiver &receiver) {
            return receiver.provider == QLatin1StringView("brevo") && receiver.received24h > 0;
        }));
    }
};

REGISTER_SUITE(demo_mail, TstDemoMailStorage)
#include "tst_demo_mail.moc"
