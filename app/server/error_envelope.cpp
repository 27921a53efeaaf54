#include "app/server/error_envelope.h"

#include "app/server/agent_actions.h"

#include <QJsonDocument>

#include <algorithm>
#include <array>

namespace server {

namespace {

void appendMember(QByteArray &out, QByteArrayView name, QStringView text)
{
    out += ",\"";
    out += name;
    out += "\":";
    appendJsonString(out, text);
}

/// The members of `extra` without its braces; those of the envelope itself are left out.
void appendExtra(QByteArray &out, QJsonObject extra)
{
    constexpr std::array standard{"ok",           "error",      "message", "request_id", "retry_after_seconds",
                                  "agent_action", "upgrade_url"};
    for (const char *name : standard)
        extra.remove(QLatin1StringView(name));
    if (extra.isEmpty())
        return;
    const QByteArray text = QJsonDocument(extra).toJson(QJsonDocument::Compact);
    out += ',';
    out += QByteArrayView(text).sliced(1, text.size() - 2);
}

} // namespace

void appendJsonString(QByteArray &out, QStringView text)
{
    out += '"';
    const QByteArray utf8 = text.toUtf8();
    for (const char c : utf8) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20) {
            constexpr const char *digits = "0123456789abcdef";
            out += "\\u00";
            out += digits[byte >> 4];
            out += digits[byte & 15];
        } else {
            out += c;
        }
    }
    out += '"';
}

std::optional<int> defaultRetryAfter(int status)
{
    switch (status) {
    case 429:
        return 60;
    case 503:
        return 30;
    case 502:
    case 504:
        return 10;
    default:
        return std::nullopt;
    }
}

Response errorResponse(const ErrorReply &reply, QByteArrayView requestId)
{
    const AgentAction *entry = findAgentAction(reply.code);
    QString message = reply.message;
    if (message.isEmpty())
        message = entry ? QString::fromUtf8(entry->message) : QStringLiteral("The request failed.");
    const int retryAfter = reply.retryAfter.value_or(defaultRetryAfter(reply.status).value_or(-1));

    QByteArray body;
    body.reserve(512);
    body += "{\"ok\":false";
    appendMember(body, "error", QString::fromLatin1(reply.code));
    appendMember(body, "message", message);
    appendMember(body, "request_id", QString::fromLatin1(requestId));
    body += ",\"retry_after_seconds\":";
    body += retryAfter >= 0 ? QByteArray::number(retryAfter) : QByteArrayLiteral("null");
    if (const std::optional<QString> action = agentActionFor(reply.code, reply.status, reply.facts))
        appendMember(body, "agent_action", *action);
    if (!reply.upgradeUrl.isEmpty())
        appendMember(body, "upgrade_url", reply.upgradeUrl);
    appendExtra(body, reply.extra);
    body += '}';

    Response response = Response::jsonBytes(reply.status, std::move(body));
    response.headers = reply.headers;
    const bool carriesHeader = reply.status == 429 || (reply.status >= 502 && reply.status <= 504);
    if (retryAfter >= 0 && carriesHeader)
        response.withHeader("Retry-After", QByteArray::number(retryAfter));
    return response;
}

Response unauthorized(const Request &request, QByteArrayView errorCode, QString message)
{
    ErrorReply reply{.status = 401, .code = "unauthorized", .message = std::move(message)};
    reply.upgradeUrl = QStringLiteral("https://instanode.dev/login");
    reply.extra.insert(QLatin1StringView("error_code"), QString::fromLatin1(errorCode));
    reply.headers.emplaceBack("WWW-Authenticate", "Bearer realm=\"instanode\"");
    return errorResponse(request, reply);
}

} // namespace server
