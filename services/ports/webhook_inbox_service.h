#pragma once
#include "models/domain/ids.h"
#include "models/domain/result.h"
#include "services/ports/call_context.h"
#include "services/ports/page.h"

#include <QByteArray>
#include <QDateTime>
#include <QFuture>
#include <QList>
#include <QStringList>

#include <optional>
#include <utility>

namespace ports {

/// Which of the live secrets a call was signed with.
enum class SignatureVerdict { Current, Previous };
QString signatureVerdictName(SignatureVerdict verdict); ///< `current`, `previous`
std::optional<SignatureVerdict> parseSignatureVerdict(QStringView name);

/// What a webhook did when it came in.
enum class WebhookOutcome {
    Applied,     ///< something changed
    Unmatched,   ///< valid, for a message nobody knows yet: its events are parked
    NoChange,    ///< valid, and everything in it was known (a repetition, or a weaker event)
    Skipped,     ///< an event that is not acted on, or without a message id
    Failed,      ///< could not be applied; the raw bytes are kept and can be replayed
    Unparseable, ///< not the JSON it should be: refused with 400 and kept
};
QString webhookOutcomeName(WebhookOutcome outcome); ///< `applied`, `unmatched`, `no_change`, `skipped`, …
std::optional<WebhookOutcome> parseWebhookOutcome(QStringView name);
const QList<WebhookOutcome> &allWebhookOutcomes();

/// One change that a webhook made (or, in a dry run, would make).
struct WebhookEffect {
    QString object; ///< `message <id>`, `suppression a***@example.com`
    QString field;  ///< `classification`, `delivered_at`, `parked`, …
    QString before, after;
    bool operator==(const WebhookEffect &) const = default;
};

struct WebhookFilter {
    QStringList providers; ///< `brevo`, `brevo_suppression`, `ses`
    QStringList eventTypes, outcomes;
    std::optional<SignatureVerdict> signature;
    std::optional<bool> duplicate;
    std::optional<domain::TeamId> team;
    std::optional<QDateTime> from, until; ///< of reception, UTC, [from, until)
    /// Case-insensitive part of the body; or `payload.a.b:value`, an exact value at a path of the (first) JSON object.
    QString payload;
    bool operator==(const WebhookFilter &) const = default;
};
struct WebhookQuery {
    WebhookFilter filter;
    int limit = defaultPageSize;
    QString cursor;
    bool operator==(const WebhookQuery &) const = default;
};

struct WebhookRow {
    domain::WebhookId id;
    QString provider;
    QDateTime receivedAt;
    QString eventType; ///< of the first event; `12 events` is made of eventCount by the views
    int eventCount = 0;
    QString objectId; ///< the first message id
    std::optional<domain::TeamId> team;
    QString teamName;
    SignatureVerdict signature = SignatureVerdict::Current;
    std::optional<domain::WebhookId> duplicateOf;
    WebhookOutcome outcome = WebhookOutcome::Applied;
    int matched = 0; ///< events whose message was known
    int changed = 0; ///< events that changed something
    qint64 processingUs = 0;
    qint64 bodyBytes = 0;
    int replays = 0;
    bool operator==(const WebhookRow &) const = default;
};

struct WebhookDetail {
    WebhookRow row;
    QByteArray body;                            ///< as received, byte for byte
    QList<std::pair<QString, QString>> headers; ///< secrets replaced by `[redacted]`
    QString verdict;                            ///< one sentence: why it was accepted
    QString error;                              ///< of a failed or unparseable one
    QList<WebhookEffect> effects;
    QStringList messages; ///< ledger ids of the messages it is about
    std::optional<QDateTime> lastReplayedAt;
    QString requestId;
    bool operator==(const WebhookDetail &) const = default;
};

struct WebhookReplay {
    QList<WebhookEffect> effects; ///< what changed, or would change
    WebhookOutcome outcome = WebhookOutcome::NoChange;
    bool dryRun = true;
    bool operator==(const WebhookReplay &) const = default;
};

/// One provider's strip above the list.
struct WebhookReceiver {
    QString provider;
    std::optional<QDateTime> lastAt;
    qint64 received24h = 0, failed24h = 0, unmatched24h = 0, duplicates24h = 0, refused24h = 0;
    qint64 currentSecret24h = 0, previousSecret24h = 0; ///< hits of the two live secrets
    std::optional<qint64> p99ProcessingUs;              ///< of the last 24 h
    bool operator==(const WebhookReceiver &) const = default;
};

/// Callable from any thread, answers on an unspecified thread, never blocks, never throws. Reads: ViewEmail; replay:
/// ManageEmail and a writable session.
class WebhookInboxService {
public:
    virtual ~WebhookInboxService() = default;
    /// Newest first. `invalid_cursor`, `invalid_limit`, `invalid_payload_filter`.
    virtual QFuture<domain::Result<Page<WebhookRow>>> list(CallContext context, WebhookQuery query) = 0;
    /// NotFound `webhook_not_found`.
    virtual QFuture<domain::Result<WebhookDetail>> detail(CallContext context, domain::WebhookId id) = 0;
    /// Applies the stored bytes again; doing it twice changes nothing. A dry run writes nothing at all.
    /// Writes `admin.webhook_replayed` when it is not dry. `webhook_not_found`, InvalidInput `invalid_payload` for one
    /// that never was the JSON it should be.
    virtual QFuture<domain::Result<WebhookReplay>> replay(CallContext context, domain::WebhookId id, bool dryRun) = 0;
    virtual QFuture<domain::Result<QList<WebhookReceiver>>> receivers(CallContext context) = 0;
};

} // namespace ports
