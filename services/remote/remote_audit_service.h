#pragma once
#include "services/ports/audit_service.h"

#include <QThreadPool>

#include <memory>
#include <mutex>
#include <vector>

namespace remote {

class ExportChannel;
class HttpClient;

/// The audit log of a headless host. The client outlives it.
class RemoteAuditService final : public ports::AuditService {
public:
    explicit RemoteAuditService(HttpClient &client);
    ~RemoteAuditService() override; ///< running exports end with Cancelled; waits for their sinks to return

    QFuture<domain::Result<ports::Page<domain::AuditEntry>>> search(ports::CallContext context,
                                                                    ports::AuditQuery query) override;
    /// The sink runs on a thread of this service; while it is busy, reading from the host pauses.
    QFuture<domain::Result<ports::ExportSummary>> exportRows(ports::CallContext context, ports::AuditFilter filter,
                                                             ports::ExportFormat format,
                                                             ports::ExportSink sink) override;

private:
    HttpClient &m_client;
    QThreadPool m_workers;
    std::mutex m_mutex;
    std::vector<std::weak_ptr<ExportChannel>> m_running;
};

} // namespace remote
