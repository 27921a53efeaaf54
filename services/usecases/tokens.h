#pragma once
#include "services/usecases/env.h"

/// Operator tokens and the rate limit of the admin surface (spec 01 §2.1, spec 04 §5.2).
namespace usecases {

struct Authenticated {
    domain::Principal principal;
    bool touch = false; ///< the last noted use is a minute old or more: call touchToken()
};

/// Unauthenticated `unauthorized` when the secret is unknown, expired or revoked, always in the same words. Reads only.
domain::Result<Authenticated> authenticate(const Env &env, const QString &secret);
domain::Result<domain::Done> touchToken(const Env &env, domain::TokenId token);

/// ManageTokens. `invalid_name`, `invalid_email`, `invalid_valid_days`; writes `admin.token_minted`.
domain::Result<ports::MintedToken> mintToken(const Env &env, const ports::MintToken &request);
/// ManageTokens. Newest first.
domain::Result<QList<ports::OperatorToken>> listTokens(const Env &env);
/// ManageTokens. `token_not_found`; the first revocation writes `admin.token_revoked`, a second one changes nothing.
domain::Result<ports::OperatorToken> revokeToken(const Env &env, domain::TokenId token);

/// True while fewer than `limit` hits were in the window before this one (spec 01 §2.1 gate C).
domain::Result<bool> admitHit(const Env &env, const QString &bucket, int limit, int windowSeconds);

} // namespace usecases
