#pragma once
#include "app/server/http/request_reader.h"
#include "app/server/http/response_head.h"
#include "app/server/router.h"
#include "app/server/server.h"

#include <QByteArray>

#include <optional>

namespace server {

/// What the front end decided about a request from its head alone.
struct Admission {
    const Route *route = nullptr;
    const Handler *handler = nullptr;
    qint64 bodyLimit = 0;
    std::optional<Response> refusal; ///< set: answer this and do not read a body
};

/// Everything between a parsed head and the bytes of the answer that needs no transport: request id, client address,
/// preflight, routing, limits, media type, the handler's exceptions, the head of the answer. Thread-safe.
class Pipeline {
public:
    Pipeline(Router router, ServerConfig config, RequestObserver observer);

    /// Fills id, client address, route and parameters of the reader's request.
    Admission admit(RequestReader &reader, const QByteArray &peer) const;
    /// For what never became a request: gives it an id if it has none yet, and the answer.
    Response refuse(RequestReader &reader, const QByteArray &peer, const ErrorReply &problem) const;
    /// 408, 503, 504 …: an answer in the front end's own name.
    Response errorFor(const Request &request, int status, QByteArray code) const;
    /// Calls the handler of an admitted, complete request.
    void handle(const Admission &admission, const Request &request, const Responder &respond) const;
    void appendHead(QByteArray &out, const Response &response, const Request &request, BodyFraming framing,
                    bool keepAlive, bool http11) const;

    const ServerConfig &config() const { return m_config; }
    const Router &router() const { return m_router; }
    const RequestObserver &observer() const { return m_observer; }

private:
    void identify(Request &request, const QByteArray &peer) const;
    std::optional<Response> refuseBody(const RequestReader &reader, const Request &request, const Route &route) const;

    Router m_router;
    ServerConfig m_config;
    RequestObserver m_observer;
    QByteArray m_fixedLines;
};

/// 1–64 characters of [A-Za-z0-9._-] (spec 04 §2.5, bounded).
bool isAcceptableRequestId(QByteArrayView id);
QByteArray newRequestId(); ///< a random UUID, lower case

} // namespace server
