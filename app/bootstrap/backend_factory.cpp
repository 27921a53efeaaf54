#include "app/bootstrap/backend_factory.h"

#include "app/bootstrap/database.h"
#include "services/platform/paths.h"
#include "services/remote/remote_backend.h"

#include <QPromise>
#include <QThreadPool>
#include <QUrl>

namespace bootstrap {

using BackendResult = domain::Result<std::shared_ptr<ports::Backend>>;

namespace {
domain::Result<storage::DatabaseConfig> databaseOf(const platform::ConnectionProfile &profile, const QString &secret)
{
    storage::DatabaseConfig database;
    if (profile.kind == platform::ProfileKind::Postgres) {
        database.engine = storage::Engine::PostgreSql;
        database.host = profile.host;
        database.port = profile.port;
        database.database = profile.database;
        database.user = profile.user;
        database.password = secret;
        database.options = profile.options;
        database.poolSize = 4; // one person, not a server
        return database;
    }
    if (profile.sqliteFile.isEmpty()) {
        if (const auto folder = platform::ensureFolder(platform::dataDir()); !folder)
            return folder.error();
    }
    database.sqliteFile = profile.sqliteFile.isEmpty() ? platform::defaultDatabaseFile() : profile.sqliteFile;
    return database;
}

BackendResult openRemote(const platform::ConnectionProfile &profile, const QString &secret)
{
    remote::RemoteConfig config;
    config.url = QUrl(profile.url);
    config.token = secret;
    config.caFile = profile.caFile;
    auto backend = remote::RemoteBackend::create(std::move(config));
    if (!backend)
        return backend.error();
    return std::shared_ptr<ports::Backend>(std::move(*backend));
}

BackendResult openNow(const platform::ConnectionProfile &profile, const QString &secret)
{
    if (profile.kind == platform::ProfileKind::Headless)
        return openRemote(profile, secret);
    const auto database = databaseOf(profile, secret);
    if (!database)
        return database.error();
    return openLocalBackend(*database);
}
} // namespace

QThreadPool &backgroundPool()
{
    static QThreadPool pool;
    return pool;
}

BackendResult openLocalBackend(const storage::DatabaseConfig &database)
{
    auto core = openCore(database);
    if (!core)
        return core.error();
    const std::shared_ptr<local::LocalCore> kept = std::move(*core);
    return std::shared_ptr<ports::Backend>(kept, &kept->backend());
}

QFuture<BackendResult> openBackend(const platform::ConnectionProfile &profile, const QString &secret)
{
    auto promise = std::make_shared<QPromise<BackendResult>>();
    promise->start();
    // A database that does not answer may hold its thread for the connect time-out; nobody has to wait for it.
    backgroundPool().start([promise, profile, secret] {
        promise->addResult(openNow(profile, secret));
        promise->finish();
    });
    return promise->future();
}

} // namespace bootstrap
