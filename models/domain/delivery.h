#pragma once
#include <QDateTime>
#include <QList>
#include <QString>

#include <optional>

/// What became of one message: events in, outcome out. Pure rules, the same for code, metrics and queries
/// (spec 02 §3.5 and §4.3, 05-formulas §2, 00-decisions rows 7–9).
namespace domain {

/// What a provider reports about a message. The first eight are the documented ones of spec 02 §4.3 that are stored on
/// the ledger row; Invalid counts as Blocked; Opened and Click prove a delivery nobody reported.
enum class DeliveryEvent {
    Delivered,
    SoftBounce,
    HardBounce,
    Blocked,
    Complaint,
    Deferred,
    Unsubscribed,
    Error,
    Invalid,
    Request,
    Opened,
    Click,
};
/// Brevo's name: `delivered`, `soft_bounce`, … `click`.
QString deliveryEventName(DeliveryEvent event);
/// Trims, folds case; `spam` is Complaint, `invalid_email` Invalid, `unique_opened`, `first_opening` Opened.
std::optional<DeliveryEvent> parseDeliveryEvent(QStringView name);
/// One of the eight that the ledger webhook documents (spec 02 §4.2): others are answered `skipped`.
bool isLedgerEvent(DeliveryEvent event);
const QList<DeliveryEvent> &allDeliveryEvents();

/// The value of forwarder_sent.classification (spec 02 §3.5 and our own before-the-call classes).
enum class LedgerClass {
    Intended,      ///< decided, not accepted yet
    Success,       ///< the provider accepted it; nothing is known of the delivery
    PermanentDrop, ///< never sent: no template, or the provider refused for good
    Suppressed,    ///< never sent: the recipient unsubscribed, bounced or complained
    Expired,       ///< never sent: older than the floor before it could go out
    NoRecipient,   ///< never sent: nobody to send it to
    Delivered,
    BouncedHard,
    BouncedSoft,
    Rejected,
    Complaint,
    Deferred,
    Unsubscribed,
    Error,
};
QString ledgerClassName(LedgerClass value); ///< `intended`, `success`, `permanent_drop`, … `error`
std::optional<LedgerClass> parseLedgerClass(QStringView name);
const QList<LedgerClass> &allLedgerClasses();
/// The provider took it: such rows count in the ratio's denominator (05-formulas §2, **A**).
bool isAccepted(LedgerClass value);

/// Outcome of an accepted message, or Rejected for one that never was (05-formulas §2).
enum class DeliveryOutcome {
    Delivered,
    BouncedLater,
    Hard,
    Blocked,
    Error,
    Soft,
    Pending,
    Unknown,
    Rejected, ///< our call failed or was refused: not in the denominator, shown beside
};
QString deliveryOutcomeName(DeliveryOutcome outcome); ///< `delivered`, `bounced_later`, `hard`, `blocked`, …
std::optional<DeliveryOutcome> parseDeliveryOutcome(QStringView name);
const QList<DeliveryOutcome> &allDeliveryOutcomes();

/// A message without a terminal event is Pending for this long after its acceptance, then Unknown (or Soft).
inline constexpr qint64 settleMs = 72LL * 3600 * 1000;
/// The same mail to the same recipient within this time is asked about before it is sent again.
inline constexpr qint64 recentSendMs = 10LL * 60 * 1000;
/// Mail that was accepted and no event for this long: the receiver of webhooks is silent.
inline constexpr qint64 receiverSilentMs = 6LL * 3600 * 1000;

/// The first time of each event of one message. Merging is commutative, associative and idempotent, so any order and
/// any repetition of the same events gives the same value.
struct DeliveryFold {
    std::optional<QDateTime> delivered; ///< the first `delivered` event (forwarder_sent.delivered_event_at)
    std::optional<QDateTime> deferred, softBounced, hardBounced, blocked, errored, complained, unsubscribed, opened;
    std::optional<QDateTime> lastEvent; ///< the latest of all

    /// Invalid is kept as blocked, Click as opened; Request only moves lastEvent.
    void add(DeliveryEvent event, const QDateTime &at);
    void merge(const DeliveryFold &other);
    /// forwarder_sent.delivered_at: the first delivery, unless a terminal class was there before or at the same time
    /// (spec 02 §3.5 guard: hard, soft, rejected, complaint, unsubscribed).
    std::optional<QDateTime> deliveredAt() const;
    /// The class of the ledger row; `delivered` never replaces the five terminal classes that came before it, and
    /// weaker events never replace stronger ones. Success when there is no event.
    LedgerClass ledgerClass() const;
    /// What the events say, before time comes in: `none`, `soft`, or the name of a settled outcome. Stored as
    /// forwarder_sent.outcome.
    QString storedOutcome() const;
    /// Delivered because of an opening, a click or a complaint, without a `delivered` event.
    bool isInferred() const;
    bool operator==(const DeliveryFold &) const = default;
};

/// The outcome at `now` of a message accepted at `acceptedAt` whose events say `storedOutcome`.
DeliveryOutcome outcomeAt(QStringView storedOutcome, const QDateTime &acceptedAt, const QDateTime &now);

/// `<id>` and `id` are the same message; trimmed. The case is kept: ids are compared byte by byte.
QString normalizedMessageId(QStringView id);
/// Trimmed, lower case: how addresses are compared for suppression.
QString normalizedAddress(QStringView address);
/// The part behind the last `@`, lower case; empty when there is none.
QString addressDomain(QStringView address);

} // namespace domain
