#include "tests/functional/platform_fixture.h"
#include "tests/support/test_main.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QtTest>

#include <atomic>
#include <csignal>
#include <thread>

using functional::Answer;
using functional::HttpClient;
using functional::PlatformFixture;

/// kill −9 in the middle of 200 tier changes: what the database then holds must be a state that whole changes made.
class TstKill : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tierChangesAreWholeOrAbsent_data();
    void tierChangesAreWholeOrAbsent();

private:
    struct Acknowledged {
        QString team, tier;
    };
    static QStringList teamIds(PlatformFixture &platform, int count);
    static QList<Acknowledged> changeUntilKilled(PlatformFixture &platform, const QStringList &teams);
    static void verify(storage::Connection &connection, const QStringList &teams,
                       const QList<Acknowledged> &acknowledged);
};

void TstKill::tierChangesAreWholeOrAbsent_data()
{
    test::addEngineRows();
}

QStringList TstKill::teamIds(PlatformFixture &platform, int count)
{
    const Answer answer =
        platform.admin().get(platform.prefix() + QStringLiteral("/customers?sort_by=created_at&limit=%1").arg(count));
    QStringList ids;
    const QJsonArray rows = answer.json().value(QLatin1StringView("customers")).toArray();
    for (const QJsonValue &row : rows)
        ids << row.toObject().value(QLatin1StringView("team_id")).toString();
    return ids;
}

QList<TstKill::Acknowledged> TstKill::changeUntilKilled(PlatformFixture &platform, const QStringList &teams)
{
    static const QStringList ladder{QStringLiteral("hobby"), QStringLiteral("pro"), QStringLiteral("growth"),
                                    QStringLiteral("free"), QStringLiteral("team")};
    constexpr int changes = 200;
    constexpr int killAfter = 120;
    std::atomic<int> next{0};
    std::atomic<int> answered{0};
    QMutex lock;
    QList<Acknowledged> acknowledged;
    std::vector<std::thread> clients;
    for (int client = 0; client < 4; ++client) {
        clients.emplace_back([&] {
            const HttpClient http = platform.admin();
            for (int i = next++; i < changes; i = next++) {
                const QString team = teams.at(i % teams.size());
                const QString tier = ladder.at((i / teams.size() + i) % ladder.size());
                const Answer answer = http.postJson(
                    platform.prefix() + QStringLiteral("/customers/%1/tier").arg(team),
                    {{QStringLiteral("tier"), tier}, {QStringLiteral("reason"), QStringLiteral("change %1").arg(i)}});
                if (answer.status == 200) {
                    const QMutexLocker locker(&lock);
                    acknowledged.append({team, tier});
                }
                if (++answered == killAfter)
                    ::kill(static_cast<pid_t>(platform.server().processId()), SIGKILL);
            }
        });
    }
    for (std::thread &client : clients)
        client.join();
    platform.server().killHard();
    return acknowledged;
}

void TstKill::verify(storage::Connection &connection, const QStringList &teams, const QList<Acknowledged> &acknowledged)
{
    QHash<QString, int> rowsOfTeam;
    for (const QString &team : teams) {
        QString tier, lastTo;
        int auditRows = 0;
        const auto readTier = connection.select(QStringLiteral("SELECT plan_tier FROM teams WHERE id = ?"), {team},
                                                [&](const storage::Row &row) {
                                                    tier = row.text(0);
                                                    return true;
                                                });
        QVERIFY2(readTier.ok(), qPrintable(readTier ? QString() : readTier.error().detail));
        const auto readAudit = connection.select(
            QStringLiteral("SELECT metadata FROM audit_log WHERE team_id = ? AND kind = 'admin.tier_changed' "
                           "ORDER BY created_at, id"),
            {team}, [&](const storage::Row &row) {
                const QJsonObject metadata = QJsonDocument::fromJson(row.bytes(0)).object();
                if (metadata.value(QLatin1StringView("reason")).toString().startsWith(QLatin1StringView("change "))) {
                    ++auditRows;
                    lastTo = metadata.value(QLatin1StringView("to")).toString();
                }
                return true;
            });
        QVERIFY(readAudit.ok());
        rowsOfTeam.insert(team, auditRows);
        if (auditRows > 0)
            QCOMPARE(tier, lastTo);
    }
    // Every change that was answered 200 has its row; a change may also have been committed and its answer cut off.
    QHash<QString, int> acknowledgedOfTeam;
    for (const Acknowledged &change : acknowledged)
        ++acknowledgedOfTeam[change.team];
    for (auto it = acknowledgedOfTeam.cbegin(); it != acknowledgedOfTeam.cend(); ++it)
        QVERIFY2(rowsOfTeam.value(it.key()) >= it.value(), qPrintable(it.key()));
    // A promotion lifts the live resources in the same transaction: none may lag behind a promoted team.
    int lagging = 0;
    const auto lag = connection.select(
        QStringLiteral(
            "SELECT COUNT(*) FROM resources r JOIN teams t ON t.id = r.team_id WHERE r.status IN ('active','paused') "
            "AND r.expires_at IS NULL AND t.plan_tier = 'team' AND r.tier <> 'team' AND EXISTS (SELECT 1 FROM "
            "audit_log a WHERE a.team_id = t.id AND a.kind = 'admin.tier_changed' AND CAST(a.metadata AS TEXT) LIKE '%change %')"),
        {}, [&](const storage::Row &row) {
            lagging = static_cast<int>(row.integer(0));
            return true;
        });
    QVERIFY(lag.ok());
    QCOMPARE(lagging, 0);
}

void TstKill::tierChangesAreWholeOrAbsent()
{
    QFETCH(storage::Engine, engine);
    PlatformFixture platform(engine);
    QCOMPARE(platform.prepare(), QString());
    QCOMPARE(platform.startServer(), QString());
    const QStringList teams = teamIds(platform, 20);
    QCOMPARE(teams.size(), 20);
    const QList<Acknowledged> acknowledged = changeUntilKilled(platform, teams);
    QVERIFY(acknowledged.size() >= 50);
    QVERIFY2(acknowledged.size() < 200, "the server outlived the kill");

    auto connection = storage::Connection::open(platform.database());
    QVERIFY(connection.ok());
    verify(**connection, teams, acknowledged);

    // The next start heals whatever the kill left behind in the files of the database.
    QCOMPARE(platform.startServer(), QString());
    QCOMPARE(platform.admin().get(platform.prefix() + QStringLiteral("/customers?limit=1")).status, 200);
    QCOMPARE(platform.server().terminate(), 0);
}

REGISTER_SUITE(kill, TstKill)
#include "tst_kill.moc"
