#pragma once
#include "services/ports/backend.h"
#include "services/storage/connection.h"

#include <QString>

namespace bench {

/// Makes `customers` sample customers in a migrated, empty database and prints how long it took. Throws on failure.
void fillDatabase(const storage::DatabaseConfig &database, int customers);

/// First page of 50 for every sort in both directions, filters, sums, detail, overview, audit: each `runs` times, after
/// one another, as one operator would. `goalMs` is that of a page.
void measureLists(ports::Backend &backend, const QString &title, int runs, double goalMs);

} // namespace bench
