#include "tests/support/temp_database.h"

#include "services/storage/migrator.h"
#include "tests/support/postgres.h"

#include <QCryptographicHash>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QUuid>

#include <stdexcept>

namespace test {

using storage::Connection;
using storage::DatabaseConfig;
using storage::Engine;

namespace {

template <typename T>
T must(domain::Result<T> result)
{
    if (!result)
        throw std::runtime_error((result.error().key + QStringLiteral(": ") + result.error().detail).toStdString());
    return std::move(result).value();
}

void migrateFully(const DatabaseConfig &config)
{
    const auto connection = must(Connection::open(config));
    must(storage::migrate(*connection, storage::embeddedMigrations(config.engine)));
}

/// Changes with the ladder, so that a cluster that outlives an edit gets a new template.
QString templateName()
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const auto &migration : storage::embeddedMigrations(Engine::PostgreSql))
        hash.addData(migration.sha256Hex);
    return QStringLiteral("template_%1").arg(QString::fromLatin1(hash.result().toHex().left(12)));
}

bool databaseExists(Connection &connection, const QString &name)
{
    bool exists = false;
    must(connection.select(QStringLiteral("SELECT 1 FROM pg_database WHERE datname = ?"), {name},
                           [&exists](const storage::Row &) { return exists = true; }));
    return exists;
}

/// Made once per cluster, also when several test programs start at the same time.
QString postgresTemplate(Connection &admin)
{
    static const QString name = [&admin] {
        const QString wanted = templateName(), building = wanted + QStringLiteral("_building");
        must(admin.setPatience(120'000));
        must(admin.executeScript(QStringLiteral("SELECT pg_advisory_lock(4711)")));
        if (!databaseExists(admin, wanted)) {
            must(admin.executeScript(QStringLiteral("DROP DATABASE IF EXISTS %1 WITH (FORCE)").arg(building)));
            must(admin.executeScript(QStringLiteral("CREATE DATABASE %1").arg(building)));
            migrateFully(postgresConfig(building));
            must(admin.executeScript(QStringLiteral("ALTER DATABASE %1 RENAME TO %2").arg(building, wanted)));
        }
        must(admin.executeScript(QStringLiteral("SELECT pg_advisory_unlock(4711)")));
        return wanted;
    }();
    return name;
}

/// One migrated file per process; each test gets a copy.
QByteArray sqliteTemplate()
{
    static const QByteArray content = [] {
        QTemporaryDir folder;
        DatabaseConfig config;
        config.sqliteFile = folder.filePath(QStringLiteral("template.db"));
        migrateFully(config);
        QFile file(config.sqliteFile);
        if (!file.open(QIODevice::ReadOnly))
            throw std::runtime_error("cannot read the template database");
        return file.readAll();
    }();
    return content;
}

} // namespace

struct TempDatabase::Private {
    DatabaseConfig config;
    std::unique_ptr<QTemporaryDir> folder;
};

TempDatabase::TempDatabase(Engine engine, Content content) : m_d(std::make_unique<Private>())
{
    if (engine == Engine::Sqlite) {
        m_d->folder = std::make_unique<QTemporaryDir>();
        m_d->config.sqliteFile = m_d->folder->filePath(QStringLiteral("test.db"));
        if (content == Content::Migrated) {
            const QByteArray bytes = sqliteTemplate();
            QFile file(m_d->config.sqliteFile);
            if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
                throw std::runtime_error("cannot write the test database");
        }
        return;
    }
    const auto admin = maintenanceConnection();
    const QString name = QStringLiteral("t_") + QUuid::createUuid().toString(QUuid::Id128);
    const QString from = content == Content::Migrated ? postgresTemplate(*admin) : QStringLiteral("template0");
    must(admin->setPatience(120'000));
    must(admin->executeScript(QStringLiteral("CREATE DATABASE %1 TEMPLATE %2").arg(name, from)));
    m_d->config = postgresConfig(name);
}

TempDatabase::~TempDatabase()
{
    if (m_d->config.engine == Engine::Sqlite)
        return;
    const auto admin = Connection::open(postgresConfig());
    const QString drop = QStringLiteral("DROP DATABASE IF EXISTS %1 WITH (FORCE)").arg(m_d->config.database);
    if (!admin || !(*admin)->executeScript(drop))
        qWarning("the test database %s is left behind", qPrintable(m_d->config.database));
}

const DatabaseConfig &TempDatabase::config() const
{
    return m_d->config;
}

QString TempDatabase::url() const
{
    if (m_d->config.engine == Engine::Sqlite)
        return QStringLiteral("sqlite:") + m_d->config.sqliteFile;
    return QStringLiteral("postgres://%1@/%2?host=%3").arg(m_d->config.user, m_d->config.database, m_d->config.host);
}

std::unique_ptr<Connection> TempDatabase::connect() const
{
    return must(Connection::open(m_d->config));
}

void addEngineRows()
{
    QTest::addColumn<Engine>("engine");
    QTest::newRow("sqlite") << Engine::Sqlite;
    QTest::newRow("postgresql") << Engine::PostgreSql;
}

} // namespace test
