#pragma once
#include "app/server/request.h"
#include "app/server/response.h"

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QString>

#include <optional>

/// The error envelope (spec 04 §2.1). Always complete: ok, error, message, request_id, retry_after_seconds (integer or
/// null), agent_action where the code or the status has one, upgrade_url where given. One shape on every route.
namespace server {

struct ErrorReply {
    int status = 500;
    QByteArray code{};               ///< `tier_unchanged` …
    QString message{};               ///< empty = the registry's own sentence for the code
    std::optional<int> retryAfter{}; ///< unset = by status (429 60, 503 30, 502/504 10); negative = null and no header
    QString upgradeUrl{};            ///< optional
    QHash<QByteArray, QString> facts{}; ///< values for the placeholders of agent_action: tier, limit, env, role …
    QJsonObject extra{}; ///< additional members (`error_code`, `fields` …); cannot override the standard ones
    QList<std::pair<QByteArray, QByteArray>> headers{}; ///< `Allow`, `WWW-Authenticate` …
};

Response errorResponse(const ErrorReply &reply, QByteArrayView requestId);
inline Response errorResponse(const Request &request, const ErrorReply &reply)
{
    return errorResponse(reply, request.requestId);
}

/// 401 in the manner of spec 04 §2.2: `error` unauthorized, `error_code`, the Bearer challenge.
/// errorCode: missing_credentials, malformed_token, expired_token, invalid_claims, revoked_session.
Response unauthorized(const Request &request, QByteArrayView errorCode, QString message = {});

/// Retry default of a status (spec 04 §2.1).
std::optional<int> defaultRetryAfter(int status);

/// "text" with JSON escapes and quotes.
void appendJsonString(QByteArray &out, QStringView text);

} // namespace server
