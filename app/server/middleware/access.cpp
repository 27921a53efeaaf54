#include "app/server/middleware/access.h"

#include "app/server/error_envelope.h"

#include <QCryptographicHash>

#include <algorithm>

namespace server {

namespace {

/// Compares digests, so neither the length nor the first difference of the token shows in the time taken.
bool sameSecret(QByteArrayView a, QByteArrayView b)
{
    const QByteArray left = QCryptographicHash::hash(a.toByteArray(), QCryptographicHash::Sha256);
    const QByteArray right = QCryptographicHash::hash(b.toByteArray(), QCryptographicHash::Sha256);
    unsigned int difference = 0;
    for (qsizetype i = 0; i < left.size(); ++i)
        difference |=
            static_cast<unsigned int>(static_cast<unsigned char>(left[i]) ^ static_cast<unsigned char>(right[i]));
    return difference == 0;
}

Response refusal(const Request &request, const domain::Error &error)
{
    if (error.code == domain::ErrorCode::Unauthenticated)
        return unauthorized(request, error.key.toLatin1());
    ErrorReply reply{.status = 503, .code = error.key.toLatin1()};
    if (error.code == domain::ErrorCode::Forbidden)
        reply.status = 403;
    else if (error.code == domain::ErrorCode::Timeout)
        reply.status = 504;
    else if (error.code == domain::ErrorCode::Internal)
        reply.status = 500;
    return errorResponse(request, reply);
}

bool isTokenCharacter(char c)
{
    return c > 0x20 && c < 0x7f;
}

} // namespace

BearerToken bearerToken(const Headers &headers)
{
    const QList<QByteArrayView> fields = headers.values("Authorization");
    if (fields.isEmpty() || fields.first().trimmed().isEmpty())
        return {{}, "missing_credentials"};
    constexpr QByteArrayView scheme = "Bearer ";
    const QByteArrayView field = fields.first().trimmed();
    if (fields.size() > 1 || field.size() <= scheme.size() ||
        qstrnicmp(field.data(), scheme.size(), scheme.data(), scheme.size()) != 0)
        return {{}, "malformed_token"};
    const QByteArray token = field.sliced(scheme.size()).trimmed().toByteArray();
    if (token.isEmpty() || token.size() > 8192 || !std::all_of(token.begin(), token.end(), isTokenCharacter))
        return {{}, "malformed_token"};
    return {token, {}};
}

Middleware requireBearer(Authenticator authenticate)
{
    return [authenticate = std::move(authenticate)](const Route &, Handler next) -> Handler {
        return [authenticate, next = std::move(next)](const Request &request, Responder respond) {
            const BearerToken bearer = bearerToken(request.headers);
            if (!bearer.problem.isEmpty()) {
                respond(unauthorized(request, bearer.problem));
                return;
            }
            auto answer = [request, next, respond](domain::Result<domain::Principal> result) {
                if (!result) {
                    respond(refusal(request, result.error()));
                    return;
                }
                Request known = request;
                known.principal = std::move(result).value();
                try {
                    next(known, respond);
                } catch (...) {
                    respond(errorResponse(known, {.status = 500, .code = "internal_error"}));
                }
            };
            authenticate(request, bearer.token, std::move(answer));
        };
    };
}

Middleware requireMetricsToken(QByteArray token)
{
    return [token = std::move(token)](const Route &, Handler next) -> Handler {
        return [token, next = std::move(next)](const Request &request, Responder respond) {
            const BearerToken bearer = bearerToken(request.headers);
            if (!token.isEmpty() && !sameSecret(bearer.token, token)) {
                const QByteArray problem =
                    bearer.problem.isEmpty() ? QByteArrayLiteral("malformed_token") : bearer.problem;
                respond(unauthorized(request, problem));
                return;
            }
            next(request, respond);
        };
    };
}

} // namespace server
