#include "services/storage/delivery_scan.h"

#include "services/storage/sql_helpers.h"

#include <algorithm>

namespace storage {

using domain::DeliveryOutcome;
using domain::Done;
using domain::Result;
using ports::MessageFilter;

namespace {

constexpr char fieldEnd = '\xff', rowEnd = '\xfe';
constexpr qsizetype timeChars = 24;
/// Bounds the size of one packed value, however long the range is.
constexpr qint64 sliceDays = 32;

qint64 digits(const char *text, int count)
{
    qint64 number = 0;
    for (int i = 0; i < count; ++i)
        number = number * 10 + (text[i] - '0');
    return number;
}

/// Days since 1970 of a date of the Gregorian calendar.
qint64 daysOf(qint64 year, qint64 month, qint64 day)
{
    const qint64 y = month <= 2 ? year - 1 : year;
    const qint64 era = y / 400, yearOfEra = y % 400;
    const qint64 dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return era * 146'097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719'468;
}

/// Of the 24 characters that a CHECK of the table guarantees.
qint64 millisOf(const char *t)
{
    const qint64 days = daysOf(digits(t, 4), digits(t + 5, 2), digits(t + 8, 2));
    const qint64 seconds = digits(t + 11, 2) * 3600 + digits(t + 14, 2) * 60 + digits(t + 17, 2);
    return (days * 86'400 + seconds) * 1000 + digits(t + 20, 3);
}

/// domain::outcomeAt() without a string and a date per message.
DeliveryOutcome outcomeOf(QByteArrayView stored, bool young)
{
    static const QList<std::pair<QByteArray, DeliveryOutcome>> settled = [] {
        QList<std::pair<QByteArray, DeliveryOutcome>> all;
        for (const DeliveryOutcome outcome : {DeliveryOutcome::Delivered, DeliveryOutcome::BouncedLater,
                                              DeliveryOutcome::Hard, DeliveryOutcome::Blocked, DeliveryOutcome::Error})
            all.append({domain::deliveryOutcomeName(outcome).toLatin1(), outcome});
        return all;
    }();
    for (const auto &[name, outcome] : settled) {
        if (stored == name)
            return outcome;
    }
    if (young)
        return DeliveryOutcome::Pending;
    return stored == QByteArrayView("soft") ? DeliveryOutcome::Soft : DeliveryOutcome::Unknown;
}

/// Cuts the text before the next separator off.
QByteArrayView take(QByteArrayView &rest, char separator)
{
    const qsizetype end = rest.indexOf(separator);
    const QByteArrayView taken = end < 0 ? rest : rest.first(end);
    rest = end < 0 ? QByteArrayView() : rest.sliced(end + 1);
    return taken;
}

QString packedRow(MessagePart part, const ScanColumns &columns)
{
    QString row = messageTime(part);
    row += columns.events ? QStringLiteral(" || ((f.deferred_at IS NOT NULL) + 2 * (f.complained_at IS NOT NULL) + "
                                           "4 * (f.repaired_at IS NOT NULL)) || ifnull(f.delivered_event_at, '')")
                          : QStringLiteral(" || '0'");
    row += QStringLiteral(" || x'ff' || f.outcome");
    for (const QString &column : {columns.key, columns.second}) {
        if (!column.isEmpty())
            row += QStringLiteral(" || x'ff' || ") + column;
    }
    return row;
}

/// Where the range begins and ends when the filter does not say; nullopt when there is nothing.
Result<std::optional<MessageFilter>> bounded(Connection &connection, const MessageFilter &filter,
                                             const SqlCondition &where, MessagePart part)
{
    if (filter.from && filter.until)
        return std::optional(filter);
    std::optional<MessageFilter> range;
    const QString time = messageTime(part);
    // The first and the last of the index, each by a step of its own: asked for together, the whole would be read.
    const QString end = QStringLiteral("SELECT %1 FROM forwarder_sent f%2 ORDER BY %1%3 LIMIT 1");
    for (const QString &direction : {QString(), QStringLiteral(" DESC")}) {
        auto done = connection.select(end.arg(time, whereClause(where), direction), where.values, [&](const Row &row) {
            if (!range)
                range = filter;
            const QDateTime at = row.time(0);
            if (direction.isEmpty() && !range->from)
                range->from = at;
            if (!direction.isEmpty() && !range->until)
                range->until = at.addMSecs(1);
            return false;
        });
        if (!done)
            return done.error();
    }
    return range;
}

} // namespace

std::optional<ScannedMessage> unpackMessage(QByteArrayView row, MessagePart part, qint64 youngMs)
{
    QByteArrayView rest = row;
    const QByteArrayView head = take(rest, fieldEnd);
    if (head.size() != timeChars + 1 && head.size() != 2 * timeChars + 1)
        return std::nullopt;
    ScannedMessage message;
    message.atMs = millisOf(head.data());
    const int flags = head[timeChars] - '0';
    message.deferred = flags & 1;
    message.complained = flags & 2;
    message.repaired = flags & 4;
    if (head.size() > timeChars + 1)
        message.deliveredMs = millisOf(head.data() + timeChars + 1);
    const QByteArrayView stored = take(rest, fieldEnd);
    message.outcome =
        part == MessagePart::Unsent ? DeliveryOutcome::Rejected : outcomeOf(stored, message.atMs >= youngMs);
    message.key = take(rest, fieldEnd);
    message.second = rest;
    return message;
}

Result<Done> scanMessages(Connection &connection, const MessageFilter &filter, const QDateTime &now, MessagePart part,
                          const ScanColumns &columns, const std::function<void(const ScannedMessage &)> &onMessage)
{
    Q_ASSERT(connection.isSqlite());
    const auto all = messageCondition(connection, filter, now, part);
    if (!all)
        return Done{};
    auto range = bounded(connection, filter, *all, part);
    if (!range)
        return range.error();
    if (!*range)
        return Done{};
    const qint64 youngMs = youngSince(now).toMSecsSinceEpoch();
    MessageFilter slice = **range;
    const QDateTime until = *slice.until;
    bool sound = true;
    while (*slice.from < until) {
        slice.until = std::min(until, slice.from->addDays(sliceDays));
        const SqlCondition where = *messageCondition(connection, slice, now, part);
        const QString sql = QStringLiteral("SELECT CAST(group_concat(%1, x'fe') AS BLOB) FROM forwarder_sent f%2")
                                .arg(packedRow(part, columns), whereClause(where));
        auto done = connection.select(sql, where.values, [&](const Row &row) {
            const QByteArray packed = row.bytes(0);
            for (QByteArrayView rest(packed); !rest.isEmpty();) {
                if (const auto message = unpackMessage(take(rest, rowEnd), part, youngMs))
                    onMessage(*message);
                else
                    sound = false;
            }
            return true;
        });
        if (!done)
            return done;
        slice.from = slice.until;
    }
    if (!sound)
        return domain::makeError(domain::ErrorCode::Internal, QStringLiteral("db_failed"),
                                 QStringLiteral("a time in forwarder_sent is not as the schema wants it"));
    return Done{};
}

} // namespace storage
