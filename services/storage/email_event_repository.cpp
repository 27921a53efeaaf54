#include "services/storage/email_event_repository.h"

#include "models/domain/mask.h"
#include "services/storage/multi_row.h"
#include "services/storage/sql_helpers.h"

namespace storage {

using domain::Done;
using domain::Result;
using usecases::EventRow;

namespace {

/// `ledger` is an expression for the ledger row's id.
QString selectEvents(const Connection &connection, const QString &ledger)
{
    return QStringLiteral("SELECT e.id, e.provider, e.message_id, e.event, %1, %2, e.recipient, e.reason, e.inbox_id, "
                          "e.repaired, %3 FROM email_delivery_events e")
        .arg(connection.millis(QStringLiteral("e.event_at")), connection.millis(QStringLiteral("e.received_at")),
             ledger);
}

/// nullopt for an event that a newer program wrote.
std::optional<EventRow> eventOf(const Row &row)
{
    const auto event = domain::parseDeliveryEvent(row.text(3));
    if (!event)
        return std::nullopt;
    EventRow found;
    found.stored = row.uuid(0);
    found.provider = row.text(1);
    found.messageId = row.text(2);
    found.event = *event;
    found.at = row.time(4);
    found.receivedAt = row.time(5);
    found.address = row.text(6);
    found.reason = row.text(7);
    if (const auto webhook = row.optionalUuid(8))
        found.webhook = domain::WebhookId(*webhook);
    found.repaired = row.boolean(9);
    found.ledgerId = row.text(10);
    return found;
}

Result<QList<EventRow>> readEvents(Connection &connection, const QString &sql, const QVariantList &values)
{
    QList<EventRow> events;
    auto done = connection.select(sql, values, [&](const Row &row) {
        if (auto event = eventOf(row))
            events.append(*std::move(event));
        return true;
    });
    if (!done)
        return done.error();
    return events;
}

/// The id as a ledger row of that message may hold it.
QString bothForms()
{
    return QStringLiteral("f.provider = e.provider AND f.provider_id IN (e.message_id, '<' || e.message_id || '>')");
}

} // namespace

Result<QList<QUuid>> SqlEmailEventRepository::insert(const QList<EventRow> &events)
{
    static const MultiRow statement{
        QStringLiteral("WITH v (id, ledger, provider, message, event, at, received_at, recipient, reason, inbox, "
                       "repaired) AS (VALUES %1) "
                       "INSERT INTO email_delivery_events (id, audit_id, provider, message_id, event, event_at, "
                       "received_at, recipient, reason, inbox_id, repaired) "
                       "SELECT v.id, v.ledger, v.provider, v.message, v.event, v.at, v.received_at, v.recipient, "
                       "v.reason, v.inbox, v.repaired FROM v WHERE v.id IS NOT NULL "
                       "ON CONFLICT (id) DO NOTHING RETURNING id"),
        {"uuid", "text", "text", "text", "text", "timestamptz", "timestamptz", "text", "text", "uuid", "boolean"}};
    QList<QVariantList> rows;
    for (const EventRow &event : events) {
        rows.append({event.id(), textOrNull(event.ledgerId), event.provider, storable(event.messageId),
                     domain::deliveryEventName(event.event), toSqlTime(event.at), toSqlTime(event.receivedAt),
                     domain::maskLedgerEmail(storable(event.address).trimmed()), storable(event.reason),
                     event.webhook ? QVariant(event.webhook->toString()) : QVariant(), event.repaired});
    }
    QList<QUuid> added;
    auto done = selectRows(m_connection, statement, rows, [&](const Row &row) { added.append(row.uuid(0)); });
    if (!done)
        return done.error();
    return added;
}

Result<QList<EventRow>> SqlEmailEventRepository::parked(const QString &provider, const QStringList &messageIds)
{
    if (messageIds.isEmpty())
        return QList<EventRow>();
    QStringList bare;
    for (const QString &id : messageIds)
        bare.append(domain::normalizedMessageId(id));
    const QString sql = selectEvents(m_connection, QStringLiteral("NULL")) +
                        QStringLiteral(" WHERE e.audit_id IS NULL AND e.provider = ? AND %1 ORDER BY e.id")
                            .arg(listCondition(m_connection, QStringLiteral("e.message_id")));
    return readEvents(m_connection, sql, {provider, listValue(bare)});
}

Result<QList<EventRow>> SqlEmailEventRepository::matchableParked(int limit)
{
    const QString sql =
        selectEvents(m_connection,
                     QStringLiteral("(SELECT min(f.audit_id) FROM forwarder_sent f WHERE %1)").arg(bothForms())) +
        QStringLiteral(" WHERE e.audit_id IS NULL AND e.message_id <> '' "
                       "AND EXISTS (SELECT 1 FROM forwarder_sent f WHERE %1) "
                       "ORDER BY e.provider, e.message_id, e.received_at LIMIT ?")
            .arg(bothForms());
    return readEvents(m_connection, sql, {limit});
}

Result<Done> SqlEmailEventRepository::link(const QList<EventRow> &events)
{
    static const MultiRow statement{
        QStringLiteral("WITH v (id, ledger) AS (VALUES %1) UPDATE email_delivery_events SET audit_id = v.ledger "
                       "FROM v WHERE email_delivery_events.id = v.id AND v.id IS NOT NULL AND audit_id IS NULL"),
        {"uuid", "text"}};
    QList<QVariantList> rows;
    for (const EventRow &event : events) {
        if (!event.ledgerId.isEmpty())
            rows.append({event.id(), event.ledgerId});
    }
    auto done = executeRows(m_connection, statement, rows);
    if (!done)
        return done.error();
    return Done{};
}

Result<qint64> SqlEmailEventRepository::dropParkedBefore(const QDateTime &receivedBefore, int limit)
{
    return m_connection.execute(
        QStringLiteral("DELETE FROM email_delivery_events WHERE id IN (SELECT e.id FROM email_delivery_events e "
                       "WHERE e.audit_id IS NULL AND e.received_at < %1 LIMIT ?)")
            .arg(timeParameter(m_connection)),
        {toSqlTime(receivedBefore), limit});
}

} // namespace storage
