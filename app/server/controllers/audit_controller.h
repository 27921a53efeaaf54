#pragma once
#include "app/server/request.h"
#include "app/server/response.h"
#include "services/ports/audit_service.h"

namespace server {

/// `/audit` and `/audit/export`. Thread-safe; the service outlives it.
class AuditController {
public:
    explicit AuditController(ports::AuditService &audit) : m_audit(audit) {}

    void search(const Request &request, Responder responder) const;
    /// Streams; the head goes out with the first piece, so that an error before it is still a proper answer. An error
    /// after it breaks the stream visibly.
    void exportRows(const Request &request, Responder responder) const;

private:
    ports::AuditService &m_audit;
};

} // namespace server
