#pragma once
#include "models/domain/result.h"

#include <QString>

namespace commands {

/// The configuration of the server that `./run` starts where there is no display: `server.yaml` in the user's
/// configuration folder.
QString localServerConfigFile();
/// Writes it once (0600): a random admin prefix, and this machine's operator as the only one allowed. An existing file
/// is left alone.
domain::Result<domain::Done> ensureLocalServerConfig();

} // namespace commands
