#include "services/storage/connection.h"
#include "services/storage/sql_errors.h"
#include "tests/support/postgres.h"
#include "tests/support/temp_database.h"
#include "tests/support/test_main.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using domain::Done;
using domain::ErrorCode;
using domain::Result;
using storage::Connection;
using storage::Engine;
using storage::Row;
using test::TempDatabase;

namespace {

const QString teamId = QStringLiteral("0f8fad5b-d9cb-469f-a165-70867728950e");

Result<qint64> insertTeam(Connection &c, const QVariant &name, const QString &id = teamId)
{
    return c.execute(QStringLiteral("INSERT INTO teams (id, name, created_at) VALUES (?, ?, ?)"),
                     {id, name, storage::toSqlTime(QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, Qt::UTC))});
}

qint64 count(Connection &c, const QString &table)
{
    qint64 n = -1;
    const auto read = c.select(QStringLiteral("SELECT count(*) FROM %1").arg(table), {}, [&n](const Row &row) {
        n = row.integer(0);
        return false;
    });
    return read ? n : -1;
}

} // namespace

class TstConnection : public QObject {
    Q_OBJECT
private slots:
    void valuesComeBackAsTheyWent_data() { test::addEngineRows(); }
    void valuesComeBackAsTheyWent()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        const QString text =
            QStringLiteral("O'Reilly \"x\" ? $1 \\ %s ") + QString::fromUtf8("\xc3\xbc\xf0\x9f\x90\x98\n");
        QVERIFY(insertTeam(*c, text).ok());
        const QByteArray json = R"({"a": [1, "zwei"]})";
        const auto audit = c->execute(
            QStringLiteral("INSERT INTO audit_log (id, team_id, kind, summary, metadata) VALUES (?, ?, ?, ?, ?)"),
            {QUuid(teamId), QUuid(teamId), QStringLiteral("x.y"), QString(), QString::fromUtf8(json)});
        QVERIFY2(audit.ok(), audit ? "" : qPrintable(audit.error().detail));
        QCOMPARE(*audit, 1);
        int rows = 0;
        const auto read = c->select(
            QStringLiteral("SELECT t.id, t.name, %1, t.is_test_cohort, t.deletion_requested_at, a.metadata, a.user_id, "
                           "a.summary FROM teams t JOIN audit_log a ON a.team_id = t.id WHERE t.id = ?")
                .arg(c->millis(QStringLiteral("t.created_at"))),
            {teamId}, [&](const Row &row) {
                ++rows;
                [&] {
                    QCOMPARE(row.uuid(0), QUuid(teamId));
                    QCOMPARE(row.text(1), text);
                    QCOMPARE(row.time(2).toMSecsSinceEpoch(), 1'700'000'000'123);
                    QCOMPARE(row.time(2).timeSpec(), Qt::UTC);
                    QCOMPARE(row.boolean(3), false);
                    QVERIFY(!row.optionalTime(4).has_value());
                    QCOMPARE(row.bytes(5), json);
                    QVERIFY(!row.optionalUuid(6).has_value());
                    QVERIFY(!row.isNull(7));
                }();
                return true;
            });
        QVERIFY(read.ok());
        QCOMPARE(rows, 1);
    }

    void wideNumbersKeepTheirDigits_data() { test::addEngineRows(); }
    void wideNumbersKeepTheirDigits()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        for (int i = 0; i < 2; ++i)
            QVERIFY(
                c->execute(QStringLiteral("INSERT INTO resources (resource_type, storage_bytes) VALUES ('redis', ?)"),
                           {qint64(4'611'686'018'427'387'901)})
                    .ok());
        qint64 sum = 0;
        QVERIFY(c->select(QStringLiteral("SELECT sum(storage_bytes) FROM resources"), {}, [&sum](const Row &row) {
                     sum = row.integer(0);
                     return true;
                 }).ok());
        QCOMPARE(sum, qint64(9'223'372'036'854'775'802));
    }

    void typedNullIsNull_data() { test::addEngineRows(); }
    void typedNullIsNull()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        QVERIFY(insertTeam(*c, QVariant(QMetaType(QMetaType::QString))).ok());
        QVERIFY(insertTeam(*c, QString(), QStringLiteral("1f8fad5b-d9cb-469f-a165-70867728950e")).ok());
        QList<bool> nulls;
        QVERIFY(c->select(QStringLiteral("SELECT name FROM teams ORDER BY id"), {}, [&nulls](const Row &row) {
                     nulls << row.isNull(0);
                     return true;
                 }).ok());
        QCOMPARE(nulls, QList<bool>({true, false}));
    }

    void zeroCharacterIsRefused_data() { test::addEngineRows(); }
    void zeroCharacterIsRefused()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        const auto done = insertTeam(*c, QStringLiteral("a\0b"));
        QVERIFY(!done.ok());
        QCOMPARE(done.error().code, ErrorCode::InvalidInput);
        QCOMPARE(done.error().key, QStringLiteral("invalid_characters"));
        QCOMPARE(count(*c, QStringLiteral("teams")), 0);
    }

    void constraintsAreNamed_data()
    {
        QTest::addColumn<Engine>("engine");
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("name");
        const struct {
            const char *title, *sql, *sqlite, *postgres;
        } cases[] = {
            {"unique", "INSERT INTO teams (id) VALUES ('0f8fad5b-d9cb-469f-a165-70867728950e')", "teams.id",
             "teams_pkey"},
            {"check", "UPDATE teams SET status = 'odd'", "status IN", "teams_status_check"},
            {"not null", "UPDATE teams SET plan_tier = NULL", "teams.plan_tier", "teams.plan_tier"},
            {"foreign key", "UPDATE audit_log SET team_id = '1f8fad5b-d9cb-469f-a165-70867728950e'", "",
             "audit_log_team_id_fkey"},
        };
        for (const auto &c : cases) {
            QTest::addRow("sqlite %s", c.title)
                << Engine::Sqlite << QString::fromLatin1(c.sql) << QString::fromLatin1(c.sqlite);
            QTest::addRow("postgresql %s", c.title)
                << Engine::PostgreSql << QString::fromLatin1(c.sql) << QString::fromLatin1(c.postgres);
        }
    }
    void constraintsAreNamed()
    {
        QFETCH(Engine, engine);
        QFETCH(QString, sql);
        QFETCH(QString, name);
        const TempDatabase database(engine);
        const auto c = database.connect();
        QVERIFY(insertTeam(*c, QStringLiteral("x")).ok());
        QVERIFY(c->execute(QStringLiteral("INSERT INTO audit_log (kind, summary) VALUES ('k', 's')")).ok());
        const auto done = c->execute(sql);
        QVERIFY(!done.ok());
        QCOMPARE(done.error().code, ErrorCode::Conflict);
        QCOMPARE(done.error().key, QStringLiteral("constraint_violation"));
        QVERIFY2(done.error().detail.contains(name), qPrintable(done.error().detail));
        QVERIFY2(!done.error().detail.contains(teamId), "row values do not belong into an error");
    }

    void transactionRollsBackOnErrorAndException_data() { test::addEngineRows(); }
    void transactionRollsBackOnErrorAndException()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        const auto refused = c->inTransaction([&]() -> Result<Done> {
            if (auto done = insertTeam(*c, QStringLiteral("x")); !done)
                return done.error();
            return domain::makeError(ErrorCode::Conflict, QStringLiteral("no"));
        });
        QCOMPARE(refused.error().key, QStringLiteral("no"));
        QCOMPARE(count(*c, QStringLiteral("teams")), 0);
        bool thrown = false;
        try {
            const auto never = c->inTransaction([&]() -> Result<Done> {
                if (insertTeam(*c, QStringLiteral("x")))
                    throw std::runtime_error("boom");
                return Done{};
            });
            QVERIFY(!never.ok());
        } catch (const std::runtime_error &) {
            thrown = true;
        }
        QVERIFY(thrown);
        QCOMPARE(count(*c, QStringLiteral("teams")), 0);
        const auto nested = c->inTransaction(
            [&]() -> Result<Done> { return c->inTransaction([]() -> Result<Done> { return Done{}; }); });
        QVERIFY(!nested.ok());
    }

    /// What PostgreSQL does by nature, SQLite must do as well: a swallowed error does not commit half of the work.
    void failedStatementDoomsTheTransaction_data() { test::addEngineRows(); }
    void failedStatementDoomsTheTransaction()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        bool laterRan = false;
        const auto result = c->inTransaction([&]() -> Result<Done> {
            const bool first = insertTeam(*c, QStringLiteral("x")).ok();
            const bool second = insertTeam(*c, QStringLiteral("same id")).ok();
            laterRan = c->execute(QStringLiteral("UPDATE teams SET name = 'y'")).ok();
            return first && !second ? Result<Done>(Done{}) : domain::unavailable(QStringLiteral("unexpected"));
        });
        QVERIFY(!result.ok());
        QCOMPARE(result.error().code, ErrorCode::Internal);
        QVERIFY(!laterRan);
        QCOMPARE(count(*c, QStringLiteral("teams")), 0);
        QVERIFY(insertTeam(*c, QStringLiteral("after")).ok());
    }

    void sameStatementNests_data() { test::addEngineRows(); }
    void sameStatementNests()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        for (int i = 0; i < 3; ++i)
            QVERIFY(insertTeam(*c, QStringLiteral("t"), QUuid::createUuid().toString(QUuid::WithoutBraces)).ok());
        const QString sql = QStringLiteral("SELECT id FROM teams WHERE name = ?");
        int seen = 0;
        const auto outer = c->select(sql, {QStringLiteral("t")}, [&](const Row &) {
            return c
                ->select(sql, {QStringLiteral("t")},
                         [&](const Row &) {
                             ++seen;
                             return true;
                         })
                .ok();
        });
        QVERIFY(outer.ok());
        QCOMPARE(seen, 9);
    }

    void moreStatementsThanTheCacheHolds_data() { test::addEngineRows(); }
    void moreStatementsThanTheCacheHolds()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        const auto done = c->inTransaction([&]() -> Result<Done> {
            for (int round = 0; round < 2; ++round) {
                for (int i = 0; i < 150; ++i) {
                    qint64 value = -1;
                    auto read = c->select(QStringLiteral("SELECT %1 + ?").arg(i), {1}, [&value](const Row &row) {
                        value = row.integer(0);
                        return false;
                    });
                    if (!read)
                        return read;
                    if (value != i + 1)
                        return domain::makeError(ErrorCode::Internal, QString::number(value));
                }
            }
            return Done{};
        });
        QVERIFY2(done.ok(), done ? "" : qPrintable(done.error().key + done.error().detail));
    }

    void announcementsFollowTheCommit_data() { test::addEngineRows(); }
    /// On PostgreSQL as well: this process does not wait for its own echo.
    void announcementsFollowTheCommit()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        const auto say = [&](bool succeed) {
            return c->inTransaction([&]() -> Result<Done> {
                if (auto said = c->notify(QStringLiteral("team"), teamId); !said)
                    return said;
                return succeed ? Result<Done>(Done{}) : domain::unavailable(QStringLiteral("no"));
            });
        };
        QVERIFY(!say(false).ok());
        QVERIFY(c->takeNotifications().isEmpty());
        QVERIFY(say(true).ok());
        QCOMPARE(c->takeNotifications(), QStringList{QStringLiteral("team:") + teamId});
        QVERIFY(c->takeNotifications().isEmpty());
    }

    void readOnlyConnectionCannotWrite_data() { test::addEngineRows(); }
    void readOnlyConnectionCannotWrite()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        auto opened = Connection::open(database.config(), true);
        QVERIFY(opened.ok());
        QVERIFY(!insertTeam(*opened.value(), QStringLiteral("x")).ok());
        QCOMPARE(count(*opened.value(), QStringLiteral("teams")), 0);
    }

    void sqliteIsDurableAndChecksForeignKeys()
    {
        const TempDatabase database(Engine::Sqlite);
        const auto c = database.connect();
        const auto pragma = [&](const char *name) {
            QString value;
            const auto read = c->select(QStringLiteral("PRAGMA ") + QString::fromLatin1(name), {}, [&](const Row &row) {
                value = row.text(0);
                return false;
            });
            return read ? value : read.error().detail;
        };
        QCOMPARE(pragma("journal_mode"), QStringLiteral("wal"));
        QCOMPARE(pragma("synchronous"), QStringLiteral("2"));
        QCOMPARE(pragma("foreign_keys"), QStringLiteral("1"));
        QCOMPARE(pragma("busy_timeout"), QStringLiteral("5000"));
    }

    void lockOfAnotherEndsAsUnavailable_data() { test::addEngineRows(); }
    void lockOfAnotherEndsAsUnavailable()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto holder = database.connect();
        QVERIFY(insertTeam(*holder, QStringLiteral("x")).ok());
        auto config = database.config();
        config.busyTimeoutMs = 50;
        auto waiter = Connection::open(config);
        QVERIFY(waiter.ok());
        Result<qint64> blocked = qint64(0);
        const auto held = holder->inTransaction([&]() -> Result<Done> {
            if (auto done = holder->execute(QStringLiteral("UPDATE teams SET name = 'held'")); !done)
                return done.error();
            blocked = waiter.value()->execute(QStringLiteral("UPDATE teams SET name = 'late'"));
            return Done{};
        });
        QVERIFY(held.ok());
        QVERIFY(!blocked.ok());
        QCOMPARE(blocked.error().code, ErrorCode::Unavailable);
        QCOMPARE(blocked.error().key, QStringLiteral("db_failed"));
        QVERIFY(waiter.value()->execute(QStringLiteral("UPDATE teams SET name = 'late'")).ok());
    }

    void statementTimeoutEndsAsUnavailable()
    {
        auto config = test::postgresConfig();
        config.statementTimeoutMs = 50;
        auto c = Connection::open(config);
        QVERIFY(c.ok());
        const auto slow = c.value()->execute(QStringLiteral("SELECT pg_sleep(60)"));
        QVERIFY(!slow.ok());
        QCOMPARE(slow.error().code, ErrorCode::Unavailable);
        QCOMPARE(slow.error().key, QStringLiteral("db_failed"));
    }

    void killedBackendIsALostConnection()
    {
        const TempDatabase database(Engine::PostgreSql);
        const auto c = database.connect();
        QVERIFY(insertTeam(*c, QStringLiteral("x")).ok());
        QCOMPARE(test::killBackends(database.config().database), 1);
        const auto lost = c->execute(QStringLiteral("UPDATE teams SET name = 'y'"));
        QVERIFY(!lost.ok());
        QCOMPARE(lost.error().code, ErrorCode::Unavailable);
        QCOMPARE(lost.error().key, storage::connectionLostKey());
        QVERIFY(!c->isOpen());
        QVERIFY(c->ensureOpen().ok());
        QCOMPARE(count(*c, QStringLiteral("teams")), 1);
        QCOMPARE(test::killBackends(database.config().database), 1);
        QVERIFY(c->ping().ok());
        QCOMPARE(count(*c, QStringLiteral("teams")), 1);
    }

    void whatCannotBeOpenedIsUnavailable()
    {
        QTemporaryDir folder;
        storage::DatabaseConfig missing;
        missing.sqliteFile = folder.filePath(QStringLiteral("no/such/folder/x.db"));
        const auto noFolder = Connection::open(missing);
        QVERIFY(!noFolder.ok());
        QCOMPARE(noFolder.error().code, ErrorCode::Unavailable);

        storage::DatabaseConfig garbage;
        garbage.sqliteFile = folder.filePath(QStringLiteral("garbage.db"));
        QFile file(garbage.sqliteFile);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(8192, 'x'));
        file.close();
        const auto noDatabase = Connection::open(garbage);
        QVERIFY(!noDatabase.ok());
        QCOMPARE(noDatabase.error().code, ErrorCode::Unavailable);

        auto nobody = test::postgresConfig();
        nobody.host = folder.path();
        nobody.password = QStringLiteral("tell-nobody");
        const auto noServer = Connection::open(nobody);
        QVERIFY(!noServer.ok());
        QCOMPARE(noServer.error().code, ErrorCode::Unavailable);
        QVERIFY(!noServer.error().detail.isEmpty());
        QVERIFY(!noServer.error().detail.contains(nobody.password));
    }

    void errorTable_data()
    {
        QTest::addColumn<QString>("state");
        QTest::addColumn<bool>("open");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("key");
        const auto row = [](const char *state, bool open, ErrorCode code, const char *key) {
            QTest::addRow("%s %s", state, open ? "open" : "closed")
                << QString::fromLatin1(state) << open << int(code) << QString::fromLatin1(key);
        };
        row("23505", true, ErrorCode::Conflict, "constraint_violation");
        row("23503", true, ErrorCode::Conflict, "constraint_violation");
        row("53100", true, ErrorCode::Unavailable, "db_failed");
        row("57014", true, ErrorCode::Unavailable, "db_failed");
        row("40P01", true, ErrorCode::Unavailable, "db_failed");
        row("55P03", true, ErrorCode::Unavailable, "db_failed");
        row("25006", true, ErrorCode::Unavailable, "db_failed");
        row("57P01", true, ErrorCode::Unavailable, "db_connection_lost");
        row("57P03", false, ErrorCode::Unavailable, "db_connection_lost");
        row("08006", true, ErrorCode::Unavailable, "db_connection_lost");
        row("", true, ErrorCode::Unavailable, "db_connection_lost");
        row("", false, ErrorCode::Unavailable, "db_connection_lost");
        row("26000", true, ErrorCode::Unavailable, "db_failed");
        row("0A000", true, ErrorCode::Internal, "db_failed");
        row("42P01", true, ErrorCode::Internal, "db_failed");
        row("22P02", true, ErrorCode::Internal, "db_failed");
    }
    void errorTable()
    {
        QFETCH(QString, state);
        QFETCH(bool, open);
        QFETCH(int, code);
        QFETCH(QString, key);
        const auto error = storage::fromSqlState(state, QStringLiteral("ERROR: x\nDETAIL: secret"), open);
        QCOMPARE(int(error.code), code);
        QCOMPARE(error.key, key);
        QVERIFY(!error.detail.contains(QStringLiteral("secret")));
    }

    /// A migration by another process under a running server costs one retry, not a restart.
    void schemaChangeUnderAPreparedStatement()
    {
        const TempDatabase database(Engine::PostgreSql);
        const auto c = database.connect(), other = database.connect();
        const auto all = [&c] {
            return c->select(QStringLiteral("SELECT * FROM saved_views"), {}, [](const Row &) { return true; });
        };
        QVERIFY(all().ok());
        QVERIFY(other->executeScript(QStringLiteral("ALTER TABLE saved_views ADD COLUMN later text")).ok());
        const auto stale = all();
        QVERIFY(!stale.ok());
        QCOMPARE(stale.error().code, ErrorCode::Unavailable);
        QVERIFY(all().ok());
    }

    void sqliteErrorTable()
    {
        for (const int code : {5, 6, 8, 10, 13, 14, 5 | (2 << 8), 10 | (4 << 8)}) {
            const auto error = storage::fromSqliteCode(code, QStringLiteral("x"));
            QCOMPARE(error.code, ErrorCode::Unavailable);
            QCOMPARE(error.key, QStringLiteral("db_failed"));
        }
        QCOMPARE(storage::fromSqliteCode(19 | (8 << 8), QStringLiteral("UNIQUE constraint failed: users.email")).detail,
                 QStringLiteral("users.email"));
        QCOMPARE(storage::fromSqliteCode(1, QStringLiteral("no such table")).code, ErrorCode::Internal);
    }

    void containedTextIsLiteralAndInAnyCase_data() { test::addEngineRows(); }
    void containedTextIsLiteralAndInAnyCase()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        for (const char *name :
             {"100% Sure", "100 Sure", "a_b", "aXb", "back\\slash", "x*y?[z]^-", "xay", "\xc3\x9cnal Stra\xc3\x9f\x65"})
            QVERIFY(insertTeam(*c, QString::fromUtf8(name), QUuid::createUuid().toString(QUuid::WithoutBraces)).ok());
        const auto matches = [&](const char *text) {
            int n = 0;
            const auto read = c->select(QStringLiteral("SELECT id FROM teams WHERE ") +
                                            c->containsText(QStringLiteral("lower(name)")),
                                        {c->textPattern(QString::fromUtf8(text))}, [&n](const Row &) {
                                            ++n;
                                            return true;
                                        });
            return read ? n : -1;
        };
        QCOMPARE(matches("0% s"), 1);
        QCOMPARE(matches("A_B"), 1);
        QCOMPARE(matches("k\\s"), 1);
        QCOMPARE(matches("sure"), 2);
        QCOMPARE(matches("x*y"), 1);
        QCOMPARE(matches("Y?[Z]^-"), 1);
        QCOMPARE(matches("\xc3\xbcNAL"), 1);
        QCOMPARE(matches("\xc3\x9cnal stra\xc3\x9f"), 1);
        QCOMPARE(matches("unal"), 0);
    }
};

REGISTER_SUITE(connection, TstConnection)
#include "tst_connection.moc"
