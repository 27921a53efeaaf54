#include "services/storage/demo/demo_life_builder.h"

#include "models/domain/audit_kind_names.h"
#include "models/domain/tier.h"

#include <algorithm>

/// The money side of a life: tier steps, grace periods, deletion, and what operators noted about it.
namespace storage::demo {

namespace kinds = domain::kinds;

namespace {
QString idText(const QUuid &id)
{
    return id.toString(QUuid::WithoutBraces);
}
} // namespace

void LifeBuilder::tellTierSteps()
{
    tell(kinds::onboardingClaimed, factsAt(m_createdMs));
    QString from = QStringLiteral("free");
    for (const TierStep &step : std::as_const(m_steps)) {
        if (domain::tierRank(QStringView(step.tier)) >= domain::tierRank(QStringView(from)))
            tellStep(from, step);
        else
            tellDemotion(from, step);
        from = step.tier;
    }
}

void LifeBuilder::tellStep(const QString &from, const TierStep &step)
{
    const AuditFacts facts = factsAt(step.atMs);
    if (step.byOperator) {
        const QString who = m_random.pick(operatorEmails());
        if (m_random.chance(400)) {
            tell(kinds::adminAccess, factsAt(step.atMs - m_random.between(40, 400) * 1000),
                 {{QStringLiteral("email"), who}});
        }
        tell(kinds::adminTierChanged, facts,
             {{QStringLiteral("from"), from},
              {QStringLiteral("to"), step.tier},
              {QStringLiteral("by_admin_email"), who},
              {QStringLiteral("reason"), tierChangeReason(m_random, true)}});
    } else {
        if (m_random.chance(60))
            tell(kinds::experimentConversion, factsAt(step.atMs - 3 * minuteMs));
        tell(kinds::subscriptionUpgraded, facts,
             {{QStringLiteral("from_tier"), from},
              {QStringLiteral("to_tier"), step.tier},
              {QStringLiteral("mrr"), m_settings.plans->listMonthlyCents(step.tier)}});
        if (from == QLatin1StringView("free") && m_settings.detailed && m_random.chance(350)) {
            tell(kinds::teamTtlPoliciesPromoted, factsAt(step.atMs + 900),
                 {{QStringLiteral("reason"), QStringLiteral("tier_upgrade")}});
        }
    }
    if (!m_settings.detailed)
        return;
    if (m_random.chance(40))
        tell(kinds::propagationRetrying, factsAt(step.atMs + 30'000), {{QStringLiteral("attempts"), 1}});
    if (m_random.chance(450)) {
        tell(kinds::propagationApplied, factsAt(step.atMs + 100'000),
             {{QStringLiteral("target_tier"), step.tier}, {QStringLiteral("attempts"), m_random.between(1, 2)}});
    }
}

void LifeBuilder::tellDemotion(const QString &from, const TierStep &step)
{
    const AuditFacts facts = factsAt(step.atMs);
    if (m_story == Story::Terminated) {
        tellTerminated(step);
        return;
    }
    if (m_story == Story::Canceled && m_random.chance(450)) {
        tell(kinds::subscriptionDowngraded, facts,
             {{QStringLiteral("from_tier"), from},
              {QStringLiteral("to_tier"), step.tier},
              {QStringLiteral("reason"), QStringLiteral("plan_change")}});
        return;
    }
    if (m_story == Story::Canceled) {
        tell(kinds::subscriptionCanceled, facts,
             {{QStringLiteral("last_tier"), from}, {QStringLiteral("canceled_at"), timeText(step.atMs)}});
        return;
    }
    const QJsonObject given{{QStringLiteral("from"), from},
                            {QStringLiteral("to"), step.tier},
                            {QStringLiteral("from_tier"), from},
                            {QStringLiteral("to_tier"), step.tier},
                            {QStringLiteral("by_admin_email"), m_random.pick(operatorEmails())},
                            {QStringLiteral("reason"), tierChangeReason(m_random, false)}};
    tell(kinds::adminTierChanged, facts, given);
    tell(kinds::subscriptionCanceledByAdmin, factsAt(step.atMs + 5), given);
}

void LifeBuilder::tellTerminated(const TierStep &step)
{
    GraceRow grace;
    grace.id = m_random.uuid();
    grace.subscription = m_life.team.subscription;
    grace.status = QStringLiteral("terminated");
    grace.startedMs = std::max(m_steps.first().atMs, step.atMs - 7 * dayMs);
    grace.expiresMs = grace.terminatedMs = step.atMs;
    grace.reminders = 28;
    grace.reminderMs = std::max(grace.startedMs, step.atMs - 6 * hourMs);
    const QJsonObject given{{QStringLiteral("grace_id"), idText(grace.id)},
                            {QStringLiteral("started_at"), timeText(grace.startedMs)},
                            {QStringLiteral("expires_at"), timeText(grace.expiresMs)},
                            {QStringLiteral("grace_ends_at"), timeText(grace.expiresMs)},
                            {QStringLiteral("hours_remaining"), 6}};
    tell(kinds::paymentGraceStarted, factsAt(grace.startedMs), given);
    tell(kinds::paymentGraceReminder, factsAt(grace.reminderMs), given);
    tell(kinds::paymentGraceTerminated, factsAt(step.atMs), given);
    m_life.graces << grace;
}

void LifeBuilder::tellGrace()
{
    if (m_story != Story::Grace && m_story != Story::Recovered)
        return;
    const qint64 now = m_settings.nowMs;
    const qint64 paidSince = m_steps.first().atMs;
    GraceRow grace;
    grace.id = m_random.uuid();
    grace.subscription = m_life.team.subscription;
    const bool active = m_story == Story::Grace;
    grace.startedMs =
        active ? now - (m_random.chance(450) ? m_random.between(132, 160) : m_random.between(6, 120)) * hourMs
               : m_random.between(paidSince, std::max(paidSince, m_lastSeenMs - 4 * dayMs));
    grace.startedMs = std::max(grace.startedMs, paidSince + minuteMs);
    grace.expiresMs = grace.startedMs + 7 * dayMs;
    const qint64 endMs = active ? now : std::min(grace.startedMs + m_random.between(5, 90) * hourMs, m_lastSeenMs);
    grace.reminders = static_cast<int>(std::clamp<qint64>((endMs - grace.startedMs) / (6 * hourMs), 0, 28));
    grace.reminderMs = grace.reminders > 0 ? grace.startedMs + grace.reminders * 6 * hourMs : 0;
    grace.status = active ? QStringLiteral("active") : QStringLiteral("recovered");
    const QJsonObject given{{QStringLiteral("grace_id"), idText(grace.id)},
                            {QStringLiteral("started_at"), timeText(grace.startedMs)},
                            {QStringLiteral("expires_at"), timeText(grace.expiresMs)},
                            {QStringLiteral("grace_ends_at"), timeText(grace.expiresMs)},
                            {QStringLiteral("hours_remaining"), 168 - 6 * grace.reminders},
                            {QStringLiteral("recovered_at"), timeText(endMs)}};
    tell(kinds::paymentGraceStarted, factsAt(grace.startedMs), given);
    // Every sixth hour in life; here the newest of each day.
    for (int reminder = grace.reminders; reminder > 0; reminder -= 4) {
        QJsonObject told = given;
        told.insert(QStringLiteral("hours_remaining"), 168 - 6 * reminder);
        tell(kinds::paymentGraceReminder, factsAt(grace.startedMs + reminder * 6 * hourMs), told);
    }
    if (!active) {
        grace.recoveredMs = std::max(endMs, grace.startedMs);
        tell(kinds::paymentGraceRecovered, factsAt(grace.recoveredMs), given);
    }
    m_life.graces << grace;
}

void LifeBuilder::tellDeletion()
{
    TeamRow &team = m_life.team;
    const qint64 now = m_settings.nowMs;
    qint64 requestedMs = 0;
    if (m_story == Story::DeletionRequested) {
        team.status = QStringLiteral("deletion_requested");
        requestedMs = now - m_random.between(2 * hourMs, 25 * dayMs);
    } else if (m_story == Story::DeletionPending) {
        team.status = QStringLiteral("deletion_pending");
        requestedMs = now - 30 * dayMs - m_random.between(hourMs, 8 * hourMs);
    } else if (m_story == Story::Tombstoned) {
        team.status = QStringLiteral("tombstoned");
        requestedMs = m_lastSeenMs - 30 * dayMs;
    } else {
        return;
    }
    team.deletionRequestedMs = std::max(requestedMs, m_createdMs + minuteMs);
    tell(kinds::teamDeletionRequested, factsAt(team.deletionRequestedMs));
    if (m_story == Story::Tombstoned) {
        team.tombstonedMs = std::max(m_lastSeenMs, team.deletionRequestedMs);
        tell(kinds::teamTombstoned, factsAt(team.tombstonedMs));
    }
}

void LifeBuilder::makeNotes()
{
    int count = m_random.chance(paying() ? 220 : 25) ? 1 : 0;
    const bool notable = m_story == Story::Grace || m_story == Story::Comped || m_story == Story::AdminDemoted ||
                         m_story == Story::OverQuota;
    if (rank() >= 5)
        count = static_cast<int>(m_random.between(1, 4));
    else if (notable)
        count += m_random.chance(700) ? 1 : 0;
    for (int i = 0; i < count; ++i) {
        NoteRow note;
        note.id = m_random.uuid();
        const bool aboutMoney = m_story == Story::Grace && i == 0;
        note.body = aboutMoney ? graceNote(m_random, m_contact.first)
                    : paying() ? paidNote(m_random, m_contact.first)
                               : freeNote(m_random);
        const bool told = std::any_of(m_life.notes.cbegin(), m_life.notes.cend(),
                                      [&note](const NoteRow &other) { return other.body == note.body; });
        if (told)
            continue;
        note.author = m_random.pick(operatorEmails());
        note.createdMs = aboutMoney ? m_settings.nowMs - m_random.between(20, 2000) * minuteMs
                                    : m_random.between(m_createdMs, m_lastSeenMs);
        note.createdMs = std::max(note.createdMs, m_createdMs);
        m_life.notes << note;
    }
}

} // namespace storage::demo
