#include "app/bootstrap/database.h"

#include "services/platform/paths.h"
#include "services/platform/plan_loader.h"
#include "services/usecases/mail/template_composer.h"

#include <QProcessEnvironment>
#include <QUuid>

namespace bootstrap {

using domain::Result;

Result<platform::ServerConfig> loadConfiguration(const QString &configFile)
{
    return platform::ServerConfig::load(configFile, QProcessEnvironment::systemEnvironment());
}

namespace {
const QString &chosenUrl(const platform::ServerConfig &config, const QString &urlOption)
{
    return urlOption.isEmpty() ? config.databaseUrl : urlOption;
}
} // namespace

Result<storage::DatabaseConfig> findDatabase(const platform::ServerConfig &config, const QString &urlOption)
{
    const QString &url = chosenUrl(config, urlOption);
    if (!url.isEmpty()) {
        Result<storage::DatabaseConfig> database = storage::DatabaseConfig::fromUrl(url);
        if (database) {
            database->poolSize = config.pool.maxOpen;
            database->maxIdleConnections = config.pool.maxIdle;
            database->maxLifetimeMs = qint64(config.pool.maxLifetimeSeconds) * 1000;
            database->maxIdleMs = qint64(config.pool.maxIdleSeconds) * 1000;
        }
        return database;
    }
    storage::DatabaseConfig database;
    database.sqliteFile = platform::defaultDatabaseFile();
    return database;
}

Result<storage::DatabaseConfig> chooseDatabase(const platform::ServerConfig &config, const QString &urlOption)
{
    if (chosenUrl(config, urlOption).isEmpty()) {
        if (const auto folder = platform::ensureFolder(platform::dataDir()); !folder)
            return folder.error();
    }
    return findDatabase(config, urlOption);
}

Result<std::unique_ptr<local::LocalCore>> openCore(const storage::DatabaseConfig &database, bool migrate)
{
    auto plans = platform::loadEmbeddedPlans();
    if (!plans)
        return plans.error();
    local::LocalOptions options;
    options.migrate = migrate;
    options.operatorEmail = localOperatorEmail();
    options.plans = *plans;
    options.clock = &systemClock();
    auto composer = usecases::TemplateComposer::load({});
    if (!composer)
        return composer.error();
    options.previews = *composer;
    return local::LocalCore::open(database, std::move(options));
}

ports::CallContext operatorCall()
{
    ports::CallContext call;
    call.principal.email = localOperatorEmail();
    call.principal.permissions = domain::permissionsOf(domain::Scope::Admin);
    call.requestId = QUuid::createUuid().toString(QUuid::WithoutBraces);
    call.origin = QStringLiteral("cli");
    return call;
}

const platform::Clock &systemClock()
{
    static const platform::SystemClock clock;
    return clock;
}

QString localOperatorEmail()
{
    const QString configured = qEnvironmentVariable("OPERATOR_EMAIL").trimmed().toLower();
    if (!configured.isEmpty())
        return configured;
    const QString user = qEnvironmentVariable("USER", qEnvironmentVariable("LOGNAME", QStringLiteral("operator")));
    return user.toLower() + QStringLiteral("@localhost");
}

QString explain(const domain::Error &error)
{
    QString line = error.detail.isEmpty() ? error.key : error.key + QStringLiteral(": ") + error.detail;
    for (auto field = error.fields.cbegin(); field != error.fields.cend(); ++field) {
        if (field.value() != error.detail)
            line += QStringLiteral("\n  %1: %2").arg(field.key(), field.value());
    }
    return line;
}

} // namespace bootstrap
