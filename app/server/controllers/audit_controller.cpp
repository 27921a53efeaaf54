#include "app/server/controllers/audit_controller.h"

#include "app/server/controllers/export_reply.h"
#include "app/server/controllers/reply.h"
#include "services/wire/audit_codec.h"
#include "services/wire/query_codec.h"

namespace server {

void AuditController::search(const Request &request, Responder responder) const
{
    const domain::Result<ports::AuditQuery> query = wire::decodeAuditQuery(request.query);
    if (!query)
        return responder(failure(request, query.error()));
    answer(m_audit.search(callContext(request), *query), request, std::move(responder),
           [](const ports::Page<domain::AuditEntry> &page) { return jsonReply(wire::encodeAuditPage(page)); });
}

void AuditController::exportRows(const Request &request, Responder responder) const
{
    const domain::Result<ports::AuditQuery> query = wire::decodeAuditQuery(request.query);
    if (!query)
        return responder(failure(request, query.error()));
    const QByteArray name = request.queryValue("format").value_or(QByteArrayLiteral("csv"));
    const std::optional<ports::ExportFormat> format = wire::parseExportFormat(QString::fromUtf8(name));
    if (!format)
        return responder(
            failure(request, domain::invalidInput(QStringLiteral("invalid_format"), QStringLiteral("format"),
                                                  QStringLiteral("must be csv or jsonl"))));
    const bool sealed = request.queryValue("sealed") == QByteArrayLiteral("1");
    answerExport(request, responder, {*format, QByteArrayLiteral("audit"), sealed},
                 [this, &request, &filter = query->filter, &format = *format](ports::ExportSink sink) {
                     return m_audit.exportRows(callContext(request), filter, format, std::move(sink));
                 });
}

} // namespace server
