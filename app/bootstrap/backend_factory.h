#pragma once
#include "models/domain/result.h"
#include "services/platform/profiles.h"
#include "services/ports/backend.h"
#include "services/storage/connection.h"

#include <QFuture>
#include <QString>

#include <memory>

class QThreadPool;

namespace bootstrap {

/// Where connections are opened and files prepared, off the GUI thread. Wait for it (waitForDone) before the process
/// ends: a thread that outlives main() uses what is already destroyed.
QThreadPool &backgroundPool();

/// Opens the connection that a profile describes: a local core (migrated) or a remote host. Runs on the background
/// pool; the backend keeps whatever it needs alive. Errors as those of the core, the remote client and whoAmI().
QFuture<domain::Result<std::shared_ptr<ports::Backend>>> openBackend(const platform::ConnectionProfile &profile,
                                                                     const QString &secret);
/// The same for a database that is already chosen.
domain::Result<std::shared_ptr<ports::Backend>> openLocalBackend(const storage::DatabaseConfig &database);

} // namespace bootstrap
