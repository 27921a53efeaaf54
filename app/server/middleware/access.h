#pragma once
#include "app/server/router.h"
#include "models/domain/principal.h"
#include "models/domain/result.h"

#include <QByteArray>

#include <functional>

namespace server {

/// Turns a bearer token into who it is. Must not block; answers on any thread, once. An Unauthenticated error carries
/// the `error_code` of spec 04 §2.2 as its key (malformed_token, expired_token, invalid_claims, revoked_session).
using Authenticator = std::function<void(const Request &request, QByteArray token,
                                         std::function<void(domain::Result<domain::Principal>)> answer)>;

/// For Access::Bearer and, outermost, Access::Admin: 401 without a usable token, else `principal` is set.
Middleware requireBearer(Authenticator authenticate);

/// For Access::MetricsToken: constant-time comparison; an empty configured token lets everybody in (spec 04 §1.2).
Middleware requireMetricsToken(QByteArray token);

struct BearerToken {
    QByteArray token;
    QByteArray problem; ///< empty, missing_credentials or malformed_token
};
BearerToken bearerToken(const Headers &headers);

} // namespace server
