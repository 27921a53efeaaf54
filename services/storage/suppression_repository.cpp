#include "services/storage/suppression_repository.h"

#include "models/domain/delivery.h"
#include "services/storage/keyset.h"
#include "services/storage/multi_row.h"
#include "services/storage/sql_helpers.h"
#include "services/storage/stored_json.h"

#include <QJsonObject>

namespace storage {

using domain::Done;
using domain::Result;
using ports::Suppression;
using usecases::SuppressionEvent;

namespace {

/// As received, but for letters that SQLite's lower() does not fold: those would never be found again.
QString storedAddress(const QString &address)
{
    const QString text = storable(address.trimmed());
    const bool ascii = std::all_of(text.cbegin(), text.cend(), [](QChar c) { return c.unicode() < 0x80; });
    return ascii ? text : text.toLower();
}

QString rawOf(const SuppressionEvent &event)
{
    QJsonObject raw = storableObject(event.raw);
    const QString message = storable(domain::normalizedMessageId(event.messageId));
    if (message.isEmpty())
        raw.remove(QStringLiteral("message_id"));
    else
        raw.insert(QStringLiteral("message_id"), message);
    return jsonText(raw);
}

QStringList normalized(const QStringList &addresses)
{
    QStringList all;
    for (const QString &address : addresses)
        all.append(domain::normalizedAddress(address));
    return all;
}

/// The row of email_events is why its address is suppressed; one `?`: bounces and complaints count from there on.
QString inForce(const Connection &connection, const QString &alias)
{
    return QStringLiteral("(%1.event_type = 'unsubscribe' OR (%1.event_type IN ('bounce', 'spam_complaint') "
                          "AND %1.created_at >= %2 AND NOT EXISTS (SELECT 1 FROM email_suppression_lifts l "
                          "WHERE l.email = lower(%1.email) AND l.created_at >= %1.created_at)))")
        .arg(alias, timeParameter(connection));
}

QString strength(const QString &alias)
{
    return QStringLiteral("CASE %1.event_type WHEN 'unsubscribe' THEN 3 WHEN 'spam_complaint' THEN 2 ELSE 1 END")
        .arg(alias);
}

/// Columns 0…8; two `?` of inForce(). 7 and 8 are the position in the list.
QString selectSuppressions(const Connection &connection)
{
    const QString exact =
        connection.isSqlite() ? QStringLiteral("e.created_at") : QStringLiteral("CAST(e.created_at AS text)");
    return QStringLiteral("SELECT lower(e.email), e.event_type, e.provider, COALESCE(e.reason, ''), %1, "
                          "(SELECT %2 FROM email_events x WHERE lower(x.email) = lower(e.email) "
                          "AND x.event_type <> 'unsubscribe' AND %3), "
                          "(SELECT u.team_id FROM users u WHERE lower(u.email) = lower(e.email) LIMIT 1), %4, e.id "
                          "FROM email_events e WHERE %5")
        .arg(connection.millis(QStringLiteral("e.created_at")), connection.millis(QStringLiteral("max(x.created_at)")),
             inForce(connection, QStringLiteral("x")), exact, inForce(connection, QStringLiteral("e")));
}

Suppression suppressionOf(const Row &row)
{
    Suppression found;
    found.email = row.text(0);
    found.eventType = row.text(1);
    found.provider = row.text(2);
    found.reason = row.text(3);
    found.since = row.time(4);
    found.liftable = found.eventType != QLatin1StringView("unsubscribe");
    if (found.liftable)
        found.until = row.time(5).addDays(usecases::suppressionDays);
    if (const auto team = row.optionalUuid(6))
        found.team = domain::TeamId(*team);
    return found;
}

QString countsFrom(const QDateTime &now)
{
    return toSqlTime(now.addDays(-usecases::suppressionDays));
}

Result<QStringList> addressesOf(Connection &connection, const QString &sql, const QVariantList &values)
{
    QStringList found;
    auto done = connection.select(sql, values, [&](const Row &row) {
        found.append(row.text(0));
        return true;
    });
    if (!done)
        return done.error();
    return found;
}

} // namespace

Result<int> SqlSuppressionRepository::insert(const QList<SuppressionEvent> &events)
{
    static const MultiRow statement{
        QStringLiteral("WITH v (provider, type, email, reason, raw, at) AS (VALUES %1) "
                       "INSERT INTO email_events (provider, event_type, email, reason, raw, created_at) "
                       "SELECT v.provider, v.type, v.email, v.reason, v.raw, v.at FROM v "
                       "WHERE v.provider IS NOT NULL ON CONFLICT DO NOTHING"),
        {"text", "text", "text", "text", "jsonb", "timestamptz"}};
    QList<QVariantList> rows;
    for (const SuppressionEvent &event : events)
        rows.append({event.provider, event.eventType, storedAddress(event.address), textOrNull(storable(event.reason)),
                     rawOf(event), toSqlTime(event.at)});
    return executeRows(m_connection, statement, rows).map([](qint64 added) { return int(added); });
}

Result<QStringList> SqlSuppressionRepository::unsubscribed(const QStringList &addresses)
{
    const QString sql =
        QStringLiteral("SELECT DISTINCT lower(e.email) FROM email_events e WHERE %1 AND e.event_type = 'unsubscribe'")
            .arg(listCondition(m_connection, QStringLiteral("lower(e.email)")));
    return addressesOf(m_connection, sql, {listValue(normalized(addresses))});
}

Result<QStringList> SqlSuppressionRepository::bouncedOrComplained(const QStringList &addresses, const QDateTime &since)
{
    const QString sql = QStringLiteral("SELECT DISTINCT lower(e.email) FROM email_events e WHERE %1 "
                                       "AND e.event_type IN ('bounce', 'spam_complaint') AND %2")
                            .arg(listCondition(m_connection, QStringLiteral("lower(e.email)")),
                                 inForce(m_connection, QStringLiteral("e")));
    return addressesOf(m_connection, sql, {listValue(normalized(addresses)), toSqlTime(since)});
}

Result<ports::Page<Suppression>> SqlSuppressionRepository::list(const ports::SuppressionQuery &query,
                                                                const QDateTime &now)
{
    const QByteArray fingerprint = listFingerprint({QStringLiteral("suppressions"), query.text});
    // One row per address: no other event in force is stronger, or as strong and later.
    QString sql = selectSuppressions(m_connection) +
                  QStringLiteral(" AND NOT EXISTS (SELECT 1 FROM email_events b WHERE lower(b.email) = lower(e.email) "
                                 "AND (%1 > %2 OR (b.event_type = e.event_type AND (b.created_at, b.id) > "
                                 "(e.created_at, e.id))) AND %3)")
                      .arg(strength(QStringLiteral("b")), strength(QStringLiteral("e")),
                           inForce(m_connection, QStringLiteral("b")));
    const QString from = countsFrom(now);
    QVariantList values{from, from, from};
    if (!query.text.isEmpty()) {
        sql += QStringLiteral(" AND ") + m_connection.containsText(QStringLiteral("lower(e.email)"));
        values.append(m_connection.textPattern(query.text));
    }
    if (!query.cursor.isEmpty()) {
        auto position = decodeCursor(query.cursor, fingerprint, 2);
        if (!position)
            return position.error();
        const QString id = position->at(1).toString();
        if (!looksLikeTime(position->at(0).toString()) || QUuid::fromString(id).isNull())
            return invalidCursor();
        sql += QStringLiteral(" AND (e.created_at, e.id) < (%1, %2)")
                   .arg(timeParameter(m_connection),
                        m_connection.isSqlite() ? QStringLiteral("?") : QStringLiteral("CAST(? AS uuid)"));
        values << position->at(0).toString() << id;
    }
    sql += QStringLiteral(" ORDER BY e.created_at DESC, e.id DESC LIMIT ?");
    values.append(query.limit + 1);

    ports::Page<Suppression> page;
    QJsonArray end;
    auto done = m_connection.select(sql, values, [&](const Row &row) {
        if (page.rows.size() == query.limit) {
            page.next = encodeCursor(fingerprint, end);
            return false;
        }
        page.rows.append(suppressionOf(row));
        end = {row.text(7), row.uuid(8).toString(QUuid::WithoutBraces)};
        return true;
    });
    if (!done)
        return done.error();
    return page;
}

Result<std::optional<Suppression>> SqlSuppressionRepository::find(const QString &address, const QDateTime &now)
{
    std::optional<Suppression> found;
    const QString sql = selectSuppressions(m_connection) +
                        QStringLiteral(" AND lower(e.email) = ? ORDER BY %1 DESC, e.created_at DESC, e.id DESC LIMIT 1")
                            .arg(strength(QStringLiteral("e")));
    const QString from = countsFrom(now);
    auto done =
        m_connection.select(sql, {from, from, storable(domain::normalizedAddress(address))}, [&](const Row &row) {
            found = suppressionOf(row);
            return false;
        });
    if (!done)
        return done.error();
    return found;
}

Result<Done> SqlSuppressionRepository::lift(const QString &address, const QString &reason, const QString &by,
                                            const QDateTime &at)
{
    auto done = m_connection.execute(
        QStringLiteral(
            "INSERT INTO email_suppression_lifts (email, reason, lifted_by, created_at) VALUES (?, ?, ?, ?)"),
        {storable(domain::normalizedAddress(address)), storable(reason), storable(by), toSqlTime(at)});
    if (!done)
        return done.error();
    return Done{};
}

} // namespace storage
