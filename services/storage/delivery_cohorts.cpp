#include "services/storage/delivery_cohorts.h"

#include "services/storage/delivery_scan.h"
#include "services/storage/sql_helpers.h"

namespace storage {

using domain::Done;
using domain::Result;
using ports::MessageFilter;

namespace {

qint64 stepStart(qint64 ms, qint64 stepMs)
{
    const qint64 rest = ms % stepMs;
    return ms - (rest < 0 ? rest + stepMs : rest);
}

Result<Done> scanCohorts(Connection &connection, const MessageFilter &filter, const QDateTime &now,
                         const CohortKeys &keys, const std::function<void(const Cohort &)> &onCohort)
{
    const qint64 stepMs = keys.stepSeconds.value_or(0) * 1000;
    Cohort one;
    const auto onMessage = [&](const ScannedMessage &message) {
        if (stepMs > 0)
            one.stepStartMs = stepStart(message.atMs, stepMs);
        // Neighbours are often alike, and the same text again costs no memory.
        if (one.key != message.key)
            one.key = message.key.toByteArray();
        if (one.second != message.second)
            one.second = message.second.toByteArray();
        one.outcome = message.outcome;
        onCohort(one);
    };
    const ScanColumns columns{false, keys.key, keys.second};
    if (auto done = scanMessages(connection, filter, now, MessagePart::Accepted, columns, onMessage); !done)
        return done;
    if (const auto rejected = rejectedOnly(filter))
        return scanMessages(connection, *rejected, now, MessagePart::Unsent, columns, onMessage);
    return Done{};
}

/// `SELECT key, second, step, outcome, n` of one part; empty when the filter leaves nothing of it.
SqlCondition groupedPart(const Connection &connection, const MessageFilter &filter, const QDateTime &now,
                         MessagePart part, const CohortKeys &keys)
{
    const auto where = messageCondition(connection, filter, now, part);
    if (!where)
        return {};
    const SqlCondition outcome = part == MessagePart::Accepted
                                     ? outcomeExpression(connection, now)
                                     : SqlCondition{QStringLiteral("CAST('rejected' AS text)"), {}};
    const auto column = [](const QString &name) { return name.isEmpty() ? QStringLiteral("CAST('' AS text)") : name; };
    const QString step =
        keys.stepSeconds
            ? QStringLiteral("date_bin(make_interval(secs => %1), %2, CAST('1970-01-01T00:00:00Z' AS timestamptz))")
                  .arg(*keys.stepSeconds)
                  .arg(messageTime(part))
            : QStringLiteral("CAST('1970-01-01T00:00:00Z' AS timestamptz)");
    return {QStringLiteral("SELECT %1 AS k, %2 AS s, %3 AS step, %4 AS o, count(*) AS n FROM forwarder_sent f%5 "
                           "GROUP BY 1, 2, 3, 4")
                .arg(column(keys.key), column(keys.second), step, outcome.sql, whereClause(*where)),
            outcome.values + where->values};
}

Result<Done> groupCohorts(Connection &connection, const MessageFilter &filter, const QDateTime &now,
                          const CohortKeys &keys, const std::function<void(const Cohort &)> &onCohort)
{
    const SqlCondition accepted = groupedPart(connection, filter, now, MessagePart::Accepted, keys);
    const auto onlyRejected = rejectedOnly(filter);
    const SqlCondition rejected =
        onlyRejected ? groupedPart(connection, *onlyRejected, now, MessagePart::Unsent, keys) : SqlCondition{};
    if (accepted.sql.isEmpty() && rejected.sql.isEmpty())
        return Done{};
    const bool two = !accepted.sql.isEmpty() && !rejected.sql.isEmpty();
    const QString parts = accepted.sql + (two ? QStringLiteral(" UNION ALL ") : QString()) + rejected.sql;
    QVariantList values = accepted.values + rejected.values;
    QString sql = QStringLiteral("WITH g AS (%1) SELECT g.k, g.s, %2, g.o, g.n FROM g")
                      .arg(parts, connection.millis(QStringLiteral("g.step")));
    if (keys.largest > 0) {
        sql += QStringLiteral(" JOIN (SELECT k, s FROM g GROUP BY k, s ORDER BY sum(n) DESC, k COLLATE \"C\", "
                              "s COLLATE \"C\" LIMIT ?) top ON top.k = g.k AND top.s = g.s");
        values.append(keys.largest);
    }
    return connection.select(sql, values, [&](const Row &row) {
        if (const auto outcome = domain::parseDeliveryOutcome(row.text(3)))
            onCohort({row.integer(2), row.text(0).toUtf8(), row.text(1).toUtf8(), *outcome, row.integer(4)});
        return true;
    });
}

} // namespace

Result<Done> eachCohort(Connection &connection, const MessageFilter &filter, const QDateTime &now,
                        const CohortKeys &keys, const std::function<void(const Cohort &)> &onCohort)
{
    return connection.isSqlite() ? scanCohorts(connection, filter, now, keys, onCohort)
                                 : groupCohorts(connection, filter, now, keys, onCohort);
}

} // namespace storage
