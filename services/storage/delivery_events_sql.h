#pragma once
#include "models/domain/result.h"
#include "services/storage/message_filter_sql.h"

#include <functional>

namespace storage {

/// Events of one name within one step of time; `at` is the step's first moment, or that of the range.
struct EventCount {
    QString event;
    QDateTime at;
    qint64 count = 0;
};

/// Counts delivery events by their own time in [from, until) of the filter, which must have both: those of the messages
/// that pass its other limits, whenever they were accepted. Parked events count as long as only times and providers are
/// asked for. Template, domain and provider are answered from the index of events alone; the others need the messages
/// and take seconds over a quarter of a year when they leave most of them.
domain::Result<domain::Done> countEvents(Connection &connection, const ports::MessageFilter &filter, qint64 stepSeconds,
                                         const QDateTime &now, const std::function<void(const EventCount &)> &onCount);

} // namespace storage
