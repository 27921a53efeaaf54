#pragma once
#include "services/ports/audit_service.h"
#include "services/remote/http_call.h"

#include <QFuture>
#include <QThreadPool>

#include <memory>
#include <mutex>
#include <vector>

namespace remote {

class ExportChannel;
class HttpClient;

/// Exports of a headless host on their way to their sinks, which run on threads of this object; while a sink is busy,
/// reading from the host pauses. Callable from any thread. The client outlives it.
class RemoteExports {
public:
    explicit RemoteExports(HttpClient &client);
    ~RemoteExports(); ///< running exports end with Cancelled; waits for their sinks to return

    /// `call` asks for a sealed body (wire::exportSeal()), so that one that broke off is not taken for complete.
    QFuture<domain::Result<ports::ExportSummary>> start(HttpCall call, ports::ExportFormat format,
                                                        ports::ExportSink sink);

private:
    HttpClient &m_client;
    QThreadPool m_workers;
    std::mutex m_mutex;
    std::vector<std::weak_ptr<ExportChannel>> m_running;
};

} // namespace remote
