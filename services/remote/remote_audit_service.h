#pragma once
#include "services/ports/audit_service.h"
#include "services/remote/remote_exports.h"

namespace remote {

/// The audit log of a headless host. The client outlives it.
class RemoteAuditService final : public ports::AuditService {
public:
    explicit RemoteAuditService(HttpClient &client) : m_client(client), m_exports(client) {}

    QFuture<domain::Result<ports::Page<domain::AuditEntry>>> search(ports::CallContext context,
                                                                    ports::AuditQuery query) override;
    QFuture<domain::Result<ports::ExportSummary>> exportRows(ports::CallContext context, ports::AuditFilter filter,
                                                             ports::ExportFormat format,
                                                             ports::ExportSink sink) override;

private:
    HttpClient &m_client;
    RemoteExports m_exports;
};

} // namespace remote
