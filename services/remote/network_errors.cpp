#include "services/remote/network_errors.h"

namespace remote {

using domain::ErrorCode;
using domain::makeError;

domain::Error networkError(const QNetworkReply &reply, const QStringList &tlsProblems)
{
    const QUrl url = reply.url();
    const QString where =
        QStringLiteral("%1:%2").arg(url.host()).arg(url.port(url.scheme() == QLatin1StringView("https") ? 443 : 80));
    switch (reply.error()) {
    case QNetworkReply::OperationCanceledError: // Qt's own end of a transfer without progress; ours never get here
    case QNetworkReply::TimeoutError:
        return makeError(ErrorCode::Timeout, QStringLiteral("timeout"), where + QStringLiteral(" stopped answering"));
    case QNetworkReply::SslHandshakeFailedError: {
        const QString why = tlsProblems.isEmpty() ? reply.errorString() : tlsProblems.join(QStringLiteral("; "));
        return makeError(ErrorCode::Unavailable, QStringLiteral("tls_failed"),
                         QStringLiteral("no trusted TLS connection to %1: %2").arg(where, why));
    }
    default:
        return makeError(ErrorCode::Unavailable, QStringLiteral("host_unreachable"),
                         QStringLiteral("%1: %2").arg(where, reply.errorString()));
    }
}

domain::Error timeoutError()
{
    return makeError(ErrorCode::Timeout, QStringLiteral("timeout"), QStringLiteral("the deadline passed"));
}

domain::Error cancelledError()
{
    return makeError(ErrorCode::Cancelled, QStringLiteral("cancelled"), QStringLiteral("the caller withdrew"));
}

domain::Error unreadable(const QString &what)
{
    return makeError(ErrorCode::Unavailable, QStringLiteral("invalid_response"), what);
}

} // namespace remote
