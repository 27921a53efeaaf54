#include "services/storage/migrator.h"
#include "services/storage/script_splitter.h"
#include "tests/support/temp_database.h"
#include "tests/support/test_main.h"

#include <QTest>

using storage::Engine;
using storage::splitScript;

class TstSqlScript : public QObject {
    Q_OBJECT
private slots:
    void cuts_data()
    {
        QTest::addColumn<Engine>("engine");
        QTest::addColumn<QString>("script");
        QTest::addColumn<QStringList>("statements");
        const auto both = [](const char *name, const char *script, const QStringList &statements) {
            QTest::addRow("sqlite %s", name) << Engine::Sqlite << QString::fromUtf8(script) << statements;
            QTest::addRow("postgresql %s", name) << Engine::PostgreSql << QString::fromUtf8(script) << statements;
        };
        const auto list = [](std::initializer_list<const char *> texts) {
            QStringList all;
            for (const char *text : texts)
                all << QString::fromUtf8(text);
            return all;
        };
        both("empty", "", {});
        both("only comments", " -- a;\n /* b; */ ;;", {});
        both("two", "A 1;B 2;", list({"A 1", "B 2"}));
        both("no last semicolon", "A;\nB", list({"A", "B"}));
        both("quotes", "A ';' \";\" 'it''s;';B", list({"A ';' \";\" 'it''s;'", "B"}));
        both("comments", "A -- ;\n 1; /* ; */ B", list({"A -- ;\n 1", "/* ; */ B"}));
        both("begin outside a trigger", "BEGIN; COMMIT; END;", list({"BEGIN", "COMMIT", "END"}));
        QTest::newRow("sqlite trigger")
            << Engine::Sqlite
            << QStringLiteral("CREATE TRIGGER t AFTER INSERT ON a WHEN CASE NEW.x WHEN 1 THEN 1 END BEGIN\n"
                              "UPDATE b SET x = CASE WHEN 1 THEN 2 END; DELETE FROM c; END; SELECT 1;")
            << list({"CREATE TRIGGER t AFTER INSERT ON a WHEN CASE NEW.x WHEN 1 THEN 1 END BEGIN\n"
                     "UPDATE b SET x = CASE WHEN 1 THEN 2 END; DELETE FROM c; END",
                     "SELECT 1"});
        QTest::newRow("sqlite temporary trigger")
            << Engine::Sqlite << QStringLiteral("create temp trigger t after delete on a begin select 1; end; B")
            << list({"create temp trigger t after delete on a begin select 1; end", "B"});
        QTest::newRow("postgresql dollar")
            << Engine::PostgreSql << QStringLiteral("DO $$ BEGIN; ' END $$; DO $x$ a; $$ b; $x$; SELECT $1; B")
            << list({"DO $$ BEGIN; ' END $$", "DO $x$ a; $$ b; $x$", "SELECT $1", "B"});
        QTest::newRow("postgresql nested comment")
            << Engine::PostgreSql << QStringLiteral("A /* ; /* ; */ ; */; B") << list({"A /* ; /* ; */ ; */", "B"});
        QTest::newRow("postgresql escape text")
            << Engine::PostgreSql << QStringLiteral("A E'\\';'; B") << list({"A E'\\';'", "B"});
        QTest::newRow("sqlite back quotes") << Engine::Sqlite << QStringLiteral("A `;`; B") << list({"A `;`", "B"});
    }
    void cuts()
    {
        QFETCH(Engine, engine);
        QFETCH(QString, script);
        QFETCH(QStringList, statements);
        const auto split = splitScript(script, engine);
        QVERIFY2(split.ok(), split ? "" : qPrintable(split.error().detail));
        QCOMPARE(*split, statements);
    }

    void unfinishedIsRefused_data()
    {
        QTest::addColumn<Engine>("engine");
        QTest::addColumn<QString>("script");
        QTest::newRow("quote") << Engine::Sqlite << QStringLiteral("A;\nB 'x");
        QTest::newRow("comment") << Engine::PostgreSql << QStringLiteral("A;\n/* x /* y */");
        QTest::newRow("dollar") << Engine::PostgreSql << QStringLiteral("A;\nDO $a$ x $b$");
        QTest::newRow("trigger") << Engine::Sqlite
                                 << QStringLiteral("A;\nCREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1;");
    }
    void unfinishedIsRefused()
    {
        QFETCH(Engine, engine);
        QFETCH(QString, script);
        const auto split = splitScript(script, engine);
        QVERIFY(!split.ok());
        QCOMPARE(split.error().key, QStringLiteral("invalid_script"));
        if (QString::fromLatin1(QTest::currentDataTag()) != QStringLiteral("trigger"))
            QVERIFY2(split.error().detail.contains(QStringLiteral("line 2")), qPrintable(split.error().detail));
    }

    void embeddedFilesAreSplit_data() { test::addEngineRows(); }
    void embeddedFilesAreSplit()
    {
        QFETCH(Engine, engine);
        for (const auto &migration : storage::embeddedMigrations(engine)) {
            const auto split = splitScript(migration.sql, engine);
            QVERIFY2(split.ok(), qPrintable(migration.filename));
            QVERIFY2(!split->isEmpty(), qPrintable(migration.filename));
        }
    }
};

REGISTER_SUITE(sql_script, TstSqlScript)
#include "tst_sql_script.moc"
