#pragma once
#include "models/domain/result.h"

namespace storage {

class Connection;

/// The table customer_stats is kept by triggers (migration 0002). A bulk loader switches them off, loads, and calls
/// rebuildCustomerStats(), which also switches them on again. The switch is a row of the database: it holds for every
/// connection from the commit on, so change it inside the loader's own transaction where that is possible.
domain::Result<domain::Done> setCustomerStatsTriggers(Connection &connection, bool enabled);
/// False between setCustomerStatsTriggers(false) and the rebuild: after a crash the figures need
/// rebuildCustomerStats().
domain::Result<bool> customerStatsTriggers(Connection &connection);
/// Computes every row anew with set-based statements and switches the triggers on. Call inside a transaction
/// (Connection::inTransaction) or let it be several statements of their own.
domain::Result<domain::Done> rebuildCustomerStats(Connection &connection);

} // namespace storage
