#include "services/storage/executor.h"
#include "tests/support/postgres.h"
#include "tests/support/temp_database.h"
#include "tests/support/test_main.h"

#include <QSemaphore>
#include <QTest>

using domain::Done;
using domain::Result;
using storage::Access;
using storage::Connection;
using storage::Engine;
using storage::Executor;
using storage::Row;
using test::TempDatabase;

namespace {

/// Connections that the server itself sees.
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

Result<qint64> backendPid(Connection &c)
{
    qint64 pid = -1;
    auto read = c.select(QStringLiteral("SELECT pg_backend_pid()"), {}, [&pid](const Row &row) {
        pid = row.integer(0);
        return false;
    });
    return read.map([&pid](const Done &) { return pid; });
}

/// The server's process that answered one job; -1 when none did.
qint64 pidOf(Executor &executor)
{
    auto future = executor.run<qint64>(Access::Read, {}, backendPid);
    future.waitForFinished();
    const auto pid = future.result();
    return pid ? *pid : -1;
}

/// Runs `count` jobs that are all at work at the same time.
void occupy(Executor &executor, int count)
{
    QSemaphore started, release;
    QList<QFuture<Result<Done>>> jobs;
    for (int i = 0; i < count; ++i) {
        jobs << executor.run<Done>(Access::Write, {}, [&](Connection &) -> Result<Done> {
            started.release();
            release.acquire();
            return Done{};
        });
    }
    started.acquire(count);
    release.release(count);
    for (auto &job : jobs)
        job.waitForFinished();
}

} // namespace

class TstPoolLimits : public QObject {
    Q_OBJECT
private slots:
    void withoutLimitsConnectionsStay()
    {
        const TempDatabase database(Engine::PostgreSql);
        Executor executor(database.config());
        occupy(executor, 3);
        QTRY_COMPARE(executor.stats().idle, 3);
        QCOMPARE(backends(database.config().database), 3);
    }

    void noMoreThanSoManyWait()
    {
        const TempDatabase database(Engine::PostgreSql);
        auto config = database.config();
        config.maxIdleConnections = 1;
        Executor executor(config);
        occupy(executor, 4);
        QTRY_COMPARE(executor.stats().idle, 1);
        QTRY_COMPARE(backends(config.database), 1);
        // Work goes to the thread that kept its connection, not to one that would open another.
        const qint64 first = pidOf(executor);
        QVERIFY(first > 0);
        for (int i = 0; i < 10; ++i) {
            QTRY_COMPARE(executor.stats().idle, 1);
            QCOMPARE(pidOf(executor), first);
        }
        occupy(executor, 4);
        QTRY_COMPARE(backends(config.database), 1);
    }

    void whatWaitsTooLongIsClosedAndOpenedAgain()
    {
        const TempDatabase database(Engine::PostgreSql);
        auto config = database.config();
        config.maxIdleMs = 50;
        Executor executor(config);
        occupy(executor, 3);
        QTRY_COMPARE(executor.stats().idle, 0);
        QTRY_COMPARE(backends(config.database), 0);
        QVERIFY(pidOf(executor) > 0);
        QTRY_COMPARE(backends(config.database), 0);
        executor.close();
    }

    void anOldConnectionIsReplaced()
    {
        const TempDatabase database(Engine::PostgreSql);
        auto config = database.config();
        config.maxLifetimeMs = 30;
        Executor executor(config);
        const qint64 first = pidOf(executor);
        QVERIFY(first > 0);
        // No idle time is set, so only its age can end it.
        qint64 later = first;
        QTRY_VERIFY((later = pidOf(executor)) != first);
        QVERIFY(later > 0);
        QTRY_COMPARE(backends(config.database), 0);
    }

    void sqliteKeepsItsConnections()
    {
        const TempDatabase database(Engine::Sqlite);
        auto config = database.config();
        config.maxIdleConnections = 1;
        config.maxIdleMs = config.maxLifetimeMs = 1;
        Executor executor(config);
        const auto ask = [&executor](Access access) {
            auto future =
                executor.run<qint64>(access, {}, [](Connection &c) { return c.execute(QStringLiteral("SELECT 1")); });
            future.waitForFinished();
            return future.result().ok();
        };
        QVERIFY(ask(Access::Write));
        QVERIFY(ask(Access::Read));
        QTRY_COMPARE(executor.stats().idle, 2);
        QVERIFY(ask(Access::Write));
        QTRY_COMPARE(executor.stats().idle, 2);
    }
};

REGISTER_SUITE(pool_limits, TstPoolLimits)
#include "tst_pool_limits.moc"
