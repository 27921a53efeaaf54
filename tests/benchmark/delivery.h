#pragma once
#include "services/ports/backend.h"
#include "services/storage/connection.h"

#include <QDateTime>
#include <QString>

namespace bench {

/// Fills a migrated, empty database with `messages` mails of the year before `now` and the delivery events that belong
/// to them, a little more than three each: 40 templates, 6 large and 500 small domains, two providers. The same rows on
/// both engines. Prints how long it took. Throws on failure.
void fillDelivery(const storage::DatabaseConfig &database, int messages, const QDateTime &now);

/// Every query of the delivery page over the last day, week, month and quarter before `now`, each `runs` times, after
/// one another. `goalMs` is that of each.
void measureDelivery(ports::Backend &backend, const QString &title, const QDateTime &now, int runs, double goalMs);

} // namespace bench
