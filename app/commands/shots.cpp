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

#include <optional>

namespace commands {

namespace {
void describe(QCommandLineParser &parser)
{
    parser.addPositionalArgument(QStringLiteral("dir"), QStringLiteral("Where the pictures go; made when missing."));
    parser.addOption({QStringLiteral("scale"),
                      QStringLiteral("Device pixels per pixel, 1 to 3; 2 is a high-DPI screen."), QStringLiteral("n"),
                      QStringLiteral("1")});
}

std::optional<double> scaleOf(const QCommandLineParser &parser)
{
    bool ok = false;
    const double scale = parser.value(QStringLiteral("scale")).toDouble(&ok);
    return ok && scale >= 1 && scale <= 3 ? std::optional(scale) : std::nullopt;
}
} // namespace

void prepareShots(const QStringList &arguments)
{
    QCommandLineParser parser;
    describe(parser);
    if (!parser.parse(QStringList{QString()} + arguments))
        return;
    // Qt's own scaling, as on a real screen, so that what asks for pixels itself is seen as well. The caller's settings
    // would change the size of the pictures.
    qunsetenv("QT_SCREEN_SCALE_FACTORS");
    qputenv("QT_SCALE_FACTOR", QByteArray::number(scaleOf(parser).value_or(1)));
}

int runShots(QCoreApplication &app, const QStringList &arguments)
{
    QCommandLineParser parser;
    describe(parser);
    int exitCode = 0;
    if (!parse(parser, "shots", arguments, exitCode))
        return exitCode;
    if (!scaleOf(parser)) {
        printError(QStringLiteral("--scale needs a number from 1 to 3"));
        return 2;
    }
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
