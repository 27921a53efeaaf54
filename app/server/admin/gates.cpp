#include "app/server/admin/gates.h"

#include "app/server/admin/fingerprint.h"
#include "app/server/controllers/reply.h"
#include "app/server/error_envelope.h"
#include "services/wire/routes.h"

#include <QDateTime>

namespace server {

namespace {

constexpr const char *denied[] = {"allowlist_miss", "rate_limit"};
enum Denial { AllowListMiss, RateLimit };

/// One body for both gates, so that a caller cannot tell which one refused.
Response refuse(const Request &request, Denial why)
{
    Response response = errorResponse(request, ErrorReply{.status = 403, .code = QByteArrayLiteral("forbidden")});
    response.deniedBy = denied[why];
    return response;
}

bool isListedOperator(const AdminConfig &config, const Request &request)
{
    return request.principal && request.principal->kind == domain::PrincipalKind::OperatorToken &&
           request.principal->token && config.allows(request.principal->email);
}

QString scrubbed(QString text, const QString &prefix)
{
    return text.replace(prefix, QStringLiteral("<prefix>"), Qt::CaseInsensitive);
}

/// Path below the mount point; "" for the mount point itself (spec 01 §2.1 layer D).
QString pathSuffix(const QString &path, const QString &base)
{
    if (path == base)
        return {};
    if (!path.startsWith(base + QLatin1Char('/')))
        return QStringLiteral("<INVALID>");
    return path.sliced(base.size() + 1);
}

std::optional<domain::TeamId> teamOf(const Request &request, const QString &suffix)
{
    if (const auto team = domain::TeamId::parse(QString::fromUtf8(request.param("team_id"))))
        return team;
    const QLatin1StringView marker("customers/");
    if (const qsizetype at = suffix.indexOf(marker); at >= 0) {
        if (const auto team = domain::TeamId::parse(QStringView(suffix).sliced(at + marker.size()).left(36)))
            return team;
    }
    return request.principal ? request.principal->team : std::nullopt;
}

ports::AdminAccess describe(const Request &request, const QString &prefix)
{
    ports::AdminAccess access;
    access.email = request.principal ? request.principal->email : QString();
    access.ip = QString::fromLatin1(request.clientIp);
    const QString suffix = pathSuffix(QString::fromUtf8(request.path), QString::fromLatin1(wire::adminBase(prefix)));
    access.team = teamOf(request, suffix);
    access.pathSuffix = scrubbed(suffix, prefix);
    access.userAgent = scrubbed(QString::fromUtf8(request.headers.value("User-Agent")), prefix);
    access.userAgent = QString::fromUtf8(access.userAgent.toUtf8().left(120));
    return access;
}

} // namespace

bool AdminConfig::allows(const QString &email) const
{
    const QString plain = email.trimmed().toLower();
    return !plain.isEmpty() && emails.contains(plain);
}

QStringList parseAdminEmails(const QString &list)
{
    QStringList emails;
    const QStringList parts = list.split(QLatin1Char(','));
    for (const QString &part : parts) {
        const QString email = part.trimmed().toLower();
        if (!email.isEmpty() && !emails.contains(email))
            emails << email;
    }
    return emails;
}

Middleware requireWritable()
{
    return [](const Route &route, Handler next) -> Handler {
        if (route.method == Method::Get)
            return next;
        return [next = std::move(next)](const Request &request, Responder responder) {
            if (request.principal && request.principal->readOnlySession)
                return responder(
                    errorResponse(request, ErrorReply{.status = 403, .code = QByteArrayLiteral("read_only_session")}));
            next(request, std::move(responder));
        };
    };
}

Middleware auditAccess(const AdminConfig &config, std::shared_ptr<AccessAuditor> auditor)
{
    return [prefix = config.prefix, auditor = std::move(auditor)](const Route &, Handler next) -> Handler {
        return [prefix, auditor, next = std::move(next)](const Request &request, Responder responder) {
            Responder audited([responder, auditor, context = callContext(request),
                               access = describe(request, prefix)](Response &&response) mutable {
                access.httpStatus = response.status;
                access.deniedBy = QString::fromLatin1(response.deniedBy);
                context.deadline = {}; // the row outlives the request's deadline
                // Queued first: whoever has an answer has a row on its way, which a shutdown then waits for.
                auditor->record(std::move(context), std::move(access));
                responder(std::move(response));
            });
            next(request, std::move(audited));
        };
    };
}

Middleware limitRate(const AdminConfig &config, ports::AccessService &access)
{
    return [config, &access](const Route &, Handler next) -> Handler {
        return [config, &access, next = std::move(next)](const Request &request, Responder responder) {
            const bool listed = isListedOperator(config, request);
            const QString bucket =
                listed ? QStringLiteral("rl_admin_op:") + request.principal->token->toString()
                       : QStringLiteral("rl_admin:") + QString::fromLatin1(clientFingerprint(request.clientIp));
            ports::CallContext context = callContext(request);
            context.deadline = QDateTime::currentDateTimeUtc().addSecs(2);
            access
                .admitHit(context, bucket, listed ? config.operatorRateLimit : config.rateLimit,
                          config.rateWindowSeconds)
                .then(QtFuture::Launch::Sync,
                      [request, responder, next](const domain::Result<bool> &admitted) {
                          if (admitted && !*admitted)
                              return responder(refuse(request, RateLimit));
                          next(request, responder);
                      })
                .onCanceled([request, responder, next] { next(request, responder); });
        };
    };
}

Middleware requireAllowListed(const AdminConfig &config)
{
    return [config](const Route &, Handler next) -> Handler {
        return [config, next = std::move(next)](const Request &request, Responder responder) {
            if (!request.principal || !config.allows(request.principal->email))
                return responder(refuse(request, AllowListMiss));
            if (request.principal->kind == domain::PrincipalKind::OperatorToken)
                return next(request, std::move(responder));
            Request admitted = request;
            admitted.principal->permissions = domain::permissionsOf(
                request.principal->readOnlySession ? domain::Scope::Auditor : domain::Scope::Admin);
            next(admitted, std::move(responder));
        };
    };
}

} // namespace server
