#include "views/shell/shots.h"

#include "app/bootstrap/backend_factory.h"
#include "app/bootstrap/database.h"
#include "app/commands/all.h"
#include "app/commands/command.h"
#include "app/commands/demo_filler.h"
#include "app/commands/failing_backend.h"
#include "views/pages/page_factory.h"
#include "views/widgets/theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QTemporaryDir>

namespace commands {

int runShots(QCoreApplication &app, const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.addPositionalArgument(QStringLiteral("dir"), QStringLiteral("Where the pictures go; made when missing."));
    int exitCode = 0;
    if (!parse(parser, "shots", arguments, exitCode))
        return exitCode;
    const QString folder = parser.positionalArguments().value(0);
    if (folder.isEmpty()) {
        printError(QStringLiteral("shots needs a folder"));
        return 2;
    }
    QTemporaryDir scratch;
    storage::DatabaseConfig database;
    database.sqliteFile = scratch.filePath(QStringLiteral("console.sqlite"));
    if (const QString wrong = fillEmptyDatabase(database); !wrong.isEmpty()) {
        printError(wrong);
        return 1;
    }
    auto backend = bootstrap::openLocalBackend(database);
    if (!backend) {
        printError(bootstrap::explain(backend.error()));
        return 1;
    }
    auto &application = static_cast<QApplication &>(app);
    widgets::Theme::instance().apply(application, widgets::Theme::Mode::Light);
    shell::ShotsOptions options;
    options.folder = QDir::current().absoluteFilePath(folder);
    options.makePage = &pages::makePage;
    options.failing = makeFailingBackend(*backend);
    shell::Shots shots(*backend, std::move(options));
    QObject::connect(&shots, &shell::Shots::finished, &app, [&](bool ok, const QString &message) {
        if (ok)
            printLine(message);
        else
            printError(message);
        app.exit(ok ? 0 : 1);
    });
    QMetaObject::invokeMethod(&shots, &shell::Shots::start, Qt::QueuedConnection);
    return app.exec();
}

} // namespace commands
