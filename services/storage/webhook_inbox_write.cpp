#include "services/security/tokens.h"
#include "services/storage/multi_row.h"
#include "services/storage/sql_helpers.h"
#include "services/storage/stored_json.h"
#include "services/storage/webhook_inbox_repository.h"

#include <algorithm>

/// The half of the inbox that keeps, marks and forgets.
namespace storage {

using domain::Done;
using domain::Result;
using domain::WebhookId;
using usecases::InboxEntry;

namespace {

QVariantList valuesOf(const InboxEntry &entry)
{
    return {entry.id.toString(),
            entry.provider,
            toSqlTime(entry.receivedAt),
            headersText(entry.headers),
            entry.body.isNull() ? QByteArray("") : entry.body,
            QString::fromLatin1(security::sha256Hex(entry.body)),
            ports::signatureVerdictName(entry.signature),
            storable(entry.eventType),
            entry.eventCount,
            storable(entry.objectId),
            entry.team ? QVariant(entry.team->toString()) : QVariant(),
            entry.duplicateOf ? QVariant(entry.duplicateOf->toString()) : QVariant(),
            ports::webhookOutcomeName(entry.outcome),
            entry.matched,
            entry.changed,
            effectsText(entry.effects),
            storable(entry.error),
            toSqlTime(entry.receivedAt.addMSecs(entry.processingUs / 1000)),
            storable(entry.requestId),
            entry.processingUs};
}

} // namespace

Result<Done> SqlWebhookInboxRepository::insert(const QList<InboxEntry> &entries)
{
    static const MultiRow statement{
        QStringLiteral("WITH v (id, provider, at, headers, body, sha, signature, type, count, object, team, duplicate, "
                       "outcome, matched, changed, effects, error, processed_at, request, us) AS (VALUES %1) "
                       "INSERT INTO webhook_inbox (id, provider, received_at, headers, body, body_sha256, signature, "
                       "event_type, event_count, object_id, team_id, duplicate_of, outcome, matched, changed, effects, "
                       "error, processed_at, request_id, processing_us) "
                       "SELECT v.id, v.provider, v.at, v.headers, v.body, v.sha, v.signature, v.type, v.count, "
                       "v.object, t.id, v.duplicate, v.outcome, v.matched, v.changed, v.effects, v.error, "
                       "v.processed_at, v.request, v.us FROM v LEFT JOIN teams t ON t.id = v.team "
                       "WHERE v.id IS NOT NULL ON CONFLICT (id) DO NOTHING"),
        {"uuid", "text", "timestamptz", "jsonb",   "bytea",   "text",  "text", "text",        "integer", "text",
         "uuid", "uuid", "text",        "integer", "integer", "jsonb", "text", "timestamptz", "text",    "bigint"}};
    QList<QVariantList> rows;
    for (const InboxEntry &entry : entries)
        rows.append(valuesOf(entry));
    auto done = executeRows(m_connection, statement, rows);
    if (!done)
        return done.error();
    return Done{};
}

Result<QHash<QByteArray, WebhookId>> SqlWebhookInboxRepository::sameBodies(const QList<QByteArray> &sha256Hex,
                                                                           const QDateTime &since)
{
    QStringList wanted;
    for (const QByteArray &sha : sha256Hex)
        wanted.append(QString::fromLatin1(sha));
    wanted.removeDuplicates();
    const QString sql =
        QStringLiteral("SELECT v.value, (SELECT w.id FROM webhook_inbox w WHERE w.body_sha256 = v.value "
                       "AND w.received_at >= %1 ORDER BY w.received_at, w.id LIMIT 1) FROM %2")
            .arg(timeParameter(m_connection), listRows(m_connection));
    QHash<QByteArray, WebhookId> found;
    auto done = m_connection.select(sql, {toSqlTime(since), listValue(wanted)}, [&](const Row &row) {
        if (const auto id = row.optionalUuid(1))
            found.insert(row.text(0).toLatin1(), WebhookId(*id));
        return true;
    });
    if (!done)
        return done.error();
    return found;
}

Result<Done> SqlWebhookInboxRepository::markReplayed(WebhookId id, ports::WebhookOutcome outcome,
                                                     const QList<ports::WebhookEffect> &effects, const QDateTime &at)
{
    // What an applied one did stays on record when there is nothing left to do.
    const bool idle = outcome == ports::WebhookOutcome::NoChange;
    const auto kept = [idle](const char *column, const QString &value) {
        const QString name = QString::fromLatin1(column);
        return idle ? QStringLiteral("%1 = CASE WHEN outcome = 'applied' THEN %1 ELSE %2 END").arg(name, value)
                    : QStringLiteral("%1 = %2").arg(name, value);
    };
    const QString json = m_connection.isSqlite() ? QStringLiteral("?") : QStringLiteral("CAST(? AS jsonb)");
    const QString sql =
        QStringLiteral("UPDATE webhook_inbox SET %1, %2, error = '', replays = replays + 1, "
                       "last_replayed_at = %3 WHERE id = ?")
            .arg(kept("effects", json), kept("outcome", QStringLiteral("?")), timeParameter(m_connection));
    auto done = m_connection.execute(
        sql, {effectsText(effects), ports::webhookOutcomeName(outcome), toSqlTime(at), id.toString()});
    if (!done)
        return done.error();
    if (*done == 0)
        return domain::makeError(domain::ErrorCode::NotFound, QStringLiteral("webhook_not_found"));
    return Done{};
}

Result<qint64> SqlWebhookInboxRepository::removeBefore(const QDateTime &receivedBefore, int limit)
{
    return m_connection.execute(QStringLiteral("DELETE FROM webhook_inbox WHERE id IN (SELECT id FROM webhook_inbox "
                                               "WHERE received_at < %1 ORDER BY received_at, id LIMIT ?)")
                                    .arg(timeParameter(m_connection)),
                                {toSqlTime(receivedBefore), limit});
}

Result<qint64> SqlWebhookInboxRepository::removeOverflow(qint64 maximum, int limit)
{
    qint64 stored = 0;
    auto counted = m_connection.select(QStringLiteral("SELECT count(*) FROM webhook_inbox"), {}, [&](const Row &row) {
        stored = row.integer(0);
        return false;
    });
    if (!counted)
        return counted.error();
    if (stored <= maximum)
        return qint64(0);
    return m_connection.execute(QStringLiteral("DELETE FROM webhook_inbox WHERE id IN (SELECT id FROM webhook_inbox "
                                               "ORDER BY received_at, id LIMIT ?)"),
                                {std::min(stored - maximum, qint64(limit))});
}

Result<Done> SqlWebhookInboxRepository::insertRefusals(const QList<Refusal> &refusals)
{
    static const MultiRow statement{
        QStringLiteral("WITH v (provider, subnet, first_at, last_at, count, audit) AS (VALUES %1) "
                       "INSERT INTO webhook_refusals (provider, subnet, first_at, last_at, count, audit_log_id) "
                       "SELECT v.provider, v.subnet, v.first_at, v.last_at, v.count, v.audit FROM v "
                       "WHERE v.provider IS NOT NULL"),
        {"text", "text", "timestamptz", "timestamptz", "bigint", "uuid"}};
    QList<QVariantList> rows;
    for (const Refusal &refusal : refusals)
        rows.append({refusal.provider, storable(refusal.subnet), toSqlTime(refusal.firstAt), toSqlTime(refusal.lastAt),
                     refusal.count, refusal.audit ? QVariant(refusal.audit->toString()) : QVariant()});
    auto done = executeRows(m_connection, statement, rows);
    if (!done)
        return done.error();
    return Done{};
}

} // namespace storage
