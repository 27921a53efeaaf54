#pragma once
#include <QStringList>

class QCoreApplication;

/// The entry of every command; see allCommands() for what each does.
namespace commands {

int runDesktopCommand(QCoreApplication &app, const QStringList &arguments);
int runServe(QCoreApplication &app, const QStringList &arguments);
/// What `./run` falls back to without a display: SQLite in the user's data folder, a generated admin prefix.
int runServeWithoutDisplay(QCoreApplication &app, const QStringList &arguments);
int runMigrate(QCoreApplication &app, const QStringList &arguments);
int runDemo(QCoreApplication &app, const QStringList &arguments);
int runDoctor(QCoreApplication &app, const QStringList &arguments);
int runToken(QCoreApplication &app, const QStringList &arguments);
int runOpenApi(QCoreApplication &app, const QStringList &arguments);
int runHealthcheck(QCoreApplication &app, const QStringList &arguments);
int runEmailPreview(QCoreApplication &app, const QStringList &arguments);
int runShots(QCoreApplication &app, const QStringList &arguments);
/// Sets the device pixel ratio, which Qt reads once when the application object is made.
void prepareShots(const QStringList &arguments);

} // namespace commands
