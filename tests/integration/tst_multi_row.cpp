#include "services/storage/multi_row.h"
#include "tests/integration/mail_storage.h"
#include "tests/support/temp_database.h"
#include "tests/support/test_main.h"

#include <QTest>

using storage::Connection;
using storage::Engine;
using test::rowOf;

class TstMultiRow : public QObject {
    Q_OBJECT
private slots:
    void everyNumberOfRows_data() { test::addEngineRows(); }
    void everyNumberOfRows()
    {
        QFETCH(Engine, engine);
        const test::TempDatabase database(engine, test::Content::Empty);
        int statements = 0;
        QSet<QString> texts;
        auto config = database.config();
        config.faults = [&](storage::FaultPoint, const QString &sql) -> std::optional<domain::Error> {
            ++statements;
            texts.insert(sql);
            return std::nullopt;
        };
        auto opened = Connection::open(config);
        QVERIFY(opened.ok());
        Connection &c = **opened;
        QVERIFY(c.executeScript(QStringLiteral("CREATE TABLE numbers (n integer, label text, at %1)")
                                    .arg(c.isSqlite() ? QStringLiteral("text") : QStringLiteral("timestamptz")))
                    .ok());
        const storage::MultiRow insert{QStringLiteral("WITH v (n, label, at) AS (VALUES %1) INSERT INTO numbers "
                                                      "SELECT v.n, v.label, v.at FROM v WHERE v.n IS NOT NULL"),
                                       {"integer", "text", "timestamptz"}};
        qint64 total = 0;
        texts.clear();
        for (const int count :
             {0, 1, 2, 3, 4, 5, 8, 9, 15, 16, 17, 31, 33, 64, 65, 100, 128, 200, 256, 257, 500, 700}) {
            QList<QVariantList> rows;
            for (int i = 0; i < count; ++i)
                rows.append(QVariantList{i, i % 2 ? QVariant() : QVariant(QStringLiteral("%1")), test::seedNow()});
            statements = 0;
            const auto done = storage::executeRows(c, insert, rows);
            QCOMPARE(test::failure(done), QString());
            QCOMPARE(*done, count);
            QVERIFY2(statements <= 5, qPrintable(QStringLiteral("%1 for %2").arg(statements).arg(count)));
            total += count;
        }
        QVERIFY(texts.size() <= 5);
        QCOMPARE(rowOf(c, QStringLiteral("SELECT count(*) FROM numbers")), QString::number(total));
        QCOMPARE(rowOf(c, QStringLiteral("SELECT sum(n) FROM numbers WHERE label IS NULL AND n = 699")),
                 QStringLiteral("699"));
    }

    void aFailureIsTold_data() { test::addEngineRows(); }
    void aFailureIsTold()
    {
        QFETCH(Engine, engine);
        const test::TempDatabase database(engine);
        const auto c = database.connect();
        const storage::MultiRow insert{
            QStringLiteral("WITH v (id, name) AS (VALUES %1) INSERT INTO teams (id, name, plan_tier) "
                           "SELECT v.id, v.name, 'pro' FROM v WHERE v.id IS NOT NULL RETURNING id"),
            {"uuid", "text"}};
        QStringList ids;
        const QList<QVariantList> rows{{test::idText(1), QStringLiteral("a")}, {test::idText(1), QStringLiteral("b")}};
        const auto done =
            storage::selectRows(*c, insert, rows, [&ids](const storage::Row &row) { ids.append(row.text(0)); });
        QVERIFY(!done.ok());
        QCOMPARE(done.error().code, domain::ErrorCode::Conflict);
        QVERIFY(
            storage::selectRows(*c, insert, {{test::idText(2), QStringLiteral("a")}}, [&ids](const storage::Row &row) {
                ids.append(row.text(0));
            }).ok());
        QVERIFY(ids.contains(test::idText(2)));
    }
};

REGISTER_SUITE(multi_row, TstMultiRow)
#include "tst_multi_row.moc"
