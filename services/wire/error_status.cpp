#include "services/wire/error_status.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace wire {

namespace {

struct PinnedStatus {
    QLatin1StringView key;
    int status;
};
constexpr PinnedStatus pinned[] = {
    {QLatin1StringView("method_not_allowed"), 405},
    {QLatin1StringView("unsupported_media_type"), 415},
    {QLatin1StringView("read_only_session"), 403},
};

} // namespace

int httpStatus(const domain::Error &error)
{
    for (const PinnedStatus &entry : pinned) {
        if (error.key == entry.key)
            return entry.status;
    }
    switch (error.code) {
    case domain::ErrorCode::InvalidInput:
        return 400;
    case domain::ErrorCode::Unauthenticated:
        return 401;
    case domain::ErrorCode::Forbidden:
        return 403;
    case domain::ErrorCode::NotFound:
        return 404;
    case domain::ErrorCode::Conflict:
        return 409;
    case domain::ErrorCode::RateLimited:
        return 429;
    case domain::ErrorCode::PayloadTooLarge:
        return 413;
    case domain::ErrorCode::Unavailable:
        return 503;
    case domain::ErrorCode::Timeout:
        return 504;
    case domain::ErrorCode::Cancelled:
        return 499; // the client closed the request; nobody reads the answer
    case domain::ErrorCode::Unsupported:
        return 501;
    case domain::ErrorCode::Internal:
        return 500;
    }
    return 500;
}

domain::ErrorCode errorCodeOf(int status)
{
    switch (status) {
    case 401:
        return domain::ErrorCode::Unauthenticated;
    case 402:
    case 403:
        return domain::ErrorCode::Forbidden;
    case 404:
    case 410:
        return domain::ErrorCode::NotFound;
    case 409:
        return domain::ErrorCode::Conflict;
    case 413:
        return domain::ErrorCode::PayloadTooLarge;
    case 429:
        return domain::ErrorCode::RateLimited;
    case 499:
        return domain::ErrorCode::Cancelled;
    case 501:
        return domain::ErrorCode::Unsupported;
    case 502:
    case 503:
        return domain::ErrorCode::Unavailable;
    case 408:
    case 504:
        return domain::ErrorCode::Timeout;
    default:
        return status >= 400 && status < 500 ? domain::ErrorCode::InvalidInput : domain::ErrorCode::Internal;
    }
}

domain::Error decodeError(int status, const QByteArray &body)
{
    const QJsonObject envelope = QJsonDocument::fromJson(body).object();
    domain::Error error;
    error.code = errorCodeOf(status);
    error.key = envelope.value(QLatin1StringView("error")).toString();
    if (error.key.isEmpty())
        error.key = QStringLiteral("http_%1").arg(status);
    error.detail = envelope.value(QLatin1StringView("message")).toString();
    const QJsonObject fields = envelope.value(QLatin1StringView("fields")).toObject();
    for (auto field = fields.begin(); field != fields.end(); ++field)
        error.fields.insert(field.key(), field.value().toString());
    return error;
}

} // namespace wire
