#include "services/storage/connection_private.h"
#include "services/storage/sql_errors.h"

#include <QSqlDriver>
#include <QSqlError>

#include <atomic>

namespace storage {

using domain::Done;
using domain::Result;

namespace {

QString nextName()
{
    static std::atomic<quint64> counter{0};
    return QStringLiteral("instanode-%1").arg(++counter);
}

/// tcp_user_timeout bounds the wait for a server that vanished without closing the connection.
QString postgresOptions(const DatabaseConfig &config)
{
    QString options = QStringLiteral("connect_timeout=%1;keepalives=1;keepalives_idle=30;keepalives_interval=10;"
                                     "keepalives_count=3;tcp_user_timeout=20000")
                          .arg(config.connectTimeoutSeconds);
    if (!config.options.contains(QLatin1StringView("application_name")))
        options += QStringLiteral(";application_name=instanode-console");
    if (!config.options.isEmpty())
        options += QLatin1Char(';') + config.options;
    return options;
}

QString timeouts(int statementMs, int lockMs)
{
    return QStringLiteral(
               "SELECT set_config('statement_timeout', '%1', false), set_config('lock_timeout', '%2', false)")
        .arg(statementMs)
        .arg(lockMs);
}

QStringList openingStatements(const DatabaseConfig &config, bool readOnly)
{
    switch (config.engine) {
    case Engine::PostgreSql:
        return {QStringLiteral("SELECT set_config('TimeZone', 'UTC', false), "
                               "set_config('client_min_messages', 'warning', false), "
                               // Compiling a query costs more than the short ones of this program take.
                               "set_config('jit', 'off', false), "
                               "set_config('idle_in_transaction_session_timeout', '120000', false), "
                               "set_config('default_transaction_read_only', '%1', false)")
                    .arg(readOnly ? QStringLiteral("on") : QStringLiteral("off")),
                timeouts(config.statementTimeoutMs, config.busyTimeoutMs)};
    case Engine::Sqlite:
        break;
    }
    QStringList pragmas = {QStringLiteral("PRAGMA foreign_keys = ON"), QStringLiteral("PRAGMA cache_size = -8000"),
                           QStringLiteral("PRAGMA temp_store = MEMORY")};
    if (readOnly)
        pragmas << QStringLiteral("PRAGMA query_only = ON");
    else
        pragmas << QStringLiteral("PRAGMA journal_mode = WAL") << QStringLiteral("PRAGMA synchronous = FULL");
    return pragmas;
}

/// What the driver said, without the password should it ever repeat it.
domain::Error cannotOpen(const DatabaseConfig &config, const QSqlError &error)
{
    QString text = error.databaseText().isEmpty() ? error.text() : error.databaseText();
    if (!config.password.isEmpty())
        text.replace(config.password, QStringLiteral("***"));
    return domain::unavailable(QStringLiteral("db_failed"),
                               QStringLiteral("cannot open %1: %2").arg(config.describe(), text.simplified()));
}

Result<Done> done(const Result<qint64> &result)
{
    return result.map([](qint64) { return Done{}; });
}

void configure(QSqlDatabase &db, const DatabaseConfig &config)
{
    db.setNumericalPrecisionPolicy(QSql::HighPrecision);
    switch (config.engine) {
    case Engine::Sqlite:
        db.setDatabaseName(config.sqliteFile);
        db.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1").arg(config.busyTimeoutMs));
        return;
    case Engine::PostgreSql:
        db.setHostName(config.host);
        db.setPort(config.port);
        db.setDatabaseName(config.database);
        db.setUserName(config.user);
        db.setPassword(config.password);
        db.setConnectOptions(postgresOptions(config));
        return;
    }
}

} // namespace

Result<Done> Connection::Private::openDriver()
{
    if (config.faults) {
        if (auto fault = config.faults(FaultPoint::Open, {}))
            return *fault;
    }
    closeDriver();
    name = nextName();
    QSqlError error;
    {
        QSqlDatabase db = QSqlDatabase::addDatabase(
            config.engine == Engine::Sqlite ? QStringLiteral("QSQLITE") : QStringLiteral("QPSQL"), name);
        configure(db, config);
        bool ok = db.open();
        error = db.lastError();
        const QStringList opening = openingStatements(config, readOnly);
        for (qsizetype i = 0; ok && i < opening.size(); ++i) {
            QSqlQuery query(db);
            ok = query.exec(opening.at(i));
            error = query.lastError();
        }
        if (ok)
            return Done{};
    }
    closeDriver();
    return cannotOpen(config, error);
}

/// The database goes first: its statements then die silently instead of being freed on the server one by one.
void Connection::Private::closeDriver()
{
    inTransaction = doomed = lost = false;
    announced.clear();
    if (!name.isEmpty())
        QSqlDatabase::removeDatabase(std::exchange(name, QString()));
    statements.clear();
    retired.clear();
}

Connection::Connection(std::unique_ptr<Private> d) : m_d(std::move(d)) {}

Connection::~Connection()
{
    m_d->closeDriver();
}

Result<std::unique_ptr<Connection>> Connection::open(const DatabaseConfig &config, bool readOnly)
{
    auto d = std::make_unique<Private>();
    d->config = config;
    d->readOnly = readOnly;
    if (auto opened = d->openDriver(); !opened)
        return opened.error();
    return std::unique_ptr<Connection>(new Connection(std::move(d)));
}

Result<Done> Connection::ensureOpen()
{
    if (m_d->isOpen())
        return Done{};
    return m_d->openDriver();
}

Result<Done> Connection::ping()
{
    if (m_d->isOpen() && m_d->direct(QStringLiteral("SELECT 1")))
        return Done{};
    return ensureOpen();
}

bool Connection::isOpen() const
{
    return m_d->isOpen();
}

Engine Connection::engine() const
{
    return m_d->config.engine;
}

const DatabaseConfig &Connection::config() const
{
    return m_d->config;
}

Result<Done> Connection::listen(const QString &channel, QObject *context,
                                std::function<void(const QString &)> onPayload)
{
    if (isSqlite())
        return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"),
                                 QStringLiteral("SQLite has no notifications"));
    if (!m_d->isOpen())
        return domain::unavailable(connectionLostKey(), QStringLiteral("the connection is closed"));
    QSqlDriver *driver = m_d->database().driver();
    if (!driver->subscribeToNotification(channel))
        return m_d->failed(driver->lastError());
    QObject::connect(driver, &QSqlDriver::notification, context,
                     [channel, onPayload = std::move(onPayload)](const QString &name, QSqlDriver::NotificationSource,
                                                                 const QVariant &payload) {
                         if (name == channel)
                             onPayload(payload.toString());
                     });
    return Done{};
}

Result<Done> Connection::setPatience(int milliseconds)
{
    if (isSqlite())
        return done(m_d->direct(QStringLiteral("PRAGMA busy_timeout = %1").arg(milliseconds)));
    return done(m_d->direct(timeouts(milliseconds, milliseconds)));
}

Result<Done> Connection::resetPatience()
{
    if (isSqlite())
        return setPatience(m_d->config.busyTimeoutMs);
    return done(m_d->direct(timeouts(m_d->config.statementTimeoutMs, m_d->config.busyTimeoutMs)));
}

} // namespace storage
