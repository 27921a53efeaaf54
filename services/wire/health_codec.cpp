#include "services/wire/health_codec.h"

#include "services/wire/body.h"
#include "services/wire/json_reader.h"

#include <QJsonArray>

namespace wire {

namespace {

QJsonObject checkObject(const ports::HealthCheck &check)
{
    return QJsonObject{
        {QStringLiteral("name"), check.name},
        {QStringLiteral("status"), ports::checkStatusName(check.status)},
        {QStringLiteral("latency_ms"), check.latencyMs},
        {QStringLiteral("last_error"), check.lastError},
        {QStringLiteral("last_check_at"), timeText(check.lastCheckAt)},
        {QStringLiteral("critical"), check.critical},
    };
}

ports::HealthCheck readCheck(const JsonReader &reader)
{
    ports::HealthCheck check;
    check.name = reader.text(QLatin1StringView("name"));
    check.status = reader.choice(QLatin1StringView("status"), parseCheckStatus);
    check.latencyMs = reader.integer(QLatin1StringView("latency_ms"), 0);
    check.lastError = reader.text(QLatin1StringView("last_error"));
    if (!reader.optionalText(QLatin1StringView("last_check_at")).isEmpty()) // empty: never checked
        check.lastCheckAt = reader.time(QLatin1StringView("last_check_at"));
    check.critical = reader.flag(QLatin1StringView("critical"));
    return check;
}

} // namespace

std::optional<ports::CheckStatus> parseCheckStatus(QStringView name)
{
    for (const ports::CheckStatus status :
         {ports::CheckStatus::Ok, ports::CheckStatus::Degraded, ports::CheckStatus::Failed}) {
        if (name == ports::checkStatusName(status))
            return status;
    }
    return std::nullopt;
}

QByteArray encodeHealth(const ports::HealthReport &report)
{
    QJsonArray checks;
    for (const ports::HealthCheck &check : report.checks)
        checks.append(checkObject(check));
    return okBody({{QStringLiteral("health"),
                    QJsonObject{
                        {QStringLiteral("overall"), ports::checkStatusName(report.overall)},
                        {QStringLiteral("service"), report.service},
                        {QStringLiteral("version"), report.version},
                        {QStringLiteral("commit_id"), report.commit},
                        {QStringLiteral("backend"), report.backend},
                        {QStringLiteral("migration_version"), report.migrationVersion},
                        {QStringLiteral("migration_count"), report.migrationCount},
                        {QStringLiteral("migration_status"), report.migrationStatus},
                        {QStringLiteral("uptime_seconds"), report.uptimeSeconds},
                        {QStringLiteral("pool"), QJsonObject{{QStringLiteral("in_use"), report.poolInUse},
                                                             {QStringLiteral("idle"), report.poolIdle},
                                                             {QStringLiteral("max"), report.poolMax},
                                                             {QStringLiteral("wait_count"), report.poolWaitCount}}},
                        {QStringLiteral("database_bytes"), report.databaseBytes},
                        {QStringLiteral("checks"), checks},
                        {QStringLiteral("as_of"), timeText(report.asOf)},
                    }}});
}

domain::Result<ports::HealthReport> decodeHealth(const QByteArray &body)
{
    const JsonReader reader = JsonReader::fromBody(body);
    const JsonReader object = reader.object(QLatin1StringView("health"));
    ports::HealthReport report;
    report.overall = object.choice(QLatin1StringView("overall"), parseCheckStatus);
    report.service = object.text(QLatin1StringView("service"));
    report.version = object.text(QLatin1StringView("version"));
    report.commit = object.text(QLatin1StringView("commit_id"));
    report.backend = object.text(QLatin1StringView("backend"));
    report.migrationVersion = object.text(QLatin1StringView("migration_version"));
    report.migrationCount = object.smallInteger(QLatin1StringView("migration_count"));
    report.migrationStatus = object.text(QLatin1StringView("migration_status"));
    report.uptimeSeconds = object.integer(QLatin1StringView("uptime_seconds"), 0);
    const JsonReader pool = object.object(QLatin1StringView("pool"));
    report.poolInUse = pool.smallInteger(QLatin1StringView("in_use"));
    report.poolIdle = pool.smallInteger(QLatin1StringView("idle"));
    report.poolMax = pool.smallInteger(QLatin1StringView("max"));
    report.poolWaitCount = pool.integer(QLatin1StringView("wait_count"), 0);
    report.databaseBytes = object.integer(QLatin1StringView("database_bytes"), -1);
    for (const JsonReader &item : object.objects(QLatin1StringView("checks")))
        report.checks << readCheck(item);
    report.asOf = object.time(QLatin1StringView("as_of"));
    return reader.finish(std::move(report));
}

} // namespace wire
