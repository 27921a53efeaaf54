#pragma once
#include "app/server/server.h"

#include <QByteArray>
#include <QJsonObject>
#include <QTcpSocket>

#include <memory>
#include <optional>

/// A client that sends exactly the bytes it is given, and a small server to send them to.
namespace test {

struct HttpReply {
    int status = 0;  ///< 0: the connection ended without an answer
    QByteArray head; ///< with its last empty line
    QByteArray body; ///< chunks joined
    QByteArray header(QByteArrayView name) const;
    QJsonObject json() const;
    /// `error` of the envelope.
    QString error() const { return json().value(QLatin1StringView("error")).toString(); }
};

/// Blocking; for the thread of the test, never for an I/O thread.
class HttpClient {
public:
    HttpClient() = default;
    explicit HttpClient(std::unique_ptr<QTcpSocket> socket) : m_socket(std::move(socket)) {}
    bool open(quint16 port);
    void send(const QByteArray &bytes);
    /// Reads one answer; `toHead` when the request was HEAD. Status 0 when the server closed first.
    HttpReply read(bool toHead = false);
    QByteArray readBytes(qsizetype atLeast); ///< whatever has come, at least that much unless the end is there
    bool closedByServer();                   ///< waits for the end of the stream; false when bytes come instead
    void close();
    QTcpSocket *socket() const { return m_socket.get(); }

    /// One request on a connection of its own.
    static HttpReply once(quint16 port, const QByteArray &bytes, bool toHead = false);
    static HttpReply get(quint16 port, const QByteArray &path, const QByteArray &moreHeaders = {});

private:
    bool more();
    std::unique_ptr<QTcpSocket> m_socket;
    QByteArray m_buffer;
};

/// Routes that behave in every way a handler can: /livez …, POST /echo (JSON, 4 KiB), POST /raw (64 KiB), GET
/// /items/:id, GET /slow (never answers, deadline 300 ms), GET /throw, GET /drop, GET /big (1 MiB), GET /sse, GET
/// /download.
server::Router sampleRouter();
server::ServerConfig sampleConfig(); ///< 127.0.0.1, any port

} // namespace test
