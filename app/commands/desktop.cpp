#include "app/desktop/desktop.h"

#include "app/bootstrap/backend_factory.h"
#include "app/bootstrap/database.h"
#include "app/bootstrap/signals.h"
#include "app/commands/all.h"
#include "app/commands/command.h"
#include "app/commands/demo_filler.h"
#include "app/commands/options.h"
#include "services/platform/paths.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QPromise>
#include <QThreadPool>

namespace commands {

namespace {
domain::Result<domain::Done> prepareNow(const QString &sqliteFile, bool sampleData)
{
    if (const auto folder = platform::ensureFolder(QFileInfo(sqliteFile).absolutePath()); !folder)
        return folder.error();
    storage::DatabaseConfig database;
    database.sqliteFile = sqliteFile;
    if (sampleData) {
        if (const QString wrong = fillEmptyDatabase(database); !wrong.isEmpty())
            return domain::unavailable(QStringLiteral("db_failed"), wrong);
        return domain::Done{};
    }
    const auto core = bootstrap::openCore(database);
    return core ? domain::Result<domain::Done>(domain::Done{}) : domain::Result<domain::Done>(core.error());
}

/// Off the GUI thread: a thousand customers take most of a second.
QFuture<domain::Result<domain::Done>> prepareLocal(const QString &sqliteFile, bool sampleData)
{
    auto promise = std::make_shared<QPromise<domain::Result<domain::Done>>>();
    promise->start();
    bootstrap::backgroundPool().start([promise, sqliteFile, sampleData] {
        promise->addResult(prepareNow(sqliteFile, sampleData));
        promise->finish();
    });
    return promise->future();
}
} // namespace

int runDesktopCommand(QCoreApplication &app, const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.addOptions(
        {{QStringLiteral("demo"), QStringLiteral("First start: sample data, without asking.")},
         {QStringLiteral("database"),
          QStringLiteral("SQLite file of this machine; default: the one in your data folder."), QStringLiteral("file")},
         {QStringLiteral("bench-start"),
          QStringLiteral(
              "Open the file of --database at the customers, print `filled` when their first page is there, and end.")}});
    parser.addPositionalArgument(QStringLiteral("link"), QStringLiteral("console://PROFILE/SCREEN… to open."),
                                 QStringLiteral("[link]"));
    int exitCode = 0;
    if (!parse(parser, "desktop", arguments, exitCode))
        return exitCode;
    const bool bench = parser.isSet(QStringLiteral("bench-start"));
    if (bench && !QFileInfo::exists(parser.value(QStringLiteral("database")))) {
        printError(QStringLiteral("--bench-start needs --database with a file that exists"));
        return 2;
    }
    desktop::DesktopOptions options;
    options.openBackend = &bootstrap::openBackend;
    options.prepareLocal = &prepareLocal;
    options.databaseFile = parser.value(QStringLiteral("database"));
    options.demo = parser.isSet(QStringLiteral("demo"));
    options.link = parser.positionalArguments().value(0);
    if (bench) {
        options.firstPageFilled = [&app](const QString &problem) {
            if (problem.isEmpty())
                printLine(QStringLiteral("filled"));
            else
                printError(problem);
            app.exit(problem.isEmpty() ? 0 : 1);
        };
    }
    bootstrap::SignalWatcher signalWatcher;
    QObject::connect(&signalWatcher, &bootstrap::SignalWatcher::terminate, &app, &QCoreApplication::quit);
    const int result = desktop::runDesktop(static_cast<QApplication &>(app), std::move(options));
    bootstrap::backgroundPool().waitForDone();
    return result;
}

} // namespace commands
