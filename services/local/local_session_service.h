#pragma once
#include "services/local/local_runner.h"
#include "services/ports/session_service.h"

namespace local {

/// The operator at this machine, or whoever the HTTP server put into the context.
class LocalSessionService final : public ports::SessionService {
public:
    explicit LocalSessionService(const LocalRunner &runner) : m_runner(runner) {}
    QFuture<domain::Result<ports::SessionInfo>> whoAmI(ports::CallContext context) override;

private:
    const LocalRunner &m_runner;
};

} // namespace local
