#include "app/commands/command.h"

#include "app/commands/all.h"
#include "build_info.h"
#include "services/platform/resources.h"

#include <QApplication>
#include <QCommandLineParser>

#include <cstdio>
#include <memory>

namespace commands {

namespace {
int help(QCoreApplication &, const QStringList &)
{
    printLine(QStringLiteral("instanode-console %1 — without arguments: the desktop console\n")
                  .arg(QStringLiteral(INSTANODE_VERSION)));
    for (const Command &command : allCommands())
        printLine(QStringLiteral("  %1\n      %2")
                      .arg(QString::fromUtf8(command.synopsis), QString::fromUtf8(command.summary)));
    return 0;
}

int version(QCoreApplication &, const QStringList &)
{
    printLine(QStringLiteral("instanode-console %1 (%2)")
                  .arg(QStringLiteral(INSTANODE_VERSION), QStringLiteral(INSTANODE_COMMIT)));
    return 0;
}

bool hasDisplay()
{
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY") ||
           qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
}

const Command *find(const QString &name)
{
    for (const Command &command : allCommands()) {
        if (name == QLatin1StringView(command.name))
            return &command;
    }
    return nullptr;
}

/// "--demo" and deep links belong to the desktop; a first word that is no option names the command.
const Command *choose(QStringList &arguments)
{
    if (arguments.isEmpty())
        return find(QStringLiteral("desktop"));
    const QString first = arguments.first();
    if (first == QLatin1StringView("--help") || first == QLatin1StringView("-h"))
        return find(QStringLiteral("help"));
    if (first == QLatin1StringView("--version") || first == QLatin1StringView("-v"))
        return find(QStringLiteral("version"));
    if (first.startsWith(QLatin1Char('-')) || first.startsWith(QLatin1StringView("console://")))
        return find(QStringLiteral("desktop"));
    const Command *command = find(first);
    if (command)
        arguments.removeFirst();
    return command;
}
} // namespace

const QList<Command> &allCommands()
{
    static const QList<Command> commands{
        {"desktop", "desktop [--demo] [--database URL] [console://PROFILE/SCREEN…]",
         "the desktop console (also without any argument)", Surface::Windows, &runDesktopCommand},
        {"serve", "serve [--config FILE] [--listen HOST:PORT] [--database URL]", "the headless server",
         Surface::Terminal, &runServe},
        {"migrate", "migrate [--database URL]", "brings a database to this program's schema", Surface::Terminal,
         &runMigrate},
        {"demo", "demo [--database URL] [--customers N] [--months N] [--seed N] [--force]",
         "fills a database with sample data", Surface::Terminal, &runDemo},
        {"doctor", "doctor [--config FILE]", "what is configured, missing and closed", Surface::Terminal, &runDoctor},
        {"token", "token mint|list|revoke …", "operators' access tokens", Surface::Terminal, &runToken},
        {"openapi", "openapi [--admin]", "prints the API document", Surface::Terminal, &runOpenApi},
        {"healthcheck", "healthcheck [URL]", "exit code 0 when a running server is ready", Surface::Terminal,
         &runHealthcheck},
        {"email-preview", "email-preview [KIND|--all] [--format html|text] [--out DIR]",
         "the mails to customers, with sample data", Surface::Terminal, &runEmailPreview},
        {"shots", "shots DIR [--scale N]", "renders every screen, light and dark, to PNG", Surface::Offscreen,
         &runShots, &prepareShots},
        {"version", "version", "the version and the commit", Surface::Terminal, &version},
        {"help", "help", "this list", Surface::Terminal, &help},
    };
    return commands;
}

int dispatch(int argc, char **argv)
{
    platform::initResources();
    QCoreApplication::setApplicationName(QStringLiteral("instanode-console"));
    QCoreApplication::setApplicationVersion(QStringLiteral(INSTANODE_VERSION));
    QCoreApplication::setOrganizationName(QString());

    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    const Command *command = choose(arguments);
    if (!command) {
        printError(QStringLiteral("there is no command '%1'; see 'instanode-console help'").arg(arguments.first()));
        return 2;
    }
    if (command->prepare)
        command->prepare(arguments);
    // Qt removes options it knows from argv; the commands get the untouched list.
    int onlyProgram = 1;
    switch (command->surface) {
    case Surface::Terminal:
        break;
    case Surface::Windows:
        if (!hasDisplay()) {
            printError(QStringLiteral("there is no display here: starting the headless server on 127.0.0.1 instead"));
            QCoreApplication app(onlyProgram, argv);
            return runServeWithoutDisplay(app, arguments);
        } else {
            QApplication app(onlyProgram, argv);
            return command->run(app, arguments);
        }
    case Surface::Offscreen: {
        qputenv("QT_QPA_PLATFORM", "offscreen");
        QApplication app(onlyProgram, argv);
        return command->run(app, arguments);
    }
    }
    QCoreApplication app(onlyProgram, argv);
    return command->run(app, arguments);
}

bool parse(QCommandLineParser &parser, const char *commandName, const QStringList &arguments, int &exitCode)
{
    if (const Command *command = find(QString::fromLatin1(commandName)))
        parser.setApplicationDescription(QString::fromUtf8(command->summary));
    const QCommandLineOption helpOption({QStringLiteral("h"), QStringLiteral("help")},
                                        QStringLiteral("Shows this help."));
    parser.addOption(helpOption);
    if (!parser.parse(QStringList{QStringLiteral("instanode-console ") + QString::fromLatin1(commandName)} +
                      arguments)) {
        printError(parser.errorText());
        exitCode = 2;
        return false;
    }
    if (parser.isSet(helpOption)) {
        printLine(parser.helpText());
        exitCode = 0;
        return false;
    }
    return true;
}

void printLine(const QString &line)
{
    std::fputs(line.toUtf8().constData(), stdout);
    std::fputc('\n', stdout);
    std::fflush(stdout);
}

void printError(const QString &line)
{
    std::fprintf(stderr, "instanode-console: %s\n", line.toUtf8().constData());
}

} // namespace commands
