#include "services/storage/demo/demo_mail_traffic.h"

#include "models/domain/audit_kind_names.h"
#include "services/storage/demo/demo_life_builder.h"

#include <algorithm>

namespace storage::demo {

namespace kinds = domain::kinds;

namespace {

constexpr qint64 secondMs = 1000;

class Traffic {
public:
    Traffic(const MailCalendar &calendar, const CustomerLife &life, Random &random)
        : m_calendar(calendar)
        , m_life(life)
        , m_random(random)
    {
    }
    QList<AuditRow> tell()
    {
        // Who left gets no more digests.
        if (!m_life.users.isEmpty() && !m_life.visits.isEmpty() && m_life.team.tombstonedMs == 0) {
            tellDigests();
            tellDeployments();
        }
        return m_rows;
    }

private:
    AuditFacts factsAt(qint64 atMs) const;
    /// The platform was smaller then: this share of what happens today, in thousandths.
    int shareAt(qint64 atMs) const
    {
        const auto daysAgo = static_cast<int>((m_calendar.nowMs - atMs) / dayMs);
        return std::clamp(1000 - (daysAgo - 9) * 30, 180, 1000);
    }
    void tellDigests();
    void tellDeployments();
    void deploy(qint64 atMs);
    qint64 lastSeenMs() const { return m_life.visits.first(); }

    const MailCalendar &m_calendar;
    const CustomerLife &m_life;
    Random &m_random;
    QList<AuditRow> m_rows;
};

AuditFacts Traffic::factsAt(qint64 atMs) const
{
    AuditFacts facts;
    facts.team = m_life.team.id;
    facts.user = m_life.users.first().id;
    facts.email = m_life.users.first().email;
    facts.domain = m_life.domain;
    facts.tier = m_life.team.tier;
    facts.subscription = m_life.team.subscription;
    facts.atMs = atMs;
    return facts;
}

/// Mondays at 08:00 UTC. Only as long as the customer comes by, give or take two days: a digest is an entry of its team
/// and must not make those who left look alive.
void Traffic::tellDigests()
{
    const auto active = std::count_if(m_life.resources.cbegin(), m_life.resources.cend(),
                                      [](const ResourceRow &row) { return row.status == QLatin1StringView("active"); });
    const qint64 from = std::max(m_calendar.digestsFromMs, m_life.team.createdMs + 5 * dayMs);
    qint64 monday = from / dayMs;
    while (monday % 7 != 4) // 1970-01-01 was a Thursday
        ++monday;
    for (qint64 at = monday * dayMs + 8 * hourMs; at <= std::min(m_calendar.nowMs, lastSeenMs() + 2 * dayMs);
         at += 7 * dayMs) {
        const qint64 sentMs = at + m_random.below(110 * secondMs);
        if (at < from || active == 0 || sentMs >= m_calendar.nowMs || !m_random.chance(shareAt(at)))
            continue;
        AuditFacts facts = factsAt(sentMs);
        facts.resourceType = m_life.resources.first().type;
        AuditRow row = makeAuditRow(kinds::digestWeekly, facts,
                                    {{QStringLiteral("total_active_resources"), static_cast<qint64>(active)},
                                     {QStringLiteral("team_name"), m_life.team.name}},
                                    m_random);
        m_rows << row;
    }
}

void Traffic::tellDeployments()
{
    for (const qint64 visitMs : m_life.visits) {
        if (visitMs < m_calendar.deploysFromMs || !m_random.chance(shareAt(visitMs)))
            continue;
        const int times = m_random.weighted({8, 22, 35, 35});
        for (int i = 0; i < times; ++i)
            deploy(visitMs + i * 47 * minuteMs + m_random.below(30 * minuteMs));
    }
    // Older visits are not told one by one: as many as lately, on working days.
    const int perMille = static_cast<int>(m_life.visits.size()) * 1000 / 21;
    const qint64 until = m_calendar.nowMs / dayMs - 30;
    for (qint64 day = m_calendar.deploysFromMs / dayMs; m_life.visits.size() > 1 && day < until; ++day) {
        const qint64 atMs = day * dayMs + m_random.between(6 * hourMs, 20 * hourMs);
        const bool working = (day + 3) % 7 < 5;
        if (working && atMs < lastSeenMs() && m_random.chance(perMille * shareAt(atMs) / 1000))
            deploy(atMs);
    }
}

void Traffic::deploy(qint64 atMs)
{
    QList<const DeploymentRow *> running;
    for (const DeploymentRow &row : m_life.deployments) {
        const bool over = row.status == QLatin1StringView("expired") || row.status == QLatin1StringView("deleted");
        if (!over && row.createdMs < atMs)
            running << &row;
    }
    const qint64 healthyMs = atMs + m_random.between(35, 400) * secondMs;
    if (running.isEmpty() || healthyMs >= m_calendar.nowMs)
        return;
    const DeploymentRow &row = *m_random.pick(running);
    AuditFacts facts = factsAt(atMs);
    facts.deployment = row.id;
    facts.appId = row.appId;
    facts.app = row.name;
    facts.url = row.url;
    facts.env = row.env;
    m_rows << makeAuditRow(kinds::deployCreated, facts, {{QStringLiteral("ttl_policy"), row.ttlPolicy}}, m_random);
    facts.atMs = healthyMs;
    m_rows << makeAuditRow(m_random.chance(30) ? kinds::deployFailed : kinds::deployHealthy, facts,
                           {{QStringLiteral("time_to_healthy_seconds"), (healthyMs - atMs) / secondMs}}, m_random);
}

} // namespace

QList<AuditRow> additionalTraffic(const MailCalendar &calendar, const CustomerLife &life, Random &random)
{
    return Traffic(calendar, life, random).tell();
}

} // namespace storage::demo
