#include "services/storage/email_ledger_repository.h"
#include "services/storage/multi_row.h"
#include "services/storage/sql_helpers.h"

#include <algorithm>
#include <array>

/// The half of the ledger that delivery events work on.
namespace storage {

using domain::DeliveryFold;
using domain::Done;
using domain::LedgerClass;
using domain::Result;
using usecases::FoldRow;

namespace {

struct FoldColumn {
    const char *name;
    std::optional<QDateTime> DeliveryFold::*time;
};

constexpr std::array foldColumns{
    FoldColumn{"delivered_event_at", &DeliveryFold::delivered},
    FoldColumn{"deferred_at", &DeliveryFold::deferred},
    FoldColumn{"soft_bounced_at", &DeliveryFold::softBounced},
    FoldColumn{"hard_bounced_at", &DeliveryFold::hardBounced},
    FoldColumn{"blocked_at", &DeliveryFold::blocked},
    FoldColumn{"errored_at", &DeliveryFold::errored},
    FoldColumn{"complained_at", &DeliveryFold::complained},
    FoldColumn{"unsubscribed_at", &DeliveryFold::unsubscribed},
    FoldColumn{"opened_at", &DeliveryFold::opened},
    FoldColumn{"last_event_at", &DeliveryFold::lastEvent},
};

QString foldColumnList(const std::function<QString(const QString &)> &each)
{
    QStringList all;
    for (const FoldColumn &column : foldColumns)
        all.append(each(QString::fromLatin1(column.name)));
    return all.join(QStringLiteral(", "));
}

FoldRow foldRowOf(const Row &row)
{
    FoldRow found;
    found.id = row.text(0);
    found.provider = row.text(1);
    found.providerId = row.text(2);
    if (const auto team = row.optionalUuid(3))
        found.team = domain::TeamId(*team);
    found.ledgerClass = row.text(4);
    found.reason = row.text(5);
    int at = 6;
    for (const FoldColumn &column : foldColumns)
        found.fold.*column.time = row.optionalTime(at++);
    return found;
}

/// Events that say nothing about the delivery leave the class alone: there is no way back to `success` (spec 02 §3.5).
QString classOf(const FoldRow &row)
{
    const LedgerClass folded = row.fold.ledgerClass();
    return folded == LedgerClass::Success ? row.ledgerClass : domain::ledgerClassName(folded);
}

MultiRow updateStatement(const Connection &connection)
{
    const QString sentAt =
        connection.isSqlite() ? QStringLiteral("sent_at") : QStringLiteral("date_trunc('milliseconds', sent_at)");
    MultiRow statement{
        QStringLiteral("WITH v (id, class, delivered_at, outcome, reason, repaired_at, %2) AS (VALUES %1) "
                       "UPDATE forwarder_sent SET classification = v.class, delivered_at = v.delivered_at, "
                       "outcome = v.outcome, reason = v.reason, accepted_at = COALESCE(accepted_at, %3), "
                       "repaired_at = COALESCE(forwarder_sent.repaired_at, v.repaired_at), %4 "
                       "FROM v WHERE audit_id = v.id AND v.id IS NOT NULL")
            .arg(QStringLiteral("%1"), foldColumnList([](const QString &name) { return name; }), sentAt,
                 foldColumnList([](const QString &name) { return QStringLiteral("%1 = v.%1").arg(name); })),
        {"text", "text", "timestamptz", "text", "text", "timestamptz"}};
    statement.types.resize(statement.types.size() + qsizetype(foldColumns.size()), "timestamptz");
    return statement;
}

} // namespace

Result<QList<FoldRow>> SqlEmailLedgerRepository::lockByMessageIds(const QString &provider,
                                                                  const QStringList &messageIds)
{
    QStringList forms;
    for (const QString &id : messageIds) {
        const QString bare = domain::normalizedMessageId(id);
        if (!bare.isEmpty())
            forms << bare << QLatin1Char('<') + bare + QLatin1Char('>');
    }
    QList<FoldRow> rows;
    if (forms.isEmpty())
        return rows;
    const QString sql = QStringLiteral("SELECT audit_id, provider, provider_id, team_id, classification, reason, %1 "
                                       "FROM forwarder_sent WHERE provider = ? AND %2 ORDER BY audit_id%3")
                            .arg(foldColumnList([&](const QString &name) { return m_connection.millis(name); }),
                                 listCondition(m_connection, QStringLiteral("provider_id")), m_connection.forUpdate());
    auto done = m_connection.select(sql, {provider, listValue(forms)}, [&](const Row &row) {
        rows.append(foldRowOf(row));
        return true;
    });
    if (!done)
        return done.error();
    return rows;
}

Result<Done> SqlEmailLedgerRepository::updateFolds(const QList<FoldRow> &rows,
                                                   const std::optional<QDateTime> &repairedAt)
{
    QList<QVariantList> values;
    for (const FoldRow &row : rows) {
        QVariantList value{row.id,
                           classOf(row),
                           toSqlTime(row.fold.deliveredAt()),
                           row.fold.storedOutcome(),
                           storable(row.reason),
                           toSqlTime(repairedAt)};
        for (const FoldColumn &column : foldColumns)
            value.append(toSqlTime(row.fold.*column.time));
        values.append(value);
    }
    auto done = executeRows(m_connection, updateStatement(m_connection), values);
    if (!done)
        return done.error();
    return Done{};
}

Result<QList<SqlEmailLedgerRepository::Open>>
SqlEmailLedgerRepository::withoutOutcome(const QString &provider, const QDateTime &from, const QDateTime &until,
                                         const QDateTime &after, const QString &afterId, int limit)
{
    // A position before the range is no position.
    const bool inside = after.isValid() && after >= from;
    const QString start = toSqlTime(inside ? after : from);
    const QString sql = QStringLiteral("SELECT audit_id, provider, provider_id, %1 FROM forwarder_sent "
                                       "WHERE accepted_at IS NOT NULL AND outcome = 'none' AND provider = ? "
                                       "AND provider_id <> '' AND accepted_at >= %2 AND accepted_at < %2 "
                                       "AND (accepted_at > %2 OR audit_id > ?) ORDER BY accepted_at, audit_id LIMIT ?")
                            .arg(m_connection.millis(QStringLiteral("accepted_at")), timeParameter(m_connection));
    QList<Open> rows;
    auto done = m_connection.select(
        sql, {provider, start, toSqlTime(until), start, inside ? afterId : QString(), limit}, [&](const Row &row) {
            rows.append({row.text(0), row.text(1), row.text(2), row.time(3)});
            return true;
        });
    if (!done)
        return done.error();
    return rows;
}

} // namespace storage
