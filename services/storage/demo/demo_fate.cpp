#include "services/storage/demo/demo_life_builder.h"

#include "models/domain/tier.h"
#include "services/storage/demo/demo_addresses.h"

#include <algorithm>
#include <cmath>

/// Who the customer is: tier, story, dates, path through the tiers, team and people.
namespace storage::demo {

namespace {

struct Fate {
    const char *tier;
    Story story;
};
/// Every customer whose index is below the length of this list has a told fate, so that small sets are complete too.
constexpr Fate told[] = {
    {"team", Story::Plain},
    {"growth", Story::OverQuota},
    {"pro", Story::Grace},
    {"pro", Story::NearQuota},
    {"hobby", Story::FailedDeploy},
    {"growth", Story::Degraded},
    {"free", Story::Plain},
    {"hobby_plus", Story::Plain},
    {"pro", Story::Recovered},
    {"free", Story::Terminated},
    {"hobby", Story::Canceled},
    {"free", Story::AdminDemoted},
    {"pro", Story::Comped},
    {"hobby", Story::DeletionPending},
    {"pro", Story::DeletionRequested},
    {"free", Story::Tombstoned},
    {"pro", Story::FailedDeploy},
    {"hobby", Story::NearQuota},
    {"free", Story::NearQuota},
    {"hobby", Story::Grace},
    {"pro", Story::Degraded},
    {"free", Story::TestCohort},
    {"pro", Story::Plain},
    {"hobby_plus", Story::OverQuota},
};

constexpr int visitDays = 30;

Story drawPaidStory(Random &random)
{
    static constexpr Story stories[] = {
        Story::Plain,           Story::NearQuota, Story::OverQuota, Story::Degraded, Story::FailedDeploy,
        Story::Grace,           Story::Recovered, Story::Canceled,  Story::Comped,   Story::DeletionRequested,
        Story::DeletionPending,
    };
    return stories[random.weighted({803, 32, 8, 15, 25, 14, 40, 25, 22, 8, 8})];
}

Story drawFreeStory(Random &random)
{
    static constexpr Story stories[] = {Story::Plain,        Story::NearQuota,  Story::Terminated,
                                        Story::AdminDemoted, Story::Tombstoned, Story::TestCohort};
    return stories[random.weighted({914, 6, 35, 15, 20, 10})];
}

} // namespace

LifeBuilder::LifeBuilder(const LifeSettings &settings, int index)
    : m_settings(settings)
    , m_index(index)
    , m_random(settings.seed, static_cast<quint64>(index))
{
}

int LifeBuilder::rank() const
{
    return domain::tierRank(QStringView(m_tier));
}

void LifeBuilder::chooseFate()
{
    if (m_index < static_cast<int>(std::size(told))) {
        m_tier = QString::fromLatin1(told[m_index].tier);
        m_story = told[m_index].story;
        return;
    }
    static constexpr const char *tiers[] = {"free", "hobby", "hobby_plus", "pro", "growth", "team"};
    m_tier = QString::fromLatin1(tiers[m_random.weighted({62, 18, 5, 11, 3, 1})]);
    m_story = paying() ? drawPaidStory(m_random) : drawFreeStory(m_random);
    const bool large = rank() >= 5;
    if (m_story == Story::Canceled)
        m_tier = QStringLiteral("hobby"); // the courtesy floor after a cancellation
    if (large && (m_story == Story::Comped || m_story == Story::Canceled))
        m_story = Story::Plain;
}

void LifeBuilder::chooseTimes()
{
    const qint64 now = m_settings.nowMs;
    const qint64 span = now - m_settings.startMs;
    const double u = m_random.real();
    double position = (u + std::sqrt(u)) / 2; // more sign-ups each month
    if (rank() >= 5)
        position *= 0.7;
    else if (paying())
        position *= 0.95;
    const bool needsPast = m_story != Story::Plain && m_story != Story::NearQuota && m_story != Story::TestCohort;
    m_createdMs = m_settings.startMs + static_cast<qint64>(static_cast<double>(span) * position);
    if (needsPast || m_index < 24)
        m_createdMs = std::min(m_createdMs, now - std::min(span / 2, 60 * dayMs));

    chooseVisits();
}

/// How often the customer comes by, in thousandths of a working day; 0 = has left.
int LifeBuilder::visitsPerMille()
{
    if (m_story == Story::Tombstoned || m_story == Story::Terminated)
        return 0;
    const bool watched = m_story == Story::Grace || m_story == Story::FailedDeploy || m_story == Story::Degraded ||
                         m_story == Story::NearQuota || m_story == Story::OverQuota;
    if (rank() >= 5)
        return static_cast<int>(m_random.between(380, 680));
    if (!paying())
        return !watched && m_random.chance(400) ? 0 : static_cast<int>(m_random.between(15, 130));
    if (!watched && m_random.chance(rank() >= 4 ? 30 : 80))
        return 0;
    return static_cast<int>(rank() >= 4 ? m_random.between(120, 480) : m_random.between(50, 290));
}

/// Days of the last weeks on which the customer did something: fewer on weekends, and today is not over yet.
void LifeBuilder::chooseVisits()
{
    const qint64 now = m_settings.nowMs;
    const int rate = visitsPerMille();
    const qint64 first = m_createdMs + std::min(20 * minuteMs, now - m_createdMs);
    const qint64 today = now / dayMs; // days since 1970-01-01, a Thursday
    for (qint64 day = today; rate > 0 && day > today - visitDays; --day) {
        const qint64 weekday = (day + 3) % 7;
        const qint64 at = day * dayMs + m_random.between(6 * hourMs, 21 * hourMs);
        const int chance = (weekday < 5 ? rate : rate * 2 / 5) * (m_settings.detailed ? 10 : 6) / 10;
        if (m_random.chance(chance) && at <= now - minuteMs && at >= first)
            m_visits << at;
    }
    if (m_index == 0) // somebody is always at work
        m_visits.prepend(now - m_random.between(2, 15) * minuteMs);
    const bool fresh = m_story == Story::FailedDeploy || (m_story == Story::NearQuota && !paying());
    if (fresh) {
        const qint64 latest = m_story == Story::FailedDeploy ? 6 * dayMs : 20 * hourMs;
        if (m_visits.isEmpty() || now - m_visits.first() > latest)
            m_visits.prepend(now - m_random.between(hourMs, latest));
    }
    if (m_visits.isEmpty()) {
        const qint64 span = now - m_settings.startMs;
        const qint64 longest = rate > 0 ? (visitDays + 45) * dayMs : std::max((visitDays + 1) * dayMs, span * 2 / 3);
        const qint64 wanted = now - m_random.between(visitDays * dayMs, longest);
        m_visits << (wanted >= first ? wanted : m_random.between(first, std::min(now, m_createdMs + 9 * dayMs)));
    }
    m_lastSeenMs = std::max(m_visits.first(), first);
    m_visits.first() = m_lastSeenMs;
}

void LifeBuilder::choosePath()
{
    QList<TierStep> path;
    const auto charge = [&path](const char *tier) { path << TierStep{0, QString::fromLatin1(tier), false}; };
    const auto byOperator = [&path](const QString &tier) { path << TierStep{0, tier, true}; };
    if (m_story == Story::Terminated || m_story == Story::AdminDemoted) {
        charge(m_random.chance(650) ? "hobby" : "pro");
        byOperator(QStringLiteral("free"));
    } else if (m_story == Story::Canceled) {
        charge("pro");
        charge("hobby");
    } else if (m_story == Story::Comped) {
        byOperator(m_tier);
    } else if (rank() >= 5) {
        charge("pro");
        byOperator(QStringLiteral("growth"));
        if (rank() == 6)
            byOperator(QStringLiteral("team"));
    } else if (paying()) {
        if (rank() >= 3 && m_random.chance(400))
            charge("hobby");
        if (rank() == 4 && m_random.chance(120))
            charge("hobby_plus");
        path << TierStep{0, m_tier, false};
    }
    // Steps lie within the customer's active life, the first one early: who pays, decides in the first weeks.
    const qint64 life = std::max<qint64>(m_lastSeenMs - m_createdMs, static_cast<qint64>(path.size()) * minuteMs);
    QList<qint64> times;
    for (qsizetype i = 0; i < path.size(); ++i)
        times << m_createdMs + static_cast<qint64>(static_cast<double>(life) * (0.03 + 0.92 * m_random.real()));
    std::sort(times.begin(), times.end());
    if (!times.isEmpty())
        times.first() =
            std::min(times.first(), m_createdMs + m_random.between(life / 50, std::max(life / 50, 25 * dayMs)));
    for (qsizetype i = 0; i < path.size(); ++i)
        path[i].atMs = times.at(i);
    m_steps = path;
}

QString LifeBuilder::tierAt(qint64 atMs) const
{
    QString tier = QStringLiteral("free");
    for (const TierStep &step : m_steps) {
        if (step.atMs <= atMs)
            tier = step.tier;
    }
    return tier;
}

void LifeBuilder::makeTeam()
{
    const CompanyName company = companyName(m_index % companyNameCount());
    m_domain = company.domain;
    TeamRow &team = m_life.team;
    team.id = m_random.uuid();
    team.name = company.name;
    team.tier = m_tier;
    team.createdMs = m_createdMs;
    team.status = QStringLiteral("active");
    team.testCohort = m_story == Story::TestCohort;
    if (m_random.chance(700))
        team.ttlPolicy = paying() ? QStringLiteral("permanent") : QStringLiteral("auto_24h");
    const bool charged = std::any_of(m_steps.cbegin(), m_steps.cend(), [](const TierStep &s) { return !s.byOperator; });
    if (charged)
        team.subscription = QStringLiteral("sub_") + alnumText(m_random, 14);
}

void LifeBuilder::makeUsers()
{
    const qint64 cap = m_settings.plans->plan(m_tier).limits.teamMembers;
    qint64 count = 1;
    if (cap > 1)
        count = m_random.between(cap > 5 ? 3 : 1, cap);
    const QString mailbox = mailboxDomain(m_settings.seed, m_index, rank());
    QStringList taken;
    for (qint64 i = 0; i < count; ++i) {
        const Person who = person(m_random);
        QString local =
            mailbox.isEmpty() ? (who.first + QLatin1Char('.') + who.last).toLower() : mailboxName(who, m_index);
        if (taken.contains(local))
            local += mailbox.isEmpty() ? QString::number(i) : QString(QChar(u'a' + static_cast<char16_t>(i)));
        taken << local;
        UserRow user;
        user.id = m_random.uuid();
        user.email = local + QLatin1Char('@') + (mailbox.isEmpty() ? m_domain : mailbox);
        user.primary = i == 0;
        user.role = QString::fromLatin1(i == 0                 ? "owner"
                                        : i == 1               ? "admin"
                                        : m_random.chance(800) ? "developer"
                                                               : "viewer");
        user.verified = i == 0 || m_random.chance(900);
        user.createdMs = i == 0 ? m_createdMs : m_random.between(m_createdMs, m_lastSeenMs);
        const QString account = QString::number(40'000'000 + static_cast<qint64>(m_index) * 32 + i);
        if (m_random.chance(550))
            user.githubId = account;
        else if (m_random.chance(400))
            user.googleId = QStringLiteral("1084") + account;
        if (i == 0)
            m_contact = who;
        m_life.users << user;
    }
}

} // namespace storage::demo
