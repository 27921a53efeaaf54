#include "app/server/middleware/cors.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace server {

namespace {

constexpr std::array<std::string_view, 6> allowedMethods{"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
constexpr std::array<std::string_view, 5> allowedHeaders{"content-type", "authorization", "x-request-id",
                                                         "x-e2e-test-token", "x-e2e-source-ip"};

template <std::size_t N>
bool isAmong(const std::array<std::string_view, N> &list, QByteArrayView wanted)
{
    return std::any_of(list.begin(), list.end(), [&](std::string_view one) {
        return static_cast<qsizetype>(one.size()) == wanted.size() &&
               qstrnicmp(one.data(), wanted.size(), wanted.data(), wanted.size()) == 0;
    });
}

bool headersAllowed(const Headers &headers)
{
    for (const QByteArrayView line : headers.values("Access-Control-Request-Headers")) {
        const QList<QByteArray> names = line.toByteArray().split(',');
        for (const QByteArray &name : names) {
            const QByteArray trimmed = name.trimmed();
            if (!trimmed.isEmpty() && !isAmong(allowedHeaders, trimmed))
                return false;
        }
    }
    return true;
}

} // namespace

QList<QByteArray> defaultCorsOrigins(bool production)
{
    QList<QByteArray> origins{"https://instanode.dev", "https://www.instanode.dev"};
    if (!production)
        origins << "http://localhost:5173"
                << "http://localhost:3000"
                << "http://localhost:5174";
    return origins;
}

std::optional<Response> answerPreflight(Method method, const Headers &headers, const QList<QByteArray> &origins)
{
    if (method != Method::Options || !headers.contains("Origin") || !headers.contains("Access-Control-Request-Method"))
        return std::nullopt;
    if (!isAmong(allowedMethods, headers.value("Access-Control-Request-Method").trimmed()) || !headersAllowed(headers))
        return Response::empty(403);
    Response response = Response::empty(204);
    if (origins.contains(headers.value("Origin").toByteArray())) {
        response.withHeader("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE, OPTIONS");
        response.withHeader("Access-Control-Allow-Headers",
                            "Content-Type, Authorization, X-Request-ID, X-E2E-Test-Token, X-E2E-Source-IP");
        response.withHeader("Access-Control-Max-Age", "86400");
    }
    return response;
}

QByteArray corsHeaderLines(QByteArrayView origin, const QList<QByteArray> &origins)
{
    const bool allowed = !origin.isEmpty() && std::any_of(origins.begin(), origins.end(),
                                                          [&](const QByteArray &one) { return one == origin; });
    if (!allowed)
        return {};
    QByteArray lines = "Access-Control-Allow-Origin: ";
    lines += origin;
    lines += "\r\nAccess-Control-Allow-Credentials: true\r\n"
             "Access-Control-Expose-Headers: X-Request-ID, X-Instant-Upgrade, X-Instant-Notice\r\n";
    return lines;
}

} // namespace server
