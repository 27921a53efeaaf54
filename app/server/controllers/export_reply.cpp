#include "app/server/controllers/export_reply.h"

#include "app/server/controllers/export_pipe.h"
#include "app/server/controllers/reply.h"
#include "services/wire/audit_codec.h"

namespace server {

void answerExport(const Request &request, const Responder &responder, const ExportReply &reply,
                  const ExportProducer &produce)
{
    auto pipe = std::make_shared<ExportPipe>(responder, wire::exportContentType(reply.format),
                                             reply.name + '.' + wire::exportFormatName(reply.format).toLatin1());
    produce([pipe](const QByteArray &piece) { return pipe->write(piece); })
        .then(QtFuture::Launch::Sync,
              [request, responder, pipe, sealed = reply.sealed](const domain::Result<ports::ExportSummary> &summary) {
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
