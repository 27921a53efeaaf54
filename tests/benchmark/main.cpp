#include "app/bootstrap/database.h"
#include "services/platform/resources.h"
#include "tests/benchmark/delivery.h"
#include "tests/benchmark/lists.h"
#include "tests/benchmark/programs.h"
#include "tests/benchmark/report.h"
#include "tests/support/temp_database.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <cstdio>
#include <optional>
#include <stdexcept>

/// Prints what the console does per second and per millisecond on this machine. Always exits 0 unless something failed.
namespace {

struct Options {
    int customers = 100'000;
    int messages = 1'500'000;
    int runs = 30;
    QStringList sections;
    QString nodeFolder;

    bool wants(const char *section) const
    {
        return sections.isEmpty() || sections.contains(QLatin1StringView(section));
    }
};

Options parse(const QCoreApplication &app)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral(
        "Benchmarks. Sections: sqlite postgresql remote delivery start healthz desktop; all when none is named."));
    parser.addHelpOption();
    parser.addOptions(
        {{QStringLiteral("customers"), QStringLiteral("Sample customers of the big databases."), QStringLiteral("n"),
          QStringLiteral("100000")},
         {QStringLiteral("messages"), QStringLiteral("Mails of the delivery databases."), QStringLiteral("n"),
          QStringLiteral("1500000")},
         {QStringLiteral("runs"), QStringLiteral("Calls per line."), QStringLiteral("n"), QStringLiteral("30")},
         {QStringLiteral("node"), QStringLiteral("Folder with server.js and node_modules."),
          QStringLiteral("folder")}});
    parser.addPositionalArgument(QStringLiteral("section"), QStringLiteral("What to measure."),
                                 QStringLiteral("[section…]"));
    parser.process(app);
    Options options;
    options.customers = parser.value(QStringLiteral("customers")).toInt();
    options.messages = parser.value(QStringLiteral("messages")).toInt();
    options.runs = parser.value(QStringLiteral("runs")).toInt();
    options.sections = parser.positionalArguments();
    options.nodeFolder = parser.value(QStringLiteral("node"));
    if (options.customers < 1 || options.messages < 1000 || options.runs < 1)
        throw std::runtime_error("--customers and --runs need a number from 1 on, --messages one from 1000 on");
    return options;
}

void measureDatabase(const Options &options, storage::Engine engine, const QString &name, bool locally)
{
    bench::printFigureHead(QStringLiteral("Sample data, %1").arg(name));
    const test::TempDatabase database(engine);
    bench::fillDatabase(database.config(), options.customers);
    if (locally) {
        auto core = bootstrap::openCore(database.config());
        if (!core)
            throw std::runtime_error(core.error().detail.toStdString());
        bench::measureLists((*core)->backend(),
                            QStringLiteral("Local port, %1, %2 customers").arg(name).arg(options.customers),
                            options.runs, 100);
    }
    if (options.wants("remote"))
        bench::measureRemote(database.config(), database.url(),
                             QStringLiteral("Remote, %1, %2 customers").arg(name).arg(options.customers), options.runs);
}

void measureMail(const Options &options, storage::Engine engine, const QString &name)
{
    bench::printFigureHead(QStringLiteral("Mail of a year, %1").arg(name));
    const test::TempDatabase database(engine);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    bench::fillDelivery(database.config(), options.messages, now);
    auto core = bootstrap::openCore(database.config());
    if (!core)
        throw std::runtime_error(core.error().detail.toStdString());
    bench::measureDelivery((*core)->backend(),
                           QStringLiteral("Delivery page, %1, %2 messages").arg(name).arg(options.messages), now,
                           options.runs, 300);
}

void run(const Options &options)
{
    const bool remote = options.wants("remote");
    if (options.wants("sqlite") || remote)
        measureDatabase(options, storage::Engine::Sqlite, QStringLiteral("SQLite"), options.wants("sqlite"));
    if (options.wants("postgresql") || remote)
        measureDatabase(options, storage::Engine::PostgreSql, QStringLiteral("PostgreSQL"),
                        options.wants("postgresql"));
    if (options.wants("delivery")) {
        measureMail(options, storage::Engine::Sqlite, QStringLiteral("SQLite"));
        measureMail(options, storage::Engine::PostgreSql, QStringLiteral("PostgreSQL"));
    }
    const test::TempDatabase small(storage::Engine::Sqlite);
    if (options.wants("start"))
        bench::measureStart(small.url(), 15);
    if (options.wants("healthz"))
        bench::measureHealthz(small.url(), options.nodeFolder, 5, 3);
    if (options.wants("desktop")) {
        bench::printFigureHead(QStringLiteral("Sample data for the desktop"));
        bench::fillDatabase(small.config(), 1000);
        bench::measureDesktop(small.config().sqliteFile, 7);
    }
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    platform::initResources();
    try {
        run(parse(app));
    } catch (const std::exception &error) {
        std::fprintf(stderr, "bench: %s\n", error.what());
        return 1;
    }
    bench::printRemark(QStringLiteral("%1 goals missed.").arg(bench::missedGoals()));
    return 0;
}
