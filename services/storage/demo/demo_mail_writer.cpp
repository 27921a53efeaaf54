#include "services/storage/demo/demo_mail_writer.h"

#include "models/domain/mask.h"
#include "services/security/tokens.h"
#include "services/storage/demo/demo_life_builder.h"
#include "services/storage/sql_helpers.h"
#include "services/storage/stored_json.h"
#include "services/usecases/email_recipient.h"

#include <QJsonDocument>

namespace storage::demo {

using domain::Done;
using domain::Result;
using usecases::EventRow;
using usecases::InboxEntry;

namespace {

constexpr quint64 writerStream = 8'000'000'033ULL;
/// The inbox is bounded, as that of an installation is: beyond these customers webhooks are forgotten already.
constexpr int customersWithWebhooks = 2000;

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

/// That of the events which decided the class; of several, the first in the alphabet.
QString reasonOf(const MailRow &mail, domain::LedgerClass decided)
{
    QString reason;
    for (const MailEvent &event : mail.events) {
        domain::DeliveryFold alone;
        alone.add(event.event, QDateTime::fromMSecsSinceEpoch(event.atMs, Qt::UTC));
        const bool counts = alone.ledgerClass() == decided && !event.reason.isEmpty();
        if (counts && (reason.isEmpty() || event.reason < reason))
            reason = event.reason;
    }
    return reason;
}

bool isOpenAt(const MailRow &mail, qint64 atMs)
{
    if (mail.acceptedMs == 0 || mail.acceptedMs >= atMs - hourMs || mail.acceptedMs < atMs - 90 * dayMs)
        return false;
    domain::DeliveryFold fold;
    for (const MailEvent &event : mail.events) {
        if (event.receivedMs < atMs)
            fold.add(event.event, QDateTime::fromMSecsSinceEpoch(event.atMs, Qt::UTC));
    }
    return fold.storedOutcome() == QLatin1StringView("none");
}

} // namespace

MailWriter::MailWriter(Connection &c, quint64 seed, const MailCalendar &calendar, AuditSink audit)
    : m_seed(seed)
    , m_calendar(calendar)
    , m_audit(std::move(audit))
    , m_random(seed, writerStream)
    , m_ledger(c, QStringLiteral("forwarder_sent"),
               columns("audit_id audit_log_id team_id sent_at provider provider_id recipient recipient_domain "
                       "recipient_sha256 template_kind subject classification intended_at accepted_at attempts "
                       "next_attempt_at last_error outcome delivered_at delivered_event_at deferred_at "
                       "soft_bounced_at hard_bounced_at blocked_at errored_at complained_at unsubscribed_at opened_at "
                       "reason last_event_at repaired_at"))
    , m_events(c, QStringLiteral("email_delivery_events"),
               columns("id audit_id provider message_id event event_at received_at recipient reason inbox_id repaired"))
    , m_suppressions(c, QStringLiteral("email_events"), columns("id provider event_type email reason raw created_at"))
    , m_lifts(c, QStringLiteral("email_suppression_lifts"), columns("id email reason lifted_by created_at"))
    , m_dedup(c, QStringLiteral("email_send_dedup"), columns("dedup_key email_kind created_at"))
    , m_cursors(c, QStringLiteral("job_cursors"), columns("name at id updated_at"))
    , m_leases(c, QStringLiteral("job_leases"),
               columns("name holder held_until last_started_at last_finished_at last_result"))
    , m_requests(c, QStringLiteral("job_requests"),
                 columns("id job requested_by requested_at started_at finished_at result"))
    , m_inbox(c, QStringLiteral("webhook_inbox"),
              columns("id provider received_at headers body body_sha256 signature event_type event_count object_id "
                      "team_id duplicate_of outcome matched changed effects error processed_at request_id "
                      "processing_us replays last_replayed_at"))
    , m_refusals(c, QStringLiteral("webhook_refusals"),
                 columns("id provider subnet first_at last_at count audit_log_id"))
{
}

void MailWriter::add(const MailStory &story, int customer)
{
    for (const AuditRow &row : story.audit)
        m_audit(row);
    const qint64 recentMs = m_calendar.inboxFromMs - 5 * dayMs;
    for (const MailRow &mail : story.mails) {
        count(mail);
        addMail(mail, customer < customersWithWebhooks && mail.acceptedMs >= recentMs);
    }
    for (const SuppressionRow &row : story.suppressions)
        addSuppression(row);
    for (const LiftRow &lift : story.lifts) {
        m_lifts.add(
            {m_random.uuid(), domain::normalizedAddress(lift.address), lift.reason, lift.by, timeText(lift.atMs)});
    }
}

void MailWriter::count(const MailRow &mail)
{
    if (mail.createdMs > m_totals.lastPlanned.atMs) {
        m_totals.lastPlanned.atMs = mail.createdMs;
        m_totals.lastPlanned.id = mail.audit.toString(QUuid::WithoutBraces);
    }
    if (m_totals.dunned.isEmpty() && !mail.address.isEmpty())
        m_totals.dunned = mail.address;
    m_totals.openLastNight += isOpenAt(mail, m_calendar.lastNightMs) ? 1 : 0;
    m_totals.openAtRequest += isOpenAt(mail, repairRequestMs(m_calendar)) ? 1 : 0;
    m_totals.recovered += mail.repairedMs >= m_calendar.lastNightMs ? 1 : 0;
}

void MailWriter::addMail(const MailRow &mail, bool keepEvents)
{
    const domain::DeliveryFold fold = mail.fold();
    const domain::LedgerClass decided = mail.events.isEmpty() ? mail.decided : fold.ledgerClass();
    QVariantList row{mail.id,
                     idOrNull(mail.audit),
                     idOrNull(mail.team),
                     timeText(mail.sentMs),
                     mail.provider,
                     mail.providerId,
                     domain::maskLedgerEmail(mail.address),
                     domain::addressDomain(mail.address),
                     usecases::addressSha256(mail.address),
                     mail.kind,
                     mail.subject,
                     domain::ledgerClassName(decided),
                     timeText(mail.intendedMs),
                     timeOrNull(mail.acceptedMs),
                     mail.attempts,
                     timeOrNull(mail.nextMs),
                     mail.error,
                     fold.storedOutcome(),
                     toSqlTime(fold.deliveredAt())};
    for (const auto &time : {fold.delivered, fold.deferred, fold.softBounced, fold.hardBounced, fold.blocked,
                             fold.errored, fold.complained, fold.unsubscribed, fold.opened})
        row << toSqlTime(time);
    row << reasonOf(mail, decided) << toSqlTime(fold.lastEvent) << timeOrNull(mail.repairedMs);
    m_ledger.add(row);
    if (keepEvents) {
        m_recent << mail;
        return;
    }
    for (const MailEvent &event : mail.events)
        addEvent(eventRow(mail, event));
}

void MailWriter::addEvent(const EventRow &event)
{
    m_events.add({event.id(), textOrNull(event.ledgerId), event.provider, event.messageId,
                  domain::deliveryEventName(event.event), toSqlTime(event.at), toSqlTime(event.receivedAt),
                  domain::maskLedgerEmail(event.address), event.reason,
                  event.webhook ? QVariant(event.webhook->value()) : QVariant(), event.repaired});
}

void MailWriter::addSuppression(const SuppressionRow &row)
{
    const QJsonObject raw{{QStringLiteral("event"), row.event},
                          {QStringLiteral("email"), row.address},
                          {QStringLiteral("reason"), row.reason},
                          {QStringLiteral("message_id"), row.messageId}};
    m_suppressions.add({m_random.uuid(), QStringLiteral("brevo"), row.type, row.address, textOrNull(row.reason),
                        jsonText(raw), timeText(row.atMs)});
}

void MailWriter::addCall(const InboxEntry &call, const Inbox &inbox)
{
    const bool replayed = call.id.value() == inbox.replayed;
    m_inbox.add({call.id.value(),
                 call.provider,
                 toSqlTime(call.receivedAt),
                 headersText(call.headers),
                 call.body,
                 QString::fromLatin1(security::sha256Hex(call.body)),
                 ports::signatureVerdictName(call.signature),
                 call.eventType,
                 call.eventCount,
                 call.objectId,
                 call.team ? QVariant(call.team->value()) : QVariant(),
                 call.duplicateOf ? QVariant(call.duplicateOf->value()) : QVariant(),
                 ports::webhookOutcomeName(call.outcome),
                 call.matched,
                 call.changed,
                 effectsText(call.effects),
                 call.error,
                 toSqlTime(call.receivedAt.addMSecs(call.processingUs / 1000)),
                 call.requestId,
                 call.processingUs,
                 replayed ? 1 : 0,
                 replayed ? timeOrNull(inbox.replayedMs) : QVariant()});
}

void MailWriter::finish()
{
    const Inbox inbox = fillInbox(m_seed, m_calendar, m_recent);
    for (const MailRow &mail : std::as_const(m_recent)) {
        for (const MailEvent &event : mail.events)
            addEvent(eventRow(mail, event));
    }
    for (const EventRow &event : inbox.parked)
        addEvent(event);
    for (const InboxEntry &call : inbox.calls)
        addCall(call, inbox);
    addOperation(makeMailOperation(m_seed, m_calendar, m_totals, inbox));
}

void MailWriter::addOperation(const MailOperation &operation)
{
    for (const AuditRow &row : operation.audit)
        m_audit(row);
    for (const RefusalRow &row : operation.refusals) {
        m_refusals.add({row.id, QStringLiteral("brevo"), row.subnet, timeText(row.firstMs), timeText(row.lastMs),
                        row.count, idOrNull(row.audit)});
    }
    for (const LeaseRow &row : operation.leases) {
        m_leases.add({row.job, row.holder, timeText(row.heldUntilMs), timeText(row.startedMs), timeText(row.finishedMs),
                      row.result});
    }
    for (const CursorRow &row : operation.cursors)
        m_cursors.add({row.job, timeText(row.atMs), row.id, timeText(m_calendar.nowMs)});
    for (const RequestRow &row : operation.requests) {
        m_requests.add({row.id, row.job, row.by, timeText(row.requestedMs), timeText(row.startedMs),
                        timeText(row.finishedMs), QString::fromUtf8(row.result)});
    }
    for (const DedupRow &row : operation.dedup)
        m_dedup.add({row.key, row.kind, timeText(row.atMs)});
}

Result<Done> MailWriter::flush()
{
    for (BulkInsert *table : {&m_ledger, &m_events, &m_suppressions, &m_lifts, &m_dedup, &m_cursors, &m_leases,
                              &m_requests, &m_inbox, &m_refusals}) {
        if (auto done = table->flush(); !done)
            return done;
    }
    return Done{};
}

void MailWriter::addTo(DemoReport &report) const
{
    report.messages = m_ledger.written();
    report.deliveryEvents = m_events.written();
    report.suppressions = m_suppressions.written();
    report.webhooks = m_inbox.written();
}

} // namespace storage::demo
