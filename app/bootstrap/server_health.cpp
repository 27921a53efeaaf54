#include "app/bootstrap/server_health.h"

#include "app/bootstrap/database.h"
#include "build_info.h"
#include "services/wire/health_codec.h"
#include "services/wire/openapi.h"

namespace bootstrap {

namespace {
/// The failed database check of the core's own report, or what kept it from answering.
server::CheckOutcome databaseOutcome(const domain::Result<ports::HealthReport> &report)
{
    if (!report)
        return {ports::CheckStatus::Failed, report.error().key};
    for (const ports::HealthCheck &check : report->checks) {
        if (check.status != ports::CheckStatus::Ok)
            return {check.status, check.lastError};
    }
    return {};
}
} // namespace

void addCoreChecks(server::Readiness &readiness, local::LocalCore &core)
{
    server::ReadinessCheck database;
    database.name = QStringLiteral("platform_db");
    database.critical = true;
    database.run = [&core](server::CheckAnswer answer) {
        core.backend()
            .health()
            .report(operatorCall())
            .then(QtFuture::Launch::Sync,
                  [answer = std::move(answer)](const domain::Result<ports::HealthReport> &report) {
                      answer(databaseOutcome(report));
                  });
    };
    readiness.add(std::move(database));
}

server::HealthSources healthSources(local::LocalCore &core, platform::Metrics &metrics,
                                    const platform::ServerConfig &config)
{
    server::HealthSources sources;
    sources.commit = QByteArrayLiteral(INSTANODE_COMMIT);
    sources.buildTime = QByteArrayLiteral(INSTANODE_BUILD_TIME);
    sources.version = QByteArrayLiteral(INSTANODE_VERSION);
    sources.startedAt = QDateTime::currentDateTimeUtc();
    sources.migration = [&core](std::function<void(server::MigrationState)> answer) {
        core.backend()
            .health()
            .report(operatorCall())
            .then(QtFuture::Launch::Sync,
                  [answer = std::move(answer)](const domain::Result<ports::HealthReport> &report) {
                      server::MigrationState state;
                      if (report && report->migrationStatus == QLatin1StringView("ok"))
                          state = {report->migrationVersion, report->migrationCount, true};
                      answer(state);
                  });
    };
    sources.verboseFigures = [&core] {
        const storage::PoolStats pool = core.executor().stats();
        return QJsonObject{{QStringLiteral("pool"), QJsonObject{{QStringLiteral("in_use"), pool.inUse},
                                                                {QStringLiteral("idle"), pool.idle},
                                                                {QStringLiteral("max"), pool.max},
                                                                {QStringLiteral("wait_count"), pool.waitCount}}},
                           {QStringLiteral("backend"), core.executor().config().describe()}};
    };
    sources.metricsText = [&metrics] { return metrics.text(); };
    sources.openapi = [document = wire::publicOpenApi()] { return document; };
    if (!config.publicBaseUrl.isEmpty())
        sources.canonicalUrl = config.publicBaseUrl.toUtf8();
    return sources;
}

void publishPool(platform::Metrics &metrics, local::LocalCore &core)
{
    const storage::PoolStats stats = core.executor().stats();
    platform::Metrics::Pool pool;
    pool.inUse = stats.inUse;
    pool.idle = stats.idle;
    pool.open = stats.inUse + stats.idle;
    pool.max = stats.max;
    pool.waitCount = stats.waitCount;
    pool.waitSeconds = stats.waitSeconds;
    metrics.setPool(QStringLiteral("platform_db"), pool);
}

} // namespace bootstrap
