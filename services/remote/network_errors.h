#pragma once
#include "models/domain/result.h"

#include <QNetworkReply>

namespace remote {

/// A failure below HTTP as an Error: Unavailable `host_unreachable` or `tls_failed`, Timeout `timeout`. The detail says
/// which host and what happened; `tlsProblems` are the certificate errors seen.
domain::Error networkError(const QNetworkReply &reply, const QStringList &tlsProblems);

domain::Error timeoutError();
domain::Error cancelledError();
/// The host answered with something this version cannot read: Unavailable `invalid_response`.
domain::Error unreadable(const QString &what);

} // namespace remote
