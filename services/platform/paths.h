#pragma once
#include "models/domain/result.h"

#include <QString>

/// The folders of the XDG base directory specification, each ending in `/instanode-console`, without a trailing slash.
/// The functions only name them; ensureFolder() makes them.
namespace platform {

QString dataDir();   ///< XDG_DATA_HOME, default ~/.local/share: the embedded database
QString configDir(); ///< XDG_CONFIG_HOME, default ~/.config: profiles, settings
QString stateDir();  ///< XDG_STATE_HOME, default ~/.local/state: window state, key of the secrets file
/// `dataDir()/console.sqlite`
QString defaultDatabaseFile();
/// Creates the folder and its parents, readable by this user only (0700 for the folders that it makes). Gives the path.
/// Unavailable `folder_unavailable` with the reason.
domain::Result<QString> ensureFolder(const QString &path);

} // namespace platform
