#include "services/storage/migrator.h"
#include "tests/support/temp_database.h"
#include "tests/support/test_main.h"

#include <QCryptographicHash>
#include <QTest>

#include <future>

using storage::Connection;
using storage::Engine;
using storage::Migration;
using test::Content;
using test::TempDatabase;

namespace {

Migration file(const char *name, const char *sql)
{
    return {QString::fromLatin1(name), QString::fromLatin1(sql),
            QCryptographicHash::hash(sql, QCryptographicHash::Sha256).toHex()};
}

/// Each file inserts its number, so that the table shows what ran, how often and in which order.
QList<Migration> numbered(int count)
{
    QList<Migration> ladder = {file("0001_a.sql", "CREATE TABLE steps (n integer); INSERT INTO steps VALUES (1);")};
    for (int i = 2; i <= count; ++i) {
        const QByteArray name = QByteArray::number(i).rightJustified(4, '0') + "_step.sql";
        ladder << file(name.constData(), ("INSERT INTO steps VALUES (" + QByteArray::number(i) + ");").constData());
    }
    return ladder;
}

QStringList column(Connection &connection, const char *sql)
{
    QStringList values;
    const auto read = connection.select(QString::fromLatin1(sql), {}, [&values](const storage::Row &row) {
        values << row.text(0);
        return true;
    });
    return read ? values : QStringList{QStringLiteral("error: ") + read.error().detail};
}

bool hasRecord(Connection &connection)
{
    return bool(connection.execute(QStringLiteral("SELECT 1 FROM schema_migrations")));
}

} // namespace

class TstMigrator : public QObject {
    Q_OBJECT
private slots:
    void eachOnceInOrder_data() { test::addEngineRows(); }
    void eachOnceInOrder()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine, Content::Empty);
        const auto connection = database.connect();
        const auto first = storage::migrate(*connection, numbered(2));
        QVERIFY(first.ok());
        QCOMPARE(first->applied, QStringList({QStringLiteral("0001_a.sql"), QStringLiteral("0002_step.sql")}));
        const auto second = storage::migrate(*connection, numbered(4));
        QVERIFY(second.ok());
        QCOMPARE(second->applied, QStringList({QStringLiteral("0003_step.sql"), QStringLiteral("0004_step.sql")}));
        QCOMPARE(second->total, 4);
        QCOMPARE(second->version, QStringLiteral("0004"));
        const auto third = storage::migrate(*connection, numbered(4));
        QVERIFY(third.ok());
        QVERIFY(third->applied.isEmpty());
        QCOMPARE(column(*connection, "SELECT n FROM steps ORDER BY n").join(QLatin1Char(',')),
                 QStringLiteral("1,2,3,4"));
    }

    void embeddedLadder_data() { test::addEngineRows(); }
    void embeddedLadder()
    {
        QFETCH(Engine, engine);
        const auto ladder = storage::embeddedMigrations(engine);
        QVERIFY(ladder.size() >= 4);
        const TempDatabase database(engine, Content::Empty);
        const auto connection = database.connect();
        const auto before = storage::migrationState(*connection);
        QVERIFY(before.ok());
        QCOMPARE(before->total, 0);
        QCOMPARE(before->version, QString());
        const auto report = storage::migrate(*connection, ladder);
        QVERIFY2(report.ok(), report ? "" : qPrintable(report.error().detail));
        QCOMPARE(report->total, int(ladder.size()));
        QCOMPARE(report->version, ladder.constLast().filename.left(4));
        const auto state = storage::migrationState(*connection);
        QVERIFY(state.ok());
        QCOMPARE(state->total, report->total);
    }

    void ladderIsTheSameOnBothEngines()
    {
        const auto names = [](Engine engine) {
            QStringList all;
            for (const auto &migration : storage::embeddedMigrations(engine))
                all << migration.filename;
            return all;
        };
        QVERIFY(!names(Engine::Sqlite).isEmpty());
        QCOMPARE(names(Engine::Sqlite), names(Engine::PostgreSql));
    }

    void failingFileIsRolledBack_data() { test::addEngineRows(); }
    void failingFileIsRolledBack()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine, Content::Empty);
        const auto connection = database.connect();
        QList<Migration> ladder = numbered(2);
        ladder << file("0003_bad.sql", "CREATE TABLE half (n integer); INSERT INTO nowhere VALUES (1);")
               << file("0004_never.sql", "INSERT INTO steps VALUES (4);");
        const auto report = storage::migrate(*connection, ladder);
        QVERIFY(!report.ok());
        QVERIFY2(report.error().detail.startsWith(QStringLiteral("0003_bad.sql")), qPrintable(report.error().detail));
        QVERIFY(!connection->execute(QStringLiteral("SELECT 1 FROM half")).ok());
        QCOMPARE(column(*connection, "SELECT n FROM steps ORDER BY n").join(QLatin1Char(',')), QStringLiteral("1,2"));
        const auto state = storage::migrationState(*connection);
        QVERIFY(state.ok());
        QCOMPARE(state->version, QStringLiteral("0002"));
        QVERIFY(storage::migrate(*connection, numbered(3)).ok());
    }

    void changedFileIsRefused_data() { test::addEngineRows(); }
    void changedFileIsRefused()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine, Content::Empty);
        const auto connection = database.connect();
        QVERIFY(storage::migrate(*connection, numbered(2)).ok());
        QList<Migration> ladder = numbered(3);
        ladder[1] = file("0002_step.sql", "INSERT INTO steps VALUES (22);");
        const auto report = storage::migrate(*connection, ladder);
        QVERIFY(!report.ok());
        QCOMPARE(report.error().code, domain::ErrorCode::Conflict);
        QCOMPARE(report.error().key, QStringLiteral("migration_changed"));
        QCOMPARE(column(*connection, "SELECT n FROM steps ORDER BY n").join(QLatin1Char(',')), QStringLiteral("1,2"));
    }

    void gapIsRefused_data() { test::addEngineRows(); }
    void gapIsRefused()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine, Content::Empty);
        const auto connection = database.connect();
        QVERIFY(storage::migrate(*connection, numbered(3)).ok());
        QVERIFY(
            connection->execute(QStringLiteral("DELETE FROM schema_migrations WHERE filename = '0002_step.sql'")).ok());
        const auto report = storage::migrate(*connection, numbered(4));
        QVERIFY(!report.ok());
        QCOMPARE(report.error().key, QStringLiteral("migration_gap"));
        QCOMPARE(column(*connection, "SELECT n FROM steps ORDER BY n").join(QLatin1Char(',')), QStringLiteral("1,2,3"));
    }

    void newerDatabaseIsRefused_data() { test::addEngineRows(); }
    void newerDatabaseIsRefused()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine, Content::Empty);
        const auto connection = database.connect();
        QVERIFY(storage::migrate(*connection, numbered(4)).ok());
        const QStringList before =
            column(*connection, "SELECT filename || coalesce(sha256, '') FROM schema_migrations");
        const auto report = storage::migrate(*connection, numbered(3));
        QVERIFY(!report.ok());
        QCOMPARE(report.error().key, QStringLiteral("database_newer"));
        QVERIFY(report.error().detail.contains(QStringLiteral("0004_step.sql")));
        QCOMPARE(column(*connection, "SELECT filename || coalesce(sha256, '') FROM schema_migrations"), before);
    }

    void foreignRecordIsAdopted_data() { test::addEngineRows(); }
    void foreignRecordIsAdopted()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine, Content::Empty);
        const auto connection = database.connect();
        QVERIFY(connection
                    ->executeScript(QStringLiteral(
                        "CREATE TABLE schema_migrations (filename text PRIMARY KEY, applied_at text DEFAULT 'then');"
                        "INSERT INTO schema_migrations (filename) VALUES ('001_init.sql'), ('069_cascade.sql');"))
                    .ok());
        if (engine == Engine::PostgreSql) {
            QVERIFY(
                connection
                    ->executeScript(QStringLiteral(
                        "ALTER TABLE schema_migrations ALTER COLUMN applied_at DROP DEFAULT, "
                        "ALTER COLUMN applied_at TYPE timestamptz USING now(), ALTER COLUMN applied_at SET DEFAULT now();"
                        "CREATE TABLE teams (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text, "
                        "plan_tier text NOT NULL DEFAULT 'hobby', stripe_customer_id text UNIQUE, "
                        "created_at timestamptz DEFAULT now(), status text NOT NULL DEFAULT 'active', "
                        "deletion_requested_at timestamptz, is_test_cohort boolean NOT NULL DEFAULT false);"
                        "CREATE TABLE deployments (id uuid PRIMARY KEY, team_id uuid NOT NULL REFERENCES teams (id), "
                        "app_id text NOT NULL, status text NOT NULL, tier text NOT NULL, created_at timestamptz NOT NULL);"
                        "INSERT INTO teams (name) VALUES ('Kept'), (NULL);"))
                    .ok());
        }
        const auto report = storage::migrate(*connection, storage::embeddedMigrations(engine));
        QVERIFY2(report.ok(), report ? "" : qPrintable(report.error().detail));
        QCOMPARE(report->applied.size(), storage::embeddedMigrations(engine).size());
        QCOMPARE(column(*connection, "SELECT filename FROM schema_migrations WHERE sha256 IS NULL ORDER BY 1"),
                 QStringList({QStringLiteral("001_init.sql"), QStringLiteral("069_cascade.sql")}));
        if (engine == Engine::PostgreSql) {
            QCOMPARE(column(*connection, "SELECT name_key FROM customer_stats ORDER BY 1"),
                     QStringList({QString(), QStringLiteral("kept")}));
            QVERIFY(
                connection->execute(QStringLiteral("SELECT app_name, expires_at, ttl_policy FROM deployments")).ok());
        }
    }

    void refusalTouchesNothing_data() { test::addEngineRows(); }
    void refusalTouchesNothing()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine, Content::Empty);
        const auto connection = database.connect();
        QVERIFY(connection
                    ->executeScript(
                        QStringLiteral("CREATE TABLE schema_migrations (filename text PRIMARY KEY, applied_at text);"
                                       "INSERT INTO schema_migrations VALUES ('0009_future.sql', 'x');"))
                    .ok());
        const auto report = storage::migrate(*connection, numbered(2));
        QVERIFY(!report.ok());
        QCOMPARE(report.error().key, QStringLiteral("database_newer"));
        QVERIFY(!connection->execute(QStringLiteral("SELECT sha256 FROM schema_migrations")).ok());
        QVERIFY(!connection->execute(QStringLiteral("SELECT 1 FROM steps")).ok());
    }

    void stateOfAnEmptyDatabaseCreatesNothing_data() { test::addEngineRows(); }
    void stateOfAnEmptyDatabaseCreatesNothing()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine, Content::Empty);
        const auto connection = database.connect();
        QVERIFY(storage::migrationState(*connection).ok());
        QVERIFY(!hasRecord(*connection));
    }

    void fourAtOnce_data() { test::addEngineRows(); }
    void fourAtOnce()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine, Content::Empty);
        const auto ladder = numbered(12);
        std::vector<std::future<domain::Result<storage::MigrationReport>>> runs;
        for (int i = 0; i < 4; ++i) {
            runs.push_back(std::async(std::launch::async, [&] {
                auto opened = Connection::open(database.config());
                return opened ? storage::migrate(*opened.value(), ladder)
                              : domain::Result<storage::MigrationReport>(opened.error());
            }));
        }
        QStringList applied;
        for (auto &run : runs) {
            const auto report = run.get();
            QVERIFY2(report.ok(), report ? "" : qPrintable(report.error().detail));
            QCOMPARE(report->total, 12);
            applied << report->applied;
        }
        applied.sort();
        QStringList expected;
        for (const auto &migration : ladder)
            expected << migration.filename;
        QCOMPARE(applied, expected);
        const auto connection = database.connect();
        QCOMPARE(column(*connection, "SELECT n FROM steps ORDER BY n").size(), 12);
    }
};

REGISTER_SUITE(migrator, TstMigrator)
#include "tst_migrator.moc"
