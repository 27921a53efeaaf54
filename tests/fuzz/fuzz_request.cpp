#include "app/server/http/pipeline.h"
#include "app/server/json_body.h"
#include "app/server/middleware/cors.h"

#include <QtGlobal>

#include <cstddef>
#include <cstdint>
#include <string_view>

/// Bytes → requests → routing → handler → head of the answer, without a socket. The first byte says into how large
/// pieces the rest is cut; the outcome must not depend on it, and no accepted request may break a promise of request.h.
namespace {

using server::BodyKind;
using server::Method;
using server::Request;
using server::RequestReader;
using server::Responder;
using server::Response;
using server::Route;

void demand(bool condition)
{
    if (!condition)
        qFatal("a promise of the request reader is broken");
}

server::Router makeRouter()
{
    server::Router router;
    const auto echo = [](const Request &request, const Responder &respond) {
        const auto object = server::jsonObject(request);
        respond(object ? Response::json(200, *object)
                       : server::errorResponse(request, {.status = 400, .code = object.error().key.toLatin1()}));
    };
    const auto plain = [](const Request &request, const Responder &respond) {
        demand(request.body.size() <= 4096);
        respond(Response::text(200, request.param("id")).withHeader("Location", request.path));
    };
    const server::RouteLimits json{.bodyBytes = 4096, .body = BodyKind::Json};
    const server::RouteLimits raw{.bodyBytes = 4096, .body = BodyKind::Raw};
    bool fine = router.add(Route{.method = Method::Post, .path = "/echo", .limits = json, .handler = echo}).ok();
    fine = router.add(Route{.method = Method::Post, .path = "/raw", .limits = raw, .handler = plain}).ok() && fine;
    fine = router.add(Route{.path = "/items/:id", .limits = raw, .handler = plain}).ok() && fine;
    fine = router.add(Route{.path = "/livez", .limits = raw, .handler = plain}).ok() && fine;
    demand(fine);
    return router;
}

const server::Pipeline &pipeline()
{
    static const server::Pipeline one = [] {
        server::ServerConfig config;
        config.corsOrigins = server::defaultCorsOrigins(false);
        config.trustedProxies = {*platform::Cidr::parse(QStringLiteral("10.0.0.0/8"))};
        return server::Pipeline(makeRouter(), config, {});
    }();
    return one;
}

void checkPromises(const Request &request)
{
    demand(server::isAcceptableRequestId(request.requestId));
    demand(request.path.startsWith('/') && request.path.isValidUtf8() && !request.path.contains('\0'));
    demand(request.query.size() <= 100 && request.headers.size() <= 100);
    for (const auto &[name, value] : request.query)
        demand(name.isValidUtf8() && value.isValidUtf8());
}

void send(const Response &response, const RequestReader &, const Request &request)
{
    demand(response.status >= 200 && response.status < 600);
    QByteArray head;
    pipeline().appendHead(head, response, request, server::BodyFraming::Length, true, true);
    demand(head.endsWith("\r\n\r\n") && head.count("\r\n\r\n") == 1 && head.count("\r\nContent-Length: ") <= 1);
}

/// One request out of `bytes`; false when the connection would end.
bool one(RequestReader &reader, std::string_view &bytes, std::size_t piece)
{
    RequestReader::Step step = RequestReader::Step::NeedMore;
    server::Admission admission;
    while (step == RequestReader::Step::NeedMore) {
        if (bytes.empty())
            return false;
        std::size_t used = 0;
        const std::string_view part = bytes.substr(0, piece);
        step = reader.feed(part, used);
        demand(used <= part.size() && (used > 0 || step != RequestReader::Step::NeedMore));
        bytes.remove_prefix(used);
        if (step != RequestReader::Step::Head)
            continue;
        admission = pipeline().admit(reader, "10.0.0.1");
        checkPromises(reader.request());
        if (admission.refusal) {
            send(*admission.refusal, reader, reader.request());
            return reader.keepAlive() && !reader.hasBody();
        }
        step = reader.acceptBody(admission.bodyLimit);
    }
    if (step == RequestReader::Step::Failed) {
        const Response refusal = pipeline().refuse(reader, "10.0.0.1", reader.problem());
        demand(refusal.status >= 400 && refusal.status < 500);
        send(refusal, reader, reader.request());
        return false;
    }
    int answers = 0;
    pipeline().handle(admission, reader.request(), Responder([&](Response &&response) {
                          ++answers;
                          send(response, reader, reader.request());
                      }));
    demand(answers == 1);
    return reader.keepAlive();
}

int statusesOf(std::string_view bytes, std::size_t piece)
{
    RequestReader reader(pipeline().config().limits);
    int requests = 0;
    while (requests < 50 && one(reader, bytes, piece)) {
        reader.reset();
        ++requests;
    }
    return requests;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 1)
        return 0;
    const std::string_view bytes(reinterpret_cast<const char *>(data) + 1, size - 1);
    const int cut = statusesOf(bytes, 1U + data[0]);
    const int whole = statusesOf(bytes, bytes.size() + 1);
    demand(cut == whole);
    return 0;
}
