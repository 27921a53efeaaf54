#include "services/storage/executor.h"
#include "test_paths.h"
#include "tests/support/postgres.h"
#include "tests/support/temp_database.h"
#include "tests/support/test_main.h"

#include <QProcess>
#include <QScopeGuard>
#include <QSemaphore>
#include <QSqlDatabase>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <mutex>

using domain::Done;
using domain::ErrorCode;
using domain::Result;
using storage::Access;
using storage::Connection;
using storage::Engine;
using storage::Executor;
using storage::FaultPoint;
using storage::Row;
using test::TempDatabase;

namespace {

Result<qint64> countTeams(Connection &c)
{
    qint64 n = -1;
    auto read = c.select(QStringLiteral("SELECT count(*) FROM teams"), {}, [&n](const Row &row) {
        n = row.integer(0);
        return false;
    });
    return read.map([&n](const Done &) { return n; });
}

Result<Done> addTeam(Connection &c)
{
    return c.inTransaction([&c]() -> Result<Done> {
        return c.execute(QStringLiteral("INSERT INTO teams (name) VALUES ('x')")).map([](qint64) { return Done{}; });
    });
}

template <typename T>
Result<T> wait(QFuture<Result<T>> future)
{
    future.waitForFinished();
    return future.resultCount() > 0 ? future.result()
                                    : domain::makeError(ErrorCode::Cancelled, QStringLiteral("cancelled"));
}

Result<Done> write(Executor &executor)
{
    return wait(executor.run<Done>(Access::Write, {}, addTeam));
}

Result<qint64> teams(Executor &executor)
{
    return wait(executor.run<qint64>(Access::Read, {}, countTeams));
}

/// Keeps one thread of the pool busy until release().
class Blocker {
public:
    Blocker(Executor &executor, Access access)
    {
        m_future = executor.run<Done>(access, {}, [this](Connection &) -> Result<Done> {
            m_started.release();
            m_release.acquire();
            return Done{};
        });
        m_started.acquire();
    }
    ~Blocker() { release(); }
    void release()
    {
        m_release.release();
        m_future.waitForFinished();
    }

private:
    QSemaphore m_started, m_release;
    QFuture<Result<Done>> m_future;
};

qint64 backends(const QString &database)
{
    qint64 n = -1;
    const auto read = test::maintenanceConnection()->select(
        QStringLiteral("SELECT count(*) FROM pg_stat_activity WHERE datname = ?"), {database}, [&n](const Row &row) {
            n = row.integer(0);
            return false;
        });
    return read ? n : -1;
}

void cluster(const char *action, const QString &state)
{
    const int code = QProcess::execute(QStringLiteral(INSTANODE_SOURCE_DIR "/tests/support/pg_cluster"),
                                       {QString::fromLatin1(action), state});
    QVERIFY2(code == 0, action);
}

} // namespace

class TstExecutor : public QObject {
    Q_OBJECT
private slots:
    void writesKeepTheirOrder_data() { test::addEngineRows(); }
    void writesKeepTheirOrder()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        auto config = database.config();
        config.poolSize = 1;
        Executor executor(config);
        QList<int> order, expected;
        QList<QFuture<Result<Done>>> futures;
        for (int i = 0; i < 100; ++i) {
            expected << i;
            futures << executor.run<Done>(Access::Write, {}, [&order, i](Connection &) -> Result<Done> {
                order << i;
                return Done{};
            });
        }
        for (auto &future : futures)
            QVERIFY(wait(future).ok());
        QCOMPARE(order, expected);
    }

    void closeFinishesWhatWasAccepted_data() { test::addEngineRows(); }
    void closeFinishesWhatWasAccepted()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        Executor executor(database.config());
        QList<QFuture<Result<Done>>> writes;
        QList<QFuture<Result<qint64>>> reads;
        for (int i = 0; i < 40; ++i) {
            writes << executor.run<Done>(Access::Write, {}, addTeam);
            reads << executor.run<qint64>(Access::Read, {}, countTeams);
        }
        executor.close();
        int done = 0;
        for (const auto &future : writes)
            done += future.isFinished() && future.result().ok() ? 1 : 0;
        for (const auto &future : reads)
            done += future.isFinished() && future.result().ok() ? 1 : 0;
        QCOMPARE(done, 80);
        const auto late = write(executor);
        QVERIFY(!late.ok());
        QCOMPARE(late.error().code, ErrorCode::Unavailable);
        QCOMPARE(late.error().key, QStringLiteral("shutting_down"));
        QVERIFY(QSqlDatabase::connectionNames().isEmpty());
        if (engine == Engine::PostgreSql)
            QTRY_COMPARE(backends(database.config().database), 0);
        QCOMPARE(executor.stats().inUse, 0);
        QCOMPARE(executor.stats().idle, 0);
        executor.close();
        QCOMPARE(database.connect()->isOpen(), true);
    }

    void manyThreadsAtOnce_data() { test::addEngineRows(); }
    void manyThreadsAtOnce()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        Executor executor(database.config());
        std::vector<std::thread> callers;
        std::atomic<int> failures{0};
        for (int t = 0; t < 8; ++t) {
            callers.emplace_back([&] {
                for (int i = 0; i < 10; ++i)
                    failures += int(!write(executor).ok()) + int(!teams(executor).ok());
            });
        }
        for (std::thread &caller : callers)
            caller.join();
        QCOMPARE(failures.load(), 0);
        QCOMPARE(*teams(executor), 80);
    }

    void cancelledBeforeTheStart_data() { test::addEngineRows(); }
    void cancelledBeforeTheStart()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        auto config = database.config();
        config.poolSize = 1;
        Executor executor(config);
        Blocker blocker(executor, Access::Write);
        auto unwanted = executor.run<Done>(Access::Write, {}, addTeam);
        unwanted.cancel();
        blocker.release();
        unwanted.waitForFinished();
        QVERIFY(unwanted.isCanceled());
        QCOMPARE(*teams(executor), 0);
    }

    void deadlineBeforeTheStart_data() { test::addEngineRows(); }
    void deadlineBeforeTheStart()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        Executor executor(database.config());
        const auto past = QDateTime::currentDateTimeUtc().addSecs(-1);
        const auto late = wait(executor.run<Done>(Access::Write, past, addTeam));
        QVERIFY(!late.ok());
        QCOMPARE(late.error().code, ErrorCode::Timeout);
        const auto future = QDateTime::currentDateTimeUtc().addSecs(600);
        QVERIFY(wait(executor.run<Done>(Access::Write, future, addTeam)).ok());
        QCOMPARE(*teams(executor), 1);
    }

    void exceptionIsAnError_data() { test::addEngineRows(); }
    void exceptionIsAnError()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        Executor executor(database.config());
        const auto thrown = wait(executor.run<Done>(Access::Write, {}, [](Connection &c) -> Result<Done> {
            return c.inTransaction([&c]() -> Result<Done> {
                if (c.execute(QStringLiteral("INSERT INTO teams (name) VALUES ('x')")))
                    throw std::runtime_error("boom");
                return Done{};
            });
        }));
        QVERIFY(!thrown.ok());
        QCOMPARE(thrown.error().code, ErrorCode::Internal);
        QCOMPARE(thrown.error().detail, QStringLiteral("boom"));
        const auto odd = wait(executor.run<Done>(Access::Read, {}, [](Connection &) -> Result<Done> { throw 5; }));
        QCOMPARE(odd.error().code, ErrorCode::Internal);
        QCOMPARE(*teams(executor), 0);
    }

    void waitingIsCounted_data() { test::addEngineRows(); }
    void waitingIsCounted()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        auto config = database.config();
        config.poolSize = 1;
        Executor executor(config);
        Blocker blocker(executor, Access::Write);
        QCOMPARE(executor.stats().inUse, 1);
        QCOMPARE(executor.stats().waitCount, 0);
        auto second = executor.run<Done>(Access::Write, {}, addTeam);
        QCOMPARE(executor.stats().waitCount, 1);
        blocker.release();
        QVERIFY(wait(second).ok());
        QVERIFY(executor.stats().waitSeconds > 0);
        QTRY_COMPARE(executor.stats().inUse, 0);
        QCOMPARE(executor.stats().idle, 1);
        QCOMPARE(executor.stats().max, engine == Engine::Sqlite ? 2 : 1);
    }

    void commitsAreAnnounced()
    {
        const TempDatabase database(Engine::Sqlite);
        Executor executor(database.config());
        std::mutex mutex;
        QStringList heard;
        executor.onCommitted([&](const QStringList &announced) {
            const std::lock_guard lock(mutex);
            heard << announced;
        });
        const auto say = [](const QString &id, bool succeed) {
            return [id, succeed](Connection &c) -> Result<Done> {
                return c.inTransaction([&]() -> Result<Done> {
                    if (auto said = c.notify(QStringLiteral("team"), id); !said)
                        return said;
                    return succeed ? Result<Done>(Done{}) : domain::unavailable(QStringLiteral("no"));
                });
            };
        };
        QVERIFY(wait(executor.run<Done>(Access::Write, {}, say(QStringLiteral("1"), true))).ok());
        QVERIFY(!wait(executor.run<Done>(Access::Write, {}, say(QStringLiteral("2"), false))).ok());
        QVERIFY(wait(executor.run<Done>(Access::Write, {}, say(QStringLiteral("3"), true))).ok());
        executor.close();
        QCOMPARE(heard, QStringList({QStringLiteral("team:1"), QStringLiteral("team:3")}));
    }

    void killedBackendHeals()
    {
        const TempDatabase database(Engine::PostgreSql);
        auto config = database.config();
        config.poolSize = 3;
        Executor executor(config);
        {
            const Blocker first(executor, Access::Write), second(executor, Access::Write),
                third(executor, Access::Write);
        }
        QVERIFY(write(executor).ok());
        QCOMPARE(test::killBackends(config.database), 3);
        const auto lost = write(executor);
        QVERIFY(!lost.ok());
        QCOMPARE(lost.error().code, ErrorCode::Unavailable);
        QCOMPARE(lost.error().key, QStringLiteral("db_failed"));
        // One loss is told; the other connections of the pool are checked before they are used.
        {
            const Blocker first(executor, Access::Write), second(executor, Access::Write);
            QVERIFY(write(executor).ok());
        }
        for (int i = 0; i < 6; ++i)
            QVERIFY(write(executor).ok());
        QCOMPARE(*teams(executor), 8);
    }

    void readIsRunOnceMore()
    {
        const TempDatabase database(Engine::PostgreSql);
        auto config = database.config();
        config.poolSize = 1;
        Executor executor(config);
        QVERIFY(write(executor).ok());
        QCOMPARE(test::killBackends(config.database), 1);
        const auto read = teams(executor);
        QVERIFY2(read.ok(), "a read survives the loss of its connection");
        QCOMPARE(*read, 1);
    }

    void writeIsNeverRunTwice()
    {
        const TempDatabase database(Engine::PostgreSql);
        auto config = database.config();
        config.poolSize = 1;
        Executor executor(config);
        QVERIFY(write(executor).ok());
        std::atomic<int> runs{0};
        const auto lost = wait(executor.run<Done>(Access::Write, {}, [&](Connection &c) -> Result<Done> {
            ++runs;
            return c.inTransaction([&]() -> Result<Done> {
                if (auto done = c.execute(QStringLiteral("INSERT INTO teams (name) VALUES ('lost')")); !done)
                    return done.error();
                test::killBackends(config.database);
                return Done{};
            });
        }));
        QVERIFY(!lost.ok());
        QCOMPARE(lost.error().key, QStringLiteral("db_failed"));
        QCOMPARE(runs.load(), 1);
        QCOMPARE(*teams(executor), 1);
    }

    void serverRestartHeals()
    {
        const QTemporaryDir folder;
        const QString state = folder.filePath(QStringLiteral("pg.env"));
        cluster("start", state);
        const auto stop = qScopeGuard([&state] { cluster("stop", state); });
        const QByteArray common = qgetenv("INSTANODE_TEST_PG_STATE");
        qputenv("INSTANODE_TEST_PG_STATE", state.toLocal8Bit());
        auto config = test::postgresConfig();
        qputenv("INSTANODE_TEST_PG_STATE", common);
        config.poolSize = 2;
        {
            Executor executor(config);
            const auto one = [&executor] {
                return wait(executor.run<qint64>(Access::Write, {}, [](Connection &c) {
                    return c.execute(QStringLiteral("CREATE TABLE IF NOT EXISTS t (n integer)"));
                }));
            };
            const auto before = one();
            QVERIFY2(before.ok(), before ? "" : qPrintable(before.error().detail));
            cluster("halt", state);
            for (int i = 0; i < 3; ++i) {
                const auto gone = one();
                QVERIFY(!gone.ok());
                QVERIFY2(gone.error().code == ErrorCode::Unavailable, qPrintable(gone.error().detail));
                QCOMPARE(gone.error().key, QStringLiteral("db_failed"));
            }
            cluster("resume", state);
            QVERIFY(one().ok());
            QVERIFY(one().ok());
        }
    }

    void fullDiskIsUnavailable()
    {
        const TempDatabase database(Engine::Sqlite);
        Executor executor(database.config());
        QVERIFY(write(executor).ok());
        const auto limit = [&](qint64 pages) {
            return wait(executor.run<qint64>(Access::Write, {}, [pages](Connection &c) {
                return c.execute(QStringLiteral("PRAGMA max_page_count = %1").arg(pages));
            }));
        };
        QVERIFY(limit(1).ok()); // the present size is the least it can be
        const auto fill = [&] {
            return wait(executor.run<Done>(Access::Write, {}, [](Connection &c) -> Result<Done> {
                return c.inTransaction([&c]() -> Result<Done> {
                    return c.execute(QStringLiteral("INSERT INTO teams (name) VALUES (?)"), {QString(200'000, u'x')})
                        .map([](qint64) { return Done{}; });
                });
            }));
        };
        const auto full = fill();
        QVERIFY(!full.ok());
        QCOMPARE(full.error().code, ErrorCode::Unavailable);
        QCOMPARE(full.error().key, QStringLiteral("db_failed"));
        QCOMPARE(*teams(executor), 1);
        QVERIFY(limit(1'000'000).ok());
        QVERIFY(fill().ok());
        QCOMPARE(*teams(executor), 2);
    }

    void lockOfAnotherProcessIsUnavailable()
    {
        const TempDatabase database(Engine::Sqlite);
        auto config = database.config();
        config.busyTimeoutMs = 50;
        Executor executor(config);
        const auto other = database.connect();
        const auto held = other->inTransaction([&]() -> Result<Done> {
            const auto blocked = write(executor);
            if (blocked.ok() || blocked.error().code != ErrorCode::Unavailable)
                return domain::makeError(ErrorCode::Internal, QStringLiteral("not blocked"));
            // Readers do not wait for a writer.
            return teams(executor).map([](qint64) { return Done{}; });
        });
        QVERIFY2(held.ok(), held ? "" : qPrintable(held.error().key));
        QVERIFY(write(executor).ok());
    }

    void openingCanFailAndHeal_data() { test::addEngineRows(); }
    void openingCanFailAndHeal()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        auto config = database.config();
        auto broken = std::make_shared<std::atomic<bool>>(true);
        config.faults = [broken](FaultPoint point, const QString &) -> std::optional<domain::Error> {
            if (point == FaultPoint::Open && *broken)
                return domain::unavailable(QStringLiteral("db_failed"), QStringLiteral("injected"));
            return std::nullopt;
        };
        Executor executor(config);
        const auto failed = write(executor);
        QVERIFY(!failed.ok());
        QCOMPARE(failed.error().code, ErrorCode::Unavailable);
        *broken = false;
        QVERIFY(write(executor).ok());
        QCOMPARE(*teams(executor), 1);
    }

    void failedCommitChangesNothing_data() { test::addEngineRows(); }
    void failedCommitChangesNothing()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        auto config = database.config();
        auto left = std::make_shared<std::atomic<int>>(1);
        config.faults = [left](FaultPoint point, const QString &) -> std::optional<domain::Error> {
            if (point == FaultPoint::Commit && left->fetch_sub(1) > 0)
                return domain::unavailable(QStringLiteral("db_failed"), QStringLiteral("disk full"));
            return std::nullopt;
        };
        Executor executor(config);
        const auto failed = write(executor);
        QVERIFY(!failed.ok());
        QCOMPARE(failed.error().code, ErrorCode::Unavailable);
        QCOMPARE(*teams(executor), 0);
        QVERIFY(write(executor).ok());
        QCOMPARE(*teams(executor), 1);
    }
};

REGISTER_SUITE(executor, TstExecutor)
#include "tst_executor.moc"
