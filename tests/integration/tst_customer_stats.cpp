#include "services/storage/customer_stats.h"
#include "services/storage/executor.h"
#include "tests/support/temp_database.h"
#include "tests/support/test_main.h"

#include <QMap>
#include <QRandomGenerator>
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

const QDateTime epoch = QDateTime::fromMSecsSinceEpoch(1'750'000'000'000, Qt::UTC);

QStringList statsRows(Connection &c)
{
    QStringList rows;
    const auto read = c.select(
        QStringLiteral(
            "SELECT team_id, name_key, plan_tier, status, is_test_cohort, %1, primary_email, user_count, "
            "resource_count, storage_bytes, degraded_count, deployments_active, note_count, %2, %3, %4, %5, emails_key, "
            "bytes_postgres, bytes_vector, bytes_redis, bytes_mongodb, bytes_queue, bytes_storage, bytes_webhook "
            "FROM customer_stats ORDER BY team_id")
            .arg(c.millis(QStringLiteral("created_at")), c.millis(QStringLiteral("last_resource_at")),
                 c.millis(QStringLiteral("last_deployment_at")), c.millis(QStringLiteral("last_audit_at")),
                 c.millis(QStringLiteral("last_seen_at"))),
        {}, [&rows](const Row &row) {
            QStringList cells;
            for (int i = 0; i < 25; ++i)
                cells << (row.isNull(i) ? QStringLiteral("null") : row.text(i));
            rows << cells.join(QLatin1Char('|'));
            return true;
        });
    return read ? rows : QStringList{read.error().detail};
}

QStringList recomputed(Connection &c)
{
    const auto done = storage::rebuildCustomerStats(c);
    return done ? statsRows(c) : QStringList{done.error().detail};
}

QString newId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

/// Random but repeatable writes to every table that the figures come from.
class Writer {
public:
    explicit Writer(Connection &c) : m_c(c), m_random(20'260'101) {}

    bool step()
    {
        if (m_teams.size() < 3)
            return addTeam();
        switch (m_random.bounded(18)) {
        case 0:
            return addTeam();
        case 1:
            return run("UPDATE teams SET name = ?, plan_tier = ? WHERE id = ?", {word(), word(), team()});
        case 2:
            return m_teams.size() < 6 || removeTeam();
        case 3:
            return addUser();
        case 4:
            return run("UPDATE users SET role = ?, created_at = ? WHERE id = ?", {role(), time(), any(m_users)});
        case 5:
            return run("UPDATE users SET team_id = ?, is_primary = ? WHERE id = ?", {team(), false, any(m_users)});
        case 6:
            return run("DELETE FROM users WHERE id = ?", {any(m_users)});
        case 7:
            return makePrimary();
        case 8:
            return addResource();
        case 9:
            return run("UPDATE resources SET status = ?, storage_bytes = ?, degraded = ? WHERE id = ?",
                       {resourceStatus(), m_random.bounded(1'000'000), coin(), any(m_resources)});
        case 10:
            return run("UPDATE resources SET team_id = ? WHERE id = ?",
                       {coin() ? QVariant(team()) : QVariant(), any(m_resources)});
        case 11:
            return run("DELETE FROM resources WHERE id = ?", {any(m_resources)});
        case 12:
            return addDeployment();
        case 13:
            return run("UPDATE deployments SET status = ?, team_id = ? WHERE id = ?",
                       {deploymentStatus(), team(), any(m_deployments)});
        case 14:
            return addAudit();
        case 15:
            return run("UPDATE audit_log SET kind = ?, team_id = ?, created_at = ? WHERE id = ?",
                       {kind(), team(), time(), any(m_audit)});
        case 16:
            return run("DELETE FROM audit_log WHERE id = ?", {any(m_audit)});
        default:
            return note();
        }
    }

private:
    bool run(const char *sql, const QVariantList &values) { return m_c.execute(QString::fromLatin1(sql), values).ok(); }
    bool coin() { return m_random.bounded(2) == 1; }
    QString pick(std::initializer_list<const char *> words)
    {
        return QString::fromLatin1(words.begin()[m_random.bounded(int(words.size()))]);
    }
    QString any(const QStringList &ids) { return ids.isEmpty() ? newId() : ids.at(m_random.bounded(int(ids.size()))); }
    QString team() { return any(m_teams); }
    QString word() { return pick({"Free", "pro", "Acme", "zeta", "GROWTH", ""}); }
    QString role() { return pick({"owner", "member", "admin"}); }
    QString kind() { return pick({"admin.access", "auth.login", "subscription.upgraded", "administrator.x"}); }
    QString resourceStatus() { return pick({"pending", "active", "active", "paused", "deleted"}); }
    QString deploymentStatus() { return pick({"building", "deploying", "healthy", "failed", "stopped"}); }
    QString time() { return storage::toSqlTime(epoch.addMSecs(m_random.bounded(1'000'000'000))); }
    QString remember(QStringList &ids)
    {
        ids << newId();
        return ids.constLast();
    }

    bool addTeam()
    {
        return run("INSERT INTO teams (id, name, plan_tier, created_at) VALUES (?, ?, ?, ?)",
                   {remember(m_teams), coin() ? QVariant(word()) : QVariant(), word(), time()});
    }
    bool removeTeam()
    {
        return run("DELETE FROM teams WHERE id = ?", {m_teams.takeAt(m_random.bounded(int(m_teams.size())))});
    }
    bool addUser()
    {
        const QString id = remember(m_users);
        return run("INSERT INTO users (id, team_id, email, role, created_at) VALUES (?, ?, ?, ?, ?)",
                   {id, team(), id + QStringLiteral("@x.example"), role(), time()});
    }
    bool makePrimary()
    {
        const QString id = team();
        return run("UPDATE users SET is_primary = ? WHERE team_id = ?", {false, id}) &&
               run("UPDATE users SET is_primary = ? WHERE id = (SELECT id FROM users WHERE team_id = ? ORDER BY id LIMIT 1)",
                   {true, id});
    }
    bool addResource()
    {
        return run("INSERT INTO resources (id, team_id, resource_type, status, storage_bytes, degraded, created_at) "
                   "VALUES (?, ?, ?, ?, ?, ?, ?)",
                   {remember(m_resources), team(),
                    pick({"postgres", "vector", "redis", "mongodb", "queue", "storage", "webhook"}), resourceStatus(),
                    m_random.bounded(1'000'000), coin(), time()});
    }
    bool addDeployment()
    {
        const QString id = remember(m_deployments);
        return run("INSERT INTO deployments (id, team_id, app_id, status, created_at) VALUES (?, ?, ?, ?, ?)",
                   {id, team(), id, deploymentStatus(), time()});
    }
    bool addAudit()
    {
        return run("INSERT INTO audit_log (id, team_id, kind, summary, created_at) VALUES (?, ?, ?, 's', ?)",
                   {remember(m_audit), coin() ? QVariant(team()) : QVariant(), kind(), time()});
    }
    bool note()
    {
        if (coin())
            return run("INSERT INTO admin_customer_notes (id, team_id, body, author_email) VALUES (?, ?, 'b', 'a')",
                       {remember(m_notes), team()});
        return run("DELETE FROM admin_customer_notes WHERE id = ?", {any(m_notes)});
    }

    Connection &m_c;
    QRandomGenerator m_random;
    QStringList m_teams, m_users, m_resources, m_deployments, m_audit, m_notes;
};

} // namespace

class TstCustomerStats : public QObject {
    Q_OBJECT
private slots:
    void triggersEqualRecomputation_data() { test::addEngineRows(); }
    void triggersEqualRecomputation()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        Writer writer(*c);
        for (int round = 0; round < 12; ++round) {
            const auto done = c->inTransaction([&]() -> Result<Done> {
                for (int i = 0; i < 60; ++i) {
                    if (!writer.step())
                        return domain::unavailable(QStringLiteral("a write failed"));
                }
                return Done{};
            });
            QVERIFY2(done.ok(), done ? "" : qPrintable(done.error().key));
            const QStringList kept = statsRows(*c);
            QVERIFY(kept.size() >= 3);
            QCOMPARE(kept, recomputed(*c));
        }
    }

    void figuresOfOneTeam_data() { test::addEngineRows(); }
    void figuresOfOneTeam()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        QVERIFY(
            c
                ->executeScript(QStringLiteral(
                    "INSERT INTO teams (id, name, created_at) VALUES ('0f8fad5b-d9cb-469f-a165-70867728950e', 'Acme', '2026-01-01T00:00:00.000Z');"
                    "INSERT INTO users (team_id, email, role, created_at) VALUES "
                    "('0f8fad5b-d9cb-469f-a165-70867728950e', 'old@x', 'member', '2026-01-01T00:00:00.000Z'),"
                    "('0f8fad5b-d9cb-469f-a165-70867728950e', 'boss@x', 'owner', '2026-01-02T00:00:00.000Z');"
                    "INSERT INTO resources (team_id, resource_type, status, storage_bytes, created_at) VALUES "
                    "('0f8fad5b-d9cb-469f-a165-70867728950e', 'redis', 'active', 5, '2026-01-03T00:00:00.000Z'),"
                    "('0f8fad5b-d9cb-469f-a165-70867728950e', 'queue', 'active', 7, '2026-01-04T00:00:00.000Z'),"
                    "('0f8fad5b-d9cb-469f-a165-70867728950e', 'redis', 'deleted', 900, '2026-02-01T00:00:00.000Z');"
                    "INSERT INTO deployments (team_id, app_id, status, created_at) VALUES "
                    "('0f8fad5b-d9cb-469f-a165-70867728950e', 'a', 'healthy', '2026-01-05T00:00:00.000Z'),"
                    "('0f8fad5b-d9cb-469f-a165-70867728950e', 'b', 'failed', '2026-02-02T00:00:00.000Z');"
                    "INSERT INTO audit_log (team_id, kind, summary, created_at) VALUES "
                    "('0f8fad5b-d9cb-469f-a165-70867728950e', 'auth.login', 's', '2026-01-06T00:00:00.000Z'),"
                    "('0f8fad5b-d9cb-469f-a165-70867728950e', 'admin.access', 's', '2026-02-03T00:00:00.000Z');"))
                .ok());
        int rows = 0;
        QVERIFY(
            c->select(QStringLiteral(
                          "SELECT primary_email, user_count, resource_count, storage_bytes, deployments_active, %1, "
                          "name_key, emails_key, bytes_redis, bytes_queue FROM customer_stats")
                          .arg(c->millis(QStringLiteral("last_seen_at"))),
                      {},
                      [&rows](const Row &row) {
                          ++rows;
                          [&] {
                              QCOMPARE(row.text(0), QStringLiteral("boss@x"));
                              QCOMPARE(row.integer(1), 2);
                              QCOMPARE(row.integer(2), 2);
                              QCOMPARE(row.integer(3), 12);
                              QCOMPARE(row.integer(4), 1);
                              QCOMPARE(row.time(5), QDateTime(QDate(2026, 1, 6), QTime(0, 0), Qt::UTC));
                              QCOMPARE(row.text(6), QStringLiteral("acme"));
                              QCOMPARE(row.text(7), QStringLiteral("boss@x\nold@x"));
                              QCOMPARE(row.integer(8), 5);
                              QCOMPARE(row.integer(9), 7);
                          }();
                          return true;
                      })
                .ok());
        QCOMPARE(rows, 1);
    }

    void switchedOffUntilTheRebuild_data() { test::addEngineRows(); }
    void switchedOffUntilTheRebuild()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        QVERIFY(*storage::customerStatsTriggers(*c));
        QVERIFY(storage::setCustomerStatsTriggers(*c, false).ok());
        QVERIFY(!*storage::customerStatsTriggers(*c));
        Writer writer(*c);
        for (int i = 0; i < 200; ++i)
            QVERIFY(writer.step());
        QVERIFY(statsRows(*c).isEmpty());
        QVERIFY(storage::rebuildCustomerStats(*c).ok());
        QVERIFY(*storage::customerStatsTriggers(*c));
        const QStringList rebuilt = statsRows(*c);
        QVERIFY(!rebuilt.isEmpty());
        for (int i = 0; i < 50; ++i)
            QVERIFY(writer.step());
        const QStringList kept = statsRows(*c);
        QVERIFY(kept != rebuilt);
        QCOMPARE(kept, recomputed(*c));
    }

    /// Two transactions that add to the same team must both be counted, whichever waits for the other.
    void writersOfOneTeamAtOnce_data() { test::addEngineRows(); }
    void writersOfOneTeamAtOnce()
    {
        QFETCH(Engine, engine);
        const TempDatabase database(engine);
        const auto c = database.connect();
        const QString team = newId();
        QVERIFY(c->execute(QStringLiteral("INSERT INTO teams (id, name) VALUES (?, 'x')"), {team}).ok());
        Executor executor(database.config());
        QList<QFuture<Result<Done>>> writes;
        for (int i = 0; i < 60; ++i) {
            writes << executor.run<Done>(Access::Write, {}, [team](Connection &w) -> Result<Done> {
                return w.inTransaction([&]() -> Result<Done> {
                    return w
                        .execute(
                            QStringLiteral(
                                "INSERT INTO resources (team_id, resource_type, storage_bytes) VALUES (?, 'redis', 1)"),
                            {team})
                        .map([](qint64) { return Done{}; });
                });
            });
        }
        for (auto &write : writes) {
            write.waitForFinished();
            QVERIFY(write.result().ok());
        }
        const QStringList kept = statsRows(*c);
        QVERIFY2(kept.join(QString()).contains(QStringLiteral("|60|60|")), qPrintable(kept.join(QString())));
        QCOMPARE(kept, recomputed(*c));
    }

    /// No sort of the customers list may fall back to sorting the whole table.
    void everySortHasItsIndex_data() { test::addEngineRows(); }
    void everySortHasItsIndex()
    {
        QFETCH(Engine, engine);
        const bool lite = engine == Engine::Sqlite;
        const TempDatabase database(engine);
        const auto c = database.connect();
        if (!lite)
            QVERIFY(c->execute(QStringLiteral("SET enable_seqscan = off")).ok());
        QStringList orders = {QStringLiteral("created_at, team_id"), QStringLiteral("created_at DESC, team_id")};
        for (const char *key : {"storage_bytes", "deployments_active", "name_key"}) {
            orders << QString::fromLatin1(key) + QStringLiteral(", created_at DESC, team_id")
                   << QString::fromLatin1(key) + QStringLiteral(" DESC, created_at DESC, team_id");
        }
        orders << QStringLiteral("last_seen_at%1, created_at DESC, team_id")
                      .arg(lite ? QString() : QStringLiteral(" NULLS FIRST"))
               << QStringLiteral("last_seen_at DESC%1, created_at DESC, team_id")
                      .arg(lite ? QString() : QStringLiteral(" NULLS LAST"));
        for (const QString &order : orders) {
            QString plan;
            QVERIFY(c->select(QStringLiteral("EXPLAIN %1SELECT team_id FROM customer_stats ORDER BY %2 LIMIT 50")
                                  .arg(lite ? QStringLiteral("QUERY PLAN ") : QString(), order),
                              {},
                              [&plan, lite](const Row &row) {
                                  plan += row.text(lite ? 3 : 0) + QLatin1Char('\n');
                                  return true;
                              })
                        .ok());
            QVERIFY2(plan.contains(QStringLiteral("customer_stats_")), qPrintable(order + plan));
            QVERIFY2(!plan.contains(QStringLiteral("TEMP B-TREE")) && !plan.contains(QStringLiteral("Sort")),
                     qPrintable(order + plan));
        }
    }
};

REGISTER_SUITE(customer_stats, TstCustomerStats)
#include "tst_customer_stats.moc"
