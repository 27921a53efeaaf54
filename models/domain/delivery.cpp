#include "models/domain/delivery.h"

#include <algorithm>
#include <array>

namespace domain {

namespace {

/// Names of an enum in the order of its list.
template <typename E>
struct Named {
    E value;
    const char *name;
};

constexpr Named<DeliveryEvent> eventNames[] = {
    {DeliveryEvent::Delivered, "delivered"},
    {DeliveryEvent::SoftBounce, "soft_bounce"},
    {DeliveryEvent::HardBounce, "hard_bounce"},
    {DeliveryEvent::Blocked, "blocked"},
    {DeliveryEvent::Complaint, "complaint"},
    {DeliveryEvent::Deferred, "deferred"},
    {DeliveryEvent::Unsubscribed, "unsubscribed"},
    {DeliveryEvent::Error, "error"},
    {DeliveryEvent::Invalid, "invalid"},
    {DeliveryEvent::Request, "request"},
    {DeliveryEvent::Opened, "opened"},
    {DeliveryEvent::Click, "click"},
};

/// What the provider calls the same thing elsewhere: its webhooks, its event log, and both of their spellings.
constexpr Named<DeliveryEvent> eventAliases[] = {
    {DeliveryEvent::Complaint, "spam"},           {DeliveryEvent::Invalid, "invalid_email"},
    {DeliveryEvent::Opened, "unique_opened"},     {DeliveryEvent::Opened, "open"},
    {DeliveryEvent::Opened, "first_opening"},     {DeliveryEvent::Opened, "proxy_open"},
    {DeliveryEvent::Opened, "unique_proxy_open"}, {DeliveryEvent::Click, "clicks"},
    {DeliveryEvent::SoftBounce, "softbounces"},   {DeliveryEvent::HardBounce, "hardbounces"},
    {DeliveryEvent::SoftBounce, "softbounce"},    {DeliveryEvent::HardBounce, "hardbounce"},
    {DeliveryEvent::Request, "requests"},         {DeliveryEvent::Unsubscribed, "unsubscribe"},
};

constexpr Named<LedgerClass> classNames[] = {
    {LedgerClass::Intended, "intended"},
    {LedgerClass::Success, "success"},
    {LedgerClass::PermanentDrop, "permanent_drop"},
    {LedgerClass::Suppressed, "suppressed"},
    {LedgerClass::Expired, "expired"},
    {LedgerClass::NoRecipient, "no_recipient"},
    {LedgerClass::Delivered, "delivered"},
    {LedgerClass::BouncedHard, "bounced_hard"},
    {LedgerClass::BouncedSoft, "bounced_soft"},
    {LedgerClass::Rejected, "rejected"},
    {LedgerClass::Complaint, "complaint"},
    {LedgerClass::Deferred, "deferred"},
    {LedgerClass::Unsubscribed, "unsubscribed"},
    {LedgerClass::Error, "error"},
};

constexpr Named<DeliveryOutcome> outcomeNames[] = {
    {DeliveryOutcome::Delivered, "delivered"}, {DeliveryOutcome::BouncedLater, "bounced_later"},
    {DeliveryOutcome::Hard, "hard"},           {DeliveryOutcome::Blocked, "blocked"},
    {DeliveryOutcome::Error, "error"},         {DeliveryOutcome::Soft, "soft"},
    {DeliveryOutcome::Pending, "pending"},     {DeliveryOutcome::Unknown, "unknown"},
    {DeliveryOutcome::Rejected, "rejected"},
};

template <typename E, std::size_t N>
QString nameIn(const Named<E> (&table)[N], E value)
{
    for (const Named<E> &row : table) {
        if (row.value == value)
            return QString::fromLatin1(row.name);
    }
    Q_UNREACHABLE();
}

template <typename E, std::size_t N>
std::optional<E> valueIn(const Named<E> (&table)[N], QStringView name)
{
    for (const Named<E> &row : table) {
        if (name == QLatin1StringView(row.name))
            return row.value;
    }
    return std::nullopt;
}

template <typename E, std::size_t N>
QList<E> valuesOf(const Named<E> (&table)[N])
{
    QList<E> all;
    for (const Named<E> &row : table)
        all.append(row.value);
    return all;
}

void keepFirst(std::optional<QDateTime> &held, const std::optional<QDateTime> &at)
{
    if (at && (!held || *at < *held))
        held = at;
}

void keepLast(std::optional<QDateTime> &held, const std::optional<QDateTime> &at)
{
    if (at && (!held || *at > *held))
        held = at;
}

bool before(const std::optional<QDateTime> &a, const std::optional<QDateTime> &b)
{
    return a && b && *a < *b;
}

} // namespace

QString deliveryEventName(DeliveryEvent event)
{
    return nameIn(eventNames, event);
}

std::optional<DeliveryEvent> parseDeliveryEvent(QStringView name)
{
    const QString folded = name.trimmed().toString().toLower();
    if (const auto known = valueIn(eventNames, folded))
        return known;
    return valueIn(eventAliases, folded);
}

bool isLedgerEvent(DeliveryEvent event)
{
    switch (event) {
    case DeliveryEvent::Delivered:
    case DeliveryEvent::SoftBounce:
    case DeliveryEvent::HardBounce:
    case DeliveryEvent::Blocked:
    case DeliveryEvent::Complaint:
    case DeliveryEvent::Deferred:
    case DeliveryEvent::Unsubscribed:
    case DeliveryEvent::Error:
        return true;
    case DeliveryEvent::Invalid:
    case DeliveryEvent::Request:
    case DeliveryEvent::Opened:
    case DeliveryEvent::Click:
        return false;
    }
    Q_UNREACHABLE();
}

const QList<DeliveryEvent> &allDeliveryEvents()
{
    static const QList<DeliveryEvent> all = valuesOf(eventNames);
    return all;
}

QString ledgerClassName(LedgerClass value)
{
    return nameIn(classNames, value);
}

std::optional<LedgerClass> parseLedgerClass(QStringView name)
{
    return valueIn(classNames, name);
}

const QList<LedgerClass> &allLedgerClasses()
{
    static const QList<LedgerClass> all = valuesOf(classNames);
    return all;
}

bool isAccepted(LedgerClass value)
{
    switch (value) {
    case LedgerClass::Intended:
    case LedgerClass::PermanentDrop:
    case LedgerClass::Suppressed:
    case LedgerClass::Expired:
    case LedgerClass::NoRecipient:
        return false;
    case LedgerClass::Success:
    case LedgerClass::Delivered:
    case LedgerClass::BouncedHard:
    case LedgerClass::BouncedSoft:
    case LedgerClass::Rejected:
    case LedgerClass::Complaint:
    case LedgerClass::Deferred:
    case LedgerClass::Unsubscribed:
    case LedgerClass::Error:
        return true;
    }
    Q_UNREACHABLE();
}

QString deliveryOutcomeName(DeliveryOutcome outcome)
{
    return nameIn(outcomeNames, outcome);
}

std::optional<DeliveryOutcome> parseDeliveryOutcome(QStringView name)
{
    return valueIn(outcomeNames, name);
}

const QList<DeliveryOutcome> &allDeliveryOutcomes()
{
    static const QList<DeliveryOutcome> all = valuesOf(outcomeNames);
    return all;
}

void DeliveryFold::add(DeliveryEvent event, const QDateTime &at)
{
    keepLast(lastEvent, at);
    switch (event) {
    case DeliveryEvent::Delivered:
        return keepFirst(delivered, at);
    case DeliveryEvent::SoftBounce:
        return keepFirst(softBounced, at);
    case DeliveryEvent::HardBounce:
        return keepFirst(hardBounced, at);
    case DeliveryEvent::Blocked:
    case DeliveryEvent::Invalid:
        return keepFirst(blocked, at);
    case DeliveryEvent::Complaint:
        return keepFirst(complained, at);
    case DeliveryEvent::Deferred:
        return keepFirst(deferred, at);
    case DeliveryEvent::Unsubscribed:
        return keepFirst(unsubscribed, at);
    case DeliveryEvent::Error:
        return keepFirst(errored, at);
    case DeliveryEvent::Opened:
    case DeliveryEvent::Click:
        return keepFirst(opened, at);
    case DeliveryEvent::Request:
        return;
    }
}

void DeliveryFold::merge(const DeliveryFold &other)
{
    for (const auto member : {&DeliveryFold::delivered, &DeliveryFold::deferred, &DeliveryFold::softBounced,
                              &DeliveryFold::hardBounced, &DeliveryFold::blocked, &DeliveryFold::errored,
                              &DeliveryFold::complained, &DeliveryFold::unsubscribed, &DeliveryFold::opened})
        keepFirst(this->*member, other.*member);
    keepLast(lastEvent, other.lastEvent);
}

std::optional<QDateTime> DeliveryFold::deliveredAt() const
{
    for (const auto &terminal : {hardBounced, softBounced, blocked, complained, unsubscribed}) {
        if (delivered && terminal && *terminal <= *delivered)
            return std::nullopt;
    }
    return delivered;
}

LedgerClass DeliveryFold::ledgerClass() const
{
    if (hardBounced)
        return LedgerClass::BouncedHard;
    if (blocked)
        return LedgerClass::Rejected;
    if (complained)
        return LedgerClass::Complaint;
    if (unsubscribed)
        return LedgerClass::Unsubscribed;
    if (softBounced)
        return LedgerClass::BouncedSoft;
    if (delivered)
        return LedgerClass::Delivered;
    if (errored)
        return LedgerClass::Error;
    if (deferred)
        return LedgerClass::Deferred;
    return LedgerClass::Success;
}

bool DeliveryFold::isInferred() const
{
    return !delivered && (opened || complained);
}

QString DeliveryFold::storedOutcome() const
{
    std::optional<QDateTime> arrived = delivered;
    if (isInferred()) {
        keepFirst(arrived, opened);
        keepFirst(arrived, complained);
    }
    if (hardBounced)
        return deliveryOutcomeName(before(arrived, hardBounced) ? DeliveryOutcome::BouncedLater
                                                                : DeliveryOutcome::Hard);
    if (blocked && !before(arrived, blocked))
        return deliveryOutcomeName(DeliveryOutcome::Blocked);
    if (arrived)
        return deliveryOutcomeName(DeliveryOutcome::Delivered);
    if (errored)
        return deliveryOutcomeName(DeliveryOutcome::Error);
    return softBounced ? QStringLiteral("soft") : QStringLiteral("none");
}

DeliveryOutcome outcomeAt(QStringView storedOutcome, const QDateTime &acceptedAt, const QDateTime &now)
{
    const auto stored = parseDeliveryOutcome(storedOutcome);
    if (stored && *stored != DeliveryOutcome::Soft)
        return *stored;
    if (acceptedAt.msecsTo(now) < settleMs)
        return DeliveryOutcome::Pending;
    return stored ? DeliveryOutcome::Soft : DeliveryOutcome::Unknown;
}

QString normalizedMessageId(QStringView id)
{
    QStringView bare = id.trimmed();
    if (bare.startsWith(QLatin1Char('<')) && bare.endsWith(QLatin1Char('>')) && bare.size() >= 2)
        bare = bare.sliced(1, bare.size() - 2).trimmed();
    return bare.toString();
}

QString normalizedAddress(QStringView address)
{
    return address.trimmed().toString().toLower();
}

QString addressDomain(QStringView address)
{
    const qsizetype at = address.lastIndexOf(QLatin1Char('@'));
    return at < 0 ? QString() : address.sliced(at + 1).trimmed().toString().toLower();
}

} // namespace domain
