#pragma once
#include "services/local/local_runner.h"
#include "services/ports/health_service.h"

#include <QElapsedTimer>

namespace local {

/// Checks of this process's own database: one short job, a few microseconds of arithmetic. Needs no permission: whoever
/// may ask is decided in front of it (spec 03 §3.1). A database that does not answer is a failed check.
class LocalHealthService final : public ports::HealthService {
public:
    explicit LocalHealthService(const LocalRunner &runner);
    QFuture<domain::Result<ports::HealthReport>> report(ports::CallContext context) override;

private:
    const LocalRunner &m_runner;
    QElapsedTimer m_uptime;
};

} // namespace local
