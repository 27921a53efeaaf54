#include "services/storage/demo/demo_inbox.h"

#include "models/domain/mask.h"
#include "services/storage/demo/demo_life_builder.h"
#include "services/storage/demo/demo_mail_fate.h"

#include <algorithm>

namespace storage::demo {

using domain::DeliveryEvent;
using ports::SignatureVerdict;
using ports::WebhookOutcome;
using usecases::InboxEntry;

namespace {

constexpr quint64 inboxStream = 6'000'000'037ULL;
constexpr qint64 secondMs = 1000;
constexpr int largestBatch = 40;
/// Events that come so close together are sent in one call.
constexpr qint64 batchMs = 2500;

/// What the ledger knew of a message at some moment.
struct Known {
    domain::DeliveryFold fold;
    QString reason;
    bool operator==(const Known &) const = default;
};

struct Arrival {
    qsizetype mail = 0, event = 0;
    qint64 receivedMs = 0;
};

/// The rule of the receiver: the reason of the events that decided the class; of several, the first in the alphabet.
void learn(Known &known, const MailEvent &event)
{
    const domain::LedgerClass before = known.fold.ledgerClass();
    const QDateTime at = QDateTime::fromMSecsSinceEpoch(event.atMs, Qt::UTC);
    known.fold.add(event.event, at);
    if (known.fold.ledgerClass() != before) {
        known.reason = event.reason;
        return;
    }
    domain::DeliveryFold alone;
    alone.add(event.event, at);
    if (alone.ledgerClass() == before && !event.reason.isEmpty() &&
        (known.reason.isEmpty() || event.reason < known.reason))
        known.reason = event.reason;
}

QString timeOf(const std::optional<QDateTime> &time)
{
    return time ? time->toString(Qt::ISODateWithMs) : QString();
}

void addEffects(const MailRow &mail, const Known &before, const Known &after, QList<ports::WebhookEffect> &into)
{
    const QString object = QStringLiteral("message ") + mail.id;
    const auto differs = [&](const char *field, const QString &from, const QString &to) {
        if (from != to)
            into.append({object, QString::fromLatin1(field), from, to});
    };
    differs("classification", domain::ledgerClassName(before.fold.ledgerClass()),
            domain::ledgerClassName(after.fold.ledgerClass()));
    differs("outcome", before.fold.storedOutcome(), after.fold.storedOutcome());
    differs("delivered_at", timeOf(before.fold.deliveredAt()), timeOf(after.fold.deliveredAt()));
    differs("reason", before.reason, after.reason);
    differs("last_event_at", timeOf(before.fold.lastEvent), timeOf(after.fold.lastEvent));
}

class InboxFiller {
public:
    InboxFiller(quint64 seed, const MailCalendar &calendar, QList<MailRow> &mails)
        : m_random(seed, inboxStream)
        , m_calendar(calendar)
        , m_mails(mails)
    {
    }
    Inbox fill();

private:
    InboxEntry call(qint64 receivedMs, const QByteArray &body, int events);
    void take(const QList<Arrival> &batch);
    void repeatSome(const InboxEntry &first);
    void addStrangers();
    void addUnreadable();
    void addFailed();
    void addSkipped();
    void chooseReplayed();
    bool isSilent(const MailEvent &event) const { return event.repaired || event.receivedMs < m_calendar.inboxFromMs; }
    qint64 recentMs() { return m_random.between(m_calendar.inboxFromMs, m_calendar.nowMs - 20 * minuteMs); }

    Random m_random;
    const MailCalendar &m_calendar;
    QList<MailRow> &m_mails;
    QHash<qsizetype, Known> m_known;
    Inbox m_inbox;
};

Inbox InboxFiller::fill()
{
    QList<Arrival> arrivals;
    for (qsizetype i = 0; i < m_mails.size(); ++i) {
        for (qsizetype j = 0; j < m_mails.at(i).events.size(); ++j)
            arrivals << Arrival{i, j, m_mails.at(i).events.at(j).receivedMs};
    }
    std::stable_sort(arrivals.begin(), arrivals.end(),
                     [](const Arrival &a, const Arrival &b) { return a.receivedMs < b.receivedMs; });
    QList<Arrival> batch;
    for (const Arrival &arrival : std::as_const(arrivals)) {
        const MailEvent &event = m_mails.at(arrival.mail).events.at(arrival.event);
        const bool silent = isSilent(event);
        const bool fits = !batch.isEmpty() && !silent && batch.size() < largestBatch &&
                          arrival.receivedMs - batch.first().receivedMs < batchMs;
        if (!batch.isEmpty() && !fits)
            take(std::exchange(batch, {}));
        if (silent)
            learn(m_known[arrival.mail], event);
        else
            batch << arrival;
    }
    if (!batch.isEmpty())
        take(batch);
    chooseReplayed();
    addStrangers();
    addSkipped();
    addFailed();
    addUnreadable();
    return std::move(m_inbox);
}

InboxEntry InboxFiller::call(qint64 receivedMs, const QByteArray &body, int events)
{
    InboxEntry entry;
    entry.id = domain::WebhookId(m_random.uuid());
    entry.provider = QStringLiteral("brevo");
    entry.receivedAt = QDateTime::fromMSecsSinceEpoch(receivedMs, Qt::UTC);
    entry.headers = {{QStringLiteral("host"), QStringLiteral("hooks.instanode.example")},
                     {QStringLiteral("user-agent"), QStringLiteral("Brevo Webhooks/2.0")},
                     {QStringLiteral("content-type"), QStringLiteral("application/json")},
                     {QStringLiteral("content-length"), QString::number(body.size())},
                     {QStringLiteral("authorization"), QStringLiteral("[redacted]")}};
    entry.body = body;
    entry.eventCount = events;
    const bool rotating = receivedMs >= m_calendar.rotationMs && receivedMs < m_calendar.rotationMs + 26 * hourMs;
    if (rotating && m_random.chance(300))
        entry.signature = SignatureVerdict::Previous;
    entry.requestId = m_random.uuid().toString(QUuid::WithoutBraces);
    entry.processingUs = m_random.between(650, 2600) + events * m_random.between(60, 140);
    if (m_random.chance(8))
        entry.processingUs *= m_random.between(6, 30);
    return entry;
}

void InboxFiller::take(const QList<Arrival> &batch)
{
    const qint64 receivedMs = batch.last().receivedMs;
    QByteArrayList objects;
    QHash<qsizetype, Known> before;
    QList<qsizetype> touched;
    QList<ports::WebhookEffect> effects;
    int changed = 0;
    for (const Arrival &arrival : batch) {
        const MailRow &mail = m_mails.at(arrival.mail);
        const MailEvent &event = mail.events.at(arrival.event);
        objects << brevoObject(mail, event);
        const QString type = suppressionType(event.event);
        if (!type.isEmpty())
            effects.append({QStringLiteral("suppression ") + domain::maskLedgerEmail(mail.address),
                            QStringLiteral("event"),
                            {},
                            type});
        Known &known = m_known[arrival.mail];
        if (!before.contains(arrival.mail)) {
            before.insert(arrival.mail, known);
            touched << arrival.mail;
        }
        const Known was = known;
        learn(known, event);
        changed += known != was ? 1 : 0;
    }
    const QByteArray body = batch.size() == 1 ? objects.first() : '[' + objects.join(',') + ']';
    InboxEntry entry = call(receivedMs, body, static_cast<int>(batch.size()));
    for (const qsizetype mail : std::as_const(touched))
        addEffects(m_mails.at(mail), before.value(mail), m_known.value(mail), effects);
    entry.effects = effects;
    entry.matched = static_cast<int>(batch.size());
    entry.changed = changed;
    const MailRow &first = m_mails.at(batch.first().mail);
    entry.eventType = domain::deliveryEventName(first.events.at(batch.first().event).event);
    entry.objectId = domain::normalizedMessageId(first.providerId);
    for (const Arrival &arrival : batch) {
        MailEvent &event = m_mails[arrival.mail].events[arrival.event];
        event.receivedMs = receivedMs;
        event.webhook = entry.id.value();
        if (!entry.team && !m_mails.at(arrival.mail).team.isNull())
            entry.team = domain::TeamId(m_mails.at(arrival.mail).team);
    }
    m_inbox.calls << entry;
    if (batch.size() == 1)
        repeatSome(entry);
}

/// Providers call again when they did not see the answer.
void InboxFiller::repeatSome(const InboxEntry &first)
{
    const qint64 againMs = first.receivedAt.toMSecsSinceEpoch() + m_random.between(25, 600) * secondMs;
    if (!m_random.chance(14) || againMs >= m_calendar.nowMs)
        return;
    InboxEntry again = call(againMs, first.body, 1);
    again.eventType = first.eventType;
    again.objectId = first.objectId;
    again.team = first.team;
    again.duplicateOf = first.id;
    again.outcome = WebhookOutcome::NoChange;
    again.matched = 1;
    m_inbox.calls << again;
}

/// Events of another system on the same account: nobody here knows their messages.
void InboxFiller::addStrangers()
{
    const qsizetype count = std::max<qsizetype>(3, m_inbox.calls.size() / 160);
    for (qsizetype i = 0; i < count; ++i) {
        MailRow mail;
        MailEvent event;
        event.event = m_random.chance(850) ? DeliveryEvent::Delivered : DeliveryEvent::HardBounce;
        event.receivedMs = recentMs();
        event.atMs = event.receivedMs - m_random.between(400, 4000);
        event.reason = bounceReason(event.event, {}, false, m_random);
        const Person who = person(m_random);
        mail.address = (who.first + QLatin1Char('.') + who.last).toLower() + QStringLiteral("@newsletter.example");
        mail.provider = QStringLiteral("brevo");
        mail.providerId = QStringLiteral("<%1@letters.example>").arg(hexText(m_random, 24));
        mail.subject = QStringLiteral("Release notes of this month");
        mail.kind = QStringLiteral("newsletter");
        mail.id = hexText(m_random, 12);
        InboxEntry entry = call(event.receivedMs, brevoObject(mail, event), 1);
        entry.eventType = domain::deliveryEventName(event.event);
        entry.objectId = domain::normalizedMessageId(mail.providerId);
        entry.outcome = WebhookOutcome::Unmatched;
        entry.effects.append(
            {QStringLiteral("message ") + entry.objectId, QStringLiteral("parked"), {}, entry.eventType});
        event.webhook = entry.id.value();
        usecases::EventRow parked = eventRow(mail, event);
        parked.ledgerId.clear();
        m_inbox.parked << parked;
        m_inbox.calls << entry;
    }
}

/// What is not about a message at all.
void InboxFiller::addSkipped()
{
    const qsizetype count = std::max<qsizetype>(2, m_inbox.calls.size() / 400);
    for (qsizetype i = 0; i < count; ++i) {
        const qint64 atMs = recentMs();
        const Person who = person(m_random);
        const QByteArray address = (who.first + QLatin1Char('.') + who.last).toLower().toLatin1();
        InboxEntry entry = call(atMs,
                                "{\"event\":\"list_addition\",\"email\":\"" + address +
                                    "@newsletter.example\",\"id\":874512,\"ts\":" + QByteArray::number(atMs / 1000) +
                                    ",\"list_id\":[12]}",
                                1);
        entry.eventType = QStringLiteral("list_addition");
        entry.outcome = WebhookOutcome::Skipped;
        m_inbox.calls << entry;
    }
}

/// The database restarted under this one; gap repair brought its event the next night.
void InboxFiller::addFailed()
{
    for (const MailRow &mail : std::as_const(m_mails)) {
        const auto lost = std::find_if(mail.events.cbegin(), mail.events.cend(), [this](const MailEvent &event) {
            return event.repaired && event.atMs > m_calendar.inboxFromMs;
        });
        if (lost == mail.events.cend())
            continue;
        InboxEntry entry = call(lost->atMs + 900, brevoObject(mail, *lost), 1);
        entry.eventType = domain::deliveryEventName(lost->event);
        entry.objectId = domain::normalizedMessageId(mail.providerId);
        entry.outcome = WebhookOutcome::Failed;
        entry.error = QStringLiteral("db_failed");
        entry.processingUs = 5'004'212;
        m_inbox.calls << entry;
        return;
    }
}

void InboxFiller::addUnreadable()
{
    InboxEntry entry = call(recentMs(), QByteArray("{\"event\":\"delivered\",\"email\":\"z\xff\xfe\x80"), 0);
    entry.outcome = WebhookOutcome::Unparseable;
    entry.error = QStringLiteral("invalid_payload: invalid UTF8 string");
    m_inbox.calls << entry;
}

void InboxFiller::chooseReplayed()
{
    if (m_inbox.calls.isEmpty())
        return;
    const InboxEntry &entry = m_inbox.calls.at(m_inbox.calls.size() / 2);
    m_inbox.replayed = entry.id.value();
    m_inbox.replayedMs = std::min(entry.receivedAt.toMSecsSinceEpoch() + 7 * hourMs, m_calendar.nowMs - minuteMs);
}

} // namespace

Inbox fillInbox(quint64 seed, const MailCalendar &calendar, QList<MailRow> &mails)
{
    return InboxFiller(seed, calendar, mails).fill();
}

} // namespace storage::demo
