#pragma once
#include "models/domain/principal.h"
#include "models/domain/result.h"
#include "services/ports/call_context.h"

#include <QFuture>
#include <QJsonObject>

namespace ports {

struct OperatorToken {
    domain::TokenId id;
    QString name;
    QString email;
    domain::Scope scope = domain::Scope::Auditor;
    QDateTime createdAt;
    std::optional<QDateTime> expiresAt, revokedAt, lastUsedAt;
    bool operator==(const OperatorToken &) const = default;
};

struct MintToken {
    QString name;  ///< 1–120 characters
    QString email; ///< the operator it acts for
    domain::Scope scope = domain::Scope::Auditor;
    int validDays = 90; ///< 1…366
};

struct MintedToken {
    OperatorToken token;
    QString secret; ///< `ink_…`, shown once; only its SHA-256 is stored
};

/// A hit on the admin surface, for the access audit (spec 01 §2.1 layer D).
struct AdminAccess {
    QString email; ///< may be empty
    QString ip;
    QString pathSuffix; ///< prefix already removed
    QString userAgent;  ///< prefix already scrubbed; cut to 120 bytes
    int httpStatus = 0;
    QString deniedBy; ///< empty, `allowlist_miss`, `rate_limit`
    std::optional<domain::TeamId> team;
};

/// What the headless server and the `token` command need of the core to let somebody in. Local only: it has no remote.
class AccessService {
public:
    virtual ~AccessService() = default;
    /// `ink_…` tokens. Unauthenticated `unauthorized` when unknown, expired or revoked. Notes the last use (at most
    /// once a minute per token).
    virtual QFuture<domain::Result<domain::Principal>> authenticate(CallContext context, QString secret) = 0;
    /// Permission ManageTokens.
    virtual QFuture<domain::Result<MintedToken>> mint(CallContext context, MintToken request) = 0;
    virtual QFuture<domain::Result<QList<OperatorToken>>> tokens(CallContext context) = 0;
    /// `token_not_found`; revoking twice is fine.
    virtual QFuture<domain::Result<OperatorToken>> revoke(CallContext context, domain::TokenId token) = 0;
    /// Counts one hit of `bucket` in a rolling window; value() is true while the hit is within `limit`. Hits over the
    /// limit count as well, so a hammering client stays out (spec 01 §2.1 gate C).
    virtual QFuture<domain::Result<bool>> admitHit(CallContext context, QString bucket, int limit,
                                                   int windowSeconds) = 0;
    /// Writes the `admin.access` row (spec 01 §2.1 layer D).
    virtual QFuture<domain::Result<domain::Done>> recordAccess(CallContext context, AdminAccess access) = 0;
};

} // namespace ports
