#include "services/storage/delivery_repository.h"
#include "services/storage/keyset.h"
#include "services/storage/message_filter_sql.h"
#include "services/storage/sql_helpers.h"

#include <QJsonArray>

#include <algorithm>

/// The list of messages, newest first: accepted ones by acceptance, the others by the decision. Each part is a keyset
/// page of its own index; the two are merged.
namespace storage {

using domain::Done;
using domain::Result;
using ports::MessageFilter;
using ports::MessageRow;

namespace {

constexpr int exportBatch = 1000;

/// Where a page ended: the time as both engines order it as text, and the id. Empty = before the first row.
struct Position {
    QString at, id;
    bool isEmpty() const { return at.isEmpty(); }
};

/// Newest first; ids in the order of their bytes, descending.
bool comesBefore(const Position &a, const Position &b)
{
    if (a.at != b.at)
        return a.at > b.at;
    return a.id.toUtf8() > b.id.toUtf8();
}

struct Listed {
    Position position;
    MessageRow row;
};

/// The same on both engines, whatever collation the database has.
QString idOrder(const Connection &connection)
{
    return connection.isSqlite() ? QStringLiteral("f.audit_id") : QStringLiteral("f.audit_id COLLATE \"C\"");
}

/// Exact and in one width, because PostgreSQL keeps microseconds.
QString exactTime(const Connection &connection, const QString &column)
{
    return connection.isSqlite()
               ? column
               : QStringLiteral("to_char(%1 AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')").arg(column);
}

/// Columns 0…23, for rowOf().
QString selectMessages(const Connection &c, const QDateTime &now, const QString &at, QVariantList &values)
{
    const SqlCondition outcome = outcomeExpression(c, now);
    values += outcome.values;
    return QStringLiteral("SELECT f.audit_id, %1, %2, %3, %4, f.recipient, f.recipient_domain, f.template_kind, "
                          "f.subject, f.provider, f.provider_id, f.classification, "
                          "CASE WHEN f.accepted_at IS NULL THEN 'rejected' ELSE %5 END, f.repaired_at IS NOT NULL, "
                          "f.reason, f.last_error, f.attempts, f.team_id, "
                          "(SELECT t.name FROM teams t WHERE t.id = f.team_id), f.audit_log_id, %6 "
                          "FROM forwarder_sent f")
        .arg(c.millis(QStringLiteral("f.sent_at")), c.millis(QStringLiteral("f.accepted_at")),
             c.millis(QStringLiteral("f.delivered_at")), c.millis(QStringLiteral("f.delivered_event_at")), outcome.sql,
             exactTime(c, at));
}

MessageRow rowOf(const Row &row)
{
    MessageRow m;
    m.id = row.text(0);
    m.sentAt = row.time(1);
    m.acceptedAt = row.optionalTime(2);
    m.deliveredAt = row.optionalTime(3);
    const auto event = row.optionalTime(4);
    m.recipient = row.text(5);
    m.recipientDomain = row.text(6);
    m.templateKind = row.text(7);
    m.subject = row.text(8);
    m.provider = row.text(9);
    m.providerId = row.text(10);
    m.ledgerClass = row.text(11);
    m.outcome = domain::parseDeliveryOutcome(row.text(12)).value_or(domain::DeliveryOutcome::Unknown);
    m.repaired = row.boolean(13);
    // An error that a later attempt made good is no longer the reason of anything.
    m.reason = m.acceptedAt || !row.text(14).isEmpty() ? row.text(14) : row.text(15);
    m.attempts = int(row.integer(16));
    if (const auto team = row.optionalUuid(17))
        m.team = domain::TeamId(*team);
    m.teamName = row.text(18);
    if (const auto audit = row.optionalUuid(19))
        m.audit = domain::AuditId(*audit);
    const bool delivered = m.outcome == domain::DeliveryOutcome::Delivered;
    m.inferred = delivered && !event;
    if (m.acceptedAt && event && (delivered || m.outcome == domain::DeliveryOutcome::BouncedLater))
        m.latencyMs = m.acceptedAt->msecsTo(*event);
    return m;
}

Result<QList<Listed>> listPart(Connection &connection, const MessageFilter &filter, const QDateTime &now,
                               MessagePart part, const Position &after, int limit)
{
    QList<Listed> found;
    auto where = messageCondition(connection, filter, now, part);
    if (!where)
        return found;
    const QString at = messageTime(part), id = idOrder(connection), time = timeParameter(connection);
    if (!after.isEmpty()) {
        // The first comparison repeats the others so that an index can be entered with it.
        where = both(*where, {QStringLiteral("%1 <= %2 AND (%1 < %2 OR %3 < ?)").arg(at, time, id),
                              {after.at, after.at, after.id}});
    }
    QVariantList values;
    QString sql = selectMessages(connection, now, at, values) + whereClause(*where);
    sql += QStringLiteral(" ORDER BY %1 DESC, %2 DESC LIMIT ?").arg(at, id);
    auto done = connection.select(sql, values + where->values + QVariantList{limit}, [&](const Row &row) {
        found.append({{row.text(20), row.text(0)}, rowOf(row)});
        return true;
    });
    if (!done)
        return done.error();
    return found;
}

/// At most `limit` rows behind the position.
Result<QList<Listed>> listMerged(Connection &connection, const MessageFilter &filter, const QDateTime &now,
                                 const Position &after, int limit)
{
    auto accepted = listPart(connection, filter, now, MessagePart::Accepted, after, limit);
    if (!accepted)
        return accepted;
    auto unsent = listPart(connection, filter, now, MessagePart::Unsent, after, limit);
    if (!unsent)
        return unsent;
    QList<Listed> all;
    all.reserve(accepted->size() + unsent->size());
    std::merge(accepted->cbegin(), accepted->cend(), unsent->cbegin(), unsent->cend(), std::back_inserter(all),
               [](const Listed &a, const Listed &b) { return comesBefore(a.position, b.position); });
    all.resize(std::min(all.size(), qsizetype(limit)));
    return all;
}

domain::Error messageNotFound()
{
    return domain::makeError(domain::ErrorCode::NotFound, QStringLiteral("message_not_found"));
}

} // namespace

Result<ports::Page<MessageRow>> SqlDeliveryRepository::messages(const ports::MessageQuery &query, const QDateTime &now)
{
    const QByteArray fingerprint = messageFingerprint(query.filter);
    Position after;
    if (!query.cursor.isEmpty()) {
        auto position = decodeCursor(query.cursor, fingerprint, 2);
        if (!position)
            return position.error();
        after = {position->at(0).toString(), position->at(1).toString()};
        if (!looksLikeTime(after.at) || after.id.contains(QChar(u'\0')))
            return invalidCursor();
    }
    auto found = listMerged(m_connection, query.filter, now, after, query.limit + 1);
    if (!found)
        return found.error();
    ports::Page<MessageRow> page;
    for (const Listed &listed : std::as_const(*found)) {
        if (page.rows.size() == query.limit)
            break;
        page.rows.append(listed.row);
        after = listed.position;
    }
    if (found->size() > query.limit)
        page.next = encodeCursor(fingerprint, {after.at, after.id});
    return page;
}

Result<MessageRow> SqlDeliveryRepository::message(const QString &id, const QDateTime &now)
{
    std::optional<MessageRow> found;
    QVariantList values;
    const QString sql = selectMessages(m_connection, now, QStringLiteral("f.sent_at"), values);
    auto done = m_connection.select(sql + QStringLiteral(" WHERE f.audit_id = ?"), values + QVariantList{id},
                                    [&](const Row &row) {
                                        found = rowOf(row);
                                        return false;
                                    });
    if (!done)
        return done.error();
    if (!found)
        return messageNotFound();
    return *found;
}

Result<QString> SqlDeliveryRepository::addressHash(const QString &id)
{
    std::optional<QString> hash;
    auto done = m_connection.select(QStringLiteral("SELECT recipient_sha256 FROM forwarder_sent WHERE audit_id = ?"),
                                    {id}, [&](const Row &row) {
                                        hash = row.text(0);
                                        return false;
                                    });
    if (!done)
        return done.error();
    if (!hash)
        return messageNotFound();
    return *hash;
}

Result<Done> SqlDeliveryRepository::eachMessage(const MessageFilter &filter, const QDateTime &now,
                                                const std::function<bool(const MessageRow &)> &onRow)
{
    Position after;
    while (true) {
        auto found = listMerged(m_connection, filter, now, after, exportBatch);
        if (!found)
            return found.error();
        for (const Listed &listed : std::as_const(*found)) {
            if (!onRow(listed.row))
                return Done{};
        }
        if (found->size() < exportBatch)
            return Done{};
        after = found->constLast().position;
    }
}

} // namespace storage
