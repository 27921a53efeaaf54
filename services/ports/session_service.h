#pragma once
#include "models/domain/principal.h"
#include "models/domain/result.h"
#include "services/ports/call_context.h"

#include <QFuture>

namespace ports {

/// Who is signed in on this connection.
struct SessionInfo {
    domain::Principal principal;
    QString backend;         ///< "SQLite", "PostgreSQL 15.18", "Headless server 0.1.0"
    QString serverVersion;   ///< version of the core that answers
    QString adminPathPrefix; ///< remote only; empty otherwise
    std::optional<QDateTime> tokenExpiresAt;
    bool operator==(const SessionInfo &) const = default;
};

/// All methods: callable from any thread, answer on an unspecified thread, never block, never throw.
class SessionService {
public:
    virtual ~SessionService() = default;
    /// Unauthenticated when the token is unknown, expired or revoked; Unavailable when nothing answers.
    virtual QFuture<domain::Result<SessionInfo>> whoAmI(CallContext context) = 0;
};

} // namespace ports
