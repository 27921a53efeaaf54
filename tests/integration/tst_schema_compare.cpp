#include "services/storage/connection.h"
#include "tests/support/temp_database.h"
#include "tests/support/test_main.h"

#include <QMap>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using storage::Connection;
using storage::Engine;
using storage::Row;

namespace {

using Strings = QMap<QString, QString>;

/// Everything of one kind as name → description, so that two engines can be compared entry by entry.
Strings read(Connection &c, const char *sql, const std::function<void(const Row &, Strings &)> &add)
{
    Strings all;
    const auto done = c.select(QString::fromUtf8(sql), {}, [&](const Row &row) {
        add(row, all);
        return true;
    });
    if (!done)
        all.insert(QStringLiteral("error"), done.error().detail);
    return all;
}

/// SQLite's storage class of a PostgreSQL type.
QString typeClass(const QString &postgresType)
{
    static const QMap<QString, QString> classes = {
        {QStringLiteral("uuid"), QStringLiteral("TEXT")},
        {QStringLiteral("text"), QStringLiteral("TEXT")},
        {QStringLiteral("jsonb"), QStringLiteral("TEXT")},
        {QStringLiteral("character"), QStringLiteral("TEXT")},
        {QStringLiteral("boolean"), QStringLiteral("INTEGER")},
        {QStringLiteral("bigint"), QStringLiteral("INTEGER")},
        {QStringLiteral("bytea"), QStringLiteral("BLOB")},
        {QStringLiteral("integer"), QStringLiteral("INTEGER")},
        {QStringLiteral("timestamp with time zone"), QStringLiteral("TEXT")},
    };
    return classes.value(postgresType, QStringLiteral("unknown type ") + postgresType);
}

QString columnText(const QString &type, bool nullable, bool hasDefault, bool generated)
{
    return QStringLiteral("%1%2%3%4")
        .arg(type, nullable ? QString() : QStringLiteral(" not null"),
             hasDefault ? QStringLiteral(" default") : QString(), generated ? QStringLiteral(" generated") : QString());
}

Strings columns(Connection &c)
{
    if (c.isSqlite())
        return read(
            c,
            "SELECT m.name, x.name, x.type, x.\"notnull\", x.dflt_value IS NOT NULL, x.hidden "
            "FROM sqlite_schema m, pragma_table_xinfo(m.name) x WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'",
            [](const Row &row, Strings &all) {
                all.insert(row.text(0) + QLatin1Char('.') + row.text(1),
                           columnText(row.text(2), !row.boolean(3), row.boolean(4), row.integer(5) == 3));
            });
    return read(c,
                "SELECT table_name::text, column_name::text, data_type::text, is_nullable = 'YES', "
                "column_default IS NOT NULL, is_generated = 'ALWAYS' "
                "FROM information_schema.columns WHERE table_schema = 'public'",
                [](const Row &row, Strings &all) {
                    all.insert(row.text(0) + QLatin1Char('.') + row.text(1),
                               columnText(typeClass(row.text(2)), row.boolean(3), row.boolean(4), row.boolean(5)));
                });
}

/// Named indexes: table (columns with direction) [unique] [partial]. Those behind PRIMARY KEY and UNIQUE: uniques().
Strings indexes(Connection &c)
{
    const char *const sql =
        c.isSqlite() ? "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
                     : "SELECT i.relname::text, pg_get_indexdef(x.indexrelid) FROM pg_index x "
                       "JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_namespace n ON n.oid = i.relnamespace "
                       "WHERE n.nspname = 'public' AND NOT EXISTS "
                       "(SELECT 1 FROM pg_constraint k WHERE k.conindid = x.indexrelid AND k.contype IN ('p', 'u'))";
    return read(c, sql, [](const Row &row, Strings &all) {
        QString text = row.text(1).toLower().simplified();
        // What the engines merely spell differently: qualification, casts, redundant brackets, where NULLs go (SQLite's
        // natural place is asked for explicitly on PostgreSQL), and a boolean against 0 or 1.
        static const QRegularExpression noise(
            QStringLiteral("if not exists |public\\.|using btree |::\\w+| nulls (first|last)|[()\"]"));
        text.remove(noise).replace(QStringLiteral(" ,"), QStringLiteral(","));
        all.insert(row.text(0), text.simplified());
    });
}

/// PRIMARY KEY and UNIQUE constraints: "table: a, b".
Strings uniques(Connection &c)
{
    const char *const sql =
        c.isSqlite()
            ? "SELECT m.name || ': ' || (SELECT group_concat(name, ', ') FROM (SELECT i.name FROM "
              "pragma_index_info(l.name) i ORDER BY i.seqno)), l.origin FROM sqlite_schema m, pragma_index_list(m.name) l "
              "WHERE m.type = 'table' AND l.origin IN ('pk', 'u') "
              "UNION ALL SELECT m.name || ': ' || x.name, 'pk' FROM sqlite_schema m, pragma_table_info(m.name) x "
              "WHERE m.type = 'table' AND x.pk = 1 AND x.type = 'INTEGER'"
            : "SELECT r.relname || ': ' || (SELECT string_agg(a.attname, ', ' ORDER BY o.n) FROM "
              "unnest(k.conkey) WITH ORDINALITY o(c, n) JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = o.c), "
              "CASE k.contype WHEN 'p' THEN 'pk' ELSE 'u' END FROM pg_constraint k "
              "JOIN pg_class r ON r.oid = k.conrelid WHERE k.contype IN ('p', 'u') "
              "AND r.relnamespace = 'public'::regnamespace";
    return read(c, sql, [](const Row &row, Strings &all) { all.insert(row.text(0), row.text(1)); });
}

Strings foreignKeys(Connection &c)
{
    const char *const sql =
        c.isSqlite() ? "SELECT m.name || '.' || f.\"from\", f.\"table\" || ' ' || lower(f.on_delete) "
                       "FROM sqlite_schema m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'"
                     : "SELECT r.relname || '.' || a.attname, f.relname || CASE k.confdeltype WHEN 'c' THEN ' cascade' "
                       "WHEN 'n' THEN ' set null' ELSE ' no action' END FROM pg_constraint k "
                       "JOIN pg_class r ON r.oid = k.conrelid JOIN pg_class f ON f.oid = k.confrelid "
                       "JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = k.conkey[1] "
                       "WHERE k.contype = 'f' AND r.relnamespace = 'public'::regnamespace";
    return read(c, sql, [](const Row &row, Strings &all) { all.insert(row.text(0), row.text(1)); });
}

QString difference(const Strings &sqlite, const Strings &postgres)
{
    QStringList lines;
    QSet<QString> names(sqlite.keyBegin(), sqlite.keyEnd());
    names.unite(QSet<QString>(postgres.keyBegin(), postgres.keyEnd()));
    for (const QString &name : names) {
        if (sqlite.value(name, QStringLiteral("-")) != postgres.value(name, QStringLiteral("-")))
            lines << QStringLiteral("%1: SQLite '%2', PostgreSQL '%3'")
                         .arg(name, sqlite.value(name, QStringLiteral("-")), postgres.value(name, QStringLiteral("-")));
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace

class TstSchemaCompare : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        m_sqliteDatabase = std::make_unique<test::TempDatabase>(Engine::Sqlite);
        m_postgresDatabase = std::make_unique<test::TempDatabase>(Engine::PostgreSql);
        m_sqlite = m_sqliteDatabase->connect();
        m_postgres = m_postgresDatabase->connect();
    }
    void cleanupTestCase()
    {
        m_sqlite.reset();
        m_postgres.reset();
        m_sqliteDatabase.reset();
        m_postgresDatabase.reset();
    }

    void tablesAndColumns() { same(&columns, 100); }
    void indexesAndPartialConditions() { same(&indexes, 25); }
    void primaryKeysAndUniques() { same(&uniques, 15); }
    void references() { same(&foreignKeys, 8); }

    /// The comparison itself must be able to fail.
    void aDifferenceIsSeen()
    {
        const auto broken = [&](const char *sql) {
            return m_sqlite
                ->inTransaction([&]() -> domain::Result<QStringList> {
                    if (auto done = m_sqlite->executeScript(QString::fromLatin1(sql)); !done)
                        return done.error();
                    return domain::makeError(domain::ErrorCode::Cancelled, QStringLiteral("undo"),
                                             difference(columns(*m_sqlite), columns(*m_postgres)) +
                                                 difference(indexes(*m_sqlite), indexes(*m_postgres)));
                })
                .error()
                .detail;
        };
        QVERIFY(broken("ALTER TABLE stacks DROP COLUMN env").contains(QStringLiteral("stacks.env")));
        QVERIFY(broken("DROP INDEX stacks_team_idx").contains(QStringLiteral("stacks_team_idx")));
        QVERIFY(
            broken("DROP INDEX users_primary_per_team_key; CREATE INDEX users_primary_per_team_key ON users (team_id) "
                   "WHERE is_primary")
                .contains(QStringLiteral("users_primary_per_team_key")));
        QCOMPARE(difference(columns(*m_sqlite), columns(*m_postgres)), QString());
    }

private:
    void same(Strings (*what)(Connection &), int atLeast)
    {
        const Strings sqlite = what(*m_sqlite), postgres = what(*m_postgres);
        QVERIFY2(sqlite.size() >= atLeast, qPrintable(QString::number(sqlite.size())));
        const QString text = difference(sqlite, postgres);
        QVERIFY2(text.isEmpty(), qPrintable(text));
    }

    std::unique_ptr<test::TempDatabase> m_sqliteDatabase, m_postgresDatabase;
    std::unique_ptr<Connection> m_sqlite, m_postgres;
};

REGISTER_SUITE(schema_compare, TstSchemaCompare)
#include "tst_schema_compare.moc"
