#pragma once
#include "app/server/router.h"
#include "models/domain/result.h"
#include "services/platform/clock.h"
#include "services/platform/metrics.h"
#include "services/ports/webhook_intake.h"

#include <functional>

class QJsonObject;

namespace server {

/// Two secrets are live at a time, so that one can be changed without a gap. Empty = closed.
struct WebhookConfig {
    QByteArray brevoSecret, brevoPreviousSecret;
    QByteArray sesTopicArn;
};

/// Whether an SNS message was really signed by the service; answers from any thread.
using SnsVerifier = std::function<void(const QJsonObject &message, std::function<void(bool)> answer)>;

struct WebhookDeps {
    ports::WebhookIntake &intake;
    platform::Metrics &metrics;
    const platform::Clock &clock;
    WebhookConfig config;
    SnsVerifier verifySns;
};

/// `POST /webhooks/brevo/:secret` (spec 02 §4), `POST /api/v1/email/webhook/brevo` and `/ses` (§3.7). The references
/// outlive the server.
domain::Result<domain::Done> addWebhookRoutes(Router &router, const WebhookDeps &deps);

} // namespace server
