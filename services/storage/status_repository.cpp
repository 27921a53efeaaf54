#include "services/storage/status_repository.h"

namespace storage {

domain::Result<ServerFacts> serverFacts(Connection &connection)
{
    const QString sql =
        connection.isSqlite()
            ? QStringLiteral("SELECT sqlite_version(), (SELECT page_count FROM pragma_page_count()) * "
                             "(SELECT page_size FROM pragma_page_size())")
            : QStringLiteral("SELECT current_setting('server_version'), pg_database_size(current_database())");
    ServerFacts facts;
    auto done = connection.select(sql, {}, [&](const Row &row) {
        // Debian adds its package version in brackets.
        facts.version = row.text(0).section(QLatin1Char(' '), 0, 0);
        facts.bytes = row.integer(1);
        return false;
    });
    if (!done)
        return done.error();
    return facts;
}

QString engineName(Engine engine)
{
    switch (engine) {
    case Engine::Sqlite:
        return QStringLiteral("SQLite");
    case Engine::PostgreSql:
        return QStringLiteral("PostgreSQL");
    }
    Q_UNREACHABLE();
}

QString describeServer(const DatabaseConfig &config, const QString &version)
{
    const QString where =
        config.engine == Engine::Sqlite ? config.sqliteFile : config.database + QLatin1Char('@') + config.host;
    const QString what =
        version.isEmpty() ? engineName(config.engine) : engineName(config.engine) + QLatin1Char(' ') + version;
    return what + QStringLiteral(" · ") + where;
}

} // namespace storage
