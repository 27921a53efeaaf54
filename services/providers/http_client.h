#pragma once
#include "services/providers/curl_pool.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <utility>

namespace providers {

struct HttpRequest {
    QByteArray method = "GET";
    QString url; ///< https; http only to this machine
    /// Names and values lose control characters, so none can add a header.
    QList<std::pair<QByteArray, QByteArray>> headers{};
    QByteArray body{}; ///< sent with POST only
    TransferLimits limits{};
    qsizetype bodyCap = 64 * 1024; ///< of the answer; what comes after it is read and thrown away
};

struct HttpResponse {
    /// 0: no answer. Set as soon as the whole head was there, even when the body broke off.
    int status = 0;
    QList<std::pair<QByteArray, QByteArray>> headers; ///< names in lower case
    QByteArray body;
    bool bodyComplete = false; ///< false: broken off, or longer than the cap
    QString error;             ///< why it is not complete; no URL, no secret

    QByteArray header(QByteArrayView lowerCaseName) const; ///< the first; empty when there is none
};

/// Blocking HTTPS. Connections are kept and reused; certificates are verified; redirections are answers like any
/// other. A POST is sent once: when a kept connection breaks after it went out, that is no answer, not a reason to
/// send it again. Thread-safe.
class HttpClient {
public:
    /// `extraCaFile`: PEM, trusted beside the system's.
    explicit HttpClient(QString extraCaFile = {});
    HttpResponse send(const HttpRequest &request) const;

private:
    QString m_extraCaFile;
    mutable CurlPool m_pool;
};

} // namespace providers
