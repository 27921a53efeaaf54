#pragma once
#include "models/domain/result.h"
#include "services/platform/profiles.h"
#include "services/platform/secret_store.h"
#include "services/ports/backend.h"

#include <QFuture>

#include <functional>
#include <memory>

class QApplication;

namespace desktop {

/// Opens what a profile names: local core or remote. Answers on any thread, never blocks. The composition root gives
/// it, so the desktop never sees storage.
using OpenBackend = std::function<QFuture<domain::Result<std::shared_ptr<ports::Backend>>>(
    platform::ConnectionProfile profile, QString secret)>;
/// Creates and migrates the SQLite file; with sampleData fills it when it was empty.
using PrepareLocal = std::function<QFuture<domain::Result<domain::Done>>(QString sqliteFile, bool sampleData)>;

struct DesktopOptions {
    OpenBackend openBackend;
    PrepareLocal prepareLocal;
    std::shared_ptr<platform::SecretStore> secrets; ///< null = the default store of this user
    QString profilesFile;                           ///< empty = configDir()/profiles.json
    QString settingsFile;                           ///< empty = configDir()/desktop.ini
    QString databaseFile;                           ///< empty = defaultDatabaseFile()
    bool demo = false;                              ///< first start: sample data, without asking
    QString link;                                   ///< `console://…` to open after connecting
    /// When set, no chooser, profile or settings: databaseFile is opened directly at the customers, and this is called
    /// once, with an empty text when their first page is on the screen, else with what went wrong.
    std::function<void(const QString &problem)> firstPageFilled;
};

/// Shows the desktop until its last window closes; the exit code. Needs a QApplication, runs its event loop.
int runDesktop(QApplication &app, DesktopOptions options);

} // namespace desktop
