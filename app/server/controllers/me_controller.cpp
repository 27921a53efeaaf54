#include "app/server/controllers/me_controller.h"

#include "app/server/controllers/experiments.h"
#include "app/server/controllers/reply.h"
#include "services/wire/body.h"
#include "services/wire/session_codec.h"

#include <QJsonArray>

#include <algorithm>

namespace server {

namespace {

/// CustomerDetail::users is cut at this many.
constexpr qsizetype listedUsers = 200;

domain::Error notFound(const char *key)
{
    return domain::makeError(domain::ErrorCode::NotFound, QString::fromLatin1(key));
}

/// The server's own look at the caller's team: a user session has no operator permission.
ports::CallContext lookUpContext(const Request &request)
{
    ports::CallContext context = callContext(request);
    context.principal = {};
    context.principal.email = QStringLiteral("server");
    context.principal.permissions = domain::Permission::ViewCustomers;
    return context;
}

} // namespace

void MeController::me(const Request &request, Responder responder) const
{
    if (!request.principal->team)
        return tellOperator(request, responder);
    m_needs.customers.detail(lookUpContext(request), *request.principal->team)
        .then(QtFuture::Launch::Sync,
              [self = shared_from_this(), request, responder](const domain::Result<ports::CustomerDetail> &detail) {
                  if (detail)
                      return responder(self->describeUser(request, *detail));
                  domain::Error error = detail.error();
                  if (error.code == domain::ErrorCode::Unavailable)
                      error.key = QStringLiteral("db_error"); // this endpoint's own name for it (spec 04 §5.6)
                  responder(failure(request, error));
              })
        .onCanceled(
            [request, responder] { responder(failure(request, domain::unavailable(QStringLiteral("db_error")))); });
}

void MeController::tellOperator(const Request &request, const Responder &responder) const
{
    const domain::Principal &principal = *request.principal;
    QJsonObject body{
        {QStringLiteral("user_id"), QJsonValue()},
        {QStringLiteral("team_id"), QJsonValue()},
        {QStringLiteral("email"), principal.email},
        {QStringLiteral("tier"), QJsonValue()},
        {QStringLiteral("plan_display_name"), QJsonValue()},
        {QStringLiteral("experiments"), QJsonObject()},
        {QStringLiteral("permissions"), QJsonArray::fromStringList(wire::permissionNames(principal.permissions))},
        {QStringLiteral("token_id"), wire::idOrNull(principal.token)},
    };
    addOperatorMembers(principal.email, &body);
    responder(jsonReply(wire::okBody(std::move(body))));
}

Response MeController::describeUser(const Request &request, const ports::CustomerDetail &detail) const
{
    const domain::Principal &principal = *request.principal;
    const auto user = std::find_if(detail.users.begin(), detail.users.end(),
                                   [&principal](const domain::User &u) { return u.id == *principal.user; });
    const bool listed = user != detail.users.end();
    if (!listed && detail.users.size() < listedUsers)
        return failure(request, notFound("user_not_found"));
    const QString email = listed ? user->email : principal.email;
    QJsonObject body{
        {QStringLiteral("user_id"), principal.user->toString()},
        {QStringLiteral("team_id"), detail.row.id.toString()},
        {QStringLiteral("email"), email},
        {QStringLiteral("tier"), detail.row.tier},
        {QStringLiteral("plan_display_name"), m_needs.plans.plan(detail.row.tier).displayName},
        {QStringLiteral("experiments"), experimentsOf(detail.row.id.toString())},
    };
    addOperatorMembers(email, &body);
    if (principal.readOnlySession) {
        body.insert(QLatin1StringView("read_only"), true);
        const auto claims = sessionClaims(bearerToken(request.headers).token, m_needs.session, m_needs.clock);
        if (claims)
            body.insert(QLatin1StringView("impersonated_by"), claims->value(QLatin1StringView("impersonated_by")));
    }
    return jsonReply(wire::okBody(std::move(body)));
}

void MeController::addOperatorMembers(const QString &email, QJsonObject *body) const
{
    if (m_needs.admin.prefix.isEmpty() || !m_needs.admin.allows(email))
        return;
    body->insert(QLatin1StringView("is_platform_admin"), true);
    body->insert(QLatin1StringView("admin_path_prefix"), m_needs.admin.prefix);
}

} // namespace server
