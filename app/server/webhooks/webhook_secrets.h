#pragma once
#include "app/server/request.h"
#include "app/server/webhooks/webhook_routes.h"
#include "services/ports/webhook_inbox_service.h"

namespace server {

/// Which live secret a path token is, in constant time; nullopt for none. Nothing equals an empty secret.
std::optional<ports::SignatureVerdict> matchToken(const WebhookConfig &config, const QByteArray &token);
/// The same for a hex HMAC-SHA256 over the raw body.
std::optional<ports::SignatureVerdict> matchSignature(const WebhookConfig &config, const QByteArray &body,
                                                      const QByteArray &hexSignature);

/// The headers worth keeping: credentials and everything that holds one of the secrets is replaced by `[redacted]`.
QList<std::pair<QString, QString>> redactedHeaders(const Headers &headers, const WebhookConfig &config);

} // namespace server
