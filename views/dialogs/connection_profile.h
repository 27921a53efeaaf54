#pragma once
#include "models/domain/result.h"
#include "views/widgets/environment.h"

#include <QFuture>
#include <QString>

#include <functional>

/// A connection as the dialogs show and edit it. The desktop's start-up maps it to the stored profile; secrets travel
/// beside it, never inside.
namespace dialogs {

enum class ConnectionKind { Sqlite, Postgres, Headless };
QString connectionKindTitle(ConnectionKind kind); ///< "This machine", "PostgreSQL", "Headless server"
QString connectionKindIcon(ConnectionKind kind);

struct ConnectionProfile {
    QString id; ///< empty = not saved yet
    QString name;
    ConnectionKind kind = ConnectionKind::Sqlite;
    QString sqliteFile; ///< empty = the default file
    QString host, database, user, options;
    int port = 5432;
    QString url, caFile;
    widgets::EnvironmentHue hue = widgets::EnvironmentHue::Green;
    widgets::EnvironmentKind environment = widgets::EnvironmentKind::Local;
    bool safeMode = false;
    int unlockMinutes = 15;
    QString timeZone;
    bool operator==(const ConnectionProfile &) const = default;

    bool needsSecret() const { return kind != ConnectionKind::Sqlite; }
    /// "console.sqlite", "console@db.example.dev", "api.example.dev".
    QString place() const;
    widgets::Environment toEnvironment() const;
};

/// Field name → what is wrong; empty = can be used. Field names: name, host, database, port, url.
QHash<QString, QString> problemsOf(const ConnectionProfile &profile);

/// Opens the connection, asks who is there and closes it; the value is one line for a person. Never blocks.
using TestConnection = std::function<QFuture<domain::Result<QString>>(ConnectionProfile profile, QString secret)>;

} // namespace dialogs
