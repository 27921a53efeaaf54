#include "services/local/local_access_service.h"

#include "services/usecases/access_audit.h"
#include "services/usecases/tokens.h"

namespace local {

using domain::Done;
using domain::Principal;
using domain::Result;
using ports::CallContext;
using storage::Access;
using usecases::Env;

QFuture<Result<Principal>> LocalAccessService::authenticate(CallContext context, QString secret)
{
    return m_runner.run<Principal>(
        Access::Read, context, [&runner = m_runner, context, secret](const Env &env) -> Result<Principal> {
            auto known = usecases::authenticate(env, secret);
            if (!known)
                return known.error();
            if (known->touch) {
                // A lost note of the last use harms nobody, waiting for the writer would.
                const QFuture<Result<Done>> noted =
                    runner.run<Done>(Access::Write, context, [token = *known->principal.token](const Env &writing) {
                        return usecases::touchToken(writing, token);
                    });
                Q_UNUSED(noted)
            }
            return known->principal;
        });
}

QFuture<Result<ports::MintedToken>> LocalAccessService::mint(CallContext context, ports::MintToken request)
{
    return m_runner.run<ports::MintedToken>(Access::Write, context,
                                            [request](const Env &env) { return usecases::mintToken(env, request); });
}

QFuture<Result<QList<ports::OperatorToken>>> LocalAccessService::tokens(CallContext context)
{
    return m_runner.run<QList<ports::OperatorToken>>(Access::Read, context,
                                                     [](const Env &env) { return usecases::listTokens(env); });
}

QFuture<Result<ports::OperatorToken>> LocalAccessService::revoke(CallContext context, domain::TokenId token)
{
    return m_runner.run<ports::OperatorToken>(Access::Write, context,
                                              [token](const Env &env) { return usecases::revokeToken(env, token); });
}

QFuture<Result<bool>> LocalAccessService::admitHit(CallContext context, QString bucket, int limit, int windowSeconds)
{
    return m_runner.run<bool>(Access::Write, context, [bucket, limit, windowSeconds](const Env &env) {
        return usecases::admitHit(env, bucket, limit, windowSeconds);
    });
}

QFuture<Result<Done>> LocalAccessService::recordAccess(CallContext context, ports::AdminAccess access)
{
    return m_runner.run<Done>(Access::Write, context,
                              [access](const Env &env) { return usecases::recordAccess(env, access); });
}

} // namespace local
