#pragma once
#include "services/storage/connection.h"

namespace storage {

struct ServerFacts {
    QString version;   ///< "3.40.1", "15.18"
    qint64 bytes = -1; ///< size of the database; −1 unknown
};

/// A round trip to the database that also says what it is.
domain::Result<ServerFacts> serverFacts(Connection &connection);
/// "SQLite 3.40.1 · /path", "PostgreSQL 15.18 · db@host": for people, holds no secret.
QString describeServer(const DatabaseConfig &config, const QString &version);
QString engineName(Engine engine); ///< SQLite, PostgreSQL

} // namespace storage
