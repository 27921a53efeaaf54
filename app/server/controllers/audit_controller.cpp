#include "app/server/controllers/audit_controller.h"

#include "app/server/controllers/export_pipe.h"
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
    auto pipe = std::make_shared<ExportPipe>(responder, wire::exportContentType(*format),
                                             "audit." + wire::exportFormatName(*format).toLatin1());
    m_audit
        .exportRows(callContext(request), query->filter, *format,
                    [pipe](const QByteArray &piece) { return pipe->write(piece); })
        .then(QtFuture::Launch::Sync,
              [request, responder, pipe, sealed](const domain::Result<ports::ExportSummary> &summary) {
                  if (summary) {
                      if (sealed)
                          pipe->write(wire::exportSeal());
                      return pipe->finish();
                  }
                  pipe->fail();
                  responder(failure(request, summary.error())); // ignored if the head went out already
              })
        .onCanceled([request, responder, pipe] {
            pipe->fail();
            responder(failure(request, domain::unavailable(QStringLiteral("db_failed"))));
        });
}

} // namespace server
