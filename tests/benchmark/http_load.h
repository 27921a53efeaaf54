#pragma once
#include <QByteArray>

namespace bench {

struct LoadResult {
    qint64 requests = 0;
    qint64 failures = 0; ///< other than 200, or a broken connection
    double seconds = 0;
    double perSecond() const { return seconds > 0 ? static_cast<double>(requests) / seconds : 0; }
};

/// One GET on a fresh connection to 127.0.0.1: the status, 0 when nobody answered. Blocks.
int httpStatus(quint16 port, const QByteArray &path);
/// The body of a 200; empty otherwise. Blocks.
QByteArray httpBody(quint16 port, const QByteArray &path);

/// Closed-loop load on 127.0.0.1: `connections` kept-alive connections, one request at a time on each, from one thread
/// with epoll. The same client for every server. Blocks for `seconds`.
LoadResult loadHttp(quint16 port, const QByteArray &path, int connections, double seconds);

} // namespace bench
