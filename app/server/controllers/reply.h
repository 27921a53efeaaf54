#pragma once
#include "app/server/request.h"
#include "app/server/response.h"
#include "models/domain/result.h"
#include "services/ports/call_context.h"

#include <QFuture>

/// What every controller does between a port and an answer.
namespace server {

/// The caller, the request id and the deadline of a request, for a port.
ports::CallContext callContext(const Request &request);

/// The envelope of a failure (spec 04 §2.1): status and key by services/wire/error_status.h, `fields` where the error
/// names some. Only an InvalidInput shows its detail: elsewhere that is for the log.
Response failure(const Request &request, const domain::Error &error);

/// Answers with encode(value) or the failure, on whatever thread finishes the future. No event loop is needed.
template <typename T, typename Encode>
void answer(QFuture<domain::Result<T>> future, const Request &request, Responder responder, Encode encode)
{
    future
        .then(QtFuture::Launch::Sync,
              [request, responder, encode](const domain::Result<T> &result) {
                  responder(result ? encode(*result) : failure(request, result.error()));
              })
        .onCanceled(
            [request, responder] { responder(failure(request, domain::unavailable(QStringLiteral("db_failed")))); });
}

/// A ":name" segment as an id, or InvalidInput with this key.
template <typename Id>
domain::Result<Id> pathId(const Request &request, const char *name, const char *errorKey)
{
    if (const auto id = Id::parse(QString::fromUtf8(request.param(name))))
        return *id;
    return domain::invalidInput(QString::fromLatin1(errorKey), QString::fromLatin1(name),
                                QStringLiteral("must be a UUID"));
}

/// The body of a port's value, with `Cache-Control: no-store`: admin answers are nobody's cache.
Response jsonReply(QByteArray body, int status = 200);

} // namespace server
