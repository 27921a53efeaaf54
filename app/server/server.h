#pragma once
#include "app/server/middleware/client_ip.h"
#include "app/server/router.h"
#include "models/domain/result.h"

#include <QList>
#include <QString>

#include <chrono>
#include <functional>
#include <memory>

namespace server {

struct ServerLimits {
    qsizetype headerBytes = 32 * 1024;              ///< request line and header fields together; 431 beyond
    qsizetype targetBytes = 8 * 1024;               ///< 414 beyond
    int headerFields = 100;                         ///< 431 beyond
    qint64 bodyBytes = 50 * 1024 * 1024;            ///< ceiling above every route's own limit
    int connections = 1024;                         ///< further ones get 503 `too_many_connections` and are closed
    std::chrono::milliseconds headerTimeout{10000}; ///< from the first byte (and for the TLS handshake); 408
    std::chrono::milliseconds bodyTimeout{20000};   ///< plus one second for each 64 KiB that the route allows; 408
    std::chrono::milliseconds idleTimeout{60000};   ///< between requests; closed silently
    std::chrono::milliseconds writeTimeout{30000};  ///< without a byte taken by the client
};

struct ServerConfig {
    QString host = QStringLiteral("127.0.0.1"); ///< numeric address
    quint16 port = 8080;                        ///< 0: any free one
    int ioThreads = 2;
    ServerLimits limits;
    QString certificateFile; ///< PEM chain; with `privateKeyFile` turns TLS (1.2 and newer) on
    QString privateKeyFile;
    bool production = false;              ///< adds Strict-Transport-Security
    QList<QByteArray> corsOrigins;        ///< see defaultCorsOrigins()
    QList<platform::Cidr> trustedProxies; ///< empty: X-Forwarded-For is not believed at all
};

/// What happened to one request; for the access log and the metrics.
struct RequestRecord {
    QByteArray method;
    QByteArray route; ///< template; "unmatched" for 404s, "malformed" for what was no request
    QByteArray path;
    QByteArray requestId;
    QByteArray clientIp;
    int status = 0;
    double seconds = 0; ///< from the complete head to the last byte handed to the kernel
    qint64 bodyBytes = 0;
};
/// Runs on an I/O thread; must not block.
using RequestObserver = std::function<void(const RequestRecord &)>;

struct ServerFigures {
    int connections = 0;
    int inFlight = 0; ///< requests whose answer is not completely handed over yet
    int streams = 0;
    qint64 requests = 0;
    qint64 refusedConnections = 0;
};

/// The listener with its I/O threads. The ladder of a shutdown, in this order: Readiness::setDraining(),
/// stopAccepting(), waitForInFlight(), close(). All methods are callable from any thread but an I/O thread.
class Server {
public:
    Server(Router router, ServerConfig config, RequestObserver observer = {});
    ~Server(); ///< closes

    /// The port that is bound. InvalidInput `invalid_listen_address` / `tls_config_invalid`, Unavailable
    /// `listen_failed`; the detail says which file or address and why. Once per object.
    domain::Result<quint16> start();
    quint16 port() const;
    bool tls() const;

    /// No new connection is taken, idle ones are closed, live feeds end; answers still go out, with `Connection:
    /// close`.
    void stopAccepting();
    /// True when every accepted request was answered within the time. Call after stopAccepting().
    bool waitForInFlight(std::chrono::milliseconds atMost);
    /// Ends whatever is left and joins the threads. Idempotent.
    void close();

    ServerFigures figures() const;
    const Router &router() const;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace server
