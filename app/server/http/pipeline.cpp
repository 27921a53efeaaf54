#include "app/server/http/pipeline.h"

#include "app/server/error_envelope.h"
#include "app/server/http/target.h"
#include "app/server/middleware/cors.h"
#include "app/server/middleware/security_headers.h"

#include <QRandomGenerator>

#include <algorithm>
#include <array>

namespace server {

namespace {

constexpr std::array<QByteArrayView, 4> probes{"/livez", "/healthz", "/readyz", "/openapi.json"};

bool isJsonType(QByteArrayView contentType)
{
    const qsizetype semicolon = contentType.indexOf(';');
    const QByteArrayView type = (semicolon < 0 ? contentType : contentType.first(semicolon)).trimmed();
    constexpr QByteArrayView json = "application/json";
    return type.size() == json.size() && qstrnicmp(type.data(), type.size(), json.data(), json.size()) == 0;
}

QString readableSize(qint64 bytes)
{
    if (bytes >= 1024 * 1024 && bytes % (1024 * 1024) == 0)
        return QStringLiteral("%1 MiB").arg(bytes / (1024 * 1024));
    if (bytes >= 1024 && bytes % 1024 == 0)
        return QStringLiteral("%1 KiB").arg(bytes / 1024);
    return QStringLiteral("%1 bytes").arg(bytes);
}

} // namespace

bool isAcceptableRequestId(QByteArrayView id)
{
    return !id.isEmpty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
               c == '-';
    });
}

QByteArray newRequestId()
{
    thread_local QRandomGenerator generator = QRandomGenerator::securelySeeded();
    std::array<quint32, 4> words{};
    generator.fillRange(words.data(), 4);
    words[1] = (words[1] & 0xffff0fffU) | 0x00004000U;
    words[2] = (words[2] & 0x3fffffffU) | 0x80000000U;
    constexpr const char *digits = "0123456789abcdef";
    QByteArray text(36, '-');
    qsizetype at = 0;
    for (int nibble = 0; nibble < 32; ++nibble) {
        if (nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20)
            ++at;
        text[at++] = digits[(words[static_cast<std::size_t>(nibble / 8)] >> (28 - 4 * (nibble % 8))) & 15U];
    }
    return text;
}

Pipeline::Pipeline(Router router, ServerConfig config, RequestObserver observer)
    : m_router(std::move(router))
    , m_config(std::move(config))
    , m_observer(std::move(observer))
    , m_fixedLines(securityHeaderLines(m_config.production) + "Vary: Origin\r\n")
{
}

void Pipeline::identify(Request &request, const QByteArray &peer) const
{
    const QByteArrayView given = request.headers.value("X-Request-ID");
    request.requestId = isAcceptableRequestId(given) ? given.toByteArray() : newRequestId();
    request.peer = peer;
    request.clientIp =
        m_config.trustedProxies.isEmpty() ? peer : clientIp(peer, request.headers, m_config.trustedProxies);
}

std::optional<Response> Pipeline::refuseBody(const RequestReader &reader, const Request &request,
                                             const Route &route) const
{
    const qint64 limit = std::min(route.limits.bodyBytes, m_config.limits.bodyBytes);
    if (reader.contentLength().value_or(0) > limit) {
        ErrorReply reply{.status = 413, .code = "payload_too_large"};
        reply.facts.insert("limit", readableSize(limit));
        return errorResponse(request, reply);
    }
    if (route.limits.body == BodyKind::Json && reader.hasBody() && !isJsonType(request.headers.value("Content-Type"))) {
        ErrorReply reply{.status = 415, .code = "unsupported_media_type"};
        const QByteArrayView type = request.headers.value("Content-Type");
        reply.facts.insert("type", type.isEmpty() ? QStringLiteral("no media type") : QString::fromLatin1(type));
        return errorResponse(request, reply);
    }
    return std::nullopt;
}

Admission Pipeline::admit(RequestReader &reader, const QByteArray &peer) const
{
    Request &request = reader.request();
    identify(request, peer);
    Admission admission;
    if (std::optional<Response> preflight = answerPreflight(request.method, request.headers, m_config.corsOrigins)) {
        request.route = "preflight";
        admission.refusal = std::move(preflight);
        return admission;
    }
    const QByteArray &rawPath = reader.rawPath();
    Router::Match match =
        m_router.match(request.method, std::string_view(rawPath.constData(), static_cast<std::size_t>(rawPath.size())));
    if (!match.knownPath) {
        request.route = "unmatched";
        admission.refusal = errorFor(request, 404, "not_found");
        return admission;
    }
    if (!match.route) {
        request.route = "unmatched";
        const bool probe = std::find(probes.begin(), probes.end(), QByteArrayView(request.path)) != probes.end();
        if (request.method == Method::Options && probe) {
            request.route = request.path;
            admission.refusal = Response::empty(204).withHeader("Allow", "GET, HEAD, OPTIONS");
            return admission;
        }
        ErrorReply reply{.status = 405, .code = "method_not_allowed"};
        if (request.method != Method::Other)
            reply.facts.insert("method", QString::fromLatin1(methodName(request.method)));
        reply.headers.emplaceBack("Allow", match.allow);
        admission.refusal = errorResponse(request, reply);
        return admission;
    }
    admission.route = match.route;
    admission.handler = match.handler;
    admission.bodyLimit = std::min(match.route->limits.bodyBytes, m_config.limits.bodyBytes);
    request.route = match.route->label;
    request.params = std::move(match.params);
    admission.refusal = refuseBody(reader, request, *match.route);
    return admission;
}

Response Pipeline::refuse(RequestReader &reader, const QByteArray &peer, const ErrorReply &problem) const
{
    Request &request = reader.request();
    if (request.requestId.isEmpty())
        identify(request, peer);
    if (request.route.isEmpty())
        request.route = "malformed";
    return errorResponse(request, problem);
}

Response Pipeline::errorFor(const Request &request, int status, QByteArray code) const
{
    return errorResponse(request, ErrorReply{.status = status, .code = std::move(code)});
}

void Pipeline::handle(const Admission &admission, const Request &request, const Responder &respond) const
{
    if (admission.route->limits.body == BodyKind::Json && !isValidUtf8(request.body)) {
        respond(errorResponse(request, ErrorReply{.status = 400,
                                                  .code = "invalid_body",
                                                  .message = QStringLiteral("The body is not valid UTF-8.")}));
        return;
    }
    try {
        (*admission.handler)(request, respond);
    } catch (...) {
        respond(errorFor(request, 500, "internal_error"));
    }
}

void Pipeline::appendHead(QByteArray &out, const Response &response, const Request &request, BodyFraming framing,
                          bool keepAlive, bool http11) const
{
    const QByteArrayView origin = request.headers.value("Origin");
    const QByteArray cors = origin.isEmpty() ? QByteArray() : corsHeaderLines(origin, m_config.corsOrigins);
    appendResponseHead(out, response,
                       {.framing = framing,
                        .keepAlive = keepAlive,
                        .http11 = http11,
                        .requestId = request.requestId,
                        .fixedLines = m_fixedLines,
                        .corsLines = cors});
}

} // namespace server
