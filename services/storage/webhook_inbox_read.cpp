#include "services/storage/keyset.h"
#include "services/storage/sql_helpers.h"
#include "services/storage/stored_json.h"
#include "services/storage/webhook_inbox_repository.h"
#include "services/storage/webhook_payload_sql.h"

#include <QJsonArray>

/// The half of the inbox that is looked at.
namespace storage {

using domain::Result;
using domain::WebhookId;
using ports::WebhookFilter;
using ports::WebhookRow;

namespace {

Result<SqlCondition> conditionOf(const Connection &connection, const WebhookFilter &filter)
{
    SqlCondition where = oneOf(QStringLiteral("w.provider"), filter.providers);
    where = both(where, oneOf(QStringLiteral("w.event_type"), filter.eventTypes));
    where = both(where, oneOf(QStringLiteral("w.outcome"), filter.outcomes));
    if (filter.signature)
        where = both(where, oneOf(QStringLiteral("w.signature"), {ports::signatureVerdictName(*filter.signature)}));
    if (filter.duplicate)
        where = both(where, {QStringLiteral("w.duplicate_of IS ") +
                                 (*filter.duplicate ? QStringLiteral("NOT NULL") : QStringLiteral("NULL")),
                             {}});
    if (filter.team)
        where = both(where, {QStringLiteral("w.team_id = ?"), {filter.team->toString()}});
    const QString time = timeParameter(connection);
    if (filter.from)
        where = both(where, {QStringLiteral("w.received_at >= ") + time, {toSqlTime(*filter.from)}});
    if (filter.until)
        where = both(where, {QStringLiteral("w.received_at < ") + time, {toSqlTime(*filter.until)}});
    auto payload = payloadCondition(connection, filter.payload);
    if (!payload)
        return payload;
    return both(where, *payload);
}

QByteArray fingerprintOf(const WebhookFilter &f)
{
    const auto time = [](const std::optional<QDateTime> &t) { return t ? toSqlTime(*t) : QString(); };
    const auto list = [](const QStringList &texts) { return QJsonArray::fromStringList(texts); };
    return listFingerprint({QStringLiteral("webhooks"), list(f.providers), list(f.eventTypes), list(f.outcomes),
                            f.signature ? ports::signatureVerdictName(*f.signature) : QString(),
                            f.duplicate ? QJsonValue(*f.duplicate) : QJsonValue(),
                            f.team ? f.team->toString() : QString(), time(f.from), time(f.until), f.payload});
}

/// Columns 0…16, then the exact time of reception as text, because PostgreSQL keeps microseconds.
QString selectWebhooks(const Connection &connection, const QString &further = {})
{
    const bool lite = connection.isSqlite();
    return QStringLiteral(
               "SELECT w.id, w.provider, %1, w.event_type, w.event_count, w.object_id, w.team_id, "
               "(SELECT t.name FROM teams t WHERE t.id = w.team_id), w.signature, w.duplicate_of, w.outcome, "
               "w.matched, w.changed, w.processing_us, length(w.body), w.replays, %2%3 FROM webhook_inbox w")
        .arg(connection.millis(QStringLiteral("w.received_at")),
             lite ? QStringLiteral("w.received_at") : QStringLiteral("CAST(w.received_at AS text)"), further);
}

WebhookRow rowOf(const Row &row)
{
    WebhookRow w;
    w.id = WebhookId(row.uuid(0));
    w.provider = row.text(1);
    w.receivedAt = row.time(2);
    w.eventType = row.text(3);
    w.eventCount = int(row.integer(4));
    w.objectId = row.text(5);
    if (const auto team = row.optionalUuid(6))
        w.team = domain::TeamId(*team);
    w.teamName = row.text(7);
    w.signature = ports::parseSignatureVerdict(row.text(8)).value_or(ports::SignatureVerdict::Current);
    if (const auto original = row.optionalUuid(9))
        w.duplicateOf = WebhookId(*original);
    w.outcome = ports::parseWebhookOutcome(row.text(10)).value_or(ports::WebhookOutcome::Failed);
    w.matched = int(row.integer(11));
    w.changed = int(row.integer(12));
    w.processingUs = row.integer(13);
    w.bodyBytes = row.integer(14);
    w.replays = int(row.integer(15));
    return w;
}

} // namespace

Result<ports::Page<WebhookRow>> SqlWebhookInboxRepository::list(const ports::WebhookQuery &query)
{
    auto where = conditionOf(m_connection, query.filter);
    if (!where)
        return where.error();
    const QByteArray fingerprint = fingerprintOf(query.filter);
    if (!query.cursor.isEmpty()) {
        auto position = decodeCursor(query.cursor, fingerprint, 2);
        if (!position)
            return position.error();
        const QString at = position->at(0).toString(), id = position->at(1).toString();
        if (!looksLikeTime(at) || !WebhookId::parse(id))
            return invalidCursor();
        const QString uuid = m_connection.isSqlite() ? QStringLiteral("?") : QStringLiteral("CAST(? AS uuid)");
        where = both(*where, {QStringLiteral("(w.received_at, w.id) < (%1, %2)").arg(timeParameter(m_connection), uuid),
                              {at, id}});
    }
    const QString sql = selectWebhooks(m_connection) + whereClause(*where) +
                        QStringLiteral(" ORDER BY w.received_at DESC, w.id DESC LIMIT ?");
    ports::Page<WebhookRow> page;
    QJsonArray end;
    auto done = m_connection.select(sql, where->values + QVariantList{query.limit + 1}, [&](const Row &row) {
        if (page.rows.size() == query.limit) {
            page.next = encodeCursor(fingerprint, end);
            return false;
        }
        page.rows.append(rowOf(row));
        end = {row.text(16), page.rows.constLast().id.toString()};
        return true;
    });
    if (!done)
        return done.error();
    return page;
}

Result<ports::WebhookDetail> SqlWebhookInboxRepository::detail(WebhookId id)
{
    std::optional<ports::WebhookDetail> found;
    const QString further = QStringLiteral(", w.body, CAST(w.headers AS text), w.error, CAST(w.effects AS text), %1, "
                                           "w.request_id")
                                .arg(m_connection.millis(QStringLiteral("w.last_replayed_at")));
    auto done = m_connection.select(selectWebhooks(m_connection, further) + QStringLiteral(" WHERE w.id = ?"),
                                    {id.toString()}, [&](const Row &row) {
                                        found.emplace();
                                        found->row = rowOf(row);
                                        found->body = row.bytes(17);
                                        found->headers = headersOf(row.bytes(18));
                                        found->error = row.text(19);
                                        found->effects = effectsOf(row.bytes(20));
                                        found->lastReplayedAt = row.optionalTime(21);
                                        found->requestId = row.text(22);
                                        return false;
                                    });
    if (!done)
        return done.error();
    if (!found)
        return domain::makeError(domain::ErrorCode::NotFound, QStringLiteral("webhook_not_found"));
    auto messages = m_connection.select(
        QStringLiteral(
            "SELECT DISTINCT audit_id FROM email_delivery_events WHERE inbox_id = ? AND audit_id IS NOT NULL "
            "ORDER BY audit_id"),
        {id.toString()}, [&](const Row &row) {
            found->messages.append(row.text(0));
            return true;
        });
    if (!messages)
        return messages.error();
    return *found;
}

} // namespace storage
