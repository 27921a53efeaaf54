#include "services/local/local_health_service.h"

#include "services/storage/migrator.h"
#include "services/storage/status_repository.h"

#include "build_info.h"

#include <QFileInfo>
#include <QPromise>
#include <QStorageInfo>

#include <algorithm>

namespace local {

using domain::Result;
using ports::CheckStatus;
using ports::HealthCheck;
using ports::HealthReport;

namespace {

constexpr qint64 megabyte = 1024 * 1024;
constexpr qint64 diskLowBytes = 500 * megabyte;
constexpr qint64 diskFullBytes = 50 * megabyte;

/// What only the database can say.
struct DatabaseAnswer {
    storage::ServerFacts facts;
    storage::MigrationReport migrations;
    qint64 latencyMs = 0;
};

Result<DatabaseAnswer> askDatabase(storage::Connection &connection)
{
    DatabaseAnswer answer;
    QElapsedTimer timer;
    timer.start();
    auto facts = storage::serverFacts(connection);
    if (!facts)
        return facts.error();
    answer.latencyMs = timer.elapsed();
    answer.facts = *facts;
    auto migrations = storage::migrationState(connection);
    if (migrations)
        answer.migrations = *migrations;
    return answer;
}

HealthCheck databaseCheck(const Result<DatabaseAnswer> &answer, qint64 waitedMs)
{
    HealthCheck check{QStringLiteral("platform_db"), CheckStatus::Ok, waitedMs, {}, {}, true};
    if (answer) {
        check.latencyMs = answer->latencyMs;
    } else {
        check.status = CheckStatus::Failed;
        check.lastError = answer.error().code == domain::ErrorCode::Timeout ? QStringLiteral("timeout")
                                                                            : QStringLiteral("unreachable");
    }
    return check;
}

HealthCheck migrationCheck(const Result<DatabaseAnswer> &answer, storage::Engine engine)
{
    HealthCheck check{QStringLiteral("migrations"), CheckStatus::Ok, 0, {}, {}, false};
    if (!answer) {
        check.status = CheckStatus::Degraded;
        check.lastError = QStringLiteral("unknown");
    } else if (answer->migrations.total != storage::embeddedMigrations(engine).size()) {
        check.status = CheckStatus::Degraded;
        check.lastError = QStringLiteral("migrations_pending");
    }
    return check;
}

HealthCheck diskCheck(const QString &file)
{
    HealthCheck check{QStringLiteral("disk"), CheckStatus::Ok, 0, {}, {}, false};
    const QStorageInfo disk(QFileInfo(file).absolutePath());
    if (!disk.isValid()) {
        check.status = CheckStatus::Degraded;
        check.lastError = QStringLiteral("unknown");
    } else if (disk.bytesAvailable() < diskFullBytes) {
        check.status = CheckStatus::Failed;
        check.lastError = QStringLiteral("disk_full");
    } else if (disk.bytesAvailable() < diskLowBytes) {
        check.status = CheckStatus::Degraded;
        check.lastError = QStringLiteral("disk_low");
    }
    return check;
}

HealthCheck poolCheck(const storage::PoolStats &pool)
{
    HealthCheck check{QStringLiteral("pool"), CheckStatus::Ok, 0, {}, {}, false};
    if (pool.max > 0 && pool.inUse >= pool.max) {
        check.status = CheckStatus::Degraded;
        check.lastError = QStringLiteral("pool_saturated");
    }
    return check;
}

CheckStatus overallOf(const QList<HealthCheck> &checks)
{
    CheckStatus overall = CheckStatus::Ok;
    for (const HealthCheck &check : checks) {
        if (check.critical && check.status == CheckStatus::Failed)
            return CheckStatus::Failed;
        if (check.status != CheckStatus::Ok)
            overall = CheckStatus::Degraded;
    }
    return overall;
}

} // namespace

LocalHealthService::LocalHealthService(const LocalRunner &runner) : m_runner(runner)
{
    m_uptime.start();
}

QFuture<Result<HealthReport>> LocalHealthService::report(ports::CallContext context)
{
    auto promise = std::make_shared<QPromise<Result<HealthReport>>>();
    promise->start();
    QElapsedTimer waited;
    waited.start();
    // Before the job: it would count itself.
    const storage::PoolStats pool = m_runner.executor.stats();
    const auto finish = [this, promise, waited, pool](const Result<DatabaseAnswer> &answer) {
        const storage::DatabaseConfig &config = m_runner.executor.config();
        HealthReport report;
        report.service = QStringLiteral("instanode-console");
        report.version = QStringLiteral(INSTANODE_VERSION);
        report.commit = QStringLiteral(INSTANODE_COMMIT);
        report.backend = storage::describeServer(config, answer ? answer->facts.version : QString());
        report.migrationStatus = QStringLiteral("unknown");
        if (answer && answer->migrations.total > 0) {
            report.migrationVersion = answer->migrations.version;
            report.migrationCount = answer->migrations.total;
            report.migrationStatus = QStringLiteral("ok");
        }
        report.uptimeSeconds = m_uptime.elapsed() / 1000;
        report.poolInUse = pool.inUse;
        report.poolIdle = pool.idle;
        report.poolMax = pool.max;
        report.poolWaitCount = pool.waitCount;
        report.databaseBytes = answer ? answer->facts.bytes : -1;
        report.checks = {databaseCheck(answer, waited.elapsed()), migrationCheck(answer, config.engine),
                         poolCheck(pool)};
        if (config.engine == storage::Engine::Sqlite)
            report.checks.append(diskCheck(config.sqliteFile));
        std::sort(report.checks.begin(), report.checks.end(),
                  [](const HealthCheck &a, const HealthCheck &b) { return a.name < b.name; });
        report.asOf = m_runner.clock.now();
        for (HealthCheck &check : report.checks)
            check.lastCheckAt = report.asOf;
        report.overall = overallOf(report.checks);
        promise->addResult(Result<HealthReport>(std::move(report)));
        promise->finish();
    };
    m_runner.executor.run<DatabaseAnswer>(storage::Access::Read, LocalRunner::deadlineOf(context), &askDatabase)
        .then(QtFuture::Launch::Sync, finish);
    return promise->future();
}

} // namespace local
