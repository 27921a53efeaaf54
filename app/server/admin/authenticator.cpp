#include "app/server/admin/authenticator.h"

#include "app/server/controllers/reply.h"
#include "services/security/jwt.h"

namespace server {

namespace {

domain::Error refused(const char *errorCode)
{
    return domain::makeError(domain::ErrorCode::Unauthenticated, QString::fromLatin1(errorCode));
}

domain::Result<domain::Principal> sessionPrincipal(const QJsonObject &claims)
{
    const auto user = domain::UserId::parse(claims.value(QLatin1StringView("uid")).toString());
    const auto team = domain::TeamId::parse(claims.value(QLatin1StringView("tid")).toString());
    if (!user || !team)
        return refused("invalid_claims");
    domain::Principal principal;
    principal.kind = domain::PrincipalKind::UserSession;
    principal.email = claims.value(QLatin1StringView("email")).toString().trimmed().toLower();
    principal.user = user;
    principal.team = team;
    principal.readOnlySession = claims.value(QLatin1StringView("read_only")).toBool();
    return principal;
}

} // namespace

domain::Result<QJsonObject> sessionClaims(const QByteArray &token, const SessionConfig &config,
                                          const platform::Clock &clock)
{
    if (config.jwtSecret.isEmpty())
        return refused("malformed_token");
    security::JwtRules rules;
    rules.nowSeconds = clock.now().toSecsSinceEpoch();
    rules.audience = config.audience;
    domain::Result<QJsonObject> claims = security::verifyJwt(token, config.jwtSecret, rules);
    if (claims)
        return claims;
    if (claims.error().key == QLatin1StringView("token_expired"))
        return refused("expired_token");
    if (claims.error().key == QLatin1StringView("audience_mismatch"))
        return refused("invalid_claims");
    return refused("malformed_token");
}

Authenticator makeAuthenticator(ports::AccessService &access, SessionConfig config, const platform::Clock &clock)
{
    return [&access, config = std::move(config),
            &clock](const Request &request, const QByteArray &token,
                    const std::function<void(domain::Result<domain::Principal>)> &answer) {
        if (!token.startsWith("ink_"))
            return answer(sessionClaims(token, config, clock).andThen(sessionPrincipal));
        access.authenticate(callContext(request), QString::fromLatin1(token))
            .then(QtFuture::Launch::Sync,
                  [answer](const domain::Result<domain::Principal> &result) {
                      // Unknown, expired or revoked: the core does not say which, and neither does the answer.
                      const bool unknown = !result && result.error().code == domain::ErrorCode::Unauthenticated;
                      answer(unknown ? domain::Result<domain::Principal>(refused("malformed_token")) : result);
                  })
            .onCanceled([answer] { answer(domain::unavailable(QStringLiteral("db_failed"))); });
    };
}

} // namespace server
