#pragma once
#include "services/storage/connection.h"

#include <QString>

namespace commands {

/// Migrates, and writes 1 000 sample customers if the database has no team yet. Empty on success, else one line that
/// says what went wrong.
QString fillEmptyDatabase(const storage::DatabaseConfig &database);

} // namespace commands
