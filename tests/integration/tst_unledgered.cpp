#include "services/storage/email_ledger_repository.h"
#include "services/storage/sql_helpers.h"
#include "tests/integration/mail_storage.h"
#include "tests/support/temp_database.h"
#include "tests/support/test_main.h"

#include <QTest>

using domain::Result;
using storage::Connection;
using storage::Engine;
using test::after;
using test::failure;
using test::idText;
using test::ledgerEntry;
using test::rowsOf;
using test::TempDatabase;

namespace {

QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}

QStringList idsOf(const Result<QList<domain::AuditEntry>> &entries)
{
    if (!entries)
        return {failure(entries)};
    QStringList ids;
    for (const domain::AuditEntry &entry : *entries)
        ids.append(entry.id.toString());
    return ids;
}

} // namespace

/// Which audit entries still need a ledger row.
class TstUnledgered : public QObject {
    Q_OBJECT
private slots:
    void goesOnBehindAPosition_data() { test::addEngineRows(); }
    void goesOnBehindAPosition()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        storage::SqlEmailLedgerRepository ledger(*c);
        const QString mailed = text("onboarding.claimed"), other = text("vault.read");
        QVERIFY(test::addTeam(*c, 1).ok());
        // 3 and 4 share their time: the id decides.
        QVERIFY(test::addAudit(*c, 4, after(20), mailed, 1, text("{\"email\": \"a@b.c\"}")).ok());
        QVERIFY(test::addAudit(*c, 3, after(20), mailed).ok());
        QVERIFY(test::addAudit(*c, 1, after(0), mailed, 1).ok());
        QVERIFY(test::addAudit(*c, 2, after(10), other, 1).ok());
        QVERIFY(test::addAudit(*c, 5, after(30), mailed, 1).ok());
        const auto find = [&](const QDateTime &from, const QString &id, const QDateTime &until, int limit) {
            return ledger.unledgered({mailed, text("digest.weekly")}, from, id, until, limit);
        };
        const QDateTime end = after(100);
        QCOMPARE(idsOf(find(after(-1), {}, end, 10)), QStringList({idText(1), idText(3), idText(4), idText(5)}));
        QCOMPARE(idsOf(find(after(-1), {}, end, 2)), QStringList({idText(1), idText(3)}));
        QCOMPARE(idsOf(find(after(0), {}, end, 10)).size(), 4);
        QCOMPARE(idsOf(find(after(0), idText(1), end, 10)), QStringList({idText(3), idText(4), idText(5)}));
        QCOMPARE(idsOf(find(after(20), idText(3), end, 10)), QStringList({idText(4), idText(5)}));
        QCOMPARE(idsOf(find(after(20), text("no id"), end, 10)), QStringList({idText(5)}));
        QCOMPARE(idsOf(find(after(-1), {}, after(20), 10)), QStringList({idText(1)}));
        QVERIFY(ledger.insert({ledgerEntry(idText(3)), ledgerEntry(idText(5)), ledgerEntry(text("other"))}).ok());
        const auto left = find(after(-1), {}, end, 10);
        QCOMPARE(idsOf(left), QStringList({idText(1), idText(4)}));
        QCOMPARE(left->at(1).metadata.simplified(), QByteArray("{\"email\": \"a@b.c\"}"));
        QCOMPARE(left->at(1).team, std::optional(test::teamId(1)));
        QCOMPARE(left->at(1).createdAt, after(20));
        QVERIFY(ledger.unledgered({}, after(-1), {}, end, 10)->isEmpty());
    }

    /// A batch costs what it reads, not what waits behind it: no sorting, whatever the table holds.
    void walksTheIndexOfTheOrder_data() { test::addEngineRows(); }
    void walksTheIndexOfTheOrder()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        QString sql;
        auto config = database.config();
        config.faults = [&sql](storage::FaultPoint, const QString &statement) -> std::optional<domain::Error> {
            sql = statement;
            return std::nullopt;
        };
        auto opened = Connection::open(config);
        QVERIFY(opened.ok());
        Connection &c = **opened;
        const QString series = c.isSqlite() ? text("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
                                                   "WHERE i < 20000) INSERT INTO audit_log (kind, summary, created_at) "
                                                   "SELECT 'kind.' || (i % 7), 'x', strftime('%Y-%m-%dT%H:%M:%fZ', "
                                                   "'2026-06-15 12:00:00', '-' || i || ' seconds') FROM n")
                                            : text("INSERT INTO audit_log (kind, summary, created_at) SELECT "
                                                   "'kind.' || (i % 7), 'x', timestamptz '2026-06-15 12:00:00Z' - "
                                                   "i * interval '1 second' FROM generate_series(1, 20000) i");
        QCOMPARE(*c.execute(series), 20'000);
        QVERIFY(c.executeScript(text("ANALYZE")).ok());
        storage::SqlEmailLedgerRepository rows(c);
        const QStringList kinds{text("kind.1"), text("kind.2"), text("kind.3")};
        QCOMPARE(rows.unledgered(kinds, after(-14'400), {}, after(0), 100)->size(), 100);
        // EXPLAIN takes no parameters on PostgreSQL.
        QStringList values;
        for (const QString &kind : kinds)
            values.append(storage::quoted(kind));
        for (const qint64 second : {-14'400, 0, -14'400})
            values.append(storage::quoted(storage::toSqlTime(after(second))));
        values << text("''") << text("100");
        QCOMPARE(sql.count(QLatin1Char('?')), values.size());
        for (const QString &value : std::as_const(values))
            sql.replace(sql.indexOf(QLatin1Char('?')), 1, value);
        const QString plan = c.isSqlite()
                                 ? rowsOf(c, text("EXPLAIN QUERY PLAN ") + QString(sql), 4).join(QLatin1Char('\n'))
                                 : rowsOf(c, text("EXPLAIN ") + QString(sql)).join(QLatin1Char('\n'));
        QVERIFY2(plan.contains(text("audit_log_created_id_idx")), qPrintable(plan));
        QVERIFY2(!plan.contains(text("Sort")) && !plan.contains(text("TEMP B-TREE")), qPrintable(plan));
    }
};

REGISTER_SUITE(unledgered, TstUnledgered)
#include "tst_unledgered.moc"
