#include "app/server/webhooks/webhook_secrets.h"

#include "services/security/tokens.h"

namespace server {

using ports::SignatureVerdict;

namespace {

bool isCredential(const QByteArray &lowerName)
{
    static const QList<QByteArray> names{"authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key",
                                         "api-key",       "x-auth-token"};
    return names.contains(lowerName);
}

/// Compares with both, whatever the first one says.
template <typename Equal>
std::optional<SignatureVerdict> whichOf(const WebhookConfig &config, Equal equal)
{
    const bool current = !config.brevoSecret.isEmpty() && equal(config.brevoSecret);
    const bool previous = !config.brevoPreviousSecret.isEmpty() && equal(config.brevoPreviousSecret);
    if (current)
        return SignatureVerdict::Current;
    return previous ? std::optional(SignatureVerdict::Previous) : std::nullopt;
}

} // namespace

std::optional<SignatureVerdict> matchToken(const WebhookConfig &config, const QByteArray &token)
{
    if (token.isEmpty())
        return std::nullopt;
    return whichOf(config, [&](const QByteArray &secret) { return security::constantTimeEqual(secret, token); });
}

std::optional<SignatureVerdict> matchSignature(const WebhookConfig &config, const QByteArray &body,
                                               const QByteArray &hexSignature)
{
    if (hexSignature.isEmpty())
        return std::nullopt;
    const QByteArray given = hexSignature.trimmed().toLower();
    return whichOf(config, [&](const QByteArray &secret) {
        return security::constantTimeEqual(security::hmacSha256(secret, body).toHex(), given);
    });
}

QList<std::pair<QString, QString>> redactedHeaders(const Headers &headers, const WebhookConfig &config)
{
    QList<std::pair<QString, QString>> kept;
    for (qsizetype i = 0; i < headers.size(); ++i) {
        const QByteArray value = headers.valueAt(i).toByteArray();
        const bool secret = isCredential(headers.nameAt(i).toByteArray().toLower()) ||
                            (!config.brevoSecret.isEmpty() && value.contains(config.brevoSecret)) ||
                            (!config.brevoPreviousSecret.isEmpty() && value.contains(config.brevoPreviousSecret));
        kept.append({QString::fromLatin1(headers.nameAt(i)),
                     secret ? QStringLiteral("[redacted]") : QString::fromUtf8(value).remove(QChar(0))});
    }
    return kept;
}

} // namespace server
