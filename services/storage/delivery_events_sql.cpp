#include "services/storage/delivery_events_sql.h"

#include "services/storage/sql_helpers.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace storage {

using domain::Done;
using domain::Result;
using ports::MessageFilter;

namespace {

QString jsonOf(const QJsonArray &array)
{
    return QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact));
}

QStringList eventNames()
{
    QStringList names;
    for (const domain::DeliveryEvent event : domain::allDeliveryEvents())
        names.append(domain::deliveryEventName(event));
    return names;
}

/// `[[from, until], …]` of each step, cut to the range.
QString stepsOf(const MessageFilter &filter, qint64 stepSeconds)
{
    const qint64 stepMs = stepSeconds * 1000, untilMs = filter.until->toMSecsSinceEpoch();
    const auto text = [](qint64 ms) { return toSqlTime(QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC)); };
    QJsonArray steps;
    for (qint64 ms = filter.from->toMSecsSinceEpoch(); ms < untilMs;) {
        const qint64 rest = ms % stepMs;
        const qint64 next = std::min(untilMs, ms - (rest < 0 ? rest + stepMs : rest) + stepMs);
        steps.append(QJsonArray{text(ms), text(next)});
        ms = next;
    }
    return jsonOf(steps);
}

/// What the events know themselves.
SqlCondition eventCondition(const MessageFilter &filter)
{
    SqlCondition where = both(oneOf(QStringLiteral("x.template_kind"), filter.templates),
                              oneOf(QStringLiteral("x.provider"), filter.providers));
    if (!filter.domain.isEmpty())
        where = both(where, {QStringLiteral("x.recipient_domain = ?"), {filter.domain.toLower()}});
    return where;
}

bool needsMessages(const MessageFilter &filter)
{
    MessageFilter known;
    known.from = filter.from;
    known.until = filter.until;
    known.templates = filter.templates;
    known.providers = filter.providers;
    known.domain = filter.domain;
    return filter != known;
}

/// One count per event and step, each a walk over its own piece of the index: nothing is sorted or grouped.
Result<Done> countInIndex(Connection &connection, const MessageFilter &filter, qint64 stepSeconds,
                          const std::function<void(const EventCount &)> &onCount)
{
    const bool lite = connection.isSqlite();
    const SqlCondition limits = eventCondition(filter);
    const SqlCondition where =
        both({QStringLiteral("x.event = p.event AND x.event_at >= p.a AND x.event_at < p.b"), {}}, limits);
    const QString pieces =
        lite ? QStringLiteral("SELECT e.value AS event, json_extract(s.value, '$[0]') AS a, "
                              "json_extract(s.value, '$[1]') AS b FROM json_each(?) e, json_each(?) s")
             : QStringLiteral("SELECT e.event, CAST(s.span ->> 0 AS timestamptz) AS a, "
                              "CAST(s.span ->> 1 AS timestamptz) AS b "
                              "FROM jsonb_array_elements_text(CAST(? AS jsonb)) AS e (event), "
                              "jsonb_array_elements(CAST(? AS jsonb)) AS s (span)");
    const QString sql =
        QStringLiteral("SELECT p.event, %1, (SELECT count(*) FROM email_delivery_events x%2) FROM (%3) p")
            .arg(connection.millis(QStringLiteral("p.a")), whereClause(where), pieces);
    const QVariantList values =
        limits.values + QVariantList{jsonOf(QJsonArray::fromStringList(eventNames())), stepsOf(filter, stepSeconds)};
    return connection.select(sql, values, [&](const Row &row) {
        if (const qint64 count = row.integer(2); count > 0)
            onCount({row.text(0), row.time(1), count});
        return true;
    });
}

/// From the messages to their events, or the other way round when the filter leaves most messages. PostgreSQL knows the
/// numbers and chooses itself.
QString joined(const Connection &connection, const MessageFilter &filter)
{
    const bool few = !filter.to.isEmpty() || !filter.reason.isEmpty() || !filter.messageId.isEmpty() || filter.team ||
                     filter.repairedOnly || !filter.outcomes.contains(QStringLiteral("delivered"));
    if (!connection.isSqlite())
        return QStringLiteral("forwarder_sent f JOIN email_delivery_events x ON x.audit_id = f.audit_id");
    return few ? QStringLiteral("forwarder_sent f CROSS JOIN email_delivery_events x ON x.audit_id = f.audit_id")
               : QStringLiteral("email_delivery_events x CROSS JOIN forwarder_sent f ON f.audit_id = x.audit_id");
}

Result<Done> countByMessages(Connection &connection, const MessageFilter &filter, qint64 stepSeconds,
                             const QDateTime &now, const std::function<void(const EventCount &)> &onCount)
{
    MessageFilter messages = filter;
    messages.from.reset();
    messages.until.reset();
    const auto which = messageCondition(connection, messages, now, MessagePart::Accepted);
    if (!which)
        return Done{};
    const QString time = timeParameter(connection);
    const SqlCondition where = both({QStringLiteral("x.event_at >= %1 AND x.event_at < %1").arg(time),
                                     {toSqlTime(*filter.from), toSqlTime(*filter.until)}},
                                    *which);
    // Steps are whole hours or whole days, so the hour or the day of an event tells its step.
    const bool days = stepSeconds % 86'400 == 0;
    const QString unit =
        connection.isSqlite()
            ? QStringLiteral("substr(x.event_at, 1, %1)").arg(days ? 10 : 13)
            : QStringLiteral("date_trunc('%1', x.event_at)").arg(days ? QStringLiteral("day") : QStringLiteral("hour"));
    const QString sql = QStringLiteral("SELECT x.event, %1, count(*) FROM %2%3 GROUP BY x.event, %4")
                            .arg(connection.isSqlite() ? QStringLiteral("min(x.event_at)") : connection.millis(unit),
                                 joined(connection, filter), whereClause(where), unit);
    return connection.select(sql, where.values, [&](const Row &row) {
        onCount({row.text(0), row.time(1), row.integer(2)});
        return true;
    });
}

} // namespace

Result<Done> countEvents(Connection &connection, const MessageFilter &filter, qint64 stepSeconds, const QDateTime &now,
                         const std::function<void(const EventCount &)> &onCount)
{
    return needsMessages(filter) ? countByMessages(connection, filter, stepSeconds, now, onCount)
                                 : countInIndex(connection, filter, stepSeconds, onCount);
}

} // namespace storage
