#pragma once
#include "app/server/middleware/access.h"
#include "services/platform/clock.h"
#include "services/ports/access_service.h"

#include <QJsonObject>

namespace server {

struct SessionConfig {
    QByteArray jwtSecret; ///< JWT_SECRET; empty = user sessions are not accepted
    QString audience;     ///< canonical base of the public API; a token with another `aud` is refused
};

/// The claims of a user's session (spec 04 §5.1). Errors are Unauthenticated with an `error_code` of spec 04 §2.2 as
/// key: malformed_token, expired_token, invalid_claims.
domain::Result<QJsonObject> sessionClaims(const QByteArray &token, const SessionConfig &config,
                                          const platform::Clock &clock);

/// `ink_…` tokens are asked of the core, everything else is taken for a session. Both outlive the authenticator.
Authenticator makeAuthenticator(ports::AccessService &access, SessionConfig config, const platform::Clock &clock);

} // namespace server
