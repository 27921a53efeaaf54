#include "app/server/health/health_routes.h"

#include "app/server/error_envelope.h"
#include "app/server/health/migration_cache.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <array>
#include <ctime>

namespace server {

namespace {

constexpr std::chrono::milliseconds probeDeadline{10000};

/// "2026-11-22T05:52:11.042Z" without the cost of QDateTime: /healthz is the most frequent request of all.
QByteArray nowText()
{
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    std::tm utc{};
    gmtime_r(&now.tv_sec, &utc);
    std::array<char, 40> text{};
    const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &utc);
    QByteArray out(text.data(), static_cast<qsizetype>(size));
    const QByteArray millis = QByteArray::number(static_cast<qlonglong>(now.tv_nsec / 1000000));
    return out + '.' + millis.rightJustified(3, '0') + 'Z';
}

void appendText(QByteArray &out, QByteArrayView name, const QByteArray &value)
{
    out += ",\"";
    out += name;
    out += "\":";
    appendJsonString(out, QString::fromUtf8(value));
}

Response noStore(Response response)
{
    return std::move(response).withHeader("Cache-Control", "no-store");
}

QString timeText(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODateWithMs);
}

/// What never changes between two /healthz answers of one process.
QByteArray healthzPrefix(const HealthSources &sources)
{
    QByteArray text = "{\"ok\":true";
    appendText(text, "service", sources.service);
    appendText(text, "commit_id", sources.commit);
    appendText(text, "build_time", sources.buildTime);
    appendText(text, "version", sources.version);
    return text;
}

QByteArray healthzBody(const QByteArray &prefix, const MigrationState &migration, const QDateTime &startedAt)
{
    QByteArray body;
    body.reserve(prefix.size() + 256);
    body += prefix;
    appendText(body, "migration_version", migration.version.toUtf8());
    body += ",\"migration_count\":" + QByteArray::number(migration.count);
    body += migration.known ? ",\"migration_status\":\"ok\"" : ",\"migration_status\":\"unknown\"";
    body += ",\"now\":\"" + nowText() + '"';
    const qint64 uptime = (QDateTime::currentMSecsSinceEpoch() - startedAt.toMSecsSinceEpoch()) / 1000;
    body += ",\"uptime_seconds\":" + QByteArray::number(std::max<qint64>(0, uptime)) + '}';
    return body;
}

QJsonObject checkObject(const ports::HealthCheck &check, bool verbose)
{
    QJsonObject row{{QStringLiteral("name"), check.name},
                    {QStringLiteral("status"), ports::checkStatusName(check.status)},
                    {QStringLiteral("latency_ms"), check.latencyMs},
                    {QStringLiteral("last_check_at"), timeText(check.lastCheckAt)}};
    if (!check.lastError.isEmpty())
        row.insert(QStringLiteral("last_error"), check.lastError);
    if (verbose)
        row.insert(QStringLiteral("critical"), check.critical);
    return row;
}

QJsonObject readyzObject(const ReadinessReport &report, const HealthSources &sources, bool verbose)
{
    QJsonArray checks;
    for (const ports::HealthCheck &check : report.checks)
        checks.append(checkObject(check, verbose));
    return QJsonObject{{QStringLiteral("overall"), ports::checkStatusName(report.overall)},
                       {QStringLiteral("service"), QString::fromUtf8(sources.service)},
                       {QStringLiteral("commit_id"), QString::fromUtf8(sources.commit)},
                       {QStringLiteral("checks"), checks}};
}

void addVerbose(QJsonObject &object, const HealthSources &sources, const MigrationState &migration)
{
    object.insert(QStringLiteral("version"), QString::fromUtf8(sources.version));
    object.insert(QStringLiteral("build_time"), QString::fromUtf8(sources.buildTime));
    object.insert(QStringLiteral("uptime_seconds"), sources.startedAt.secsTo(QDateTime::currentDateTimeUtc()));
    object.insert(
        QStringLiteral("migration"),
        QJsonObject{{QStringLiteral("version"), migration.version},
                    {QStringLiteral("count"), migration.count},
                    {QStringLiteral("status"), migration.known ? QStringLiteral("ok") : QStringLiteral("unknown")}});
    if (!sources.verboseFigures)
        return;
    const QJsonObject figures = sources.verboseFigures();
    for (auto member = figures.begin(); member != figures.end(); ++member)
        object.insert(member.key(), member.value());
}

Handler readyzHandler(std::shared_ptr<const HealthSources> sources, std::shared_ptr<MigrationCache> migration,
                      std::shared_ptr<Readiness> readiness)
{
    return [sources, migration, readiness](const Request &request, const Responder &respond) {
        const bool verbose = request.queryValue("verbose").has_value();
        readiness->probe([sources, migration, verbose, respond](const ReadinessReport &report) {
            const int status = report.overall == ports::CheckStatus::Failed ? 503 : 200;
            QJsonObject object = readyzObject(report, *sources, verbose);
            if (!verbose) {
                respond(noStore(Response::json(status, object)));
                return;
            }
            migration->get([sources, status, respond, object](const MigrationState &state) mutable {
                addVerbose(object, *sources, state);
                respond(noStore(Response::json(status, object)));
            });
        });
    };
}

Handler textHandler(std::function<QByteArray()> source, QByteArray contentType)
{
    return [source = std::move(source), contentType = std::move(contentType)](const Request &request,
                                                                              const Responder &respond) {
        if (!source) {
            respond(errorResponse(request, ErrorReply{.status = 404, .code = "not_found"}));
            return;
        }
        Response response;
        response.contentType = contentType;
        response.body = source();
        respond(std::move(response));
    };
}

QByteArray securityText(const HealthSources &sources)
{
    const QDateTime expires = sources.startedAt.toUTC().addYears(1);
    return "Contact: " + sources.securityContact + "\nExpires: " + expires.toString(Qt::ISODate).toLatin1() +
           "\nPreferred-Languages: en\nCanonical: " + sources.canonicalUrl + "/.well-known/security.txt\n";
}

} // namespace

domain::Result<domain::Done> addHealthRoutes(Router &router, HealthSources sources,
                                             std::shared_ptr<Readiness> readiness)
{
    const auto shared = std::make_shared<const HealthSources>(std::move(sources));
    const auto migration = std::make_shared<MigrationCache>(shared->migration, std::chrono::seconds(60));

    const Response alive = Response::jsonBytes(200, "{\"alive\":true}");
    const QByteArray prefix = healthzPrefix(*shared);
    const auto healthz = [shared, migration, prefix](const Request &, const Responder &respond) {
        migration->get([shared, prefix, respond](const MigrationState &state) {
            respond(noStore(Response::jsonBytes(200, healthzBody(prefix, state, shared->startedAt))));
        });
    };
    const QByteArray security = securityText(*shared);
    const Handler securityHandler = textHandler([security] { return security; }, "text/plain; charset=utf-8");

    const std::array table{
        Route{.path = "/livez", .handler = [alive](const Request &, const Responder &respond) { respond(alive); }},
        Route{.path = "/healthz", .handler = healthz},
        Route{.path = "/readyz", .handler = readyzHandler(shared, migration, std::move(readiness))},
        Route{.path = "/metrics",
              .access = Access::MetricsToken,
              .handler = textHandler(shared->metricsText, "text/plain; version=0.0.4; charset=utf-8")},
        Route{.path = "/openapi.json", .handler = textHandler(shared->openapi, "application/json")},
        Route{.path = "/.well-known/security.txt", .handler = securityHandler},
        Route{.path = "/security.txt", .handler = securityHandler},
    };
    for (Route route : table) {
        route.limits.deadline = probeDeadline;
        route.limits.bodyBytes = 1024;
        const domain::Result<domain::Done> added = router.add(std::move(route));
        if (!added)
            return added;
    }
    return domain::Done{};
}

} // namespace server
