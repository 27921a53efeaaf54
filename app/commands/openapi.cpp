#include "services/wire/openapi.h"
#include "app/commands/all.h"
#include "app/commands/command.h"

#include <QCommandLineParser>

namespace commands {

int runOpenApi(QCoreApplication &, const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.addOption({QStringLiteral("admin"), QStringLiteral("The operators' part instead of the public one.")});
    int exitCode = 0;
    if (!parse(parser, "openapi", arguments, exitCode))
        return exitCode;
    printLine(QString::fromUtf8(parser.isSet(QStringLiteral("admin")) ? wire::adminOpenApi() : wire::publicOpenApi()));
    return 0;
}

} // namespace commands
