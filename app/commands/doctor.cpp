#include "app/bootstrap/database.h"
#include "app/commands/all.h"
#include "app/commands/command.h"
#include "app/commands/options.h"
#include "services/storage/migrator.h"
#include "services/usecases/mail_template.h"

#include <QCommandLineParser>
#include <QFile>
#include <QFileInfo>

namespace commands {

namespace {
void printSettings(const platform::ServerConfig &config)
{
    const QList<platform::SettingLine> lines = config.describe();
    for (const platform::SettingLine &line : lines) {
        const QString value = line.shown.isEmpty() ? QStringLiteral("not set") : line.shown;
        printLine(
            QStringLiteral("%1 %2  (%3)").arg(line.name, -28).arg(value, platform::settingSourceName(line.source)));
        if (!line.isSet && !line.closedWithout.isEmpty())
            printLine(QStringLiteral("%1 closed: %2").arg(QString(), -28).arg(line.closedWithout));
    }
    for (const QString &warning : config.warnings)
        printLine(QStringLiteral("warning: ") + warning);
}

bool readable(const QString &file)
{
    return QFile(file).open(QIODevice::ReadOnly);
}

/// Whether the database answers and its schema is this program's; prints what it found.
bool checkDatabase(const platform::ServerConfig &config)
{
    const auto database = bootstrap::findDatabase(config, {});
    if (!database) {
        printLine(QStringLiteral("database: ") + bootstrap::explain(database.error()));
        return false;
    }
    if (database->engine == storage::Engine::Sqlite && !QFileInfo::exists(database->sqliteFile)) {
        printLine(
            QStringLiteral("database: %1 is not there yet (serve and migrate create it)").arg(database->describe()));
        return true;
    }
    auto connection = storage::Connection::open(*database, true);
    if (!connection) {
        printLine(QStringLiteral("database: %1 does not open: %2")
                      .arg(database->describe(), bootstrap::explain(connection.error())));
        return false;
    }
    const auto state = storage::migrationState(**connection);
    if (!state) {
        printLine(QStringLiteral("database: %1: %2").arg(database->describe(), bootstrap::explain(state.error())));
        return false;
    }
    printLine(QStringLiteral("database: %1 answers, schema %2")
                  .arg(database->describe(), state->version.isEmpty()
                                                 ? QStringLiteral("empty (serve and migrate create it)")
                                                 : state->version));
    return true;
}

/// The server does not start without them.
bool checkMailTemplates()
{
    const auto templates = usecases::loadMailTemplates();
    if (!templates) {
        printLine(QStringLiteral("mail templates: ") + bootstrap::explain(templates.error()));
        return false;
    }
    printLine(QStringLiteral("mail templates: %1 kinds, all sound").arg(templates->kinds().size()));
    return true;
}
} // namespace

int runDoctor(QCoreApplication &, const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.addOption(configOption());
    int exitCode = 0;
    if (!parse(parser, "doctor", arguments, exitCode))
        return exitCode;
    const auto config = bootstrap::loadConfiguration(parser.value(QStringLiteral("config")));
    if (!config) {
        printError(bootstrap::explain(config.error()));
        return 1;
    }
    printSettings(*config);
    bool healthy = checkDatabase(*config);
    healthy = checkMailTemplates() && healthy;
    for (const QString &file : {config->tlsCertFile, config->tlsKeyFile}) {
        if (!file.isEmpty() && !readable(file)) {
            printLine(QStringLiteral("TLS: cannot read ") + file);
            healthy = false;
        }
    }
    printLine(healthy ? QStringLiteral("ready to serve") : QStringLiteral("not ready: see above"));
    return healthy ? 0 : 1;
}

} // namespace commands
