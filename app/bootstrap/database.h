#pragma once
#include "models/domain/result.h"
#include "services/local/local_core.h"
#include "services/platform/config.h"
#include "services/storage/connection.h"

#include <QString>

#include <memory>

/// From what a person typed and configured to an open core.
namespace bootstrap {

/// The file named by --config, the environment of this process, or neither.
domain::Result<platform::ServerConfig> loadConfiguration(const QString &configFile);

/// `urlOption` wins over DATABASE_URL; without both it is the SQLite file in the user's data folder.
/// Touches nothing.
domain::Result<storage::DatabaseConfig> findDatabase(const platform::ServerConfig &config, const QString &urlOption);
/// As findDatabase(), and makes that folder.
domain::Result<storage::DatabaseConfig> chooseDatabase(const platform::ServerConfig &config, const QString &urlOption);

/// Opens, migrates (or checks) and wires the core. The operator of this machine is its local principal.
domain::Result<std::unique_ptr<local::LocalCore>> openCore(const storage::DatabaseConfig &database,
                                                           bool migrate = true);

/// A call of this machine's operator, with every permission: for commands and the server's own checks.
ports::CallContext operatorCall();
const platform::Clock &systemClock();

/// `OPERATOR_EMAIL`, else `<user>@localhost`: whose name local changes carry.
QString localOperatorEmail();

/// One line for a person: what happened and the detail; never a secret.
QString explain(const domain::Error &error);

} // namespace bootstrap
