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
    /// See answerExport().
    void exportRows(const Request &request, Responder responder) const;

private:
    ports::AuditService &m_audit;
};

} // namespace server
