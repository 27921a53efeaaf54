#pragma once
#include "models/domain/delivery.h"
#include "models/domain/result.h"
#include "services/storage/message_filter_sql.h"

#include <QByteArrayView>

#include <functional>
#include <optional>

namespace storage {

/// One message as a figure sees it. The views are valid during the callback only.
struct ScannedMessage {
    qint64 atMs = 0; ///< messageTime()
    domain::DeliveryOutcome outcome = domain::DeliveryOutcome::Pending;
    std::optional<qint64> deliveredMs; ///< the first `delivered` event
    bool deferred = false, complained = false, repaired = false;
    QByteArrayView key, second;
};

/// What to read beside time and outcome.
struct ScanColumns {
    bool events = false; ///< deliveredMs and the three flags
    QString key, second; ///< columns of `f`; empty = not wanted
};

/// SQLite only: every message of one part of the filter, in no order, from the index of the figures.
///
/// SQLite groups by sorting, and handing out rows one by one costs as much again; for a quarter of a million messages
/// that is most of a second. So the rows of a month come packed into one value, and are counted here: five times as
/// fast. Bytes that no UTF-8 text contains separate them.
domain::Result<domain::Done> scanMessages(Connection &connection, const ports::MessageFilter &filter,
                                          const QDateTime &now, MessagePart part, const ScanColumns &columns,
                                          const std::function<void(const ScannedMessage &)> &onMessage);

/// What scanMessages() reads a row from: `2026-06-15T12:00:00.000Z`, a digit of flags, the delivery when there is one,
/// then outcome, key and second behind 0xFF each. nullopt when it is none.
std::optional<ScannedMessage> unpackMessage(QByteArrayView row, MessagePart part, qint64 youngMs);

} // namespace storage
