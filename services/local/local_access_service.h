#pragma once
#include "services/local/local_runner.h"
#include "services/ports/access_service.h"

namespace local {

class LocalAccessService final : public ports::AccessService {
public:
    /// The runner's references outlive the service.
    explicit LocalAccessService(const LocalRunner &runner) : m_runner(runner) {}

    /// Reads; the last use is noted by a second job that nobody waits for.
    QFuture<domain::Result<domain::Principal>> authenticate(ports::CallContext context, QString secret) override;
    QFuture<domain::Result<ports::MintedToken>> mint(ports::CallContext context, ports::MintToken request) override;
    QFuture<domain::Result<QList<ports::OperatorToken>>> tokens(ports::CallContext context) override;
    QFuture<domain::Result<ports::OperatorToken>> revoke(ports::CallContext context, domain::TokenId token) override;
    QFuture<domain::Result<bool>> admitHit(ports::CallContext context, QString bucket, int limit,
                                           int windowSeconds) override;
    QFuture<domain::Result<domain::Done>> recordAccess(ports::CallContext context, ports::AdminAccess access) override;

private:
    LocalRunner m_runner;
};

} // namespace local
