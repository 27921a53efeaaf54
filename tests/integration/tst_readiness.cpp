#include "app/server/health/health_routes.h"
#include "app/server/health/readiness.h"
#include "tests/integration/http_client.h"
#include "tests/support/test_main.h"

#include <QJsonArray>
#include <QPromise>
#include <QtTest>

#include <atomic>
#include <mutex>

using ports::CheckStatus;
using server::CheckAnswer;
using server::CheckOutcome;
using server::Readiness;
using server::ReadinessCheck;
using server::ReadinessReport;

namespace {

using Millis = std::chrono::milliseconds;

ReadinessReport probe(Readiness &readiness)
{
    auto promise = std::make_shared<QPromise<ReadinessReport>>();
    QFuture<ReadinessReport> future = promise->future();
    promise->start();
    readiness.probe([promise](const ReadinessReport &report) {
        promise->addResult(report);
        promise->finish();
    });
    return future.result();
}

ReadinessCheck fixed(const char *name, bool critical, CheckStatus status, const char *error = "")
{
    return {.name = QString::fromLatin1(name), .critical = critical, .run = [status, error](const CheckAnswer &answer) {
                answer({status, QString::fromLatin1(error)});
            }};
}

} // namespace

/// Spec 03 §3.2.
class TstReadiness final : public QObject {
    Q_OBJECT

private slots:
    void overall_data()
    {
        QTest::addColumn<int>("critical");
        QTest::addColumn<int>("other");
        QTest::addColumn<int>("overall");
        const int ok = int(CheckStatus::Ok), degraded = int(CheckStatus::Degraded), failed = int(CheckStatus::Failed);
        QTest::newRow("all well") << ok << ok << ok;
        QTest::newRow("non-critical failed") << ok << failed << degraded;
        QTest::newRow("non-critical degraded") << ok << degraded << degraded;
        QTest::newRow("critical degraded") << degraded << ok << degraded;
        QTest::newRow("critical failed") << failed << ok << failed;
        QTest::newRow("both failed") << failed << failed << failed;
    }

    void overall()
    {
        QFETCH(int, critical);
        QFETCH(int, other);
        QFETCH(int, overall);
        Readiness readiness;
        readiness.add(fixed("z_other", false, CheckStatus(other)));
        readiness.add(fixed("a_critical", true, CheckStatus(critical)));
        const ReadinessReport report = probe(readiness);
        QCOMPARE(int(report.overall), overall);
        QCOMPARE(report.checks.size(), 2);
        QCOMPARE(report.checks.at(0).name, QStringLiteral("a_critical"));
        QVERIFY(report.checks.at(0).lastCheckAt.isValid());
    }

    void cachedWithinTtl()
    {
        std::atomic<int> cached = 0, fresh = 0;
        QList<double> gauges;
        Readiness readiness([&gauges](const QString &, double value) { gauges << value; });
        readiness.add({.name = QStringLiteral("cached"), .ttl = Millis(1000000), .run = [&](const CheckAnswer &answer) {
                           ++cached;
                           answer({CheckStatus::Degraded, QStringLiteral("slow")});
                       }});
        readiness.add({.name = QStringLiteral("fresh"), .ttl = Millis(0), .run = [&](const CheckAnswer &answer) {
                           ++fresh;
                           answer({});
                       }});
        for (int i = 0; i < 3; ++i)
            QCOMPARE(int(probe(readiness).overall), int(CheckStatus::Degraded));
        QCOMPARE(cached.load(), 1);
        QCOMPARE(fresh.load(), 3);
        QCOMPARE(gauges, (QList<double>{0.5, 1, 0.5, 1, 0.5, 1}));
    }

    void nilAndPanic()
    {
        Readiness readiness;
        readiness.add({.name = QStringLiteral("nil")});
        readiness.add({.name = QStringLiteral("panic"), .critical = true, .run = [](const CheckAnswer &) {
                           throw std::runtime_error("secret text");
                       }});
        const ReadinessReport report = probe(readiness);
        QCOMPARE(report.checks.at(0).lastError, QStringLiteral("check_nil"));
        QCOMPARE(report.checks.at(1).lastError, QStringLiteral("check_panic"));
        QCOMPARE(int(report.overall), int(CheckStatus::Failed));
    }

    void hangingCheckTimesOutAndIsNotPiledUp()
    {
        std::atomic<int> runs = 0;
        std::mutex mutex;
        CheckAnswer pending;
        Readiness readiness;
        readiness.add({.name = QStringLiteral("hangs"),
                       .critical = true,
                       .timeout = Millis(20),
                       .ttl = Millis(0),
                       .run = [&](const CheckAnswer &answer) {
                           ++runs;
                           const std::lock_guard lock(mutex);
                           pending = answer;
                       }});
        for (int i = 0; i < 3; ++i) {
            const ReadinessReport report = probe(readiness);
            QCOMPARE(report.checks.first().lastError, QStringLiteral("timeout"));
            QCOMPARE(int(report.overall), int(CheckStatus::Failed));
        }
        QCOMPARE(runs.load(), 1);
        {
            const std::lock_guard lock(mutex);
            std::exchange(pending, {})({});
        }
        QCOMPARE(probe(readiness).checks.first().lastError, QStringLiteral("timeout"));
        QCOMPARE(runs.load(), 2);
    }

    void budgetEndsTheProbe()
    {
        CheckAnswer pending;
        Readiness readiness({}, Millis(30));
        readiness.add({.name = QStringLiteral("slow"),
                       .timeout = Millis(1000000),
                       .run = [&](const CheckAnswer &answer) { pending = answer; }});
        readiness.add(fixed("quick", true, CheckStatus::Ok));
        const ReadinessReport report = probe(readiness);
        QCOMPARE(report.checks.at(0).lastError, QString());
        QCOMPARE(report.checks.at(1).lastError, QStringLiteral("timeout"));
        QCOMPARE(int(report.overall), int(CheckStatus::Degraded));
        pending = {};
    }

    void parallelProbesShareOneRun()
    {
        std::atomic<int> runs = 0, answers = 0;
        CheckAnswer pending;
        Readiness readiness;
        readiness.add({.name = QStringLiteral("shared"), .run = [&](const CheckAnswer &answer) {
                           ++runs;
                           pending = answer;
                       }});
        for (int i = 0; i < 5; ++i)
            readiness.probe(
                [&answers](const ReadinessReport &report) { answers += report.checks.size() == 1 ? 1 : 0; });
        QCOMPARE(answers.load(), 0);
        pending({});
        QCOMPARE(answers.load(), 5);
        QCOMPARE(runs.load(), 1);
    }

    void overHttp()
    {
        auto readiness = std::make_shared<Readiness>();
        std::atomic<int> runs = 0;
        std::atomic<int> migrations = 0;
        readiness->add({.name = QStringLiteral("platform_db"), .critical = true, .run = [&](const CheckAnswer &answer) {
                            ++runs;
                            answer({});
                        }});
        readiness->add(fixed("brevo", false, CheckStatus::Degraded, "http_401"));
        server::Router router;
        server::HealthSources sources;
        sources.startedAt = QDateTime::currentDateTimeUtc();
        sources.commit = "abc";
        sources.migration = [&](const std::function<void(server::MigrationState)> &answer) {
            ++migrations;
            answer({QStringLiteral("0004"), 4, true});
        };
        sources.verboseFigures = [] {
            return QJsonObject{{QStringLiteral("pool"), QJsonObject{{QStringLiteral("max"), 15}}}};
        };
        QVERIFY(server::addHealthRoutes(router, sources, readiness).ok());
        server::Server host(std::move(router), test::sampleConfig());
        const quint16 port = *host.start();

        const test::HttpReply ready = test::HttpClient::get(port, "/readyz");
        QCOMPARE(ready.status, 200);
        QCOMPARE(ready.header("Cache-Control"), QByteArray("no-store"));
        QCOMPARE(ready.json().value(QLatin1StringView("overall")).toString(), QStringLiteral("degraded"));
        const QJsonArray checks = ready.json().value(QLatin1StringView("checks")).toArray();
        QCOMPARE(checks.size(), 2);
        QCOMPARE(checks.at(0).toObject().value(QLatin1StringView("last_error")).toString(), QStringLiteral("http_401"));
        QVERIFY(!checks.at(1).toObject().contains(QLatin1StringView("last_error")));
        QVERIFY(!checks.at(1).toObject().contains(QLatin1StringView("critical")));

        const QJsonObject verbose = test::HttpClient::get(port, "/readyz?verbose").json();
        QVERIFY(verbose.value(QLatin1StringView("checks"))
                    .toArray()
                    .at(1)
                    .toObject()
                    .value(QLatin1StringView("critical"))
                    .toBool());
        QCOMPARE(
            verbose.value(QLatin1StringView("migration")).toObject().value(QLatin1StringView("version")).toString(),
            QStringLiteral("0004"));
        QVERIFY(verbose.contains(QLatin1StringView("pool")));
        QCOMPARE(test::HttpClient::get(port, "/healthz").json().value(QLatin1StringView("migration_count")).toInt(), 4);
        QCOMPARE(migrations.load(), 1);

        readiness->setDraining();
        const test::HttpReply draining = test::HttpClient::get(port, "/readyz");
        QCOMPARE(draining.status, 503);
        const QJsonArray only = draining.json().value(QLatin1StringView("checks")).toArray();
        QCOMPARE(only.size(), 1);
        QCOMPARE(only.at(0).toObject().value(QLatin1StringView("name")).toString(), QStringLiteral("shutting_down"));
        QCOMPARE(only.at(0).toObject().value(QLatin1StringView("last_error")).toString(), QStringLiteral("draining"));
        QCOMPARE(runs.load(), 1);
        QCOMPARE(test::HttpClient::get(port, "/livez").status, 200);
    }
};

REGISTER_SUITE(readiness, TstReadiness)
#include "tst_readiness.moc"
