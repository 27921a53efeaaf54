#include "tests/support/postgres.h"

#include <QFile>

#include <stdexcept>

namespace test {

namespace {

[[noreturn]] void fail(const QString &what)
{
    throw std::runtime_error(what.toStdString());
}

} // namespace

storage::DatabaseConfig postgresConfig(const QString &database)
{
    QFile state(qEnvironmentVariable("INSTANODE_TEST_PG_STATE"));
    if (!state.open(QIODevice::ReadOnly | QIODevice::Text))
        fail(QStringLiteral("no PostgreSQL cluster: run tests/support/pg_cluster start FILE and set "
                            "INSTANODE_TEST_PG_STATE=FILE"));
    storage::DatabaseConfig config;
    config.engine = storage::Engine::PostgreSql;
    config.database = database;
    config.poolSize = 4;
    const QStringList lines = QString::fromUtf8(state.readAll()).split(QLatin1Char('\n'));
    for (const QString &line : lines) {
        const QString key = line.section(QLatin1Char('='), 0, 0), value = line.section(QLatin1Char('='), 1);
        if (key == QLatin1StringView("PGHOST"))
            config.host = value;
        else if (key == QLatin1StringView("PGUSER"))
            config.user = value;
    }
    if (config.host.isEmpty() || config.user.isEmpty())
        fail(QStringLiteral("%1 names no PostgreSQL cluster").arg(state.fileName()));
    return config;
}

std::unique_ptr<storage::Connection> maintenanceConnection()
{
    auto opened = storage::Connection::open(postgresConfig());
    if (!opened)
        fail(opened.error().detail);
    return std::move(opened).value();
}

int killBackends(const QString &database)
{
    int killed = 0;
    const auto done = maintenanceConnection()->select(
        QStringLiteral("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = ?"), {database},
        [&killed](const storage::Row &row) {
            killed = int(row.integer(0));
            return false;
        });
    if (!done)
        fail(done.error().detail);
    return killed;
}

} // namespace test
