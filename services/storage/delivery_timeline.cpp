#include "services/storage/delivery_repository.h"
#include "services/storage/sql_helpers.h"

#include <algorithm>

/// What happened to one message: the provider's events, and what we did before them.
namespace storage {

using domain::Result;
using ports::MessageEvent;

namespace {

MessageEvent ownEvent(const QString &name, const QDateTime &at, const QString &reason = {})
{
    MessageEvent event;
    event.event = name;
    event.at = event.receivedAt = at;
    event.reason = reason;
    return event;
}

/// `intended`, the last `failed_attempt`, `accepted`. Only the last error is kept and not its time: that of a row that
/// was dropped is the drop's, any other is told where the message began to wait.
QList<MessageEvent> ownEvents(const Row &row)
{
    QList<MessageEvent> events;
    const QDateTime sentAt = row.time(0);
    const auto intendedAt = row.optionalTime(1), acceptedAt = row.optionalTime(2);
    const QString lastError = row.text(3);
    const qint64 attempts = row.integer(4);
    const bool dropped = !acceptedAt && row.text(5) == domain::ledgerClassName(domain::LedgerClass::PermanentDrop);
    if (intendedAt)
        events.append(ownEvent(QStringLiteral("intended"), *intendedAt));
    if (attempts > 0 && !lastError.isEmpty())
        events.append(
            ownEvent(QStringLiteral("failed_attempt"), dropped ? sentAt : intendedAt.value_or(sentAt), lastError));
    if (acceptedAt)
        events.append(ownEvent(QStringLiteral("accepted"), *acceptedAt));
    return events;
}

} // namespace

Result<QList<MessageEvent>> SqlDeliveryRepository::events(const QString &id)
{
    QList<MessageEvent> events;
    const QString own =
        QStringLiteral("SELECT %1, %2, %3, last_error, attempts, classification FROM forwarder_sent "
                       "WHERE audit_id = ?")
            .arg(m_connection.millis(QStringLiteral("sent_at")), m_connection.millis(QStringLiteral("intended_at")),
                 m_connection.millis(QStringLiteral("accepted_at")));
    auto ours = m_connection.select(own, {id}, [&](const Row &row) {
        events = ownEvents(row);
        return false;
    });
    if (!ours)
        return ours.error();
    const QString provider =
        QStringLiteral("SELECT event, %1, %2, reason, repaired, inbox_id FROM email_delivery_events WHERE audit_id = ? "
                       "ORDER BY event_at, received_at, id")
            .arg(m_connection.millis(QStringLiteral("event_at")), m_connection.millis(QStringLiteral("received_at")));
    auto theirs = m_connection.select(provider, {id}, [&](const Row &row) {
        MessageEvent event{row.text(0), row.time(1), row.time(2), row.text(3), row.boolean(4), {}};
        if (const auto webhook = row.optionalUuid(5))
            event.webhook = domain::WebhookId(*webhook);
        events.append(event);
        return true;
    });
    if (!theirs)
        return theirs.error();
    std::stable_sort(events.begin(), events.end(),
                     [](const MessageEvent &a, const MessageEvent &b) { return a.at < b.at; });
    return events;
}

} // namespace storage
