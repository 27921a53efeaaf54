#include "services/local/local_audit_service.h"

#include "services/local/local_export.h"
#include "services/usecases/audit_export.h"
#include "services/usecases/audit_search.h"

namespace local {

using domain::Result;
using ports::CallContext;
using ports::ExportSummary;
using storage::Access;
using usecases::Env;

QFuture<Result<ports::Page<domain::AuditEntry>>> LocalAuditService::search(CallContext context, ports::AuditQuery query)
{
    return m_runner.run<ports::Page<domain::AuditEntry>>(
        Access::Read, context, [query](const Env &env) { return usecases::searchAudit(env, query); });
}

QFuture<Result<ExportSummary>> LocalAuditService::exportRows(CallContext context, ports::AuditFilter filter,
                                                             ports::ExportFormat format, ports::ExportSink sink)
{
    return runExport(
        m_runner, context, std::move(sink),
        [filter, format](const Env &env) { return usecases::openAuditExport(env, filter, format); },
        [filter, format](const Env &env, const ports::ExportSink &out) {
            return usecases::streamAudit(env, filter, format, out);
        });
}

} // namespace local
