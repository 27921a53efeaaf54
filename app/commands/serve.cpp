#include "app/bootstrap/database.h"
#include "app/bootstrap/server_host.h"
#include "app/bootstrap/signals.h"
#include "app/commands/all.h"
#include "app/commands/command.h"
#include "app/commands/demo_filler.h"
#include "app/commands/local_server_config.h"
#include "app/commands/options.h"
#include "services/platform/logging.h"

#include <QCommandLineParser>
#include <QCoreApplication>

namespace commands {

namespace {
/// `HOST:PORT`, `[::1]:PORT`; false when it is neither.
bool applyListen(const QString &text, platform::ServerConfig &config)
{
    const qsizetype colon = text.lastIndexOf(QLatin1Char(':'));
    bool ok = false;
    const quint16 port = text.mid(colon + 1).toUShort(&ok);
    if (colon <= 0 || !ok)
        return false;
    config.listenHost = text.left(colon).remove(QLatin1Char('[')).remove(QLatin1Char(']'));
    config.listenPort = port;
    return true;
}

int serve(QCoreApplication &app, platform::ServerConfig config, const QString &databaseUrl, bool withDemo,
          bool explainAccess)
{
    platform::installLogging(
        {config.logFormat == QLatin1StringView("json") ? platform::LogFormat::Json : platform::LogFormat::Text,
         platform::logLevelFromName(config.logLevel)});
    for (const QString &warning : config.warnings)
        qWarning("%s", qPrintable(warning));
    bootstrap::SignalWatcher signalWatcher;
    const auto database = bootstrap::chooseDatabase(config, databaseUrl);
    if (!database) {
        printError(bootstrap::explain(database.error()));
        return 2;
    }
    if (withDemo) {
        if (const QString wrong = fillEmptyDatabase(*database); !wrong.isEmpty()) {
            printError(wrong);
            return 1;
        }
    }
    auto core = bootstrap::openCore(*database);
    if (!core) {
        printError(database->describe() + QStringLiteral(": ") + bootstrap::explain(core.error()));
        return 1;
    }
    const QString prefix = config.adminPathPrefix;
    const QString operatorEmail = config.adminEmails.value(0);
    bootstrap::ServerHost host(std::move(config), std::move(*core));
    const auto port = host.start();
    if (!port) {
        printError(bootstrap::explain(port.error()));
        return 1;
    }
    printLine(QStringLiteral("listening on %1").arg(host.baseUrl()));
    if (explainAccess) {
        printLine(QStringLiteral(
                      "  health     %1/readyz?verbose\n  metrics    %1/metrics\n  API        %1/openapi.json\n"
                      "  admin API  %1/api/v1/%2/customers\n"
                      "Get an operator token with:\n  ./run token mint --config %3 --email %4 --scope admin\n"
                      "then choose \"Headless server\" in a desktop console, or send it as Authorization: Bearer …")
                      .arg(host.baseUrl(), prefix, localServerConfigFile(), operatorEmail));
    }
    bool complete = true;
    QObject::connect(&signalWatcher, &bootstrap::SignalWatcher::terminate, &app, [&] {
        complete = host.shutDown();
        app.quit();
    });
    app.exec();
    printLine(complete ? QStringLiteral("stopped") : QStringLiteral("stopped; some requests were cut off"));
    return complete ? 0 : 1;
}
} // namespace

int runServe(QCoreApplication &app, const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.addOptions({configOption(),
                       databaseOption(),
                       {QStringLiteral("listen"), QStringLiteral("Address and port; port 0 takes a free one."),
                        QStringLiteral("host:port")}});
    int exitCode = 0;
    if (!parse(parser, "serve", arguments, exitCode))
        return exitCode;
    auto config = bootstrap::loadConfiguration(parser.value(QStringLiteral("config")));
    if (!config) {
        printError(bootstrap::explain(config.error()));
        return 2;
    }
    if (parser.isSet(QStringLiteral("listen")) && !applyListen(parser.value(QStringLiteral("listen")), *config)) {
        printError(QStringLiteral("--listen needs HOST:PORT"));
        return 2;
    }
    return serve(app, std::move(*config), parser.value(QStringLiteral("database")), false, false);
}

int runServeWithoutDisplay(QCoreApplication &app, const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.addOptions({databaseOption(),
                       {QStringLiteral("demo"), QStringLiteral("Fill an empty database with sample data.")},
                       {QStringLiteral("listen"), QStringLiteral("Address and port."), QStringLiteral("host:port"),
                        QStringLiteral("127.0.0.1:8080")}});
    parser.addPositionalArgument(QStringLiteral("link"), QStringLiteral("A deep link, for the desktop only."),
                                 QStringLiteral("[link]"));
    int exitCode = 0;
    if (!parse(parser, "desktop", arguments, exitCode))
        return exitCode;
    if (const auto made = ensureLocalServerConfig(); !made) {
        printError(bootstrap::explain(made.error()));
        return 1;
    }
    auto config = bootstrap::loadConfiguration(localServerConfigFile());
    if (!config) {
        printError(bootstrap::explain(config.error()));
        return 2;
    }
    if (!applyListen(parser.value(QStringLiteral("listen")), *config)) {
        printError(QStringLiteral("--listen needs HOST:PORT"));
        return 2;
    }
    return serve(app, std::move(*config), parser.value(QStringLiteral("database")),
                 parser.isSet(QStringLiteral("demo")), true);
}

} // namespace commands
