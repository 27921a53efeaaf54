#include "tests/integration/http_client.h"

#include "app/server/error_envelope.h"
#include "app/server/health/health_routes.h"
#include "app/server/json_body.h"
#include "app/server/middleware/access.h"
#include "app/server/middleware/cors.h"

#include <QJsonDocument>
#include <QMutex>

#include <thread>

namespace test {

namespace {

constexpr int patience = 20000;

using server::BodyKind;
using server::Method;
using server::Request;
using server::Responder;
using server::Response;
using server::Route;

/// Keeps responders that are never used, so that their requests run into the deadline.
void keepForever(const Responder &respond)
{
    static QMutex mutex;
    static QList<Responder> kept;
    const QMutexLocker lock(&mutex);
    kept.append(respond);
}

Response described(const Request &request)
{
    QJsonObject query;
    for (const auto &[name, value] : request.query)
        query.insert(QString::fromUtf8(name), QString::fromUtf8(value));
    return Response::json(200, QJsonObject{{QStringLiteral("ok"), true},
                                           {QStringLiteral("path"), QString::fromUtf8(request.path)},
                                           {QStringLiteral("id"), QString::fromUtf8(request.param("id"))},
                                           {QStringLiteral("client_ip"), QString::fromUtf8(request.clientIp)},
                                           {QStringLiteral("bytes"), request.body.size()},
                                           {QStringLiteral("query"), query}});
}

void echo(const Request &request, const Responder &respond)
{
    const auto object = server::jsonObject(request);
    if (!object) {
        respond(server::errorResponse(
            request, {.status = 400, .code = object.error().key.toLatin1(), .message = object.error().detail}));
        return;
    }
    respond(Response::json(200, QJsonObject{{QStringLiteral("ok"), true}, {QStringLiteral("echo"), *object}}));
}

void download(const Request &request, const Responder &respond)
{
    const qint64 chunks = request.queryValue("chunks").value_or("8").toLongLong();
    server::StreamBody body;
    body.start = [chunks](const std::shared_ptr<server::StreamWriter> &writer) {
        std::thread([chunks, writer] {
            bool reached = true;
            for (qint64 i = 0; i < chunks && reached; ++i)
                reached = writer->write(QByteArray(64 * 1024, static_cast<char>('a' + i % 26)));
            if (reached)
                writer->close();
        }).detach();
    };
    respond(Response::streaming("application/octet-stream", std::move(body)));
}

void liveFeed(const Request &, const Responder &respond)
{
    server::StreamBody body;
    body.kind = server::StreamKind::LiveFeed;
    body.heartbeat = ": keep-alive\n\n";
    body.heartbeatEvery = std::chrono::milliseconds(100);
    body.start = [](const std::shared_ptr<server::StreamWriter> &writer) {
        writer->offer("data: hello\n\n");
        writer->onGone([writer] { writer->abort(); });
    };
    respond(Response::streaming("text/event-stream", std::move(body)));
}

} // namespace

QByteArray HttpReply::header(QByteArrayView name) const
{
    for (const QByteArray &line : head.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon == name.size() && qstrnicmp(line.constData(), colon, name.data(), name.size()) == 0)
            return line.mid(colon + 1).trimmed();
    }
    return {};
}

QJsonObject HttpReply::json() const
{
    return QJsonDocument::fromJson(body).object();
}

bool HttpClient::open(quint16 port)
{
    if (!m_socket)
        m_socket = std::make_unique<QTcpSocket>();
    m_socket->connectToHost(QStringLiteral("127.0.0.1"), port);
    return m_socket->waitForConnected(patience);
}

void HttpClient::send(const QByteArray &bytes)
{
    m_socket->write(bytes);
    while (m_socket->bytesToWrite() > 0 && m_socket->waitForBytesWritten(patience)) {
    }
}

bool HttpClient::more()
{
    if (m_socket->bytesAvailable() == 0 && !m_socket->waitForReadyRead(patience) && m_socket->bytesAvailable() == 0)
        return false;
    m_buffer += m_socket->readAll();
    return true;
}

HttpReply HttpClient::read(bool toHead)
{
    HttpReply reply;
    while (!m_buffer.contains("\r\n\r\n")) {
        if (!more())
            return reply;
    }
    const qsizetype end = m_buffer.indexOf("\r\n\r\n") + 4;
    reply.head = m_buffer.first(end);
    m_buffer.remove(0, end);
    reply.status = reply.head.mid(9, 3).toInt();
    if (toHead || reply.status == 204 || reply.status == 100)
        return reply;
    if (reply.header("Transfer-Encoding") == "chunked") {
        for (;;) {
            while (!m_buffer.contains("\r\n")) {
                if (!more())
                    return reply;
            }
            const qsizetype line = m_buffer.indexOf("\r\n");
            const qsizetype size = m_buffer.first(line).toLongLong(nullptr, 16);
            while (m_buffer.size() < line + 2 + size + 2) {
                if (!more())
                    return reply;
            }
            reply.body += m_buffer.mid(line + 2, size);
            m_buffer.remove(0, line + 2 + size + 2);
            if (size == 0)
                return reply;
        }
    }
    const qsizetype length = reply.header("Content-Length").toLongLong();
    while (m_buffer.size() < length) {
        if (!more())
            break;
    }
    reply.body = m_buffer.first(std::min(length, m_buffer.size()));
    m_buffer.remove(0, reply.body.size());
    return reply;
}

QByteArray HttpClient::readBytes(qsizetype atLeast)
{
    while (m_buffer.size() < atLeast && more()) {
    }
    return std::exchange(m_buffer, {});
}

bool HttpClient::closedByServer()
{
    while (m_buffer.isEmpty() && more()) {
    }
    return m_buffer.isEmpty() && m_socket->state() != QAbstractSocket::ConnectedState;
}

void HttpClient::close()
{
    m_socket->abort();
}

HttpReply HttpClient::once(quint16 port, const QByteArray &bytes, bool toHead)
{
    HttpClient client;
    if (!client.open(port))
        return {};
    client.send(bytes);
    return client.read(toHead);
}

HttpReply HttpClient::get(quint16 port, const QByteArray &path, const QByteArray &moreHeaders)
{
    return once(port, "GET " + path + " HTTP/1.1\r\nHost: test\r\nConnection: close\r\n" + moreHeaders + "\r\n");
}

server::Router sampleRouter()
{
    server::Router router;
    server::HealthSources sources;
    sources.startedAt = QDateTime::currentDateTimeUtc();
    sources.version = "0.0.1";
    sources.metricsText = [] { return QByteArray("up 1\n"); };
    sources.openapi = [] { return QByteArray("{\"openapi\":\"3.1.0\"}"); };
    bool fine = server::addHealthRoutes(router, sources, std::make_shared<server::Readiness>()).ok();
    router.use(server::Access::MetricsToken, server::requireMetricsToken("metrics-secret"));

    const auto describe = [](const Request &request, const Responder &respond) { respond(described(request)); };
    const server::RouteLimits json{.bodyBytes = 4096, .body = BodyKind::Json};
    const server::RouteLimits raw{.bodyBytes = 64 * 1024, .body = BodyKind::Raw};
    const std::array table{
        Route{.method = Method::Post, .path = "/echo", .limits = json, .handler = echo},
        Route{.method = Method::Post, .path = "/raw", .limits = raw, .handler = describe},
        Route{.path = "/items/:id", .handler = describe},
        Route{.method = Method::Delete, .path = "/items/:id", .handler = describe},
        Route{.path = "/slow",
              .limits = {.deadline = std::chrono::milliseconds(300)},
              .handler = [](const Request &, const Responder &respond) { keepForever(respond); }},
        Route{.path = "/throw", .handler = [](const Request &, const Responder &) { throw std::runtime_error("no"); }},
        Route{.path = "/drop", .handler = [](const Request &, const Responder &) {}},
        Route{.path = "/big",
              .handler = [](const Request &,
                            const Responder &respond) { respond(Response::text(200, QByteArray(1024 * 1024, 'x'))); }},
        Route{.path = "/sse", .handler = liveFeed},
        Route{.path = "/download", .handler = download},
    };
    for (const Route &route : table)
        fine = router.add(route).ok() && fine;
    Q_ASSERT(fine);
    return router;
}

server::ServerConfig sampleConfig()
{
    server::ServerConfig config;
    config.port = 0;
    config.corsOrigins = server::defaultCorsOrigins(false);
    return config;
}

} // namespace test
