#pragma once
#include "app/server/request.h"
#include "app/server/response.h"

#include <QByteArray>

namespace server {

enum class BodyFraming {
    Length,     ///< Content-Length of `body`
    Chunked,    ///< stream to HTTP/1.1
    UntilClose, ///< stream to HTTP/1.0
};

struct HeadOptions {
    BodyFraming framing = BodyFraming::Length;
    bool keepAlive = true;
    bool http11 = true;
    QByteArrayView requestId{};
    QByteArrayView fixedLines{}; ///< security headers, with their line ends
    QByteArrayView corsLines{};
};

/// Appends the head of the answer, empty line included. Fields that frame the message are written here only: the same
/// names in `response.headers` are dropped, and so is every name or value with a control character.
void appendResponseHead(QByteArray &out, const Response &response, const HeadOptions &options);

QByteArrayView reasonPhrase(int status);

/// "Sun, 22 Nov 2026 05:52:11 GMT" of now; formatted once per second and thread.
QByteArrayView httpDate();

} // namespace server
