#include "app/bootstrap/database.h"
#include "app/commands/all.h"
#include "app/commands/command.h"
#include "app/commands/options.h"

#include <QCommandLineParser>

namespace commands {

namespace {
using domain::Result;

QString day(const std::optional<QDateTime> &time, const QString &none)
{
    return time ? time->toUTC().toString(QStringLiteral("yyyy-MM-dd HH:mm'Z'")) : none;
}

QString stateOf(const ports::OperatorToken &token, const QDateTime &now)
{
    if (token.revokedAt)
        return QStringLiteral("revoked");
    return token.expiresAt && *token.expiresAt <= now ? QStringLiteral("expired") : QStringLiteral("valid");
}

int failed(const domain::Error &error)
{
    printError(bootstrap::explain(error));
    return error.code == domain::ErrorCode::InvalidInput ? 2 : 1;
}

int mint(local::LocalCore &core, const ports::CallContext &call, const QCommandLineParser &parser)
{
    const auto scope = domain::parseScope(parser.value(QStringLiteral("scope")));
    bool daysOk = false;
    ports::MintToken request;
    request.validDays = parser.value(QStringLiteral("days")).toInt(&daysOk);
    if (!scope || !daysOk || !parser.value(QStringLiteral("email")).contains(QLatin1Char('@'))) {
        printError(QStringLiteral("token mint needs --email E, --scope admin|auditor and --days N"));
        return 2;
    }
    request.scope = *scope;
    request.email = parser.value(QStringLiteral("email"));
    request.name = parser.value(QStringLiteral("name"));
    const Result<ports::MintedToken> minted = core.access().mint(call, request).result();
    if (!minted)
        return failed(minted.error());
    printLine(minted->secret);
    printError(QStringLiteral("shown once; valid until %1, scope %2, acts for %3")
                   .arg(day(minted->token.expiresAt, QStringLiteral("revoked")), domain::scopeName(*scope),
                        minted->token.email));
    return 0;
}

int list(local::LocalCore &core, const ports::CallContext &call)
{
    const Result<QList<ports::OperatorToken>> tokens = core.access().tokens(call).result();
    if (!tokens)
        return failed(tokens.error());
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (const ports::OperatorToken &token : *tokens) {
        printLine(QStringLiteral("%1  %2  %3  %4  expires %5  last used %6  %7")
                      .arg(token.id.toString())
                      .arg(stateOf(token, now), -7)
                      .arg(domain::scopeName(token.scope), -7)
                      .arg(token.email, day(token.expiresAt, QStringLiteral("never")),
                           day(token.lastUsedAt, QStringLiteral("never")), token.name));
    }
    return 0;
}

int revoke(local::LocalCore &core, const ports::CallContext &call, const QString &idText)
{
    const auto id = domain::TokenId::parse(idText);
    if (!id) {
        printError(QStringLiteral("token revoke needs the id that 'token list' shows"));
        return 2;
    }
    const Result<ports::OperatorToken> revoked = core.access().revoke(call, *id).result();
    if (!revoked)
        return failed(revoked.error());
    printLine(QStringLiteral("revoked %1 (%2)").arg(id->toString(), revoked->email));
    return 0;
}
} // namespace

int runToken(QCoreApplication &, const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.addOptions(
        {configOption(),
         databaseOption(),
         {QStringLiteral("email"), QStringLiteral("The operator it acts for; must be in ADMIN_EMAILS to get in."),
          QStringLiteral("address")},
         {QStringLiteral("scope"), QStringLiteral("admin, or auditor (reads only)."), QStringLiteral("scope"),
          QStringLiteral("auditor")},
         {QStringLiteral("name"), QStringLiteral("What it is for."), QStringLiteral("text"), QStringLiteral("console")},
         {QStringLiteral("days"), QStringLiteral("Days until it expires, 1 to 366."), QStringLiteral("n"),
          QStringLiteral("90")}});
    parser.addPositionalArgument(QStringLiteral("action"), QStringLiteral("mint, list, or revoke ID"));
    int exitCode = 0;
    if (!parse(parser, "token", arguments, exitCode))
        return exitCode;
    const QString action = parser.positionalArguments().value(0);
    if (action != QLatin1StringView("mint") && action != QLatin1StringView("list") &&
        action != QLatin1StringView("revoke")) {
        printError(QStringLiteral("token needs an action: mint, list or revoke ID"));
        return 2;
    }
    const auto config = bootstrap::loadConfiguration(parser.value(QStringLiteral("config")));
    if (!config)
        return failed(config.error());
    const auto database = bootstrap::chooseDatabase(*config, parser.value(QStringLiteral("database")));
    if (!database)
        return failed(database.error());
    auto core = bootstrap::openCore(*database);
    if (!core)
        return failed(core.error());
    const ports::CallContext call = bootstrap::operatorCall();
    if (action == QLatin1StringView("mint"))
        return mint(**core, call, parser);
    return action == QLatin1StringView("list") ? list(**core, call)
                                               : revoke(**core, call, parser.positionalArguments().value(1));
}

} // namespace commands
