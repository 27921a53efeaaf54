#pragma once
#include "models/domain/delivery.h"
#include "models/domain/delivery_figures.h"
#include "models/domain/ids.h"
#include "models/domain/result.h"
#include "services/ports/audit_service.h"
#include "services/ports/call_context.h"
#include "services/ports/page.h"

#include <QFuture>
#include <QStringList>

namespace ports {

/// The filtered set of messages; the same value drives figures, charts, the list and its export.
/// Times are those of acceptance for messages that were accepted, of the decision for the others.
struct MessageFilter {
    std::optional<QDateTime> from, until; ///< UTC, [from, until)
    QStringList outcomes;                 ///< domain::deliveryOutcomeName; empty = all
    QStringList classes;                  ///< domain::ledgerClassName; empty = all
    QStringList templates;                ///< audit kinds; empty = all
    QStringList providers;                ///< `brevo`, `smtp`, …; empty = all
    QString domain;                       ///< of the recipient, exact, any case
    QString to;                           ///< a whole address, or a part of the masked one
    QString reason;                       ///< case-insensitive part of the provider's reason or our error
    QString messageId;                    ///< the provider's id, with or without angle brackets
    std::optional<domain::TeamId> team;
    bool repairedOnly = false; ///< rows that gap repair recovered
    bool operator==(const MessageFilter &) const = default;
};

/// Latency from acceptance to delivery, milliseconds; nullopt without a delivered message.
struct Latency {
    std::optional<qint64> p50, p95;
    bool operator==(const Latency &) const = default;
};

/// The headline of the delivery screen. Ratios: models/domain/delivery_figures.h over `counts`.
struct DeliveryFigures {
    domain::OutcomeCounts counts;
    qint64 deliveredEvents = 0; ///< messages with a `delivered` event of their own (for the provider-style ratio)
    qint64 inferred = 0;        ///< delivered because of an opening, click or complaint only
    qint64 complaints = 0;
    qint64 deferredOnce = 0; ///< messages that were deferred at least once
    qint64 repaired = 0;
    qint64 suppressed = 0, expired = 0, noRecipient = 0, waiting = 0; ///< not sent, by class; waiting = intended
    Latency latency, latencyDeferred;
    QDateTime asOf;
    bool operator==(const DeliveryFigures &) const = default;
};

/// One bar of a series; `start` is inclusive, UTC.
struct DeliveryPoint {
    QDateTime start;
    domain::OutcomeCounts counts;
    bool operator==(const DeliveryPoint &) const = default;
};
/// Events by their own time: answers "when did it break".
struct EventPoint {
    QDateTime start;
    QHash<QString, qint64> events; ///< domain::deliveryEventName → count
    bool operator==(const EventPoint &) const = default;
};
struct DeliverySeries {
    qint64 stepSeconds = 86400;
    QList<DeliveryPoint> cohorts; ///< by acceptance, oldest first, no gaps
    QList<EventPoint> events;     ///< the same steps
    bool operator==(const DeliverySeries &) const = default;
};

enum class DeliveryDimension { Template, Domain, Provider, TemplateAndDomain };
struct DeliveryGroup {
    QString key;    ///< template, domain or provider
    QString second; ///< the domain of TemplateAndDomain, else empty
    domain::OutcomeCounts counts;
    bool operator==(const DeliveryGroup &) const = default;
};

/// One ledger row.
struct MessageRow {
    QString id; ///< forwarder_sent.audit_id
    QDateTime sentAt;
    std::optional<QDateTime> acceptedAt, deliveredAt;
    QString recipient; ///< masked (spec 02 §2.4)
    QString recipientDomain;
    QString templateKind, subject;
    QString provider, providerId;
    QString ledgerClass; ///< domain::ledgerClassName
    domain::DeliveryOutcome outcome = domain::DeliveryOutcome::Pending;
    bool inferred = false; ///< delivered without a `delivered` event
    bool repaired = false;
    QString reason; ///< what the receiver or the provider said, or our own last error
    int attempts = 0;
    std::optional<qint64> latencyMs; ///< acceptance to delivery
    std::optional<domain::TeamId> team;
    QString teamName;
    std::optional<domain::AuditId> audit; ///< the entry it came from, while that exists
    bool operator==(const MessageRow &) const = default;
};

struct MessageQuery {
    MessageFilter filter;
    int limit = defaultPageSize;
    QString cursor;
    bool operator==(const MessageQuery &) const = default;
};

struct MessageEvent {
    QString event; ///< domain::deliveryEventName; `intended`, `accepted` and `failed_attempt` are ours
    QDateTime at, receivedAt;
    QString reason;
    bool repaired = false;
    std::optional<domain::WebhookId> webhook; ///< the inbox row it came from
    bool operator==(const MessageEvent &) const = default;
};

/// Why an address would not be written to (spec 02 §3.7).
struct Suppression {
    QString email;     ///< lower case
    QString eventType; ///< `unsubscribe`, `bounce`, `spam_complaint`: the strongest in force
    QString provider, reason;
    QDateTime since;                    ///< of the latest such event
    std::optional<QDateTime> until;     ///< nullopt = for ever
    std::optional<domain::TeamId> team; ///< of a user with that address
    bool liftable = false;              ///< an unsubscription is the recipient's word and stays
    bool operator==(const Suppression &) const = default;
};
struct SuppressionQuery {
    QString text; ///< case-insensitive part of the address
    int limit = defaultPageSize;
    QString cursor;
    bool operator==(const SuppressionQuery &) const = default;
};

struct MessageDetail {
    MessageRow row;
    QList<MessageEvent> timeline;            ///< oldest first
    std::optional<Suppression> suppression;  ///< of the recipient, when the address can still be resolved
    std::optional<QDateTime> lastSendToSame; ///< latest acceptance of the same template to the same recipient
    bool resendable = false;                 ///< its audit entry exists, its template is known, and it does not wait
    bool operator==(const MessageDetail &) const = default;
};

/// How the machinery is doing; feeds the overview and the page's notices.
struct EmailHealth {
    std::optional<QDateTime> lastEventAt; ///< latest accepted delivery webhook
    std::optional<QDateTime> forwarderAt; ///< last finished run of the forwarder on any host
    QString forwarderResult;              ///< `ok`, or why it holds
    std::optional<QDateTime> cursorAt;    ///< how far the audit log was read
    qint64 waiting = 0;                   ///< intended rows
    std::optional<QDateTime> oldestWaiting;
    qint64 parked = 0; ///< events without a message
    std::optional<QDateTime> oldestParked;
    qint64 refusals24h = 0; ///< webhook calls with a wrong secret
    std::optional<QDateTime> lastRefusalAt;
    std::optional<QDateTime> repairAt; ///< last finished gap repair
    qint64 repairRecovered = 0;        ///< rows that one gave an outcome
    bool repairRunning = false;        ///< asked for and not finished
    QDateTime asOf;
    bool operator==(const EmailHealth &) const = default;
};

struct EmailTemplate {
    QString kind;    ///< the audit kind
    QString subject; ///< of the sample
    bool operator==(const EmailTemplate &) const = default;
};
struct EmailPreview {
    QString kind, subject, html, text;
    bool operator==(const EmailPreview &) const = default;
};

struct Resend {
    QString message; ///< MessageRow::id
    QString reason;  ///< required
    bool evenIfRecent = false;
};

/// All methods: callable from any thread, answer on an unspecified thread, never block, never throw.
/// Reads need Permission::ViewEmail, the others ManageEmail and a writable session; exports also ExportData.
/// Common errors: Unauthenticated, Forbidden, Unavailable (`db_failed`), Timeout, Cancelled.
class EmailService {
public:
    virtual ~EmailService() = default;

    virtual QFuture<domain::Result<DeliveryFigures>> figures(CallContext context, MessageFilter filter) = 0;
    /// `from` and `until` are required: InvalidInput `invalid_range` (also for more than 400 days). The step is an hour
    /// up to three days, else a UTC day.
    virtual QFuture<domain::Result<DeliverySeries>> series(CallContext context, MessageFilter filter) = 0;
    /// Largest first, at most `limit` (1…200, `invalid_limit`).
    virtual QFuture<domain::Result<QList<DeliveryGroup>>> groups(CallContext context, MessageFilter filter,
                                                                 DeliveryDimension dimension, int limit) = 0;
    /// Newest first. Errors: `invalid_cursor`, `invalid_limit`.
    virtual QFuture<domain::Result<Page<MessageRow>>> messages(CallContext context, MessageQuery query) = 0;
    /// NotFound `message_not_found`.
    virtual QFuture<domain::Result<MessageDetail>> message(CallContext context, QString id) = 0;
    /// Streams as AuditService::exportRows; writes `admin.email_exported` first.
    virtual QFuture<domain::Result<ExportSummary>> exportMessages(CallContext context, MessageFilter filter,
                                                                  ExportFormat format, ExportSink sink) = 0;

    /// Addresses that are suppressed now, latest first.
    virtual QFuture<domain::Result<Page<Suppression>>> suppressions(CallContext context, SuppressionQuery query) = 0;
    /// Bounces and complaints so far no longer count. `invalid_email`, `missing_reason`, `reason_too_long`, NotFound
    /// `not_suppressed`, Conflict `unsubscribed` (cannot be lifted). Writes `admin.suppression_lifted`.
    virtual QFuture<domain::Result<domain::Done>> liftSuppression(CallContext context, QString email,
                                                                  QString reason) = 0;
    /// Queues the mail again; a headless server sends it. The id of the new ledger row. `missing_reason`, NotFound
    /// `message_not_found`, Conflict `not_resendable`, `recipient_suppressed`, `sent_recently` (the same mail to the
    /// same recipient within 10 minutes, or a copy that waits to be sent; unless evenIfRecent). Writes
    /// `admin.email_resent`.
    virtual QFuture<domain::Result<QString>> resend(CallContext context, Resend resend) = 0;
    /// Asks for a gap repair by a headless server; a request that waits already is not doubled.
    virtual QFuture<domain::Result<domain::Done>> requestRepair(CallContext context) = 0;
    virtual QFuture<domain::Result<EmailHealth>> health(CallContext context) = 0;

    /// Every mailed kind, in the order of the kind table.
    virtual QFuture<domain::Result<QList<EmailTemplate>>> templates(CallContext context) = 0;
    /// The mail of a kind with sample data. NotFound `template_not_found`.
    virtual QFuture<domain::Result<EmailPreview>> preview(CallContext context, QString kind) = 0;
};

} // namespace ports
