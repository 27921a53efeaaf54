#include "tests/support/mail_rows.h"

#include "models/domain/mask.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

#include <stdexcept>

namespace test {

using domain::DeliveryEvent;
using domain::DeliveryFold;
using domain::LedgerClass;
using storage::toSqlTime;

namespace {

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(QLatin1Char(' '));
}

template <typename Id>
QVariant idOrNull(const std::optional<Id> &id)
{
    return id ? QVariant(id->toString()) : QVariant();
}

void must(const domain::Result<domain::Done> &done)
{
    if (!done)
        throw std::runtime_error((done.error().key + QStringLiteral(": ") + done.error().detail).toStdString());
}

QString newId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

struct EventMember {
    DeliveryEvent event;
    std::optional<QDateTime> DeliveryFold::*member;
};
constexpr EventMember eventMembers[] = {
    {DeliveryEvent::Delivered, &DeliveryFold::delivered},       {DeliveryEvent::Deferred, &DeliveryFold::deferred},
    {DeliveryEvent::SoftBounce, &DeliveryFold::softBounced},    {DeliveryEvent::HardBounce, &DeliveryFold::hardBounced},
    {DeliveryEvent::Blocked, &DeliveryFold::blocked},           {DeliveryEvent::Error, &DeliveryFold::errored},
    {DeliveryEvent::Complaint, &DeliveryFold::complained},      {DeliveryEvent::Opened, &DeliveryFold::opened},
    {DeliveryEvent::Unsubscribed, &DeliveryFold::unsubscribed},
};

class Random {
public:
    explicit Random(quint32 seed) : m_generator(seed) {}
    int below(int limit) { return m_generator.bounded(limit); }
    bool inHundred(int percent) { return below(100) < percent; }
    QString pick(const QStringList &texts) { return texts.at(below(int(texts.size()))); }

private:
    QRandomGenerator m_generator;
};

/// Any mixture of events, the believable ones more often than the others.
DeliveryFold randomFold(Random &random, const QDateTime &acceptedAt)
{
    DeliveryFold fold;
    const auto add = [&](DeliveryEvent event, int percent, int withinSeconds) {
        if (random.inHundred(percent))
            fold.add(event, acceptedAt.addMSecs(1000LL * random.below(withinSeconds) + random.below(1000)));
    };
    add(DeliveryEvent::Deferred, 10, 60);
    add(DeliveryEvent::Delivered, 65, 900);
    add(DeliveryEvent::SoftBounce, 8, 900);
    add(DeliveryEvent::HardBounce, 6, 2000);
    add(DeliveryEvent::Blocked, 5, 2000);
    add(DeliveryEvent::Error, 3, 900);
    add(DeliveryEvent::Complaint, 3, 90'000);
    add(DeliveryEvent::Opened, 12, 90'000);
    add(DeliveryEvent::Unsubscribed, 2, 90'000);
    return fold;
}

qint64 randomAgeMs(Random &random, int days)
{
    if (random.inHundred(20))
        return domain::settleMs - 5 + random.below(10);
    const qint64 steps = 20'000;
    return qint64(days) * 86'400'000 / steps * random.below(int(steps));
}

} // namespace

std::optional<domain::DeliveryOutcome> MailRow::outcome(const QDateTime &now) const
{
    if (acceptedAt)
        return domain::outcomeAt(fold.storedOutcome(), *acceptedAt, now);
    if (ledgerClass == domain::ledgerClassName(LedgerClass::PermanentDrop))
        return domain::DeliveryOutcome::Rejected;
    return std::nullopt;
}

MailRow acceptedMail(const QString &id, const QDateTime &acceptedAt)
{
    MailRow row;
    row.id = id;
    row.sentAt = acceptedAt;
    row.acceptedAt = acceptedAt;
    row.intendedAt = acceptedAt.addSecs(-2);
    row.providerId = QStringLiteral("<%1@relay>").arg(id);
    return row;
}

MailRow unsentMail(const QString &id, const QDateTime &at, LedgerClass ledgerClass)
{
    MailRow row;
    row.id = id;
    row.sentAt = at;
    row.intendedAt = at;
    row.ledgerClass = domain::ledgerClassName(ledgerClass);
    row.provider = QStringLiteral("none");
    row.attempts = 0;
    return row;
}

MailRowWriter::MailRowWriter(storage::Connection &connection)
    : m_messages(connection, QStringLiteral("forwarder_sent"),
                 words("audit_id sent_at accepted_at intended_at repaired_at template_kind subject recipient "
                       "recipient_domain recipient_sha256 provider provider_id classification outcome delivered_at "
                       "delivered_event_at deferred_at soft_bounced_at hard_bounced_at blocked_at errored_at "
                       "complained_at unsubscribed_at opened_at last_event_at reason last_error attempts team_id "
                       "audit_log_id"))
    , m_events(connection, QStringLiteral("email_delivery_events"),
               words("id audit_id provider message_id event event_at received_at recipient reason inbox_id repaired"))
    , m_webhooks(connection, QStringLiteral("webhook_inbox"),
                 words("id provider received_at headers body body_sha256 signature event_type event_count object_id "
                       "team_id duplicate_of outcome matched changed effects error request_id processing_us replays "
                       "last_replayed_at"))
{
}

void MailRowWriter::add(const MailRow &row)
{
    const QString normalized = domain::normalizedAddress(row.address);
    const QString hash =
        normalized.isEmpty()
            ? QString()
            : QString::fromLatin1(QCryptographicHash::hash(normalized.toUtf8(), QCryptographicHash::Sha256).toHex());
    const QString stored =
        row.ledgerClass.isEmpty() ? domain::ledgerClassName(row.fold.ledgerClass()) : row.ledgerClass;
    m_messages.add({row.id,
                    toSqlTime(row.sentAt),
                    toSqlTime(row.acceptedAt),
                    toSqlTime(row.intendedAt),
                    toSqlTime(row.repairedAt),
                    row.templateKind,
                    row.subject,
                    domain::maskLedgerEmail(row.address),
                    row.recipientDomain(),
                    hash,
                    row.provider,
                    row.providerId,
                    stored,
                    row.fold.storedOutcome(),
                    toSqlTime(row.fold.deliveredAt()),
                    toSqlTime(row.fold.delivered),
                    toSqlTime(row.fold.deferred),
                    toSqlTime(row.fold.softBounced),
                    toSqlTime(row.fold.hardBounced),
                    toSqlTime(row.fold.blocked),
                    toSqlTime(row.fold.errored),
                    toSqlTime(row.fold.complained),
                    toSqlTime(row.fold.unsubscribed),
                    toSqlTime(row.fold.opened),
                    toSqlTime(row.fold.lastEvent),
                    row.reason,
                    row.lastError,
                    row.attempts,
                    idOrNull(row.team),
                    idOrNull(row.audit)});
}

void MailRowWriter::add(const MailEvent &event)
{
    m_events.add({newId(), event.message.isEmpty() ? QVariant() : QVariant(event.message), event.provider,
                  QStringLiteral("%1@relay").arg(event.message), domain::deliveryEventName(event.event),
                  toSqlTime(event.at), toSqlTime(event.at.addMSecs(300)), QStringLiteral("a***@example.com"),
                  event.reason, idOrNull(event.webhook), event.repaired});
}

void MailRowWriter::add(const InboxRow &row)
{
    m_webhooks.add({row.id.toString(),
                    row.provider,
                    toSqlTime(row.receivedAt),
                    row.headers,
                    row.body.isNull() ? QByteArray("") : row.body,
                    QString::fromLatin1(QCryptographicHash::hash(row.body, QCryptographicHash::Sha256).toHex()),
                    row.signature,
                    row.eventType,
                    row.eventCount,
                    row.objectId,
                    idOrNull(row.team),
                    idOrNull(row.duplicateOf),
                    row.outcome,
                    row.matched,
                    row.changed,
                    row.effects.isEmpty() ? QVariant() : QVariant(row.effects),
                    row.error,
                    row.requestId,
                    row.processingUs,
                    row.replays,
                    toSqlTime(row.lastReplayedAt)});
}

void MailRowWriter::flush()
{
    must(m_messages.flush());
    must(m_events.flush());
    must(m_webhooks.flush());
}

QList<MailRow> randomMail(int count, quint32 seed, const QDateTime &now, int days)
{
    static const QStringList templates = words("auth.login billing.paid billing.failed team.invited team.left "
                                               "subscription.upgraded subscription.canceled deploy.failed");
    static const QStringList domains =
        words("gmail.example outlook.example 100%.example under_score.example snake.example late.example");
    static const QStringList locals = words("ada bob carl dora eve");
    Random random(seed);
    QList<MailRow> rows;
    for (int i = 1; i <= count; ++i) {
        const QString id = QStringLiteral("m-%1").arg(i, 5, 10, QLatin1Char('0'));
        const QDateTime at = now.addMSecs(-randomAgeMs(random, days));
        MailRow row;
        if (random.inHundred(85)) {
            row = acceptedMail(id, at);
            row.fold = randomFold(random, at);
            if (random.inHundred(5))
                row.repairedAt = at.addDays(1);
            if (random.inHundred(20))
                row.reason = random.pick(words("550_unknown 100%_full greylisted"));
        } else {
            static const QList<LedgerClass> classes{LedgerClass::Intended, LedgerClass::PermanentDrop,
                                                    LedgerClass::Suppressed, LedgerClass::Expired,
                                                    LedgerClass::NoRecipient};
            row = unsentMail(id, at, classes.at(random.below(int(classes.size()))));
            row.lastError = random.inHundred(30) ? QStringLiteral("time-out") : QString();
        }
        row.templateKind = random.pick(templates);
        row.address = QStringLiteral("%1@%2").arg(random.pick(locals), random.pick(domains));
        row.provider = row.acceptedAt ? random.pick(words("brevo smtp")) : row.provider;
        rows.append(row);
    }
    return rows;
}

QList<MailEvent> eventsOf(const QList<MailRow> &rows)
{
    QList<MailEvent> events;
    for (const MailRow &row : rows) {
        for (const EventMember &known : eventMembers) {
            const auto at = row.fold.*known.member;
            if (!at)
                continue;
            MailEvent event{row.id, known.event, *at, row.provider, {}, {}, false};
            events.append(event);
            if (events.size() % 7 == 0) {
                event.at = at->addSecs(3600);
                events.append(event);
            }
        }
    }
    return events;
}

} // namespace test
