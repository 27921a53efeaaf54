#pragma once
#include "services/local/local_runner.h"
#include "services/ports/audit_service.h"

namespace local {

class LocalAuditService final : public ports::AuditService {
public:
    explicit LocalAuditService(const LocalRunner &runner) : m_runner(runner) {}

    QFuture<domain::Result<ports::Page<domain::AuditEntry>>> search(ports::CallContext context,
                                                                    ports::AuditQuery query) override;
    QFuture<domain::Result<ports::ExportSummary>> exportRows(ports::CallContext context, ports::AuditFilter filter,
                                                             ports::ExportFormat format,
                                                             ports::ExportSink sink) override;

private:
    const LocalRunner &m_runner;
};

} // namespace local
