#pragma once
#include "models/domain/delivery.h"
#include "services/storage/demo/demo_life.h"
#include "services/usecases/mail/mail_composer.h"

#include <optional>

/// Mail of the sample customers: what was sent, what became of it, who is suppressed. Times are epoch milliseconds, 0 =
/// none.
namespace storage::demo {

struct MailEvent {
    domain::DeliveryEvent event = domain::DeliveryEvent::Request;
    qint64 atMs = 0, receivedMs = 0;
    QString reason;
    bool repaired = false; ///< no webhook brought it, gap repair did
    QUuid webhook;         ///< the inbox row it came in; null: forgotten already, or repaired
};

/// A row of the ledger and its events, oldest first.
struct MailRow {
    QString id; ///< forwarder_sent.audit_id
    QUuid audit, team;
    QString kind, subject, address, provider = QStringLiteral("none"), providerId, error;
    domain::LedgerClass decided = domain::LedgerClass::Intended; ///< before any event
    qint64 createdMs = 0;                                        ///< of the entry
    qint64 intendedMs = 0, sentMs = 0, acceptedMs = 0, nextMs = 0, repairedMs = 0;
    int attempts = 0;
    QList<MailEvent> events;

    /// Of all events; empty for mail that was not accepted.
    domain::DeliveryFold fold() const;
};

struct SuppressionRow {
    QString type, address, reason, messageId, event;
    qint64 atMs = 0;
};
/// email_events.event_type; empty for an event that says nothing about the address (spec 02 §3.7).
QString suppressionType(domain::DeliveryEvent event);

struct LiftRow {
    QString address, reason, by;
    qint64 atMs = 0;
};

struct MailStory {
    QList<AuditRow> audit; ///< entries that are only there because of mail
    QList<MailRow> mails;
    QList<SuppressionRow> suppressions;
    QList<LiftRow> lifts;
};

/// When the memorable things happened.
struct MailCalendar {
    qint64 nowMs = 0;
    qint64 ledgerFromMs = 0;                        ///< older entries have no ledger row
    qint64 digestsFromMs = 0, deploysFromMs = 0;    ///< of the additional traffic
    qint64 inboxFromMs = 0;                         ///< older webhooks are forgotten
    qint64 incidentFromMs = 0, incidentUntilMs = 0; ///< incidentDomain refuses everything
    qint64 outageFromMs = 0, outageUntilMs = 0;     ///< the forwarder stood still for more than 48 hours
    qint64 deafFromMs = 0, deafUntilMs = 0;         ///< webhooks did not reach us; gap repair found the events
    qint64 rotationMs = 0;                          ///< of the webhook's secret
    qint64 lastNightMs = 0;                         ///< the last nightly gap repair
    bool detailed = true;                           ///< openings and clicks too

    explicit MailCalendar(const LifeSettings &settings);
    /// The first nightly gap repair after this moment.
    static qint64 nightAfter(qint64 ms);
};

/// The mail of one customer. Adds weekly digests and deployments of those who are about.
MailStory makeMail(const LifeSettings &settings, const MailCalendar &calendar, const usecases::MailComposer &composer,
                   const CustomerLife &life, int index);
/// The mail of entries without a team, and a mistyped address that an operator had to deal with.
MailStory makeVisitorMail(const LifeSettings &settings, const MailCalendar &calendar,
                          const usecases::MailComposer &composer, const QList<AuditRow> &audit);

} // namespace storage::demo
