#include "tests/support/seed.h"

#include "models/domain/audit_kind_names.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace test {

namespace kinds = domain::kinds;

QUuid uuid(quint32 number)
{
    return QUuid::fromString(QStringLiteral("%1-0000-4000-8000-%2")
                                 .arg(number, 8, 16, QLatin1Char('0'))
                                 .arg(number, 12, 16, QLatin1Char('0')));
}

domain::TeamId teamId(quint32 number)
{
    return domain::TeamId(uuid(number));
}

QDateTime seedNow()
{
    return QDateTime(QDate(2026, 6, 15), QTime(12, 0), Qt::UTC);
}

namespace {

constexpr qint64 megabyte = 1024 * 1024;

/// Builds a Dataset; ids count up per table from bases far apart.
class Builder {
public:
    explicit Builder(const QDateTime &now) { m_data.now = now; }
    Dataset take() { return std::move(m_data); }
    const QDateTime &now() const { return m_data.now; }
    QDateTime daysAgo(int days, int minutes = 0) const { return m_data.now.addDays(-days).addSecs(-60 * minutes); }

    SeedTeam &team(quint32 number, const QString &name, const QString &tier, const QDateTime &createdAt)
    {
        m_data.teams.append({teamId(number), name, tier, QStringLiteral("active"), {}, false, createdAt, {}});
        return m_data.teams.last();
    }
    void user(quint32 team, const QString &email, const QString &role, bool primary, const QDateTime &createdAt)
    {
        m_data.users.append(
            {teamId(team), {domain::UserId(uuid(0x100000 + ++m_users)), email, role, primary, true, createdAt}});
    }
    domain::Resource &resource(quint32 team, const QString &type, const QString &tier, qint64 bytes,
                               const QDateTime &createdAt)
    {
        domain::Resource r;
        r.id = domain::ResourceId(uuid(0x200000 + ++m_resources));
        r.type = type;
        r.name = QStringLiteral("%1-%2").arg(type).arg(m_resources);
        r.tier = tier;
        r.env = QStringLiteral("production");
        r.status = QStringLiteral("active");
        r.storageBytes = bytes;
        r.createdAt = createdAt;
        m_data.resources.append({teamId(team), r});
        return m_data.resources.last().resource;
    }
    domain::Deployment &deployment(quint32 team, const QString &app, const QString &status, const QString &tier,
                                   const QDateTime &createdAt)
    {
        m_data.deployments.append({teamId(team),
                                   {domain::DeploymentId(uuid(0x300000 + ++m_deployments)),
                                    app,
                                    QStringLiteral("production"),
                                    status,
                                    tier,
                                    QStringLiteral("https://%1.example.test").arg(app),
                                    createdAt,
                                    {}}});
        return m_data.deployments.last().deployment;
    }
    domain::AuditEntry &audit(std::optional<quint32> team, const QString &kind, const QString &actor,
                              const QString &summary, const QDateTime &createdAt, const QJsonObject &metadata = {})
    {
        domain::AuditEntry e;
        e.id = domain::AuditId(uuid(0x400000 + ++m_audit));
        if (team)
            e.team = teamId(*team);
        e.actor = actor;
        e.kind = kind;
        e.summary = summary;
        if (!metadata.isEmpty())
            e.metadata = QJsonDocument(metadata).toJson(QJsonDocument::Compact);
        e.createdAt = createdAt;
        m_data.audit.append(e);
        return m_data.audit.last();
    }
    void note(quint32 team, const QString &body, const QDateTime &createdAt)
    {
        m_data.notes.append({domain::NoteId(uuid(0x500000 + ++m_notes)), teamId(team), body,
                             QStringLiteral("ada@example.com"), createdAt});
    }
    void grace(quint32 team, const QString &status, const QDateTime &startedAt)
    {
        m_data.graces.append(
            {teamId(team), QStringLiteral("sub_grace_%1").arg(team), status, startedAt, startedAt.addDays(7)});
    }

private:
    Dataset m_data;
    quint32 m_users = 0, m_resources = 0, m_deployments = 0, m_audit = 0, m_notes = 0;
};

void addAcme(Builder &b)
{
    const QString pro = QStringLiteral("pro");
    b.team(seed::acme, QStringLiteral("Acme Robotics"), pro, b.daysAgo(400)).subscriptionId =
        QStringLiteral("sub_acme");
    b.user(seed::acme, QStringLiteral("zoe@acme.test"), QStringLiteral("member"), false, b.daysAgo(399));
    b.user(seed::acme, QStringLiteral("olivia@acme.test"), QStringLiteral("owner"), true, b.daysAgo(398));
    b.user(seed::acme, QStringLiteral("liam@acme.test"), QStringLiteral("member"), false, b.daysAgo(300));
    b.resource(seed::acme, QStringLiteral("postgres"), pro, 9000 * megabyte, b.daysAgo(390));
    b.resource(seed::acme, QStringLiteral("redis"), pro, 100 * megabyte, b.daysAgo(380));
    b.resource(seed::acme, QStringLiteral("mongodb"), pro, 6000 * megabyte, b.daysAgo(370));
    b.resource(seed::acme, QStringLiteral("queue"), pro, 10 * megabyte, b.daysAgo(360));
    b.resource(seed::acme, QStringLiteral("queue"), pro, 20 * megabyte, b.daysAgo(350));
    b.resource(seed::acme, QStringLiteral("webhook"), pro, 4200, b.daysAgo(340));
    b.resource(seed::acme, QStringLiteral("storage"), pro, 7 * megabyte, b.daysAgo(330)).status =
        QStringLiteral("deleted");
    b.resource(seed::acme, QStringLiteral("vector"), pro, 3 * megabyte, b.daysAgo(320)).status =
        QStringLiteral("paused");
    b.deployment(seed::acme, QStringLiteral("acme-web"), QStringLiteral("healthy"), pro, b.daysAgo(20));
    b.deployment(seed::acme, QStringLiteral("acme-api"), QStringLiteral("building"), pro, b.daysAgo(1));
    b.deployment(seed::acme, QStringLiteral("acme-old"), QStringLiteral("stopped"), pro, b.daysAgo(90));
    b.deployment(seed::acme, QStringLiteral("acme-batch"), QStringLiteral("failed"), pro, b.daysAgo(2));
    b.note(seed::acme, QStringLiteral("Prefers invoices in June."), b.daysAgo(30));
    b.note(seed::acme, QStringLiteral("Asked for an SLA."), b.daysAgo(3));
    for (int i = 0; i < 25; ++i)
        b.audit(seed::acme, kinds::deployHealthy, QStringLiteral("system"),
                QStringLiteral("Deployment %1 is healthy").arg(i), b.daysAgo(i + 1),
                {{QStringLiteral("deploy_id"), QStringLiteral("d-%1").arg(i)}});
    b.audit(seed::acme, kinds::subscriptionUpgraded, QStringLiteral("system"),
            QStringLiteral("Upgraded from hobby to pro"), b.daysAgo(12),
            {{QStringLiteral("from_tier"), QStringLiteral("hobby")}, {QStringLiteral("to_tier"), pro}});
    b.audit(seed::acme, kinds::adminTierChanged, QStringLiteral("admin"),
            QStringLiteral("Tier changed from hobby to pro"), b.daysAgo(0, 5),
            {{QStringLiteral("from"), QStringLiteral("hobby")}, {QStringLiteral("to"), pro}});
}

void addBravo(Builder &b)
{
    const QString free = QStringLiteral("free");
    b.team(seed::bravo, QStringLiteral("Bravo Labs"), free, b.daysAgo(2));
    b.user(seed::bravo, QStringLiteral("bob@bravo.test"), QStringLiteral("owner"), true, b.daysAgo(2));
    b.resource(seed::bravo, QStringLiteral("postgres"), free, 9 * megabyte, b.daysAgo(1)).expiresAt =
        b.now().addSecs(3600);
    b.resource(seed::bravo, QStringLiteral("redis"), free, megabyte, b.daysAgo(1)).expiresAt = b.now().addSecs(-3600);
    b.resource(seed::bravo, QStringLiteral("queue"), free, megabyte, b.daysAgo(1)).status = QStringLiteral("paused");
    b.resource(seed::bravo, QStringLiteral("mongodb"), free, megabyte, b.daysAgo(1)).status = QStringLiteral("expired");
    b.deployment(seed::bravo, QStringLiteral("bravo-web"), QStringLiteral("deploying"), free, b.daysAgo(1)).expiresAt =
        b.now().addSecs(7200);
    b.deployment(seed::bravo, QStringLiteral("bravo-gone"), QStringLiteral("deleted"), free, b.daysAgo(2));
}

void addSpecialTeams(Builder &b)
{
    b.team(seed::percent, QStringLiteral("100% Cotton"), QStringLiteral("hobby"), b.daysAgo(50));
    b.user(seed::percent, QStringLiteral("mia@cotton.test"), QStringLiteral("owner"), true, b.daysAgo(50));
    b.grace(seed::percent, QStringLiteral("active"), b.daysAgo(6));
    b.team(seed::underscore, QStringLiteral("snake_case Ltd"), QStringLiteral("hobby_plus"), b.daysAgo(50));
    b.user(seed::underscore, QStringLiteral("noah@snake.test"), QStringLiteral("owner"), true, b.daysAgo(50));
    auto &degraded =
        b.resource(seed::underscore, QStringLiteral("redis"), QStringLiteral("hobby_plus"), megabyte, b.daysAgo(9));
    degraded.degraded = true;
    degraded.degradedReason = QStringLiteral("replica is behind");
    b.team(seed::ghost, QStringLiteral("Ghost Metals"), QStringLiteral("legacy_gold"), b.daysAgo(700));
    b.resource(seed::ghost, QStringLiteral("postgres"), QStringLiteral("legacy_gold"), megabyte, b.daysAgo(600))
        .expiresAt = b.now().addDays(3);
    b.team(seed::nobody, QString(), QStringLiteral("anonymous"), b.daysAgo(1));
    b.team(seed::tombstone, QStringLiteral("Tomb Stone"), QStringLiteral("team"), b.daysAgo(500)).status =
        QStringLiteral("tombstoned");
    b.team(seed::probe, QStringLiteral("Probe Cohort"), QStringLiteral("growth"), b.daysAgo(90)).testCohort = true;
    b.deployment(seed::probe, QStringLiteral("probe"), QStringLiteral("failed"), QStringLiteral("growth"),
                 b.daysAgo(1));
    SeedTeam &leaving = b.team(seed::leaving, QStringLiteral("Leaving Soon"), QStringLiteral("growth"), b.daysAgo(200));
    leaving.status = QStringLiteral("deletion_requested");
    leaving.deletionRequestedAt = b.daysAgo(4);
    b.audit(std::nullopt, kinds::webhookBrevoUnauthorized, QStringLiteral("system"),
            QStringLiteral("Delivery webhook refused"), b.daysAgo(1));
    b.audit(std::nullopt, kinds::backupFailed, QStringLiteral("system"), QStringLiteral("Nightly backup failed"),
            b.daysAgo(3));
    b.audit(std::nullopt, QStringLiteral("mirror.failed"), QStringLiteral("system"),
            QStringLiteral("A kind that this version does not know"), b.daysAgo(5));
    b.audit(std::nullopt, QStringLiteral("mirror.failed.seen"), QStringLiteral("system"),
            QStringLiteral("Not a failure by its kind"), b.daysAgo(6));
    b.audit(seed::leaving, kinds::teamDeletionRequested, QStringLiteral("user"), QStringLiteral("Deletion requested"),
            b.daysAgo(4), {{QStringLiteral("confirm_slug_provided"), true}});
}

/// Many that share every sort key: pages must neither lose nor double one.
void addCrowd(Builder &b)
{
    static const QStringList tiers{QStringLiteral("anonymous"),  QStringLiteral("free"), QStringLiteral("hobby"),
                                   QStringLiteral("hobby_plus"), QStringLiteral("pro"),  QStringLiteral("growth"),
                                   QStringLiteral("team")};
    for (quint32 i = 0; i < 30; ++i) {
        const quint32 number = 100 + i;
        const QString tier = tiers.at(i % 7);
        const int seen = static_cast<int>(i % 4);
        b.team(number, QStringLiteral("Crowd %1").arg(i % 5), tier, b.daysAgo(100 + static_cast<int>(i % 3)));
        b.user(number, QStringLiteral("crowd%1@crowd.test").arg(i), QStringLiteral("owner"), true, b.daysAgo(100));
        if (i % 2 == 0)
            b.resource(number, QStringLiteral("storage"), tier, (i % 6) * megabyte, b.daysAgo(60));
        if (seen > 0)
            b.audit(number, kinds::authLogin, QStringLiteral("user"), QStringLiteral("Signed in"), b.daysAgo(seen));
        if (i % 5 == 0)
            b.deployment(number, QStringLiteral("crowd-%1").arg(i), QStringLiteral("healthy"), tier, b.daysAgo(70));
    }
    const QDateTime moment = b.daysAgo(33);
    for (int i = 0; i < 60; ++i)
        b.audit(100 + static_cast<quint32>(i % 30), kinds::vaultRead, QStringLiteral("agent"),
                QStringLiteral("Vault key read 50%_off"), moment,
                {{QStringLiteral("key_name"), QStringLiteral("KEY_%1").arg(i)}});
}

} // namespace

Dataset smallDataset()
{
    Builder b(seedNow());
    addAcme(b);
    addBravo(b);
    addSpecialTeams(b);
    addCrowd(b);
    return b.take();
}

Dataset largeDataset(int customers)
{
    static const QStringList first{QStringLiteral("North"), QStringLiteral("Blue"),  QStringLiteral("Quiet"),
                                   QStringLiteral("Paper"), QStringLiteral("Iron"),  QStringLiteral("Amber"),
                                   QStringLiteral("River"), QStringLiteral("Copper")};
    static const QStringList second{QStringLiteral("Harbor"), QStringLiteral("Kite"),    QStringLiteral("Forge"),
                                    QStringLiteral("Garden"), QStringLiteral("Lantern"), QStringLiteral("Orchard"),
                                    QStringLiteral("Signal")};
    static const QStringList tiers{QStringLiteral("free"),   QStringLiteral("hobby"),      QStringLiteral("free"),
                                   QStringLiteral("pro"),    QStringLiteral("hobby_plus"), QStringLiteral("free"),
                                   QStringLiteral("growth"), QStringLiteral("hobby"),      QStringLiteral("team")};
    static const QStringList types{QStringLiteral("postgres"), QStringLiteral("redis"),   QStringLiteral("mongodb"),
                                   QStringLiteral("queue"),    QStringLiteral("storage"), QStringLiteral("webhook"),
                                   QStringLiteral("vector")};
    Builder b(seedNow());
    addAcme(b);
    for (int i = 0; i + 1 < customers; ++i) {
        const quint32 number = 1000 + static_cast<quint32>(i);
        const QString tier = tiers.at(i % tiers.size());
        const QString name =
            QStringLiteral("%1 %2 %3").arg(first.at(i % first.size()), second.at(i % second.size())).arg(i + 1);
        b.team(number, name, tier, b.daysAgo(1 + i % 700, i));
        b.user(number, QStringLiteral("owner%1@%2.test").arg(i + 1).arg(second.at(i % second.size()).toLower()),
               QStringLiteral("owner"), true, b.daysAgo(1 + i % 700, i));
        for (int r = 0; r < i % 4; ++r)
            b.resource(number, types.at((i + r) % types.size()), tier, (1 + (i * 37 + r * 11) % 900) * megabyte / 100,
                       b.daysAgo(1 + (i + r) % 60, r));
        if (i % 3 == 0)
            b.deployment(number, QStringLiteral("app-%1").arg(i),
                         i % 9 == 0 ? QStringLiteral("failed") : QStringLiteral("healthy"), tier, b.daysAgo(i % 40));
        if (i % 2 == 0)
            b.audit(number, kinds::authLogin, QStringLiteral("user"), QStringLiteral("Signed in"),
                    b.daysAgo(i % 30, i));
        if (i % 11 == 0)
            b.note(number, QStringLiteral("Called about the %1 plan.").arg(tier), b.daysAgo(i % 20));
    }
    return b.take();
}

} // namespace test
