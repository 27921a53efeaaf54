#include "app/bootstrap/database.h"
#include "app/commands/all.h"
#include "app/commands/command.h"
#include "app/commands/options.h"
#include "services/storage/migrator.h"

#include <QCommandLineParser>

namespace commands {

int runMigrate(QCoreApplication &, const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.addOptions({configOption(), databaseOption()});
    int exitCode = 0;
    if (!parse(parser, "migrate", arguments, exitCode))
        return exitCode;
    const auto config = bootstrap::loadConfiguration(parser.value(QStringLiteral("config")));
    if (!config) {
        printError(bootstrap::explain(config.error()));
        return 2;
    }
    const auto database = bootstrap::chooseDatabase(*config, parser.value(QStringLiteral("database")));
    if (!database) {
        printError(bootstrap::explain(database.error()));
        return 2;
    }
    auto connection = storage::Connection::open(*database);
    if (!connection) {
        printError(database->describe() + QStringLiteral(": ") + bootstrap::explain(connection.error()));
        return 1;
    }
    const auto report = storage::migrate(**connection, storage::embeddedMigrations(database->engine));
    if (!report) {
        printError(database->describe() + QStringLiteral(": ") + bootstrap::explain(report.error()));
        return 1;
    }
    for (const QString &file : report->applied)
        printLine(QStringLiteral("applied %1").arg(file));
    printLine(
        QStringLiteral("%1 is at %2 (%3 migrations)").arg(database->describe(), report->version).arg(report->total));
    return 0;
}

} // namespace commands
