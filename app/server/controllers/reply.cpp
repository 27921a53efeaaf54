#include "app/server/controllers/reply.h"

#include "app/server/error_envelope.h"
#include "services/wire/error_status.h"

namespace server {

ports::CallContext callContext(const Request &request)
{
    ports::CallContext context;
    if (request.principal)
        context.principal = *request.principal;
    context.requestId = request.requestIdText();
    context.deadline = request.deadlineUtc();
    context.origin = QStringLiteral("api");
    return context;
}

Response failure(const Request &request, const domain::Error &error)
{
    ErrorReply reply;
    reply.status = wire::httpStatus(error);
    reply.code = error.key.toUtf8();
    if (error.code == domain::ErrorCode::InvalidInput)
        reply.message = error.detail;
    if (!error.fields.isEmpty()) {
        QJsonObject fields;
        for (auto field = error.fields.begin(); field != error.fields.end(); ++field)
            fields.insert(field.key(), field.value());
        reply.extra.insert(QLatin1StringView("fields"), fields);
    }
    return errorResponse(request, reply);
}

Response jsonReply(QByteArray body, int status)
{
    return Response::jsonBytes(status, std::move(body)).withHeader("Cache-Control", "no-store");
}

} // namespace server
