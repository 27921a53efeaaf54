#include "services/storage/connection.h"
#include "tests/support/temp_database.h"
#include "tests/support/test_main.h"

#include <QDir>
#include <QTest>

using storage::DatabaseConfig;
using storage::Engine;

class TstDatabaseUrl : public QObject {
    Q_OBJECT
private slots:
    void postgres()
    {
        const auto c = DatabaseConfig::fromUrl(QStringLiteral(
            "postgres://ops%40x:p%3Aw%2F%23d@db.example.com:6543/platform?sslmode=require&application_name=a"));
        QVERIFY(c.ok());
        QVERIFY(c->engine == Engine::PostgreSql);
        QCOMPARE(c->host, QStringLiteral("db.example.com"));
        QCOMPARE(c->port, 6543);
        QCOMPARE(c->user, QStringLiteral("ops@x"));
        QCOMPARE(c->password, QStringLiteral("p:w/#d"));
        QCOMPARE(c->database, QStringLiteral("platform"));
        QCOMPARE(c->options, QStringLiteral("sslmode=require application_name=a"));
        QCOMPARE(c->describe(), QStringLiteral("PostgreSQL platform@db.example.com"));
    }

    void postgresDefaultsAndSocket()
    {
        const auto plain = DatabaseConfig::fromUrl(QStringLiteral("postgresql://localhost/x"));
        QVERIFY(plain.ok());
        QCOMPARE(plain->port, 5432);
        QVERIFY(plain->user.isEmpty());
        for (const char *url :
             {"postgres://me@/x?host=/run/pg&connect_timeout=3", "postgres:///x?host=/run/pg&connect_timeout=3"}) {
            const auto socket = DatabaseConfig::fromUrl(QString::fromLatin1(url));
            QVERIFY2(socket.ok(), url);
            QCOMPARE(socket->host, QStringLiteral("/run/pg"));
            QCOMPARE(socket->connectTimeoutSeconds, 3);
            QCOMPARE(socket->database, QStringLiteral("x"));
        }
    }

    void sqlite_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("file");
        QTest::newRow("scheme") << QStringLiteral("sqlite:/data/a b.db") << QStringLiteral("/data/a b.db");
        QTest::newRow("slashes") << QStringLiteral("sqlite:///data/x.db") << QStringLiteral("/data/x.db");
        QTest::newRow("path") << QStringLiteral("/data/x?#%20.db") << QStringLiteral("/data/x?#%20.db");
        QTest::newRow("relative") << QStringLiteral("x.db") << QDir::current().absoluteFilePath(QStringLiteral("x.db"));
    }
    void sqlite()
    {
        QFETCH(QString, url);
        QFETCH(QString, file);
        const auto c = DatabaseConfig::fromUrl(url);
        QVERIFY(c.ok());
        QVERIFY(c->engine == Engine::Sqlite);
        QCOMPARE(c->sqliteFile, file);
        QCOMPARE(c->describe(), QStringLiteral("SQLite ") + file);
    }

    void refused_data()
    {
        QTest::addColumn<QString>("url");
        for (const char *url : {"",
                                "  ",
                                "mysql://u:hush-pw@h/d",
                                "postgres://u:hush-pw@h",
                                "postgres://u:hush-pw@h/",
                                "postgres://u:hush-pw@h/a/b",
                                "postgres://u:hush-pw@h:99999/d",
                                "postgres://u:hush-pw@h:x/d",
                                "postgres://u:hush-pw#x@h/d",
                                "postgres://u:hush-pw@h/d?password=hush-pw",
                                "postgres://u:hush-pw@h/d?sslmode=",
                                "postgres://u:hush-pw@h/d?port=0",
                                "postgres://u:hush-pw@h/d?sslmode=a%3Bb",
                                "postgres://u:hush-pw@h/d?sslmode=a%27b",
                                "postgres://u:hush-pw@h/d?sslmode=a%20user=x",
                                "sqlite:",
                                "sqlite://relative.db",
                                "sqlite::memory:",
                                ":memory:",
                                "/tmp"})
            QTest::newRow(url) << QString::fromLatin1(url);
    }
    void refused()
    {
        QFETCH(QString, url);
        const auto c = DatabaseConfig::fromUrl(url);
        QVERIFY(!c.ok());
        QCOMPARE(c.error().code, domain::ErrorCode::InvalidInput);
        QCOMPARE(c.error().key, QStringLiteral("invalid_database_url"));
        QVERIFY(!c.error().detail.isEmpty());
        QVERIFY(!c.error().detail.contains(QStringLiteral("hush-pw")));
        QVERIFY(c.error().fields.contains(QStringLiteral("database_url")));
    }

    /// What the tests hand to child processes must lead back to the same database.
    void urlOfATestDatabaseOpens_data() { test::addEngineRows(); }
    void urlOfATestDatabaseOpens()
    {
        QFETCH(Engine, engine);
        const test::TempDatabase database(engine);
        const auto config = DatabaseConfig::fromUrl(database.url());
        QVERIFY(config.ok());
        auto opened = storage::Connection::open(*config);
        QVERIFY2(opened.ok(), opened ? "" : qPrintable(opened.error().detail));
        QVERIFY(opened.value()->execute(QStringLiteral("SELECT 1 FROM teams")).ok());
    }
};

REGISTER_SUITE(database_url, TstDatabaseUrl)
#include "tst_database_url.moc"
