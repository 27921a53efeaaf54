#include "services/storage/delivery_repository.h"
#include "services/storage/delivery_scan.h"
#include "services/storage/sql_helpers.h"

#include <algorithm>
#include <vector>

/// The headline of the delivery screen (05-formulas §2).
namespace storage {

using domain::DeliveryOutcome;
using domain::Done;
using domain::LedgerClass;
using domain::Result;
using ports::DeliveryFigures;
using ports::MessageFilter;

namespace {

/// A latency needs a delivery that stood, at least for a while.
bool arrived(DeliveryOutcome outcome)
{
    return outcome == DeliveryOutcome::Delivered || outcome == DeliveryOutcome::BouncedLater;
}

/// The smallest value that at least `percent` of a hundred values do not exceed, as percentile_disc of PostgreSQL.
std::optional<qint64> percentile(std::vector<qint64> &values, qsizetype percent)
{
    if (values.empty())
        return std::nullopt;
    const qsizetype rank = (qsizetype(values.size()) * percent + 99) / 100;
    const auto nth = values.begin() + (rank - 1);
    std::nth_element(values.begin(), nth, values.end());
    return *nth;
}

ports::Latency latencyOf(std::vector<qint64> values)
{
    return {percentile(values, 50), percentile(values, 95)};
}

Result<Done> scanFigures(Connection &connection, const MessageFilter &filter, const QDateTime &now,
                         DeliveryFigures &figures)
{
    std::vector<qint64> latencies, deferredLatencies;
    const auto onMessage = [&](const ScannedMessage &message) {
        figures.counts.add(message.outcome, 1);
        figures.deliveredEvents += message.deliveredMs ? 1 : 0;
        figures.inferred += message.outcome == DeliveryOutcome::Delivered && !message.deliveredMs ? 1 : 0;
        figures.complaints += message.complained ? 1 : 0;
        figures.deferredOnce += message.deferred ? 1 : 0;
        figures.repaired += message.repaired ? 1 : 0;
        if (message.deliveredMs && arrived(message.outcome)) {
            latencies.push_back(*message.deliveredMs - message.atMs);
            if (message.deferred)
                deferredLatencies.push_back(latencies.back());
        }
    };
    auto done = scanMessages(connection, filter, now, MessagePart::Accepted, {true, {}, {}}, onMessage);
    if (!done)
        return done;
    figures.latency = latencyOf(std::move(latencies));
    figures.latencyDeferred = latencyOf(std::move(deferredLatencies));
    return Done{};
}

Result<Done> groupFigures(Connection &connection, const MessageFilter &filter, const QDateTime &now,
                          DeliveryFigures &figures)
{
    const auto where = messageCondition(connection, filter, now, MessagePart::Accepted);
    if (!where)
        return Done{};
    const SqlCondition outcome = outcomeExpression(connection, now);
    const QString counts =
        QStringLiteral("SELECT %1, count(*), count(f.delivered_event_at), count(f.complained_at), "
                       "count(f.deferred_at), count(f.repaired_at) FROM forwarder_sent f%2 GROUP BY 1")
            .arg(outcome.sql, whereClause(*where));
    auto counted = connection.select(counts, outcome.values + where->values, [&](const Row &row) {
        const auto name = domain::parseDeliveryOutcome(row.text(0));
        if (!name)
            return true;
        figures.counts.add(*name, row.integer(1));
        figures.deliveredEvents += row.integer(2);
        if (*name == DeliveryOutcome::Delivered)
            figures.inferred = row.integer(1) - row.integer(2);
        figures.complaints += row.integer(3);
        figures.deferredOnce += row.integer(4);
        figures.repaired += row.integer(5);
        return true;
    });
    if (!counted)
        return counted;
    // Integers sort twice as fast as the intervals that they are made of.
    const QString one = QStringLiteral("percentile_disc(%1) WITHIN GROUP (ORDER BY CAST(date_part('epoch', "
                                       "f.delivered_event_at - f.accepted_at) * 1000 AS bigint))%2");
    const QString slow = QStringLiteral(" FILTER (WHERE f.deferred_at IS NOT NULL)");
    const QString p50 = QStringLiteral("0.5"), p95 = QStringLiteral("0.95");
    const SqlCondition delivered =
        both(*where,
             {QStringLiteral("f.delivered_event_at IS NOT NULL AND f.outcome IN ('delivered', 'bounced_later')"), {}});
    const QString latencies = QStringLiteral("SELECT %1, %2, %3, %4 FROM forwarder_sent f%5")
                                  .arg(one.arg(p50, QString()), one.arg(p95, QString()), one.arg(p50, slow),
                                       one.arg(p95, slow), whereClause(delivered));
    return connection.select(latencies, delivered.values, [&](const Row &row) {
        const auto value = [&row](int column) {
            return row.isNull(column) ? std::nullopt : std::optional(row.integer(column));
        };
        figures.latency = {value(0), value(1)};
        figures.latencyDeferred = {value(2), value(3)};
        return false;
    });
}

Result<Done> unsentFigures(Connection &connection, const MessageFilter &filter, const QDateTime &now,
                           DeliveryFigures &figures)
{
    const auto where = messageCondition(connection, filter, now, MessagePart::Unsent);
    if (!where)
        return Done{};
    const QString sql = QStringLiteral("SELECT f.classification, count(*) FROM forwarder_sent f%1 GROUP BY %2"
                                       "f.classification")
                            .arg(whereClause(*where), groupedByScan(connection));
    return connection.select(sql, where->values, [&](const Row &row) {
        const auto add = [&](LedgerClass value, qint64 &count) {
            if (row.text(0) == domain::ledgerClassName(value))
                count += row.integer(1);
        };
        add(LedgerClass::PermanentDrop, figures.counts.rejected);
        add(LedgerClass::Suppressed, figures.suppressed);
        add(LedgerClass::Expired, figures.expired);
        add(LedgerClass::NoRecipient, figures.noRecipient);
        add(LedgerClass::Intended, figures.waiting);
        return true;
    });
}

} // namespace

Result<DeliveryFigures> SqlDeliveryRepository::figures(const MessageFilter &filter, const QDateTime &now)
{
    DeliveryFigures figures;
    figures.asOf = now;
    auto accepted = m_connection.isSqlite() ? scanFigures(m_connection, filter, now, figures)
                                            : groupFigures(m_connection, filter, now, figures);
    if (!accepted)
        return accepted.error();
    if (auto unsent = unsentFigures(m_connection, filter, now, figures); !unsent)
        return unsent.error();
    return figures;
}

} // namespace storage
