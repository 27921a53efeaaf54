#pragma once
#include "models/domain/result.h"
#include "services/platform/profiles.h"
#include "services/ports/backend.h"
#include "services/storage/connection.h"

#include <QFuture>
#include <QString>

#include <memory>

namespace bootstrap {

/// Opens the connection that a profile describes: a local core (migrated) or a remote host. Runs on a worker thread;
/// the backend keeps whatever it needs alive. Errors as those of the core, the remote client and whoAmI().
QFuture<domain::Result<std::shared_ptr<ports::Backend>>> openBackend(const platform::ConnectionProfile &profile,
                                                                     const QString &secret);
/// The same for a database that is already chosen.
domain::Result<std::shared_ptr<ports::Backend>> openLocalBackend(const storage::DatabaseConfig &database);

} // namespace bootstrap
