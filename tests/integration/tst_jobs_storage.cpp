#include "services/storage/job_repository.h"
#include "tests/integration/mail_storage.h"
#include "tests/support/temp_database.h"
#include "tests/support/test_main.h"

#include <QTest>

#include <atomic>
#include <future>
#include <thread>

using domain::Done;
using domain::Result;
using storage::Connection;
using storage::Engine;
using storage::SqlJobRepository;
using test::after;
using test::failure;
using test::rowOf;
using test::TempDatabase;

namespace {

QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}

const QString job = QStringLiteral("email_forwarder");

struct Jobs {
    explicit Jobs(Engine engine) : database(engine), connection(database.connect()), rows(*connection) {}
    TempDatabase database;
    std::unique_ptr<Connection> connection;
    SqlJobRepository rows;
};

} // namespace

class TstJobsStorage : public QObject {
    Q_OBJECT
private slots:
    void cursorIsKept_data() { test::addEngineRows(); }
    void cursorIsKept()
    {
        QFETCH(Engine, engine);
        Jobs jobs(engine);
        QCOMPARE(jobs.rows.cursor(job).value(), std::nullopt);
        const SqlJobRepository::Cursor first{after(0).addMSecs(123), QString()}, second{after(9), test::idText(5)};
        QVERIFY(jobs.rows.setCursor(job, first, after(1)).ok());
        QCOMPARE(jobs.rows.cursor(job).value(), std::optional(first));
        QVERIFY(jobs.rows.setCursor(job, second, after(2)).ok());
        QVERIFY(jobs.rows.setCursor(text("other"), first, after(2)).ok());
        QCOMPARE(jobs.rows.cursor(job).value(), std::optional(second));
    }

    void leaseHasOneHolder_data() { test::addEngineRows(); }
    void leaseHasOneHolder()
    {
        QFETCH(Engine, engine);
        Jobs jobs(engine);
        const auto second = jobs.database.connect();
        SqlJobRepository theirs(*second);
        const QString us = text("host-a"), them = text("host-b");
        QCOMPARE(*jobs.rows.acquire(job, us, after(0), after(60)), true);
        QCOMPARE(*theirs.acquire(job, them, after(1), after(61)), false);
        QCOMPARE(*theirs.acquire(text("other"), them, after(1), after(61)), true);
        // Renewed by its holder, so still not free at what was its end.
        QCOMPARE(*jobs.rows.acquire(job, us, after(50), after(110)), true);
        QCOMPARE(*theirs.acquire(job, them, after(109), after(169)), false);
        // Over: the next one takes it, and the former holder has to wait.
        QCOMPARE(*theirs.acquire(job, them, after(110), after(170)), true);
        QCOMPARE(*jobs.rows.acquire(job, us, after(111), after(171)), false);
        // Only its holder can give it back.
        QVERIFY(jobs.rows.release(job, us).ok());
        QCOMPARE(*jobs.rows.acquire(job, us, after(112), after(172)), false);
        QVERIFY(theirs.release(job, them).ok());
        QCOMPARE(*jobs.rows.acquire(job, us, after(112), after(172)), true);
    }

    /// Many hosts at the same moment, over and over: one wins.
    void aRaceHasOneWinner_data() { test::addEngineRows(); }
    void aRaceHasOneWinner()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        constexpr int hosts = 4, rounds = 25;
        std::vector<std::unique_ptr<std::atomic<int>>> arrived, winners;
        for (int i = 0; i < rounds; ++i) {
            arrived.push_back(std::make_unique<std::atomic<int>>(0));
            winners.push_back(std::make_unique<std::atomic<int>>(0));
        }
        std::vector<std::future<QString>> runs;
        for (int host = 0; host < hosts; ++host) {
            runs.push_back(std::async(std::launch::async, [&, host]() -> QString {
                auto opened = Connection::open(database.config());
                if (!opened)
                    return opened.error().detail;
                SqlJobRepository rows(**opened);
                QString trouble;
                for (int round = 0; round < rounds; ++round) {
                    const auto i = static_cast<std::size_t>(round);
                    ++*arrived[i];
                    while (*arrived[i] < hosts)
                        std::this_thread::yield();
                    // Each round begins exactly where the lease of the round before ends.
                    const auto won = rows.acquire(job, QStringLiteral("%1-%2").arg(host).arg(round), after(round * 60),
                                                  after(round * 60 + 60));
                    if (!won)
                        trouble = failure(won);
                    else if (*won)
                        ++*winners[i];
                }
                return trouble;
            }));
        }
        for (auto &run : runs)
            QCOMPARE(run.get(), QString());
        for (const auto &count : winners)
            QCOMPARE(count->load(), 1);
    }

    /// The first host's statement is not committed yet when the second asks.
    void theLoserWaitsForTheWinner()
    {
        Jobs jobs(Engine::PostgreSql);
        std::future<bool> second;
        const auto held = jobs.connection->inTransaction([&]() -> Result<Done> {
            auto won = jobs.rows.acquire(job, text("host-a"), after(0), after(60));
            if (!won || !*won)
                return domain::unavailable(text("not acquired"));
            second = std::async(std::launch::async, [&] {
                const auto connection = jobs.database.connect();
                const auto answer = SqlJobRepository(*connection).acquire(job, text("host-b"), after(0), after(60));
                return !answer || *answer;
            });
            // Until the other one hangs on our lock.
            const auto watcher = jobs.database.connect();
            const QString waiting = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                                         "AND wait_event_type = 'Lock'");
            while (rowOf(*watcher, waiting) == text("0") &&
                   second.wait_for(std::chrono::seconds(0)) != std::future_status::ready)
                std::this_thread::yield();
            return Done{};
        });
        QCOMPARE(failure(held), QString());
        QCOMPARE(second.get(), false);
    }

    void lastRunIsKeptBesideTheLease_data() { test::addEngineRows(); }
    void lastRunIsKeptBesideTheLease()
    {
        QFETCH(Engine, engine);
        Jobs jobs(engine);
        const auto none = jobs.rows.lastRun(job);
        QCOMPARE(failure(none), QString());
        QVERIFY(!none->startedAt && !none->finishedAt && none->result.isEmpty());
        QCOMPARE(*jobs.rows.acquire(job, text("a"), after(0), after(60)), true);
        QVERIFY(!jobs.rows.lastRun(job)->startedAt);
        QVERIFY(jobs.rows.recordRun(job, after(1), after(5), QStringLiteral("ok") + QChar(u'\0')).ok());
        const auto run = jobs.rows.lastRun(job);
        QCOMPARE(run->startedAt, std::optional(after(1)));
        QCOMPARE(run->finishedAt, std::optional(after(5)));
        QCOMPARE(run->result, QStringLiteral("ok\uFFFD"));
        // Recording is not giving back.
        QCOMPARE(*jobs.rows.acquire(job, text("b"), after(6), after(66)), false);
        QVERIFY(jobs.rows.recordRun(text("repair"), after(1), after(2), text("ok")).ok());
        QCOMPARE(jobs.rows.lastRun(text("repair"))->result, text("ok"));
        QCOMPARE(*jobs.rows.acquire(text("repair"), text("b"), after(1), after(60)), true);
        QCOMPARE(jobs.rows.lastRun(text("repair"))->finishedAt, std::optional(after(2)));
    }

    void openRequestsAreNotDoubled_data() { test::addEngineRows(); }
    void openRequestsAreNotDoubled()
    {
        QFETCH(Engine, engine);
        Jobs jobs(engine);
        const auto ask = [&](const QString &name, qint64 second) {
            return failure(jobs.connection->inTransaction(
                [&] { return jobs.rows.request(name, text("op@x.com"), after(second)); }));
        };
        QCOMPARE(*jobs.rows.hasOpenRequest(job), false);
        QCOMPARE(ask(job, 0), QString());
        QCOMPARE(ask(job, 5), QString());
        QCOMPARE(ask(text("other"), 5), QString());
        QCOMPARE(*jobs.rows.hasOpenRequest(job), true);
        QCOMPARE(rowOf(*jobs.connection, text("SELECT count(*) FROM job_requests WHERE job = ?"), 1, {job}), text("1"));
        // Asked after the run began: stays open.
        QVERIFY(jobs.rows.closeRequests(job, after(-1), after(10), "{}").ok());
        QCOMPARE(*jobs.rows.hasOpenRequest(job), true);
        QVERIFY(jobs.rows.closeRequests(job, after(0), after(10), "{\"recovered\": 3}").ok());
        QCOMPARE(*jobs.rows.hasOpenRequest(job), false);
        QCOMPARE(*jobs.rows.hasOpenRequest(text("other")), true);
        QVERIFY(
            rowOf(*jobs.connection, text("SELECT CAST(result AS text) FROM job_requests WHERE finished_at IS NOT NULL"))
                .contains(text("recovered")));
        QCOMPARE(ask(job, 20), QString());
        QCOMPARE(*jobs.rows.hasOpenRequest(job), true);
        QVERIFY(jobs.rows.closeRequests(job, after(20), after(30), {}).ok());
        QCOMPARE(rowOf(*jobs.connection,
                       text("SELECT count(*) FROM job_requests WHERE job = ? AND result IS NULL "
                            "AND started_at IS NOT NULL AND finished_at IS NOT NULL"),
                       1, {job}),
                 text("1"));
    }

    void requestsAtTheSameTimeAreOne()
    {
        const TempDatabase database(Engine::PostgreSql);
        std::vector<std::future<QString>> runs;
        for (int i = 0; i < 6; ++i) {
            runs.push_back(std::async(std::launch::async, [&] {
                const auto connection = database.connect();
                SqlJobRepository rows(*connection);
                return failure(
                    connection->inTransaction([&] { return rows.request(job, text("op@x.com"), after(0)); }));
            }));
        }
        for (auto &run : runs)
            QCOMPARE(run.get(), QString());
        QCOMPARE(rowOf(*database.connect(), text("SELECT count(*) FROM job_requests")), text("1"));
    }
};

REGISTER_SUITE(jobs_storage, TstJobsStorage)
#include "tst_jobs_storage.moc"
