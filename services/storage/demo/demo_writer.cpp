#include "services/storage/demo/demo_writer.h"

#include "services/storage/demo/demo_words.h"
#include "services/storage/sql_helpers.h"

#include <QCryptographicHash>

namespace storage::demo {

using domain::Done;
using domain::Result;

namespace {

QStringList columns(const char *list)
{
    return QString::fromLatin1(list).split(QLatin1Char(' '));
}
QVariant timeOrNull(qint64 epochMs)
{
    return epochMs == 0 ? QVariant() : QVariant(timeText(epochMs));
}
QVariant idOrNull(const QUuid &id)
{
    return id.isNull() ? QVariant() : QVariant(id);
}
QVariant countOrNull(qint64 count)
{
    return count == 0 ? QVariant() : QVariant(count);
}

} // namespace

DemoWriter::DemoWriter(Connection &c)
    : m_teams(c, QStringLiteral("teams"),
              columns("id name plan_tier stripe_customer_id created_at status deletion_requested_at tombstoned_at "
                      "is_test_cohort default_deployment_ttl_policy"))
    , m_users(c, QStringLiteral("users"),
              columns("id team_id email github_id google_id created_at role is_primary email_verified"))
    , m_resources(c, QStringLiteral("resources"),
                  columns("id team_id token resource_type name tier env fingerprint cloud_vendor country_code status "
                          "expires_at storage_bytes provider_resource_id paused_at last_seen_at degraded "
                          "degraded_reason last_reconciled_at applied_conn_limit created_at"))
    , m_deployments(c, QStringLiteral("deployments"),
                    columns("id team_id app_id app_name env tier status app_url ttl_policy expires_at reminders_sent "
                            "last_reminder_at created_at updated_at"))
    , m_stacks(c, QStringLiteral("stacks"), columns("id team_id slug name tier env status expires_at created_at"))
    , m_graces(c, QStringLiteral("payment_grace_periods"),
               columns("id team_id subscription_id status started_at expires_at reminders_sent last_reminder_at "
                       "recovered_at terminated_at"))
    , m_notes(c, QStringLiteral("admin_customer_notes"), columns("id team_id body author_email created_at"))
    , m_audit(c, QStringLiteral("audit_log"),
              columns("id team_id user_id actor kind resource_type resource_id summary metadata created_at"))
    , m_views(c, QStringLiteral("saved_views"), columns("id screen name query sort owner_email shared created_at"))
    , m_tokens(c, QStringLiteral("operator_tokens"),
               columns("id name email token_sha256 scope created_at expires_at revoked_at last_used_at"))
    , m_hits(c, QStringLiteral("rate_hits"), columns("id bucket hit_at"))
{
}

void DemoWriter::add(const CustomerLife &life)
{
    const TeamRow &team = life.team;
    m_teams.add({team.id, team.name, team.tier, textOrNull(team.subscription), timeText(team.createdMs), team.status,
                 timeOrNull(team.deletionRequestedMs), timeOrNull(team.tombstonedMs), team.testCohort,
                 textOrNull(team.ttlPolicy)});
    for (const UserRow &user : life.users) {
        m_users.add({user.id, team.id, user.email, textOrNull(user.githubId), textOrNull(user.googleId),
                     timeText(user.createdMs), user.role, user.primary, user.verified});
    }
    for (const ResourceRow &resource : life.resources)
        addResource(resource);
    for (const DeploymentRow &d : life.deployments) {
        m_deployments.add({d.id, team.id, d.appId, d.name, d.env, d.tier, d.status, d.url, d.ttlPolicy,
                           timeOrNull(d.expiresMs), d.remindersSent, timeOrNull(d.reminderMs), timeText(d.createdMs),
                           timeText(d.updatedMs)});
    }
    for (const StackRow &s : life.stacks) {
        m_stacks.add(
            {s.id, team.id, s.slug, s.name, s.tier, s.env, s.status, timeOrNull(s.expiresMs), timeText(s.createdMs)});
    }
    for (const GraceRow &g : life.graces) {
        m_graces.add({g.id, team.id, g.subscription, g.status, timeText(g.startedMs), timeText(g.expiresMs),
                      g.reminders, timeOrNull(g.reminderMs), timeOrNull(g.recoveredMs), timeOrNull(g.terminatedMs)});
    }
    for (const NoteRow &note : life.notes)
        m_notes.add({note.id, team.id, note.body, note.author, timeText(note.createdMs)});
    for (const AuditRow &row : life.audit)
        addAudit(row);
}

void DemoWriter::add(const Surroundings &surroundings)
{
    for (const ResourceRow &resource : surroundings.resources)
        addResource(resource);
    for (const AuditRow &row : surroundings.audit)
        addAudit(row);
}

void DemoWriter::addResource(const ResourceRow &r)
{
    m_resources.add({r.id,
                     idOrNull(r.team),
                     r.token,
                     r.type,
                     r.name,
                     r.tier,
                     r.env,
                     textOrNull(r.fingerprint),
                     r.vendor,
                     r.country,
                     r.status,
                     timeOrNull(r.expiresMs),
                     r.storageBytes,
                     r.providerId,
                     timeOrNull(r.pausedMs),
                     timeOrNull(r.seenMs),
                     r.degraded,
                     textOrNull(r.degradedReason),
                     timeOrNull(r.seenMs),
                     countOrNull(r.connectionLimit),
                     timeText(r.createdMs)});
}

void DemoWriter::addAudit(const AuditRow &row)
{
    m_kinds.insert(row.kind);
    m_audit.add({row.id, idOrNull(row.team), idOrNull(row.user), row.actor, row.kind, textOrNull(row.resourceType),
                 idOrNull(row.resource), row.summary,
                 row.metadata.isEmpty() ? QVariant() : QVariant(QString::fromUtf8(row.metadata)), timeText(row.atMs)});
}

void DemoWriter::addToken(Random &random, const QString &name, int operatorIndex, const QString &scope,
                          qint64 createdMs, qint64 expiresMs, qint64 revokedMs, qint64 usedMs)
{
    // The hash of random bytes that are kept nowhere: such a token cannot be used.
    const QByteArray hash =
        QCryptographicHash::hash(random.uuid().toRfc4122() + random.uuid().toRfc4122(), QCryptographicHash::Sha256);
    m_tokens.add({random.uuid(), name, operatorEmails().at(operatorIndex), QString::fromLatin1(hash.toHex()), scope,
                  timeText(createdMs), timeOrNull(expiresMs), timeOrNull(revokedMs), timeOrNull(usedMs)});
}

void DemoWriter::addOperators(quint64 seed, qint64 nowMs)
{
    constexpr qint64 day = 86'400'000;
    Random random(seed, 2'000'000'011ULL);
    const QString admin = QStringLiteral("admin");
    const QString auditor = QStringLiteral("auditor");
    addToken(random, QStringLiteral("Mira, laptop"), 0, admin, nowMs - 40 * day, nowMs + 50 * day, 0, nowMs - 240'000);
    addToken(random, QStringLiteral("Jonas, on call"), 1, admin, nowMs - 12 * day, nowMs + 78 * day, 0, nowMs - day);
    addToken(random, QStringLiteral("Quarterly review"), 2, auditor, nowMs - 120 * day, nowMs - 30 * day, 0,
             nowMs - 61 * day);
    addToken(random, QStringLiteral("Lost laptop"), 1, admin, nowMs - 70 * day, nowMs + 20 * day, nowMs - 12 * day,
             nowMs - 13 * day);
    addToken(random, QStringLiteral("Weekly figures"), 2, auditor, nowMs - 3 * day, nowMs + 87 * day, 0, 0);

    struct View {
        const char *screen, *name, *query, *sort;
    };
    static constexpr View views[] = {
        {"customers", "Paying, biggest first", "mrr>=1", "mrr:desc"},
        {"customers", "Most storage", "mrr>=1", "storage:desc"},
        {"customers", "New this week", "created<7d", "created:desc"},
        {"audit", "Operators' actions", "kind:admin.*", ""},
    };
    for (const View &view : views) {
        m_views.add({random.uuid(), QString::fromLatin1(view.screen), QString::fromLatin1(view.name),
                     QString::fromLatin1(view.query), QString::fromLatin1(view.sort), operatorEmails().first(), true,
                     timeText(nowMs - 30 * day)});
    }
    const QString bucket = QStringLiteral("admin:") + hexText(random, 16);
    for (int i = 0; i < 5; ++i)
        m_hits.add({random.uuid(), bucket, timeText(nowMs - 600'000 + i * 7'000)});
}

Result<Done> DemoWriter::flush()
{
    for (BulkInsert *table : {&m_teams, &m_users, &m_resources, &m_deployments, &m_stacks, &m_graces, &m_notes,
                              &m_audit, &m_views, &m_tokens, &m_hits}) {
        if (auto done = table->flush(); !done)
            return done;
    }
    return Done{};
}

DemoReport DemoWriter::report() const
{
    DemoReport report;
    report.teams = m_teams.written();
    report.users = m_users.written();
    report.resources = m_resources.written();
    report.deployments = m_deployments.written();
    report.stacks = m_stacks.written();
    report.gracePeriods = m_graces.written();
    report.notes = m_notes.written();
    report.auditRows = m_audit.written();
    report.views = m_views.written();
    report.tokens = m_tokens.written();
    return report;
}

} // namespace storage::demo
