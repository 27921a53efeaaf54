#include "services/local/local_core.h"
#include "services/local/local_webhook_intake.h"
#include "services/platform/plan_loader.h"
#include "services/usecases/webhooks/apply_events.h"
#include "tests/support/temp_database.h"
#include "tests/support/test_host.h"
#include "tests/support/test_main.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using domain::Done;
using domain::Result;
using storage::Connection;
using storage::Engine;
using usecases::Env;

namespace {

const QDateTime noon = QDateTime::fromString(QStringLiteral("2026-05-20T12:00:00.000Z"), Qt::ISODateWithMs);

/// A core of its own on a database of its own, with accepted mail in the ledger.
struct Stage {
    explicit Stage(Engine engine, storage::FaultHook faults = {}) : database(engine), clock(noon)
    {
        auto config = database.config();
        config.faults = std::move(faults);
        local::LocalOptions options;
        options.plans = *platform::loadEmbeddedPlans();
        options.clock = &clock;
        auto opened = local::LocalCore::open(config, std::move(options));
        if (!opened)
            qFatal("%s", qPrintable(opened.error().detail));
        core = std::move(opened).value();
    }

    void accept(const QString &ledgerId, const QString &providerId, const QDateTime &at = noon)
    {
        usecases::LedgerEntry entry;
        entry.id = ledgerId;
        entry.templateKind = QStringLiteral("subscription.upgraded");
        entry.address = QStringLiteral("mira@kestrel.example");
        entry.at = at;
        const auto done = core->work().write([&](const Env &env) -> Result<Done> {
            return env.work.transaction([&]() -> Result<Done> {
                if (auto added = env.work.ledger().insert({entry}); !added)
                    return added.error();
                if (auto marked = env.work.ledger().markAccepted(
                        {{ledgerId, QStringLiteral("brevo"), providerId, QStringLiteral("Hello"), at}});
                    !marked)
                    return marked;
                auto matched =
                    usecases::matchParked(env, QStringLiteral("brevo"), {domain::normalizedMessageId(providerId)});
                return matched ? Result<Done>(Done{}) : matched.error();
            });
        });
        QVERIFY2(done.ok(), done ? "" : qPrintable(done.error().key + done.error().detail));
    }

    QFuture<Result<ports::WebhookReceipt>> post(const QByteArray &body)
    {
        ports::IncomingWebhook webhook;
        webhook.provider = QStringLiteral("brevo");
        webhook.body = body;
        webhook.receivedAt = clock.now();
        webhook.requestId = QStringLiteral("req-1");
        return core->intake().receive({}, webhook);
    }

    /// One value of one row; null text when there is none.
    QString value(const QString &sql, const QVariantList &values = {})
    {
        const auto c = database.connect();
        QString found;
        const auto done = c->select(sql, values, [&](const storage::Row &row) {
            found = row.text(0);
            return false;
        });
        return done ? found : done.error().key + done.error().detail;
    }
    QString state(const QString &ledgerId)
    {
        const auto c = database.connect();
        QString found;
        const QString sql = QStringLiteral("SELECT classification, outcome, reason, %1 FROM forwarder_sent WHERE "
                                           "audit_id = ?")
                                .arg(c->millis(QStringLiteral("delivered_at")));
        const auto done = c->select(sql, {ledgerId}, [&](const storage::Row &row) {
            const auto at = row.optionalTime(3);
            found =
                QStringList{row.text(0), row.text(1), row.text(2), at ? QString::number(noon.msecsTo(*at)) : QString()}
                    .join(QLatin1Char('|'));
            return false;
        });
        return done ? found : done.error().key + done.error().detail;
    }

    test::TempDatabase database;
    platform::FixedClock clock;
    std::unique_ptr<local::LocalCore> core;
};

QJsonObject told(const char *name, const QString &messageId, qint64 afterNoonMs, const QString &reason = {})
{
    const qint64 ms = noon.toMSecsSinceEpoch() + afterNoonMs;
    return {{QStringLiteral("event"), QString::fromLatin1(name)},
            {QStringLiteral("email"), QStringLiteral("Mira@Kestrel.example")},
            {QStringLiteral("message-id"), messageId},
            {QStringLiteral("ts_event"), ms / 1000},
            {QStringLiteral("ts_epoch"), ms},
            {QStringLiteral("reason"), reason}};
}

QByteArray json(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}
QByteArray json(const QJsonArray &array)
{
    return QJsonDocument(array).toJson(QJsonDocument::Compact);
}

} // namespace

/// Webhooks from the front end to the ledger, on both engines (spec 02 §4, 00-decisions rows 7, 8 and 10).
class TstWebhookIntake : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aKnownMessageIsMatched_data() { test::addEngineRows(); }
    void aKnownMessageIsMatched()
    {
        QFETCH(Engine, engine);
        Stage stage(engine);
        stage.accept(QStringLiteral("row-1"), QStringLiteral("<m1@relay.example>"));
        const auto receipt =
            test::await(stage.post(json(told("delivered", QStringLiteral("m1@relay.example"), 2'500))));
        QVERIFY2(receipt.ok(), receipt ? "" : qPrintable(receipt.error().key + receipt.error().detail));
        QVERIFY(receipt->outcome == ports::WebhookOutcome::Applied);
        QCOMPARE(receipt->matched, 1);
        QCOMPARE(receipt->event, QStringLiteral("delivered"));
        QCOMPARE(stage.state(QStringLiteral("row-1")), QStringLiteral("delivered|delivered||2500"));
        QCOMPARE(stage.value(QStringLiteral("SELECT outcome FROM webhook_inbox")), QStringLiteral("applied"));
        QCOMPARE(stage.value(QStringLiteral("SELECT count(*) FROM email_delivery_events WHERE audit_id = 'row-1'")),
                 QStringLiteral("1"));
    }

    void theSameAgainChangesNothing_data() { test::addEngineRows(); }
    void theSameAgainChangesNothing()
    {
        QFETCH(Engine, engine);
        Stage stage(engine);
        stage.accept(QStringLiteral("row-1"), QStringLiteral("m1"));
        const QByteArray body = json(told("delivered", QStringLiteral("m1"), 2'500));
        QVERIFY(test::await(stage.post(body)).ok());
        stage.clock.advance(3'600'000);
        const auto again = test::await(stage.post(body));
        QVERIFY(again.ok());
        QVERIFY(again->outcome == ports::WebhookOutcome::NoChange);
        QCOMPARE(again->matched, 1);
        QCOMPARE(stage.state(QStringLiteral("row-1")), QStringLiteral("delivered|delivered||2500"));
        QCOMPARE(stage.value(QStringLiteral("SELECT count(*) FROM email_delivery_events")), QStringLiteral("1"));
        QCOMPARE(stage.value(QStringLiteral("SELECT count(*) FROM webhook_inbox WHERE duplicate_of IS NOT NULL")),
                 QStringLiteral("1"));
    }

    void anUnknownMessageIsParkedUntilItIsKnown_data() { test::addEngineRows(); }
    void anUnknownMessageIsParkedUntilItIsKnown()
    {
        QFETCH(Engine, engine);
        Stage stage(engine);
        const auto early =
            test::await(stage.post(json(told("hard_bounce", QStringLiteral("<m9>"), 900, QStringLiteral("550")))));
        QVERIFY(early.ok());
        QVERIFY(early->outcome == ports::WebhookOutcome::Unmatched);
        QCOMPARE(early->matched, 0);
        QCOMPARE(stage.value(QStringLiteral("SELECT count(*) FROM forwarder_sent")), QStringLiteral("0"));
        stage.accept(QStringLiteral("row-9"), QStringLiteral("<m9>"));
        QCOMPARE(stage.state(QStringLiteral("row-9")), QStringLiteral("bounced_hard|hard|550|"));
        QCOMPARE(stage.value(QStringLiteral("SELECT count(*) FROM email_delivery_events WHERE audit_id IS NULL")),
                 QStringLiteral("0"));
    }

    void aSweepFindsWhatWasMissed_data() { test::addEngineRows(); }
    void aSweepFindsWhatWasMissed()
    {
        QFETCH(Engine, engine);
        Stage stage(engine);
        QVERIFY(test::await(stage.post(json(told("delivered", QStringLiteral("late"), 700)))).ok());
        const auto c = stage.database.connect();
        // As another host's forwarder would write it, in a transaction that did not see the parked event.
        QVERIFY(c->execute(QStringLiteral("INSERT INTO forwarder_sent (audit_id, sent_at, provider, provider_id, "
                                          "classification, accepted_at) VALUES ('row-l', ?, 'brevo', '<late>', "
                                          "'success', ?)"),
                           {storage::toSqlTime(noon), storage::toSqlTime(noon)})
                    .ok());
        int linked = -1;
        const auto swept = stage.core->work().write([&](const Env &env) -> Result<Done> {
            auto count = usecases::sweepParked(env, 100);
            if (!count)
                return count.error();
            linked = *count;
            return Done{};
        });
        QVERIFY2(swept.ok(), swept ? "" : qPrintable(swept.error().detail));
        QCOMPARE(linked, 1);
        QCOMPARE(stage.state(QStringLiteral("row-l")), QStringLiteral("delivered|delivered||700"));
    }

    void bouncesAndComplaintsFeedSuppression_data() { test::addEngineRows(); }
    void bouncesAndComplaintsFeedSuppression()
    {
        QFETCH(Engine, engine);
        Stage stage(engine);
        const QByteArray body = json(told("hard_bounce", QStringLiteral("m1"), 5));
        QVERIFY(test::await(stage.post(body)).ok());
        QVERIFY(test::await(stage.post(body)).ok());
        QCOMPARE(stage.value(QStringLiteral("SELECT count(*) FROM email_events WHERE event_type = 'bounce'")),
                 QStringLiteral("1"));
        QStringList bounced;
        const auto read = stage.core->work().read([&](const Env &env) -> Result<Done> {
            auto found = env.work.suppressions().bouncedOrComplained({QStringLiteral("mira@kestrel.example")},
                                                                     noon.addDays(-365));
            if (!found)
                return found.error();
            bounced = *found;
            return Done{};
        });
        QVERIFY(read.ok());
        QCOMPARE(bounced, QStringList{QStringLiteral("mira@kestrel.example")});
    }

    void rubbishIsKeptAndRefused_data() { test::addEngineRows(); }
    void rubbishIsKeptAndRefused()
    {
        QFETCH(Engine, engine);
        Stage stage(engine);
        const QByteArray body("{\"event\":\"delivered\",\"email\":\"\xff\"}");
        const auto receipt = test::await(stage.post(body));
        QVERIFY(receipt.ok());
        QVERIFY(receipt->outcome == ports::WebhookOutcome::Unparseable);
        const auto c = stage.database.connect();
        QByteArray kept;
        QVERIFY(c->select(QStringLiteral("SELECT body FROM webhook_inbox"), {}, [&](const storage::Row &row) {
                     kept = row.bytes(0);
                     return false;
                 }).ok());
        QCOMPARE(kept, body);
        QCOMPARE(stage.value(QStringLiteral("SELECT count(*) FROM email_delivery_events")), QStringLiteral("0"));
    }

    /// Every message's story told shuffled, with repetitions, in batches and singly, many at a time: the same end as
    /// the fold of the story itself.
    void storiesEndTheSameInAnyOrder_data() { test::addEngineRows(); }
    void storiesEndTheSameInAnyOrder()
    {
        QFETCH(Engine, engine);
        Stage stage(engine);
        QRandomGenerator random(42);
        constexpr int messages = 60;
        static constexpr const char *names[] = {"delivered", "soft_bounce",  "hard_bounce", "blocked", "complaint",
                                                "deferred",  "unsubscribed", "error",       "opened",  "request"};
        QList<QJsonObject> stories;
        QList<domain::DeliveryFold> folds(messages);
        for (int m = 0; m < messages; ++m) {
            const int length = random.bounded(1, 7);
            for (int i = 0; i < length; ++i) {
                const char *name = names[random.bounded(int(std::size(names)))];
                const qint64 at = random.bounded(0, 20) * 1000;
                stories.append(told(name, QStringLiteral("m%1").arg(m), at));
                folds[m].add(*domain::parseDeliveryEvent(QString::fromLatin1(name)), noon.addMSecs(at));
            }
        }
        stories += stories.mid(stories.size() / 2);
        std::shuffle(stories.begin(), stories.end(), random);
        for (int m = 0; m < messages; m += 2)
            stage.accept(QStringLiteral("row-%1").arg(m), QStringLiteral("<m%1>").arg(m));
        QList<QFuture<Result<ports::WebhookReceipt>>> answers;
        while (!stories.isEmpty()) {
            QJsonArray batch;
            const int size = std::min<int>(int(stories.size()), random.bounded(1, 8));
            for (int i = 0; i < size; ++i)
                batch.append(stories.takeLast());
            answers.append(stage.post(size == 1 ? json(batch.first().toObject()) : json(batch)));
        }
        for (auto &answer : answers)
            QVERIFY(test::await(answer).ok());
        for (int m = 1; m < messages; m += 2)
            stage.accept(QStringLiteral("row-%1").arg(m), QStringLiteral("m%1").arg(m));
        for (int m = 0; m < messages; ++m) {
            const auto at = folds.at(m).deliveredAt();
            QCOMPARE(stage.state(QStringLiteral("row-%1").arg(m)),
                     QStringLiteral("%1|%2||%3")
                         .arg(domain::ledgerClassName(folds.at(m).ledgerClass()), folds.at(m).storedOutcome(),
                              at ? QString::number(noon.msecsTo(*at)) : QString()));
        }
    }

    void fiveHundredUnknownAtOnce_data() { test::addEngineRows(); }
    void fiveHundredUnknownAtOnce()
    {
        QFETCH(Engine, engine);
        Stage stage(engine);
        QJsonArray batch;
        for (int i = 0; i < 500; ++i)
            batch.append(told("delivered", QStringLiteral("u%1").arg(i), i));
        const auto receipt = test::await(stage.post(json(batch)));
        QVERIFY2(receipt.ok(), receipt ? "" : qPrintable(receipt.error().key + receipt.error().detail));
        QCOMPARE(receipt->events, 500);
        QCOMPARE(receipt->matched, 0);
        QCOMPARE(stage.value(QStringLiteral("SELECT count(*) FROM email_delivery_events WHERE audit_id IS NULL")),
                 QStringLiteral("500"));
    }

    /// Nothing of it is kept, so the sender must be told to come back; and coming back works.
    void aFullDiskKeepsNothing_data() { test::addEngineRows(); }
    void aFullDiskKeepsNothing()
    {
        QFETCH(Engine, engine);
        std::atomic_bool full{false};
        Stage stage(engine, [&full](storage::FaultPoint point, const QString &sql) -> std::optional<domain::Error> {
            if (full && (point == storage::FaultPoint::Commit || sql.contains(QStringLiteral("INTO webhook_inbox"))))
                return domain::unavailable(QStringLiteral("db_failed"), QStringLiteral("no space left on device"));
            return std::nullopt;
        });
        full = true;
        const QByteArray body = json(told("delivered", QStringLiteral("m1"), 5));
        const auto refused = test::await(stage.post(body));
        QVERIFY(!refused.ok());
        QVERIFY(refused.error().code == domain::ErrorCode::Unavailable);
        QCOMPARE(stage.value(QStringLiteral("SELECT count(*) FROM webhook_inbox")), QStringLiteral("0"));
        QCOMPARE(stage.value(QStringLiteral("SELECT count(*) FROM email_delivery_events")), QStringLiteral("0"));
        full = false;
        QVERIFY(test::await(stage.post(body)).ok());
        QCOMPARE(stage.value(QStringLiteral("SELECT count(*) FROM webhook_inbox")), QStringLiteral("1"));
    }

    /// One that the ledger cannot take holds up nobody and is kept for a replay.
    void aPoisonousOneIsKeptApart_data() { test::addEngineRows(); }
    void aPoisonousOneIsKeptApart()
    {
        QFETCH(Engine, engine);
        std::atomic_int poison{0};
        Stage stage(engine, [&poison](storage::FaultPoint, const QString &sql) -> std::optional<domain::Error> {
            if (poison > 0 && sql.contains(QStringLiteral("INTO email_delivery_events")) && poison.fetch_sub(1) > 0)
                return domain::makeError(domain::ErrorCode::Internal, QStringLiteral("internal_error"));
            return std::nullopt;
        });
        poison = 2; // together, then alone
        const auto receipt = test::await(stage.post(json(told("delivered", QStringLiteral("m1"), 5))));
        QVERIFY(receipt.ok());
        QVERIFY(receipt->outcome == ports::WebhookOutcome::Failed);
        QCOMPARE(stage.value(QStringLiteral("SELECT outcome FROM webhook_inbox")), QStringLiteral("failed"));
        QVERIFY(test::await(stage.post(json(told("delivered", QStringLiteral("m2"), 5)))).ok());
    }

    void refusalsAreCoalesced_data() { test::addEngineRows(); }
    void refusalsAreCoalesced()
    {
        QFETCH(Engine, engine);
        Stage stage(engine);
        for (int i = 0; i < 5'000; ++i)
            stage.core->intake().refused({QStringLiteral("brevo"), true, true, QStringLiteral("203.0.113.0/24")});
        QVERIFY(test::await(stage.core->intake().flushRefusals(true)).ok());
        const QString rows = QStringLiteral("SELECT count(*) FROM audit_log WHERE kind = 'webhook.brevo.unauthorized'");
        QTRY_COMPARE(stage.value(rows), QStringLiteral("2"));
        QCOMPARE(stage.value(QStringLiteral("SELECT sum(count) FROM webhook_refusals")), QStringLiteral("5000"));
        const QString metadata = stage.value(QStringLiteral("SELECT metadata FROM audit_log LIMIT 1"));
        QVERIFY(metadata.contains(QStringLiteral("203.0.113.0/24")));
    }
};

REGISTER_SUITE(webhook_intake, TstWebhookIntake)
#include "tst_webhook_intake.moc"
