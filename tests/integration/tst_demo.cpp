#include "models/domain/audit.h"
#include "services/platform/plan_loader.h"
#include "services/storage/customer_stats.h"
#include "services/storage/demo/demo_data.h"
#include "tests/support/temp_database.h"
#include "tests/support/test_main.h"

#include <QCryptographicHash>
#include <QTest>

#include <stdexcept>

using storage::Connection;
using storage::DemoOptions;
using storage::DemoReport;
using storage::Engine;
using storage::Row;

namespace {

const domain::PlanRegistry &plans()
{
    static const domain::PlanRegistry registry = platform::loadEmbeddedPlans().value();
    return registry;
}

DemoOptions small(int customers = 60)
{
    DemoOptions options;
    options.customers = customers;
    options.now = QDateTime::fromMSecsSinceEpoch(1'795'000'000'123, Qt::UTC);
    return options;
}

/// First column of the first row.
qint64 number(Connection &c, const QString &sql)
{
    qint64 value = -1;
    const auto done = c.select(sql, {}, [&value](const Row &row) {
        value = row.integer(0);
        return false;
    });
    if (!done)
        throw std::runtime_error(done.error().detail.toStdString());
    return value;
}
qint64 countOf(Connection &c, const char *table)
{
    return number(c, QStringLiteral("SELECT count(*) FROM %1").arg(QLatin1StringView(table)));
}

/// What both engines hold alike, as one text.
QByteArray fingerprint(Connection &c)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const QString id = c.isSqlite() ? QStringLiteral("id") : QStringLiteral("CAST(id AS text)");
    const QStringList queries{
        QStringLiteral("SELECT %1 AS i, name, plan_tier, status, %2 FROM teams ORDER BY i")
            .arg(id, c.millis(QStringLiteral("created_at"))),
        QStringLiteral("SELECT %1 AS i, email, role, '', %2 FROM users ORDER BY i")
            .arg(id, c.millis(QStringLiteral("created_at"))),
        QStringLiteral("SELECT %1 AS i, name, status, storage_bytes, %2 FROM resources ORDER BY i")
            .arg(id, c.millis(QStringLiteral("created_at"))),
        QStringLiteral("SELECT %1 AS i, kind, summary, actor, %2 FROM audit_log ORDER BY i")
            .arg(id, c.millis(QStringLiteral("created_at"))),
        QStringLiteral("SELECT audit_id AS i, subject, classification, recipient_sha256, %1 FROM forwarder_sent ORDER "
                       "BY i")
            .arg(c.millis(QStringLiteral("sent_at"))),
        QStringLiteral("SELECT %1 AS i, event, message_id, reason, %2 FROM email_delivery_events ORDER BY i")
            .arg(id, c.millis(QStringLiteral("event_at"))),
        QStringLiteral("SELECT %1 AS i, body_sha256, outcome, request_id, %2 FROM webhook_inbox ORDER BY i")
            .arg(id, c.millis(QStringLiteral("received_at"))),
        QStringLiteral("SELECT %1 AS i, email, event_type, '', %2 FROM email_events ORDER BY i")
            .arg(id, c.millis(QStringLiteral("created_at"))),
        QStringLiteral("SELECT %1 AS i, subnet, '', '', %2 FROM webhook_refusals ORDER BY i")
            .arg(id, c.millis(QStringLiteral("last_at"))),
        QStringLiteral("SELECT name AS i, holder, last_result, '', %1 FROM job_leases ORDER BY i")
            .arg(c.millis(QStringLiteral("last_finished_at"))),
    };
    for (const QString &sql : queries) {
        const auto done = c.select(sql, {}, [&hash](const Row &row) {
            for (int column = 0; column < 4; ++column)
                hash.addData(row.text(column).toUtf8() + '|');
            hash.addData(QByteArray::number(row.time(4).toMSecsSinceEpoch()));
            return true;
        });
        if (!done)
            throw std::runtime_error(done.error().detail.toStdString());
    }
    return hash.result().toHex();
}

} // namespace

class TstDemo : public QObject {
    Q_OBJECT

private slots:
    void fillsEveryTable_data() { test::addEngineRows(); }
    void fillsEveryTable()
    {
        QFETCH(Engine, engine);
        const test::TempDatabase database(engine);
        const auto c = database.connect();
        QList<int> percents;
        const auto report = writeDemo(*c, plans(), small(), [&percents](int percent) {
            percents << percent;
            return true;
        });
        QVERIFY2(report.ok(), report.ok() ? "" : qPrintable(report.error().detail));
        QCOMPARE(report->teams, 60);
        QCOMPARE(countOf(*c, "teams"), report->teams);
        QCOMPARE(countOf(*c, "users"), report->users);
        QCOMPARE(countOf(*c, "resources"), report->resources);
        QCOMPARE(countOf(*c, "deployments"), report->deployments);
        QCOMPARE(countOf(*c, "stacks"), report->stacks);
        QCOMPARE(countOf(*c, "payment_grace_periods"), report->gracePeriods);
        QCOMPARE(countOf(*c, "admin_customer_notes"), report->notes);
        QCOMPARE(countOf(*c, "audit_log"), report->auditRows);
        QCOMPARE(countOf(*c, "saved_views"), report->views);
        QCOMPARE(countOf(*c, "operator_tokens"), report->tokens);
        QCOMPARE(countOf(*c, "forwarder_sent"), report->messages);
        QCOMPARE(countOf(*c, "email_delivery_events"), report->deliveryEvents);
        QCOMPARE(countOf(*c, "email_events"), report->suppressions);
        QCOMPARE(countOf(*c, "webhook_inbox"), report->webhooks);
        const QString tables =
            engine == Engine::Sqlite
                ? QStringLiteral("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
                : QStringLiteral("SELECT CAST(table_name AS text) FROM information_schema.tables WHERE table_schema = "
                                 "'public' AND table_type = 'BASE TABLE'");
        QStringList names;
        QVERIFY(c->select(tables, {}, [&names](const Row &row) {
                     names << row.text(0);
                     return true;
                 }).ok());
        QVERIFY(names.size() >= 12);
        for (const QString &name : names)
            QVERIFY2(number(*c, QStringLiteral("SELECT count(*) FROM ") + name) > 0, qPrintable(name));
        QCOMPARE(number(*c, QStringLiteral("SELECT count(DISTINCT kind) FROM audit_log")), domain::auditKinds().size());
        QCOMPARE(percents.first(), 0);
        QCOMPARE(percents.last(), 100);
        QVERIFY(std::is_sorted(percents.cbegin(), percents.cend()));
    }

    void statisticsAreThoseOfTheTriggers_data() { test::addEngineRows(); }
    void statisticsAreThoseOfTheTriggers()
    {
        QFETCH(Engine, engine);
        const test::TempDatabase database(engine);
        const auto c = database.connect();
        QVERIFY(writeDemo(*c, plans(), small()).ok());
        QCOMPARE(*customerStatsTriggers(*c), true);
        QCOMPARE(countOf(*c, "customer_stats"), 60);
        QCOMPARE(number(*c, QStringLiteral("SELECT CAST(sum(storage_bytes) AS bigint) FROM customer_stats")),
                 number(*c, QStringLiteral("SELECT CAST(sum(storage_bytes) AS bigint) FROM resources WHERE status = "
                                           "'active' AND team_id IS NOT NULL")));
        QCOMPARE(number(*c, QStringLiteral("SELECT CAST(sum(user_count) AS bigint) FROM customer_stats")),
                 countOf(*c, "users"));
    }

    void enginesAndRunsAgree()
    {
        const test::TempDatabase first(Engine::Sqlite), second(Engine::Sqlite), third(Engine::PostgreSql);
        QByteArrayList prints;
        for (const test::TempDatabase *database : {&first, &second, &third}) {
            const auto c = database->connect();
            QVERIFY(writeDemo(*c, plans(), small()).ok());
            prints << fingerprint(*c);
        }
        QCOMPARE(prints.at(1), prints.at(0));
        QCOMPARE(prints.at(2), prints.at(0));
    }

    void refusesADatabaseWithTeams_data() { test::addEngineRows(); }
    void refusesADatabaseWithTeams()
    {
        QFETCH(Engine, engine);
        const test::TempDatabase database(engine);
        const auto c = database.connect();
        QVERIFY(writeDemo(*c, plans(), small(5)).ok());
        const auto again = writeDemo(*c, plans(), small(5));
        QVERIFY(!again.ok());
        QCOMPARE(again.error().code, domain::ErrorCode::Conflict);
        QCOMPARE(again.error().key, QStringLiteral("database_not_empty"));
        QCOMPARE(countOf(*c, "teams"), 5);

        // The same seed collides with itself even when forced, and then leaves everything as it was.
        DemoOptions forced = small(5);
        forced.force = true;
        QVERIFY(!writeDemo(*c, plans(), forced).ok());
        QCOMPARE(countOf(*c, "teams"), 5);
        QCOMPARE(*customerStatsTriggers(*c), true);
    }

    void stoppingLeavesNothing_data() { test::addEngineRows(); }
    void stoppingLeavesNothing()
    {
        QFETCH(Engine, engine);
        const test::TempDatabase database(engine);
        const auto c = database.connect();
        const auto stopped = writeDemo(*c, plans(), small(400), [](int percent) { return percent < 50; });
        QVERIFY(!stopped.ok());
        QCOMPARE(stopped.error().code, domain::ErrorCode::Cancelled);
        QCOMPARE(countOf(*c, "teams"), 0);
        QCOMPARE(countOf(*c, "audit_log"), 0);
        QCOMPARE(*customerStatsTriggers(*c), true);
        QVERIFY(writeDemo(*c, plans(), small(5)).ok());
    }

    void badOptionsAreNamed_data()
    {
        QTest::addColumn<int>("customers");
        QTest::addColumn<int>("months");
        QTest::addColumn<QDateTime>("now");
        QTest::addColumn<QString>("key");
        const QDateTime now = QDateTime::fromMSecsSinceEpoch(1'795'000'000'000, Qt::UTC);
        QTest::newRow("none") << 0 << 18 << now << QStringLiteral("invalid_customers");
        QTest::newRow("too many") << 100'001 << 18 << now << QStringLiteral("invalid_customers");
        QTest::newRow("no month") << 10 << 0 << now << QStringLiteral("invalid_months");
        QTest::newRow("too long ago") << 10 << 61 << now << QStringLiteral("invalid_months");
        QTest::newRow("no time") << 10 << 18 << QDateTime() << QStringLiteral("invalid_now");
    }
    void badOptionsAreNamed()
    {
        QFETCH(int, customers);
        QFETCH(int, months);
        QFETCH(QDateTime, now);
        QFETCH(QString, key);
        const test::TempDatabase database(Engine::Sqlite);
        const auto c = database.connect();
        DemoOptions options;
        options.customers = customers;
        options.months = months;
        options.now = now;
        const auto result = writeDemo(*c, plans(), options);
        QVERIFY(!result.ok());
        QCOMPARE(result.error().code, domain::ErrorCode::InvalidInput);
        QCOMPARE(result.error().key, key);
        QCOMPARE(countOf(*c, "teams"), 0);
    }

    void oneMonthAndOneCustomerWork()
    {
        const test::TempDatabase database(Engine::Sqlite);
        const auto c = database.connect();
        DemoOptions options = small(1);
        options.months = 1;
        QVERIFY(writeDemo(*c, plans(), options).ok());
        QCOMPARE(countOf(*c, "teams"), 1);
        QCOMPARE(number(*c, QStringLiteral("SELECT count(DISTINCT kind) FROM audit_log")), domain::auditKinds().size());
    }
};

REGISTER_SUITE(demo, TstDemo)
#include "tst_demo.moc"
