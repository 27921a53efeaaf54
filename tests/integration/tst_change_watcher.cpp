#include "services/storage/change_watcher.h"
#include "tests/support/postgres.h"
#include "tests/support/temp_database.h"
#include "tests/support/test_main.h"

#include <QSemaphore>
#include <QTest>

#include <mutex>

using domain::Done;
using domain::Result;
using storage::Access;
using storage::ChangeWatcher;
using storage::Connection;
using storage::Engine;
using storage::Executor;
using test::TempDatabase;

namespace {

/// What the watcher has told so far; the callback comes from its thread.
class Ear {
public:
    ChangeWatcher::Callback callback()
    {
        return [this](const QString &kind, const QString &id) {
            const std::lock_guard lock(m_mutex);
            m_heard << kind + QLatin1Char(':') + id;
        };
    }
    QStringList heard() const
    {
        const std::lock_guard lock(m_mutex);
        return m_heard;
    }
    void forget()
    {
        const std::lock_guard lock(m_mutex);
        m_heard.clear();
    }

private:
    mutable std::mutex m_mutex;
    QStringList m_heard;
};

Result<Done> change(Connection &c, const QString &id, bool commit = true)
{
    return c.inTransaction([&]() -> Result<Done> {
        if (auto done = c.execute(QStringLiteral("INSERT INTO teams (name) VALUES ('x')")); !done)
            return done.error();
        if (auto said = c.notify(QStringLiteral("team"), id); !said)
            return said;
        return commit ? Result<Done>(Done{}) : domain::unavailable(QStringLiteral("no"));
    });
}

bool listens(const QString &database)
{
    bool found = false;
    const auto read = test::maintenanceConnection()->select(
        QStringLiteral("SELECT 1 FROM pg_stat_activity WHERE datname = ? AND query ILIKE 'LISTEN%'"), {database},
        [&found](const storage::Row &) { return found = true; });
    return read && found;
}

} // namespace

class TstChangeWatcher : public QObject {
    Q_OBJECT
private slots:
    void postgresTellsWhatCommitted()
    {
        const TempDatabase database(Engine::PostgreSql);
        Executor executor(database.config());
        Ear ear;
        const ChangeWatcher watcher(executor, ear.callback());
        QTRY_VERIFY(listens(database.config().database));
        const auto other = database.connect();
        QVERIFY(!change(*other, QStringLiteral("rolled back"), false).ok());
        QVERIFY(change(*other, QStringLiteral("from another")).ok());
        QTRY_COMPARE(ear.heard(), QStringList{QStringLiteral("team:from another")});
        auto own =
            executor.run<Done>(Access::Write, {}, [](Connection &c) { return change(c, QStringLiteral("own:1")); });
        own.waitForFinished();
        QVERIFY(own.result().ok());
        QTRY_COMPARE(ear.heard(), QStringList({QStringLiteral("team:from another"), QStringLiteral("team:own:1")}));
    }

    void mailAndWebhooksAreAnnounced()
    {
        const QStringList kinds = storage::changeKinds();
        QVERIFY(kinds.contains(QStringLiteral("email")) && kinds.contains(QStringLiteral("webhook")));
    }

    void postgresListensAgainAfterALoss()
    {
        const TempDatabase database(Engine::PostgreSql);
        Executor executor(database.config());
        Ear ear;
        const ChangeWatcher watcher(executor, ear.callback());
        QTRY_VERIFY(listens(database.config().database));
        QVERIFY(test::killBackends(database.config().database) >= 1);
        QStringList everything;
        for (const QString &kind : storage::changeKinds())
            everything << kind + QLatin1Char(':');
        QTRY_COMPARE_WITH_TIMEOUT(ear.heard(), everything, 20'000);
        ear.forget();
        QVERIFY(change(*database.connect(), QStringLiteral("later")).ok());
        QTRY_COMPARE(ear.heard(), QStringList{QStringLiteral("team:later")});
    }

    void sqliteSeesOtherConnectionsOnly()
    {
        const TempDatabase database(Engine::Sqlite);
        Executor executor(database.config());
        const auto own = [&executor] {
            auto done =
                executor.run<Done>(Access::Write, {}, [](Connection &c) { return change(c, QStringLiteral("own")); });
            done.waitForFinished();
            return done.result().ok();
        };
        Ear ear;
        const ChangeWatcher watcher(executor, ear.callback());
        const auto other = database.connect();
        // The first look may come after the first foreign commit, so there is one in each attempt.
        QTRY_VERIFY_WITH_TIMEOUT(change(*other, QStringLiteral("x")).ok() && !ear.heard().isEmpty(), 20'000);
        const auto heard = ear.heard();
        for (const QString &entry : heard)
            QVERIFY2(entry.endsWith(QLatin1Char(':')), qPrintable(entry));
        QVERIFY(heard.contains(QStringLiteral("team:")));
        QVERIFY(own());
    }

    void ownCommitsDoNotChangeTheDataVersion()
    {
        const TempDatabase database(Engine::Sqlite);
        const auto own = database.connect(), other = database.connect();
        const auto version = [&own] {
            qint64 v = -1;
            const auto read = own->select(QStringLiteral("PRAGMA data_version"), {}, [&v](const storage::Row &row) {
                v = row.integer(0);
                return false;
            });
            return read ? v : -1;
        };
        const qint64 before = version();
        QVERIFY(change(*own, QStringLiteral("1")).ok());
        QCOMPARE(version(), before);
        QVERIFY(change(*other, QStringLiteral("2")).ok());
        QVERIFY(version() != before);
    }

    void endsWhileTheServerIsAway()
    {
        Ear ear;
        auto config = test::postgresConfig(QStringLiteral("no_such_database"));
        Executor executor(config);
        {
            const ChangeWatcher watcher(executor, ear.callback());
        }
        QVERIFY(ear.heard().isEmpty());
    }
};

REGISTER_SUITE(change_watcher, TstChangeWatcher)
#include "tst_change_watcher.moc"
