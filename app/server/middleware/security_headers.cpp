#include "app/server/middleware/security_headers.h"

namespace server {

QByteArray securityHeaderLines(bool production)
{
    QByteArray lines = QByteArrayLiteral("X-Content-Type-Options: nosniff\r\n"
                                         "X-Frame-Options: SAMEORIGIN\r\n"
                                         "Referrer-Policy: strict-origin-when-cross-origin\r\n"
                                         "Permissions-Policy: geolocation=(), microphone=(), camera=(), payment=()\r\n"
                                         "Cross-Origin-Resource-Policy: same-origin\r\n");
    if (production)
        lines += "Strict-Transport-Security: max-age=63072000; includeSubDomains\r\n";
    return lines;
}

} // namespace server
