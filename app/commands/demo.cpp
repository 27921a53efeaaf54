#include "app/bootstrap/database.h"
#include "app/commands/all.h"
#include "app/commands/command.h"
#include "app/commands/demo_filler.h"
#include "app/commands/options.h"
#include "services/platform/plan_loader.h"
#include "services/storage/demo/demo_data.h"
#include "services/storage/migrator.h"

#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QLocale>

namespace commands {

namespace {
/// Opens, migrates and fills; the report, or why not.
domain::Result<storage::DemoReport> fill(const storage::DatabaseConfig &database, const storage::DemoOptions &options,
                                         const std::function<bool(int)> &progress)
{
    const auto plans = platform::loadEmbeddedPlans();
    if (!plans)
        return plans.error();
    auto patient = database;
    patient.statementTimeoutMs = 0; // rebuilding the statistics of 100 000 customers is one long statement
    auto connection = storage::Connection::open(patient);
    if (!connection)
        return connection.error();
    if (auto migrated = storage::migrate(**connection, storage::embeddedMigrations(database.engine)); !migrated)
        return migrated.error();
    return storage::writeDemo(**connection, *plans, options, progress);
}

bool number(const QCommandLineParser &parser, const QString &name, qint64 &value)
{
    bool ok = false;
    value = parser.value(name).toLongLong(&ok);
    if (!ok || value < 0)
        printError(QStringLiteral("--%1 needs a number").arg(name));
    return ok && value >= 0;
}
} // namespace

QString fillEmptyDatabase(const storage::DatabaseConfig &database)
{
    storage::DemoOptions options;
    options.now = QDateTime::currentDateTimeUtc();
    const auto report = fill(database, options, {});
    if (report || report.error().key == QLatin1StringView("database_not_empty"))
        return {};
    return database.describe() + QStringLiteral(": ") + bootstrap::explain(report.error());
}

int runDemo(QCoreApplication &, const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.addOptions(
        {configOption(),
         databaseOption(),
         {QStringLiteral("customers"), QStringLiteral("1 to 100000."), QStringLiteral("n"), QStringLiteral("1000")},
         {QStringLiteral("months"), QStringLiteral("How far the history goes back, 1 to 60."), QStringLiteral("n"),
          QStringLiteral("18")},
         {QStringLiteral("seed"), QStringLiteral("The same seed gives the same data."), QStringLiteral("n"),
          QStringLiteral("2026")},
         {QStringLiteral("force"), QStringLiteral("Also into a database that already has customers.")}});
    int exitCode = 0;
    if (!parse(parser, "demo", arguments, exitCode))
        return exitCode;
    qint64 customers = 0, months = 0, seed = 0;
    if (!number(parser, QStringLiteral("customers"), customers) || !number(parser, QStringLiteral("months"), months) ||
        !number(parser, QStringLiteral("seed"), seed))
        return 2;
    const auto config = bootstrap::loadConfiguration(parser.value(QStringLiteral("config")));
    const auto database = config ? bootstrap::chooseDatabase(*config, parser.value(QStringLiteral("database")))
                                 : domain::Result<storage::DatabaseConfig>(config.error());
    if (!database) {
        printError(bootstrap::explain(database.error()));
        return 2;
    }
    storage::DemoOptions options;
    options.customers = static_cast<int>(qMin<qint64>(customers, std::numeric_limits<int>::max()));
    options.months = static_cast<int>(qMin<qint64>(months, std::numeric_limits<int>::max()));
    options.seed = static_cast<quint64>(seed);
    options.force = parser.isSet(QStringLiteral("force"));
    options.now = QDateTime::currentDateTimeUtc();
    QElapsedTimer timer;
    timer.start();
    const auto report = fill(*database, options, {});
    if (!report) {
        const bool full = report.error().key == QLatin1StringView("database_not_empty");
        printError(full ? QStringLiteral("%1 already has customers; --force adds to them").arg(database->describe())
                        : database->describe() + QStringLiteral(": ") + bootstrap::explain(report.error()));
        return report.error().code == domain::ErrorCode::InvalidInput ? 2 : 1;
    }
    const QLocale c(QLocale::C);
    printLine(QStringLiteral("%1: %2 customers, %3 users, %4 resources, %5 deployments, %6 audit rows, "
                             "%7 mails, %8 delivery events, %9 webhooks in %10 s")
                  .arg(database->describe())
                  .arg(report->teams)
                  .arg(report->users)
                  .arg(report->resources)
                  .arg(report->deployments)
                  .arg(report->auditRows)
                  .arg(report->messages)
                  .arg(report->deliveryEvents)
                  .arg(report->webhooks)
                  .arg(c.toString(static_cast<double>(timer.elapsed()) / 1000.0, 'f', 1)));
    return 0;
}

} // namespace commands
