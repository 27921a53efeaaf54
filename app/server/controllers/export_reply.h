#pragma once
#include "app/server/request.h"
#include "app/server/response.h"
#include "models/domain/result.h"
#include "services/ports/audit_service.h"

#include <QFuture>

#include <functional>

namespace server {

/// What an export's answer is made of.
struct ExportReply {
    ports::ExportFormat format = ports::ExportFormat::Csv;
    QByteArray name;     ///< of the file, without its extension
    bool sealed = false; ///< see wire::exportSeal()
};
using ExportProducer = std::function<QFuture<domain::Result<ports::ExportSummary>>(ports::ExportSink)>;

/// Streams what `produce` gives. The head goes out with the first piece, so that an error before it is still a proper
/// answer; one after it breaks the stream visibly.
void answerExport(const Request &request, const Responder &responder, const ExportReply &reply,
                  const ExportProducer &produce);

} // namespace server
