#include "services/remote/remote_audit_service.h"

#include "services/ports/when_done.h"
#include "services/remote/http_client.h"
#include "services/wire/audit_codec.h"
#include "services/wire/query_codec.h"
#include "services/wire/routes.h"

namespace remote {

using domain::Result;
using wire::AdminRoute;

QFuture<Result<ports::Page<domain::AuditEntry>>> RemoteAuditService::search(ports::CallContext context,
                                                                            ports::AuditQuery query)
{
    // The host's query string is lenient about it; the port is not.
    if (query.limit < 1 || query.limit > ports::maxPageSize)
        return ports::ready(Result<ports::Page<domain::AuditEntry>>(
            domain::invalidInput(QStringLiteral("invalid_limit"), QStringLiteral("limit"),
                                 QStringLiteral("must be 1 to %1").arg(ports::maxPageSize))));
    HttpCall call = callFor(context, "GET", wire::adminPath(AdminRoute::AuditSearch));
    call.query = wire::encodeAuditQuery(query);
    return m_client.call<ports::Page<domain::AuditEntry>>(std::move(call), wire::decodeAuditPage);
}

QFuture<Result<ports::ExportSummary>> RemoteAuditService::exportRows(ports::CallContext context,
                                                                     ports::AuditFilter filter,
                                                                     ports::ExportFormat format, ports::ExportSink sink)
{
    HttpCall call = callFor(context, "GET", wire::adminPath(AdminRoute::AuditExport));
    call.query = wire::encodeAuditFilter(filter);
    call.query.append({QByteArrayLiteral("format"), wire::exportFormatName(format).toLatin1()});
    call.query.append({QByteArrayLiteral("sealed"), QByteArrayLiteral("1")});
    return m_exports.start(std::move(call), format, std::move(sink));
}

} // namespace remote
