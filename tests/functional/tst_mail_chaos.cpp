#include "models/domain/delivery.h"
#include "models/domain/ids.h"
#include "tests/functional/http_client.h"
#include "tests/functional/server_process.h"
#include "tests/support/fake_brevo.h"
#include "tests/support/temp_database.h"
#include "tests/support/test_main.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QtTest>

#include <algorithm>
#include <thread>

using functional::ServerProcess;
using storage::Engine;

namespace {

constexpr int teams = 40;
constexpr int concurrency = 8;
const QString secret = QStringLiteral("kx8Lw2Qp");

/// The long run is for people: INSTANODE_LONG=1.
int sized(int small, int large)
{
    return qEnvironmentVariableIsSet("INSTANODE_LONG") ? large : small;
}

/// A database, a provider, and server processes that come and go on them.
struct Stage {
    explicit Stage(Engine engine) : database(engine), connection(database.connect()) {}

    QProcessEnvironment environment(const QString &fault = {}) const
    {
        QProcessEnvironment e = functional::cleanEnvironment(home.path());
        e.insert(QStringLiteral("DATABASE_URL"), database.url());
        e.insert(QStringLiteral("EMAIL_PROVIDER"), QStringLiteral("brevo"));
        e.insert(QStringLiteral("BREVO_API_KEY"), brevo.apiKey());
        e.insert(QStringLiteral("BREVO_BASE_URL"), brevo.url());
        e.insert(QStringLiteral("EMAIL_CONCURRENCY"), QString::number(concurrency));
        e.insert(QStringLiteral("BREVO_WEBHOOK_SECRET"), secret);
        if (!fault.isEmpty())
            e.insert(QStringLiteral("INSTANODE_FAULT_POINT"), fault);
        return e;
    }
    void must(const QString &sql, const QVariantList &values = {})
    {
        const auto done = connection->execute(sql, values);
        if (!done)
            qFatal("%s: %s", qPrintable(sql), qPrintable(done.error().detail));
    }
    qint64 number(const QString &sql)
    {
        qint64 found = -1;
        const auto done = connection->select(sql, {}, [&](const storage::Row &row) {
            found = row.integer(0);
            return false;
        });
        return done ? found : -1;
    }
    /// A killed host's lease runs out after a while; a test does not wait for that.
    void forgetLeases() { must(QStringLiteral("DELETE FROM job_leases")); }

    void addEntries(int count)
    {
        QStringList ids;
        const auto done = connection->inTransaction([&]() -> domain::Result<domain::Done> {
            for (int t = 0; t < teams; ++t) {
                ids.append(domain::TeamId::random().toString());
                must(QStringLiteral("INSERT INTO teams (id, name) VALUES (?, ?)"), {ids.last(), ids.last()});
                must(QStringLiteral("INSERT INTO users (id, team_id, email, is_primary) VALUES (?, ?, ?, ?)"),
                     {domain::UserId::random().toString(), ids.last(), QStringLiteral("user%1@kestrel.example").arg(t),
                      true});
            }
            const QString now = storage::toSqlTime(QDateTime::currentDateTimeUtc());
            for (int i = 0; i < count; ++i)
                must(QStringLiteral("INSERT INTO audit_log (id, team_id, actor, kind, summary, created_at) "
                                    "VALUES (?, ?, 'system', 'subscription.upgraded', 'Upgraded', ?)"),
                     {domain::AuditId::random().toString(), ids.at(i % teams), now});
            return domain::Done{};
        });
        if (!done)
            qFatal("%s", qPrintable(done.error().detail));
    }

    QTemporaryDir home;
    test::TempDatabase database;
    std::unique_ptr<storage::Connection> connection;
    test::FakeBrevo brevo;
};

struct Story {
    QHash<QString, domain::DeliveryFold> folds; ///< by message
    QSet<QString> distinct;                     ///< events that must be there once each
    QList<QByteArray> bodies;
};

/// Events of many messages, doubled in part, shuffled, some in batches.
Story makeStory(int messages, int eventsEach)
{
    static constexpr const char *names[] = {"delivered", "soft_bounce", "hard_bounce", "deferred", "complaint",
                                            "blocked",   "opened",      "error",       "request",  "unsubscribed"};
    QRandomGenerator random(7);
    Story story;
    QList<QJsonObject> events;
    const qint64 start = QDateTime::currentMSecsSinceEpoch() / 1000 - 7200;
    for (int m = 0; m < messages; ++m) {
        const QString id = QStringLiteral("m%1@relay.example").arg(m);
        for (int e = 0; e < eventsEach; ++e) {
            const char *name = names[random.bounded(int(std::size(names)))];
            const qint64 at = start + random.bounded(0, 3600);
            story.folds[id].add(*domain::parseDeliveryEvent(QString::fromLatin1(name)),
                                QDateTime::fromSecsSinceEpoch(at, Qt::UTC));
            story.distinct.insert(QStringLiteral("%1 %2 %3").arg(id, QString::fromLatin1(name)).arg(at));
            events.append({{QStringLiteral("event"), QString::fromLatin1(name)},
                           {QStringLiteral("email"), QStringLiteral("mira@kestrel.example")},
                           {QStringLiteral("message-id"), QStringLiteral("<%1>").arg(id)},
                           {QStringLiteral("ts_event"), at}});
        }
    }
    events += events.mid(events.size() * 4 / 5);
    std::shuffle(events.begin(), events.end(), random);
    while (!events.isEmpty()) {
        QJsonArray batch;
        const int size = std::min<int>(int(events.size()), random.bounded(10) == 0 ? 25 : 1);
        for (int i = 0; i < size; ++i)
            batch.append(events.takeLast());
        story.bodies.append(size == 1 ? QJsonDocument(batch.first().toObject()).toJson(QJsonDocument::Compact)
                                      : QJsonDocument(batch).toJson(QJsonDocument::Compact));
    }
    return story;
}

QString webhookUrl(const ServerProcess &server)
{
    return QStringLiteral("http://127.0.0.1:%1/webhooks/brevo/%2").arg(server.port()).arg(secret);
}

} // namespace

/// The binary with its mail, killed without warning (spec 02 §3.2 and §4.3, 00-decisions rows 6 to 8 and 10).
class TstMailChaos : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aKillAtAnyStepLosesNothing_data()
    {
        QTest::addColumn<Engine>("engine");
        QTest::addColumn<QString>("fault");
        const int rows = sized(400, 10'000);
        for (const auto &[name, engine] : {std::pair{"sqlite", Engine::Sqlite}, {"postgresql", Engine::PostgreSql}}) {
            for (const QString &fault :
                 {QStringLiteral("forwarder.after_plan:1"), QStringLiteral("forwarder.before_call:%1").arg(rows / 3),
                  QStringLiteral("forwarder.after_call:%1").arg(rows / 3),
                  QStringLiteral("forwarder.after_record:%1").arg(rows / 3)})
                QTest::addRow("%s %s", name, qPrintable(fault)) << engine << fault;
        }
    }
    void aKillAtAnyStepLosesNothing()
    {
        QFETCH(Engine, engine);
        QFETCH(QString, fault);
        const int rows = sized(400, 10'000);
        Stage stage(engine);
        stage.addEntries(rows);
        {
            ServerProcess victim(stage.environment(fault));
            QVERIFY2(victim.start(), victim.log().constData());
            QTRY_VERIFY_WITH_TIMEOUT(!victim.isRunning(), 120'000);
        }
        const QString sent = QStringLiteral("SELECT count(*) FROM forwarder_sent WHERE classification = 'success'");
        QVERIFY2(stage.number(sent) < rows, "the kill came too late to show anything");
        stage.forgetLeases();
        ServerProcess survivor(stage.environment());
        QVERIFY2(survivor.start(), survivor.log().constData());
        QTRY_COMPARE_WITH_TIMEOUT(stage.number(sent), qint64(rows), 240'000);
        const auto perKey = stage.brevo.acceptedByKey();
        QCOMPARE(perKey.size(), rows);
        QVERIFY2(stage.brevo.accepted() - rows <= concurrency, qPrintable(QString::number(stage.brevo.accepted())));
        for (const int times : perKey)
            QVERIFY(times <= 2);
        QCOMPARE(stage.number(QStringLiteral("SELECT count(DISTINCT provider_id) FROM forwarder_sent")), qint64(rows));
        QCOMPARE(survivor.terminate(), 0);
    }

    /// The sender comes back with what was not answered 200, as the provider does.
    void killsWhileWebhooksComeIn_data() { test::addEngineRows(); }
    void killsWhileWebhooksComeIn()
    {
        QFETCH(Engine, engine);
        const int messages = sized(300, 20'000);
        Stage stage(engine);
        const Story story = makeStory(messages, 5);
        const QString at = storage::toSqlTime(QDateTime::currentDateTimeUtc().addSecs(-7200));
        QVERIFY(
            stage.connection
                ->inTransaction([&]() -> domain::Result<domain::Done> {
                    for (int m = 0; m < messages; m += 2) // the others are parked
                        stage.must(
                            QStringLiteral("INSERT INTO forwarder_sent (audit_id, sent_at, provider, provider_id, "
                                           "classification, accepted_at) VALUES (?, ?, 'brevo', ?, 'success', ?)"),
                            {QStringLiteral("row-%1").arg(m), at, QStringLiteral("<m%1@relay.example>").arg(m), at});
                    return domain::Done{};
                })
                .ok());
        QList<QByteArray> pending = story.bodies;
        const QString inbox = QStringLiteral("SELECT count(*) FROM webhook_inbox");
        for (int round = 0; !pending.isEmpty(); ++round) {
            QVERIFY2(round < 6, "the sender never got through");
            ServerProcess server(stage.environment());
            QVERIFY2(server.start(), server.log().constData());
            QList<int> statuses;
            std::thread sender([&] { statuses = test::FakeBrevo::post(webhookUrl(server), pending, 16); });
            if (round < 2) {
                const qint64 before = stage.number(inbox);
                const qint64 killAt = before + pending.size() / 3;
                while (stage.number(inbox) < killAt)
                    QCoreApplication::processEvents();
                server.killHard();
            }
            sender.join();
            QList<QByteArray> again;
            for (qsizetype i = 0; i < pending.size(); ++i) {
                if (statuses.at(i) != 200)
                    again.append(pending.at(i));
            }
            if (round < 2)
                QVERIFY(!again.isEmpty());
            pending = again;
        }
        QCOMPARE(stage.number(QStringLiteral("SELECT count(*) FROM email_delivery_events")),
                 qint64(story.distinct.size()));
        QVERIFY(stage.number(inbox) >= story.bodies.size());
        int compared = 0;
        const QString sql = QStringLiteral("SELECT provider_id, classification, outcome, %1 FROM forwarder_sent")
                                .arg(stage.connection->millis(QStringLiteral("delivered_at")));
        QVERIFY(stage.connection
                    ->select(sql, {},
                             [&](const storage::Row &row) {
                                 const auto &fold = story.folds[domain::normalizedMessageId(row.text(0))];
                                 if (row.text(1) == domain::ledgerClassName(fold.ledgerClass()) &&
                                     row.text(2) == fold.storedOutcome() && row.optionalTime(3) == fold.deliveredAt())
                                     ++compared;
                                 else
                                     qWarning("%s: %s", qPrintable(row.text(0)), qPrintable(row.text(1)));
                                 return true;
                             })
                    .ok());
        QCOMPARE(compared, (messages + 1) / 2);
    }

    void theReceiversAnswerAsDocumented_data() { test::addEngineRows(); }
    void theReceiversAnswerAsDocumented()
    {
        QFETCH(Engine, engine);
        Stage stage(engine);
        ServerProcess server(stage.environment());
        QVERIFY2(server.start(), server.log().constData());
        const functional::HttpClient http(server.port());
        const auto post = [&](const QString &target, const QByteArray &body) {
            return http.request("POST", target, body, {{"Content-Type", "application/json"}});
        };
        const QString good = QStringLiteral("/webhooks/brevo/") + secret;
        const auto unknown = post(good, R"({"event":"delivered","email":"a@x.example","message-id":"<nobody>"})");
        QCOMPARE(unknown.status, 200);
        QCOMPARE(unknown.json().value(QStringLiteral("matched")).toBool(true), false);
        QCOMPARE(unknown.json().value(QStringLiteral("event")).toString(), QStringLiteral("delivered"));
        const auto skipped = post(good, R"({"event":"list_addition","email":"a@x.example"})");
        QCOMPARE(skipped.status, 200);
        QCOMPARE(skipped.json().value(QStringLiteral("skipped")).toBool(), true);
        const auto rubbish = post(good, "{");
        QCOMPARE(rubbish.status, 400);
        QCOMPARE(rubbish.error(), QStringLiteral("invalid_payload"));
        QCOMPARE(post(good, QByteArray(2 * 1024 * 1024 + 1, ' ')).status, 413);
        const auto stranger = post(QStringLiteral("/webhooks/brevo/guess-7f3"), "{}");
        QCOMPARE(stranger.status, 401);
        QCOMPARE(stranger.error(), QStringLiteral("brevo_secret_mismatch"));
        QVERIFY(!stranger.body.contains("guess-7f3"));
        QCOMPARE(post(QStringLiteral("/api/v1/email/webhook/brevo"), "{}").status, 401);
        QCOMPARE(post(QStringLiteral("/api/v1/email/webhook/ses"), "{}").status, 401);
        QTRY_VERIFY(stage.number(QStringLiteral("SELECT count(*) FROM audit_log WHERE kind = "
                                                "'webhook.brevo.unauthorized'")) >= 1);
        QCOMPARE(stage.number(QStringLiteral("SELECT count(*) FROM webhook_inbox")), qint64(3));
        const auto metrics = http.get(QStringLiteral("/metrics"));
        QVERIFY(metrics.body.contains("brevo_webhook_events_total{event=\"unauthorized\"} 1"));
        QVERIFY(metrics.body.contains("brevo_webhook_events_total{event=\"delivered\"} 1"));
        QCOMPARE(server.terminate(), 0);
    }
};

REGISTER_SUITE(mail_chaos, TstMailChaos)
#include "tst_mail_chaos.moc"
