#include "services/platform/plan_loader.h"
#include "services/storage/customer_repository.h"
#include "tests/support/seed.h"
#include "tests/support/temp_database.h"
#include "tests/support/test_main.h"

#include <QTest>

using domain::Done;
using domain::Result;
using storage::Row;
using test::TempDatabase;

/// What a promotion lifts, status by status (spec 01 §2.6 step 2, §3.8 step 4).
class TstElevation : public QObject {
    Q_OBJECT

    static constexpr quint32 team = 1, neighbour = 2;

    static QString soon() { return storage::toSqlTime(test::seedNow().addSecs(3600)); }

    static void addTeam(storage::Connection &c, quint32 n)
    {
        const QString id = test::teamId(n).toString();
        QVERIFY(
            c.execute(QStringLiteral("INSERT INTO teams (id, name, plan_tier) VALUES (?, 'x', 'free')"), {id}).ok());
        for (const char *status : {"building", "deploying", "healthy", "failed", "stopped", "expired", "deleted"}) {
            const QString name = QStringLiteral("%1-%2").arg(QString::fromLatin1(status)).arg(n);
            QVERIFY(c.execute(
                         QStringLiteral("INSERT INTO deployments (team_id, app_id, app_name, status, tier, expires_at, "
                                        "reminders_sent) VALUES (?, ?, ?, ?, 'free', ?, 2)"),
                         {id, name, name, QString::fromLatin1(status), soon()})
                        .ok());
        }
        for (const char *status : {"building", "healthy", "failed", "deleting", "deleted"}) {
            const QString name = QStringLiteral("stack-%1-%2").arg(QString::fromLatin1(status)).arg(n);
            QVERIFY(c.execute(QStringLiteral("INSERT INTO stacks (team_id, slug, name, status, tier, expires_at) "
                                             "VALUES (?, ?, ?, ?, 'free', ?)"),
                              {id, name, name, QString::fromLatin1(status), soon()})
                        .ok());
        }
    }
    /// `status tier expiry` of the team's rows; the expiry as `kept` or `gone`.
    static QStringList rowsOf(storage::Connection &c, const char *table, quint32 n)
    {
        QStringList rows;
        const auto read =
            c.select(QStringLiteral("SELECT status, tier, expires_at FROM %1 WHERE team_id = ? ORDER BY status")
                         .arg(QString::fromLatin1(table)),
                     {test::teamId(n).toString()}, [&rows](const Row &row) {
                         rows << row.text(0) + QLatin1Char(' ') + row.text(1) +
                                     (row.isNull(2) ? QStringLiteral(" gone") : QStringLiteral(" kept"));
                         return true;
                     });
        return read ? rows : QStringList{read.error().detail};
    }

private slots:
    void deploymentsAndStacksAreLifted_data() { test::addEngineRows(); }
    void deploymentsAndStacksAreLifted()
    {
        QFETCH(storage::Engine, engine);
        const TempDatabase database(engine);
        const auto connection = database.connect();
        addTeam(*connection, team);
        addTeam(*connection, neighbour);
        const QStringList stacksBefore = rowsOf(*connection, "stacks", neighbour);
        const QStringList deploymentsBefore = rowsOf(*connection, "deployments", neighbour);
        QCOMPARE(stacksBefore.size(), 5);

        const auto plans = platform::loadEmbeddedPlans();
        QVERIFY(plans.ok());
        storage::SqlCustomerRepository customers(*connection, *plans);
        const auto expected = customers.countElevatable(test::teamId(team), test::seedNow());
        QVERIFY(expected.ok());
        QCOMPARE(expected->deployments, 4);
        Result<usecases::ElevationCount> lifted;
        const auto done = connection->inTransaction([&]() -> Result<Done> {
            lifted = customers.elevate(test::teamId(team), QStringLiteral("pro"), test::seedNow());
            if (!lifted)
                return lifted.error();
            return Done{};
        });
        QVERIFY2(done.ok(), done.ok() ? "" : qPrintable(done.error().detail));
        QCOMPARE(lifted->deployments, 4);

        QCOMPARE(rowsOf(*connection, "deployments", team),
                 (QStringList{QStringLiteral("building pro gone"), QStringLiteral("deleted free kept"),
                              QStringLiteral("deploying pro gone"), QStringLiteral("expired free kept"),
                              QStringLiteral("failed pro gone"), QStringLiteral("healthy pro gone"),
                              QStringLiteral("stopped free kept")}));
        QCOMPARE(rowsOf(*connection, "stacks", team),
                 (QStringList{QStringLiteral("building pro gone"), QStringLiteral("deleted free kept"),
                              QStringLiteral("deleting free kept"), QStringLiteral("failed pro gone"),
                              QStringLiteral("healthy pro gone")}));
        QCOMPARE(rowsOf(*connection, "stacks", neighbour), stacksBefore);
        QCOMPARE(rowsOf(*connection, "deployments", neighbour), deploymentsBefore);
    }
};

REGISTER_SUITE(elevation, TstElevation)
#include "tst_elevation.moc"
