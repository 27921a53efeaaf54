#pragma once
#include "models/domain/audit.h"
#include "models/domain/delivery.h"
#include "models/domain/result.h"
#include "services/ports/email_service.h"
#include "services/ports/page.h"
#include "services/ports/webhook_inbox_service.h"

#include <functional>

/// What mail and webhooks need of storage. Synchronous, on the caller's (worker) thread, inside its transaction if
/// there is one. Lists that are written are written as multi-row statements.
namespace usecases {

/// A ledger row as it is first written (spec 02 §3.4 and our additions).
struct LedgerEntry {
    QString id; ///< forwarder_sent.audit_id: the audit row's id as text, or a placeholder (`resend-<uuid>`)
    std::optional<domain::AuditId> audit; ///< the link; empty for placeholders without an entry
    std::optional<domain::TeamId> team;
    QString templateKind, subject;
    QString address; ///< never stored: masked, its domain and its SHA-256 are
    domain::LedgerClass ledgerClass = domain::LedgerClass::Intended;
    QString provider = QStringLiteral("none"), providerId;
    QString lastError;
    QDateTime at; ///< intended_at and sent_at; the next attempt of an intended one; accepted_at of an accepted one
};

/// An intended row whose turn it is.
struct DueMail {
    QString id;
    std::optional<domain::AuditId> audit;
    int attempts = 0;
    QDateTime intendedAt;
};

/// The ledger row of a message that events are folded into.
struct FoldRow {
    QString id, provider, providerId;
    std::optional<domain::TeamId> team;
    QString ledgerClass;
    domain::DeliveryFold fold;
    QString reason;
};

class EmailLedgerRepository {
public:
    virtual ~EmailLedgerRepository() = default;
    /// Rows whose id is there already are left alone; gives the ids that were written.
    virtual domain::Result<QStringList> insert(const QList<LedgerEntry> &entries) = 0;
    /// Audit rows of these kinds with (created_at, id) after the position and created before `until`, without a ledger
    /// row, oldest first. `id` compares as text (spec 02 §3.1).
    virtual domain::Result<QList<domain::AuditEntry>> unledgered(const QStringList &kinds, const QDateTime &after,
                                                                 const QString &afterId, const QDateTime &until,
                                                                 int limit) = 0;
    /// Intended rows whose next attempt is due at `now`, those that waited longest first.
    virtual domain::Result<QList<DueMail>> due(const QDateTime &now, int limit) = 0;
    /// When the earliest intended row is due; nullopt when none waits.
    virtual domain::Result<std::optional<QDateTime>> nextDue() = 0;
    struct Accepted {
        QString id, provider, providerId, subject;
        QDateTime at;
    };
    /// Class `success`, accepted_at and sent_at, attempts + 1. Rows that are not intended any more are left alone.
    virtual domain::Result<domain::Done> markAccepted(const QList<Accepted> &rows) = 0;
    struct Dropped {
        QString id;
        domain::LedgerClass ledgerClass;
        QString provider, providerId, error;
        bool attempted = false; ///< the provider was called
        QDateTime at;
    };
    virtual domain::Result<domain::Done> markDropped(const QList<Dropped> &rows) = 0;
    /// Stays intended: attempts + 1, the error, the next attempt.
    virtual domain::Result<domain::Done> markTransient(const QString &id, const QString &error,
                                                       const QDateTime &nextAttempt) = 0;
    /// Rows of these message ids (normalized; stored ids match with and without angle brackets), locked until the
    /// transaction ends, in a fixed order.
    virtual domain::Result<QList<FoldRow>> lockByMessageIds(const QString &provider, const QStringList &messageIds) = 0;
    /// Writes class, delivered_at, outcome, event times and reason. `repairedAt` marks rows that gap repair recovered.
    virtual domain::Result<domain::Done> updateFolds(const QList<FoldRow> &rows,
                                                     const std::optional<QDateTime> &repairedAt) = 0;
    /// Accepted rows without a stored outcome, oldest first, after `afterId` at `after`; for gap repair.
    struct Open {
        QString id, provider, providerId;
        QDateTime acceptedAt;
    };
    virtual domain::Result<QList<Open>> withoutOutcome(const QString &provider, const QDateTime &from,
                                                       const QDateTime &until, const QDateTime &after,
                                                       const QString &afterId, int limit) = 0;
    /// Latest acceptance of a template to an address hash, other than `exceptId`.
    virtual domain::Result<std::optional<QDateTime>> lastSend(const QString &templateKind, const QString &addressSha256,
                                                              const QString &exceptId) = 0;
    /// Rows per class, for the gauges.
    virtual domain::Result<QHash<QString, qint64>> countByClass() = 0;
};

/// A delivery event on its way into the table.
struct EventRow {
    QString provider, messageId; ///< normalized
    domain::DeliveryEvent event = domain::DeliveryEvent::Request;
    QDateTime at, receivedAt;
    QString address; ///< stored masked
    QString reason;
    std::optional<domain::WebhookId> webhook;
    bool repaired = false;
    QString ledgerId; ///< empty: parked
    QUuid stored;     ///< of a row that was read: its address is masked by then, so the id cannot be made again
    /// Made of provider, message, address (in lower case), event and time: a repetition has the same one. `stored` when
    /// that is set.
    QUuid id() const;
};

class EmailEventRepository {
public:
    virtual ~EmailEventRepository() = default;
    /// Gives the ids of the rows that were new.
    virtual domain::Result<QList<QUuid>> insert(const QList<EventRow> &events) = 0;
    /// Parked events of these messages; link() makes them belong to a ledger row.
    virtual domain::Result<QList<EventRow>> parked(const QString &provider, const QStringList &messageIds) = 0;
    /// Parked events that a ledger row exists for by now, at most `limit`.
    virtual domain::Result<QList<EventRow>> matchableParked(int limit) = 0;
    virtual domain::Result<domain::Done> link(const QList<EventRow> &events) = 0;
    virtual domain::Result<qint64> dropParkedBefore(const QDateTime &receivedBefore, int limit) = 0;
};

/// A row of the inbox on its way in.
struct InboxEntry {
    domain::WebhookId id;
    QString provider;
    QDateTime receivedAt;
    QList<std::pair<QString, QString>> headers;
    QByteArray body;
    ports::SignatureVerdict signature = ports::SignatureVerdict::Current;
    QString eventType, objectId, error, requestId;
    int eventCount = 0, matched = 0, changed = 0;
    std::optional<domain::TeamId> team;
    std::optional<domain::WebhookId> duplicateOf;
    ports::WebhookOutcome outcome = ports::WebhookOutcome::Applied;
    QList<ports::WebhookEffect> effects;
    qint64 processingUs = 0;
};

class WebhookInboxRepository {
public:
    virtual ~WebhookInboxRepository() = default;
    virtual domain::Result<domain::Done> insert(const QList<InboxEntry> &entries) = 0;
    /// For each body (SHA-256, hex) the oldest stored row with the same one, if any.
    virtual domain::Result<QHash<QByteArray, domain::WebhookId>> sameBodies(const QList<QByteArray> &sha256Hex,
                                                                            const QDateTime &since) = 0;
    virtual domain::Result<ports::Page<ports::WebhookRow>> list(const ports::WebhookQuery &query) = 0;
    /// NotFound `webhook_not_found`.
    virtual domain::Result<ports::WebhookDetail> detail(domain::WebhookId id) = 0;
    /// A replay that found nothing to do leaves the outcome and the effects of an applied one alone. NotFound
    /// `webhook_not_found`.
    virtual domain::Result<domain::Done> markReplayed(domain::WebhookId id, ports::WebhookOutcome outcome,
                                                      const QList<ports::WebhookEffect> &effects,
                                                      const QDateTime &at) = 0;
    virtual domain::Result<QList<ports::WebhookReceiver>> receivers(const QDateTime &now) = 0;
    virtual domain::Result<qint64> removeBefore(const QDateTime &receivedBefore, int limit) = 0;
    /// Keeps the newest `maximum` rows.
    virtual domain::Result<qint64> removeOverflow(qint64 maximum, int limit) = 0;
    struct Refusal {
        QString provider, subnet;
        QDateTime firstAt, lastAt;
        qint64 count = 1;
        std::optional<domain::AuditId> audit;
    };
    virtual domain::Result<domain::Done> insertRefusals(const QList<Refusal> &refusals) = 0;
};

/// Bounces and complaints count for this long, unsubscriptions for ever (spec 02 §3.7).
inline constexpr int suppressionDays = 365;

/// A row of email_events on its way in (spec 02 §3.7).
struct SuppressionEvent {
    QString provider;  ///< `brevo`, `ses`
    QString eventType; ///< `bounce`, `unsubscribe`, `spam_complaint`, `soft_bounce`
    QString address;   ///< as received
    QString reason;
    QString messageId; ///< becomes `message_id` of the stored object, so that a repetition is seen
    QByteArray raw;    ///< the JSON object it came in
    QDateTime at;
};

class SuppressionRepository {
public:
    virtual ~SuppressionRepository() = default;
    /// Repetitions of a message's event are left alone; how many were new.
    virtual domain::Result<int> insert(const QList<SuppressionEvent> &events) = 0;
    /// Of these addresses (any case), those that unsubscribed, as normalized addresses.
    virtual domain::Result<QStringList> unsubscribed(const QStringList &addresses) = 0;
    /// Of these, those with a bounce or complaint since `since` that was not lifted afterwards.
    virtual domain::Result<QStringList> bouncedOrComplained(const QStringList &addresses, const QDateTime &since) = 0;
    virtual domain::Result<ports::Page<ports::Suppression>> list(const ports::SuppressionQuery &query,
                                                                 const QDateTime &now) = 0;
    virtual domain::Result<std::optional<ports::Suppression>> find(const QString &address, const QDateTime &now) = 0;
    virtual domain::Result<domain::Done> lift(const QString &address, const QString &reason, const QString &by,
                                              const QDateTime &at) = 0;
};

/// Figures and lists of the delivery screen.
class DeliveryRepository {
public:
    virtual ~DeliveryRepository() = default;
    virtual domain::Result<ports::DeliveryFigures> figures(const ports::MessageFilter &filter,
                                                           const QDateTime &now) = 0;
    virtual domain::Result<ports::DeliverySeries> series(const ports::MessageFilter &filter, qint64 stepSeconds,
                                                         const QDateTime &now) = 0;
    /// The cohorts of series() alone.
    virtual domain::Result<QList<ports::DeliveryPoint>> cohorts(const ports::MessageFilter &filter, qint64 stepSeconds,
                                                                const QDateTime &now) = 0;
    virtual domain::Result<QList<ports::DeliveryGroup>>
    groups(const ports::MessageFilter &filter, ports::DeliveryDimension dimension, int limit, const QDateTime &now) = 0;
    virtual domain::Result<ports::Page<ports::MessageRow>> messages(const ports::MessageQuery &query,
                                                                    const QDateTime &now) = 0;
    /// NotFound `message_not_found`.
    virtual domain::Result<ports::MessageRow> message(const QString &id, const QDateTime &now) = 0;
    /// SHA-256 of the recipient; empty on rows of the reference.
    virtual domain::Result<QString> addressHash(const QString &id) = 0;
    /// Oldest first, with our own among them: `intended`, `failed_attempt`, `accepted`.
    virtual domain::Result<QList<ports::MessageEvent>> events(const QString &id) = 0;
    virtual domain::Result<domain::Done> eachMessage(const ports::MessageFilter &filter, const QDateTime &now,
                                                     const std::function<bool(const ports::MessageRow &)> &onRow) = 0;
    /// Jobs by the names of email_jobs.h.
    virtual domain::Result<ports::EmailHealth> health(const QDateTime &now) = 0;
};

/// Who gets the mail of an audit entry.
class RecipientRepository {
public:
    virtual ~RecipientRepository() = default;
    struct Entry {
        domain::AuditEntry audit;
        QString ownerEmail; ///< of the primary user, else of the oldest; empty without a team or users
        QString teamName;
    };
    /// In the order asked for; entries that no longer exist are left out.
    virtual domain::Result<QList<Entry>> resolve(const QList<domain::AuditId> &ids) = 0;
};

/// Periodic work across hosts.
class JobRepository {
public:
    virtual ~JobRepository() = default;
    struct Cursor {
        QDateTime at;
        QString id;
        bool operator==(const Cursor &) const = default;
    };
    virtual domain::Result<std::optional<Cursor>> cursor(const QString &name) = 0;
    virtual domain::Result<domain::Done> setCursor(const QString &name, const Cursor &cursor, const QDateTime &now) = 0;
    /// Takes or renews the lease when nobody else holds it at `now`; false when somebody does.
    virtual domain::Result<bool> acquire(const QString &job, const QString &holder, const QDateTime &now,
                                         const QDateTime &until) = 0;
    virtual domain::Result<domain::Done> release(const QString &job, const QString &holder) = 0;
    struct Run {
        std::optional<QDateTime> startedAt, finishedAt;
        QString result;
    };
    virtual domain::Result<Run> lastRun(const QString &job) = 0;
    virtual domain::Result<domain::Done> recordRun(const QString &job, const QDateTime &startedAt,
                                                   const QDateTime &finishedAt, const QString &result) = 0;
    /// Asks for a run; an open request is not doubled. Inside a transaction.
    virtual domain::Result<domain::Done> request(const QString &job, const QString &by, const QDateTime &now) = 0;
    virtual domain::Result<bool> hasOpenRequest(const QString &job) = 0;
    virtual domain::Result<domain::Done> closeRequests(const QString &job, const QDateTime &requestedUntil,
                                                       const QDateTime &now, const QByteArray &resultJson) = 0;
};

} // namespace usecases
