#include "services/storage/message_filter_sql.h"

#include "services/security/tokens.h"
#include "services/storage/keyset.h"
#include "services/storage/sql_helpers.h"

#include <QJsonArray>

namespace storage {

using domain::DeliveryOutcome;
using ports::MessageFilter;

namespace {

/// Outcomes that no time changes, as they are stored.
QString settledNames()
{
    return QStringLiteral("'delivered', 'bounced_later', 'hard', 'blocked', 'error'");
}

SqlCondition timeRange(const Connection &connection, const MessageFilter &filter, MessagePart part)
{
    const QString column = messageTime(part), parameter = timeParameter(connection);
    SqlCondition range{part == MessagePart::Accepted ? QStringLiteral("f.accepted_at IS NOT NULL")
                                                     : QStringLiteral("f.accepted_at IS NULL"),
                       {}};
    if (filter.from)
        range = both(range, {column + QStringLiteral(" >= ") + parameter, {toSqlTime(*filter.from)}});
    if (filter.until)
        range = both(range, {column + QStringLiteral(" < ") + parameter, {toSqlTime(*filter.until)}});
    return range;
}

/// One of the accepted outcomes; empty for `rejected`.
SqlCondition outcomeIs(const Connection &connection, DeliveryOutcome outcome, const QDateTime &now)
{
    const QString time = timeParameter(connection);
    const QVariant young = toSqlTime(youngSince(now));
    switch (outcome) {
    case DeliveryOutcome::Delivered:
    case DeliveryOutcome::BouncedLater:
    case DeliveryOutcome::Hard:
    case DeliveryOutcome::Blocked:
    case DeliveryOutcome::Error:
        return {QStringLiteral("f.outcome = '%1'").arg(domain::deliveryOutcomeName(outcome)), {}};
    case DeliveryOutcome::Soft:
        return {QStringLiteral("(f.outcome = 'soft' AND f.accepted_at < %1)").arg(time), {young}};
    case DeliveryOutcome::Pending:
        return {QStringLiteral("(f.outcome NOT IN (%1) AND f.accepted_at >= %2)").arg(settledNames(), time), {young}};
    case DeliveryOutcome::Unknown:
        return {QStringLiteral("(f.outcome NOT IN (%1, 'soft') AND f.accepted_at < %2)").arg(settledNames(), time),
                {young}};
    case DeliveryOutcome::Rejected:
        return {};
    }
    Q_UNREACHABLE();
}

std::optional<SqlCondition> outcomeCondition(const Connection &connection, const MessageFilter &filter,
                                             const QDateTime &now, MessagePart part)
{
    if (filter.outcomes.isEmpty())
        return SqlCondition{};
    if (part == MessagePart::Unsent) {
        if (!rejectedOnly(filter))
            return std::nullopt;
        return SqlCondition{QStringLiteral("f.classification = 'permanent_drop'"), {}};
    }
    SqlCondition any;
    for (const DeliveryOutcome outcome : domain::allDeliveryOutcomes()) {
        if (!filter.outcomes.contains(domain::deliveryOutcomeName(outcome)))
            continue;
        const SqlCondition is = outcomeIs(connection, outcome, now);
        if (is.sql.isEmpty())
            continue;
        any.sql += any.sql.isEmpty() ? is.sql : QStringLiteral(" OR ") + is.sql;
        any.values += is.values;
    }
    if (any.sql.isEmpty())
        return std::nullopt;
    any.sql = QLatin1Char('(') + any.sql + QLatin1Char(')');
    return any;
}

SqlCondition recipientCondition(const Connection &connection, const QString &to)
{
    if (to.isEmpty())
        return {};
    if (!isWholeAddress(to))
        return {connection.containsText(QStringLiteral("lower(f.recipient)")), {connection.textPattern(to)}};
    // The second half is what the index of hashes is limited to.
    return {QStringLiteral("f.recipient_sha256 = ? AND f.recipient_sha256 <> ''"),
            {QString::fromLatin1(security::sha256Hex(domain::normalizedAddress(to).toUtf8()))}};
}

SqlCondition reasonCondition(const Connection &connection, const QString &reason)
{
    if (reason.isEmpty())
        return {};
    const QString pattern = connection.textPattern(reason);
    // The first half is what the index of reasons is limited to.
    return {QStringLiteral("(f.reason <> '' OR f.last_error <> '') AND (%1 OR %2)")
                .arg(connection.containsText(QStringLiteral("lower(f.reason)")),
                     connection.containsText(QStringLiteral("lower(f.last_error)"))),
            {pattern, pattern}};
}

/// The index of message ids begins with the provider, so the few that there are get named.
SqlCondition messageIdCondition(const MessageFilter &filter)
{
    if (filter.messageId.isEmpty())
        return {};
    const QString bare = domain::normalizedMessageId(filter.messageId);
    if (bare.isEmpty())
        return {QStringLiteral("1 = 0"), {}};
    SqlCondition is{QStringLiteral("f.provider_id IN (?, ?)"), {bare, QLatin1Char('<') + bare + QLatin1Char('>')}};
    if (!filter.providers.isEmpty())
        return is;
    is.sql += QStringLiteral(" AND f.provider IN (WITH RECURSIVE step(name) AS (SELECT min(provider) FROM "
                             "forwarder_sent UNION ALL SELECT (SELECT min(provider) FROM forwarder_sent "
                             "WHERE provider > step.name) FROM step WHERE step.name IS NOT NULL) "
                             "SELECT name FROM step WHERE name IS NOT NULL)");
    return is;
}

} // namespace

QString messageTime(MessagePart part)
{
    return part == MessagePart::Accepted ? QStringLiteral("f.accepted_at") : QStringLiteral("f.sent_at");
}

std::optional<SqlCondition> messageCondition(const Connection &connection, const MessageFilter &filter,
                                             const QDateTime &now, MessagePart part)
{
    const auto outcomes = outcomeCondition(connection, filter, now, part);
    if (!outcomes)
        return std::nullopt;
    // SQLite has no idea how many rows a template or a provider has: it would leave the index of the figures for one of
    // theirs and fetch every row of theirs. The plus keeps it where it is.
    const QString stay = groupedByScan(connection);
    const QString provider =
        filter.messageId.isEmpty() ? stay + QStringLiteral("f.provider") : QStringLiteral("f.provider");
    SqlCondition where = both(timeRange(connection, filter, part), *outcomes);
    where = both(where, oneOf(stay + QStringLiteral("f.template_kind"), filter.templates));
    where = both(where, oneOf(provider, filter.providers));
    where = both(where, oneOf(stay + QStringLiteral("f.classification"), filter.classes));
    if (!filter.domain.isEmpty())
        where = both(where, {QStringLiteral("f.recipient_domain = ?"), {filter.domain.toLower()}});
    where = both(where, recipientCondition(connection, filter.to));
    where = both(where, reasonCondition(connection, filter.reason));
    where = both(where, messageIdCondition(filter));
    if (filter.team)
        where = both(where, {QStringLiteral("f.team_id = ?"), {filter.team->toString()}});
    if (filter.repairedOnly)
        where = both(where, {QStringLiteral("f.repaired_at IS NOT NULL"), {}});
    return where;
}

std::optional<MessageFilter> rejectedOnly(const MessageFilter &filter)
{
    const QString name = domain::deliveryOutcomeName(DeliveryOutcome::Rejected);
    if (!filter.outcomes.isEmpty() && !filter.outcomes.contains(name))
        return std::nullopt;
    MessageFilter rejected = filter;
    rejected.outcomes = QStringList{name};
    return rejected;
}

SqlCondition outcomeExpression(const Connection &connection, const QDateTime &now)
{
    return {QStringLiteral("CASE WHEN f.outcome IN (%1) THEN f.outcome WHEN f.accepted_at >= %2 THEN 'pending' "
                           "WHEN f.outcome = 'soft' THEN 'soft' ELSE 'unknown' END")
                .arg(settledNames(), timeParameter(connection)),
            {toSqlTime(youngSince(now))}};
}

QDateTime youngSince(const QDateTime &now)
{
    // One millisecond more, because the age of 72 h itself is settled.
    return now.addMSecs(1 - domain::settleMs);
}

bool isWholeAddress(const QString &to)
{
    const QString address = to.trimmed();
    const qsizetype at = address.lastIndexOf(QLatin1Char('@'));
    return at > 0 && at + 1 < address.size() && !address.contains(QLatin1Char('*'));
}

QByteArray messageFingerprint(const MessageFilter &filter)
{
    const auto time = [](const std::optional<QDateTime> &t) { return t ? toSqlTime(*t) : QString(); };
    const auto list = [](const QStringList &texts) { return QJsonArray::fromStringList(texts); };
    return listFingerprint({QStringLiteral("messages"), time(filter.from), time(filter.until), list(filter.outcomes),
                            list(filter.classes), list(filter.templates), list(filter.providers), filter.domain,
                            filter.to, filter.reason, filter.messageId,
                            filter.team ? filter.team->toString() : QString(), filter.repairedOnly});
}

} // namespace storage
