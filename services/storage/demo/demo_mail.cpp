#include "services/storage/demo/demo_mail.h"

#include "models/domain/audit.h"
#include "models/domain/audit_kind_names.h"
#include "models/domain/mask.h"
#include "services/storage/demo/demo_addresses.h"
#include "services/storage/demo/demo_life_builder.h"
#include "services/storage/demo/demo_mail_fate.h"
#include "services/storage/demo/demo_mail_traffic.h"

#include <QJsonDocument>

#include <algorithm>

namespace storage::demo {

namespace kinds = domain::kinds;
using domain::DeliveryEvent;
using domain::LedgerClass;

namespace {

constexpr quint64 mailStream = 4'000'000'007ULL;
constexpr quint64 visitorStream = 5'000'000'029ULL;
constexpr qint64 secondMs = 1000;

bool isMailed(const QString &kind)
{
    const domain::AuditKind *known = domain::findAuditKind(kind);
    return known && known->mailsCustomer;
}

domain::AuditEntry entryOf(const AuditRow &row)
{
    domain::AuditEntry entry;
    entry.id = domain::AuditId(row.id);
    entry.kind = row.kind;
    entry.actor = row.actor;
    entry.resourceType = row.resourceType;
    if (!row.resource.isNull())
        entry.resource = row.resource;
    entry.summary = row.summary;
    entry.metadata = row.metadata;
    entry.createdAt = QDateTime::fromMSecsSinceEpoch(row.atMs, Qt::UTC);
    return entry;
}

/// `<202611201412.48213377@smtp-relay.example>`
QString messageId(qint64 acceptedMs, Random &random)
{
    const QString time = timeText(acceptedMs);
    const QString minute = time.mid(0, 4) + time.mid(5, 2) + time.mid(8, 2) + time.mid(11, 2) + time.mid(14, 2);
    return QStringLiteral("<%1.%2@smtp-relay.example>").arg(minute).arg(random.between(10'000'000, 99'999'999));
}

/// The first customers' mail shows one of each, so that small sets are complete too.
std::optional<MailFate> toldFate(int index)
{
    static constexpr MailFate told[] = {
        MailFate::Delivered, MailFate::Delivered,    MailFate::Hard,     MailFate::Soft,  MailFate::Delivered,
        MailFate::Complaint, MailFate::Unsubscribed, MailFate::Blocked,  MailFate::Error, MailFate::Refused,
        MailFate::Inferred,  MailFate::BouncedLater, MailFate::Deferred, MailFate::Lost,  MailFate::Repaired,
    };
    if (index < 0 || index >= static_cast<int>(std::size(told)))
        return std::nullopt;
    return told[index];
}
/// Whose mail once met a kind that had no template yet.
constexpr int withoutTemplate = 4;

/// Tells the mail to one address, in the order of its entries.
class MailTeller {
public:
    MailTeller(const MailCalendar &calendar, const usecases::MailComposer &composer, Random &random, MailStory &story)
        : m_calendar(calendar)
        , m_composer(composer)
        , m_random(random)
        , m_story(story)
    {
    }
    void setIndex(int index) { m_index = index; }
    /// `audit` is sorted by time.
    void tellAll(const QList<AuditRow> &audit, const QString &owner);
    void tellWaiting(const AuditRow &row, const QString &address, int attempts);
    /// Accepted at that time, with that fate.
    MailRow &tellSent(const AuditRow &row, const QString &address, qint64 intendedMs, MailFate fate);
    void liftAndResend(const AuditRow &row, const QString &address, const QString &reason, qint64 atMs, bool resend);

private:
    MailRow begun(const AuditRow &row, const QString &address, qint64 intendedMs) const;
    void drop(MailRow mail, LedgerClass why, const char *error);
    void tell(const AuditRow &row, const QString &address, std::optional<MailFate> fate);
    void settle(MailRow &mail, MailFate fate);
    void suppress(const MailRow &mail);
    bool isSuppressed(qint64 atMs) const
    {
        const bool bounced = m_suppressedMs != 0 && m_suppressedMs < atMs && (m_liftMs == 0 || atMs < m_liftMs);
        return bounced || (m_unsubscribedMs != 0 && m_unsubscribedMs < atMs);
    }
    void perhapsLift(const AuditRow &row, const QString &address);

    const MailCalendar &m_calendar;
    const usecases::MailComposer &m_composer;
    Random &m_random;
    MailStory &m_story;
    int m_index = -1;
    qint64 m_suppressedMs = 0, m_liftMs = 0, m_unsubscribedMs = 0;
};

MailRow MailTeller::begun(const AuditRow &row, const QString &address, qint64 intendedMs) const
{
    MailRow mail;
    mail.id = row.id.toString(QUuid::WithoutBraces);
    mail.audit = row.id;
    mail.team = row.team;
    mail.kind = row.kind;
    mail.address = address;
    mail.createdMs = row.atMs;
    mail.intendedMs = mail.sentMs = std::min(intendedMs, m_calendar.nowMs);
    return mail;
}

void MailTeller::drop(MailRow mail, LedgerClass why, const char *error)
{
    mail.decided = why;
    mail.error = QString::fromLatin1(error);
    m_story.mails << mail;
}

void MailTeller::tellAll(const QList<AuditRow> &audit, const QString &owner)
{
    qsizetype chosen = -1, first = -1;
    for (qsizetype i = 0; i < audit.size(); ++i) {
        if (!isMailed(audit.at(i).kind) || audit.at(i).atMs < m_calendar.ledgerFromMs)
            continue;
        first = first < 0 ? i : first;
        if (chosen < 0 || audit.at(i).atMs < m_calendar.nowMs - 4 * dayMs)
            chosen = i;
    }
    for (qsizetype i = 0; first >= 0 && i < audit.size(); ++i) {
        const AuditRow &row = audit.at(i);
        if (!isMailed(row.kind) || row.atMs < m_calendar.ledgerFromMs)
            continue;
        QString address = owner;
        if (address.isEmpty())
            address = QJsonDocument::fromJson(row.metadata).object().value(QLatin1StringView("email")).toString();
        if (m_index == withoutTemplate && i == first) {
            MailRow mail = begun(row, address, row.atMs + 4 * secondMs);
            mail.providerId = QStringLiteral("missing_renderer");
            drop(mail, LedgerClass::PermanentDrop, "missing_renderer");
            continue;
        }
        tell(row, address, i == chosen ? toldFate(m_index) : std::nullopt);
    }
}

void MailTeller::tell(const AuditRow &row, const QString &address, std::optional<MailFate> fate)
{
    qint64 intendedMs = row.atMs + m_random.between(600, 7000);
    const bool stoodStill = row.atMs >= m_calendar.outageFromMs && row.atMs < m_calendar.outageUntilMs;
    if (stoodStill)
        intendedMs = m_calendar.outageUntilMs + m_random.between(2, 45) * secondMs;
    const MailRow mail = begun(row, address, intendedMs);
    if (stoodStill && m_calendar.outageUntilMs - row.atMs > 48 * hourMs)
        return drop(mail, LedgerClass::Expired, "older than 48 hours before it could be sent");
    if (address.isEmpty())
        return drop(mail, LedgerClass::NoRecipient, "no_owner_email");
    if (isSuppressed(intendedMs))
        return drop(mail, LedgerClass::Suppressed, "unsubscribed, bounced or complained");
    if (intendedMs + 5 * secondMs > m_calendar.nowMs)
        return tellWaiting(row, address, 0);
    const auto drawn = drawFate(m_calendar, domain::addressDomain(address), intendedMs, m_random);
    tellSent(row, address, intendedMs, fate.value_or(drawn));
    perhapsLift(row, address);
}

void MailTeller::tellWaiting(const AuditRow &row, const QString &address, int attempts)
{
    MailRow mail = begun(row, address, row.atMs + 2 * secondMs);
    mail.attempts = attempts;
    mail.nextMs = m_calendar.nowMs + minuteMs;
    if (attempts > 0) {
        mail.error = QStringLiteral("HTTP 503");
        mail.provider = QStringLiteral("none");
    }
    m_story.mails << mail;
}

MailRow &MailTeller::tellSent(const AuditRow &row, const QString &address, qint64 intendedMs, MailFate fate)
{
    MailRow mail = begun(row, address, intendedMs);
    settle(mail, fate);
    const auto composed = mail.acceptedMs == 0 ? std::nullopt : m_composer.compose(entryOf(row), {});
    if (composed)
        mail.subject = composed->subject;
    suppress(mail);
    m_story.mails << mail;
    return m_story.mails.last();
}

void MailTeller::settle(MailRow &mail, MailFate fate)
{
    mail.provider = QStringLiteral("brevo");
    mail.sentMs = std::min(mail.intendedMs + m_random.between(180, 1900), m_calendar.nowMs);
    mail.attempts = 1;
    if (m_random.chance(12) && mail.sentMs + minuteMs < m_calendar.nowMs) {
        mail.attempts = 2;
        mail.error = QStringLiteral("HTTP 503");
        mail.sentMs += 31 * secondMs;
    }
    if (fate == MailFate::Refused) {
        mail.decided = LedgerClass::PermanentDrop;
        mail.providerId = QStringLiteral("audit-") + mail.id;
        mail.error = QStringLiteral("HTTP 422 unprocessable_entity the recipient's address is not valid");
        return;
    }
    mail.decided = LedgerClass::Success;
    mail.acceptedMs = mail.sentMs;
    mail.providerId = messageId(mail.acceptedMs, m_random);
    addEvents(mail, fate, m_calendar, m_random);
}

void MailTeller::suppress(const MailRow &mail)
{
    for (const MailEvent &event : mail.events) {
        const QString type = suppressionType(event.event);
        // Only webhooks tell of addresses; gap repair is about messages.
        if (type.isEmpty() || event.repaired)
            continue;
        m_story.suppressions << SuppressionRow{type,
                                               mail.address,
                                               event.reason,
                                               domain::normalizedMessageId(mail.providerId),
                                               domain::deliveryEventName(event.event),
                                               event.atMs};
        if (event.event == DeliveryEvent::Unsubscribed) {
            m_unsubscribedMs = event.atMs;
        } else if (event.event != DeliveryEvent::SoftBounce) {
            if (m_suppressedMs == 0 || (m_liftMs != 0 && event.atMs > m_liftMs)) {
                m_suppressedMs = event.atMs;
                m_liftMs = 0;
            }
        }
    }
}

/// Operators freed about half of the addresses that the incident had closed, the day after it. Of the others, most are
/// freed when their owner says that the mailbox works again.
void MailTeller::perhapsLift(const AuditRow &row, const QString &address)
{
    const MailRow &mail = m_story.mails.last();
    const domain::LedgerClass became = mail.fold().ledgerClass();
    const bool refused = became == LedgerClass::BouncedHard || became == LedgerClass::Rejected;
    if (!refused || m_unsubscribedMs != 0)
        return;
    const bool incident = domain::addressDomain(address) == incidentDomain &&
                          mail.acceptedMs >= m_calendar.incidentFromMs && mail.acceptedMs < m_calendar.incidentUntilMs;
    static const QStringList reasons{QStringLiteral("Mailbox works again, the customer wrote in"),
                                     QStringLiteral("They let our domain through now"),
                                     QStringLiteral("Typo in their alias, corrected on their side")};
    const QString reason =
        incident ? QStringLiteral("outlook.example refused our sender domain for a day; settled with their postmaster")
                 : m_random.pick(reasons);
    const qint64 atMs = incident ? m_calendar.incidentUntilMs + m_random.between(16 * 60, 25 * 60) * minuteMs
                                 : mail.acceptedMs + m_random.between(20 * 60, 9 * 24 * 60) * minuteMs;
    if (m_random.chance(incident ? 500 : 700) && atMs < m_calendar.nowMs)
        liftAndResend(row, address, reason, atMs, m_random.chance(150));
}

void MailTeller::liftAndResend(const AuditRow &row, const QString &address, const QString &reason, qint64 atMs,
                               bool resend)
{
    const QString by = m_random.pick(operatorEmails());
    const QString masked = domain::maskAuditEmail(address);
    AuditFacts facts;
    facts.team = row.team;
    facts.atMs = atMs;
    m_story.lifts << LiftRow{address, reason, by, atMs};
    m_story.audit << makeAuditRow(kinds::adminSuppressionLifted, facts,
                                  {{QStringLiteral("recipient"), masked},
                                   {QStringLiteral("event_type"), QStringLiteral("bounce")},
                                   {QStringLiteral("provider"), QStringLiteral("brevo")},
                                   {QStringLiteral("reason"), reason},
                                   {QStringLiteral("by_admin_email"), by}},
                                  m_random);
    m_liftMs = atMs;
    if (!resend)
        return;
    facts.atMs = atMs + m_random.between(20, 90) * secondMs;
    const QString old = row.id.toString(QUuid::WithoutBraces);
    MailRow &again = tellSent(row, address, facts.atMs + 2 * secondMs, MailFate::Delivered);
    again.id = QStringLiteral("resend-") + m_random.uuid().toString(QUuid::WithoutBraces);
    m_story.audit << makeAuditRow(kinds::adminEmailResent, facts,
                                  {{QStringLiteral("message_id"), old},
                                   {QStringLiteral("new_message_id"), again.id},
                                   {QStringLiteral("template"), row.kind},
                                   {QStringLiteral("recipient"), masked},
                                   {QStringLiteral("even_if_recent"), false},
                                   {QStringLiteral("reason"), QStringLiteral("They wait for it")},
                                   {QStringLiteral("by_admin_email"), by}},
                                  m_random);
}

} // namespace

MailStory makeMail(const LifeSettings &settings, const MailCalendar &calendar, const usecases::MailComposer &composer,
                   const CustomerLife &life, int index)
{
    Random random(settings.seed, mailStream + static_cast<quint64>(index));
    MailStory story;
    story.audit = additionalTraffic(calendar, life, random);
    QList<AuditRow> all = life.audit + story.audit;
    std::stable_sort(all.begin(), all.end(), [](const AuditRow &a, const AuditRow &b) { return a.atMs < b.atMs; });
    const QString owner = life.users.isEmpty() ? QString() : life.users.first().email;
    MailTeller teller(calendar, composer, random, story);
    teller.setIndex(index);
    teller.tellAll(all, owner);
    if (index != 0)
        return story;
    // Somebody's mail is always on its way.
    for (const auto &[secondsAgo, attempts] : {std::pair{75, 2}, std::pair{9, 0}}) {
        AuditFacts facts;
        facts.team = life.team.id;
        facts.tier = life.team.tier;
        facts.email = owner;
        facts.resource = life.resources.isEmpty() ? QUuid() : life.resources.first().id;
        facts.resourceType = life.resources.isEmpty() ? QString() : life.resources.first().type;
        facts.resourceName = life.resources.isEmpty() ? QString() : life.resources.first().name;
        facts.atMs = calendar.nowMs - secondsAgo * secondMs;
        story.audit << makeAuditRow(attempts > 0 ? kinds::backupFailed : kinds::nearQuotaWall, facts, {}, random);
        teller.tellWaiting(story.audit.last(), owner, attempts);
    }
    return story;
}

MailStory makeVisitorMail(const LifeSettings &settings, const MailCalendar &calendar,
                          const usecases::MailComposer &composer, const QList<AuditRow> &audit)
{
    Random random(settings.seed, visitorStream);
    MailStory story;
    for (const AuditRow &row : audit) {
        // Everybody is somebody else.
        MailTeller teller(calendar, composer, random, story);
        teller.tellAll({row}, {});
    }
    const QString mistyped = QStringLiteral("amara.okafor@gmial.example");
    AuditFacts facts;
    facts.email = mistyped;
    facts.resource = random.uuid();
    facts.resourceType = QStringLiteral("postgres");
    facts.resourceName = QStringLiteral("intake-api-main");
    facts.atMs = calendar.nowMs - 9 * dayMs;
    const AuditRow warning = makeAuditRow(kinds::anonExpiryWarning, facts, {}, random);
    story.audit << warning;
    MailTeller teller(calendar, composer, random, story);
    teller.tellSent(warning, mistyped, facts.atMs + 3 * secondMs, MailFate::Hard);
    teller.liftAndResend(warning, mistyped,
                         QStringLiteral("They registered gmial.example and asked for the mail again"),
                         calendar.nowMs - 8 * dayMs, true);
    return story;
}

} // namespace storage::demo
