#pragma once
#include "services/storage/connection.h"

#include <QString>

namespace test {

/// The cluster of this test run (tests/support/pg_cluster), found by the file that INSTANODE_TEST_PG_STATE names.
/// Throws std::runtime_error when there is none: that is a failure, never a skip.
storage::DatabaseConfig postgresConfig(const QString &database = QStringLiteral("postgres"));

/// A connection to the cluster's maintenance database. Throws when it cannot be opened.
std::unique_ptr<storage::Connection> maintenanceConnection();

/// Ends every server process that serves `database` (pg_terminate_backend); how many.
int killBackends(const QString &database);

} // namespace test
