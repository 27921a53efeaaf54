#pragma once
#include "services/ports/webhook_inbox_service.h"

namespace remote {

class HttpClient;

/// Webhook inbox of a headless host. The client outlives it.
class RemoteWebhookInboxService final : public ports::WebhookInboxService {
public:
    explicit RemoteWebhookInboxService(HttpClient &client) : m_client(client) {}

    QFuture<domain::Result<ports::Page<ports::WebhookRow>>> list(ports::CallContext context,
                                                                 ports::WebhookQuery query) override;
    QFuture<domain::Result<ports::WebhookDetail>> detail(ports::CallContext context, domain::WebhookId id) override;
    QFuture<domain::Result<ports::WebhookReplay>> replay(ports::CallContext context, domain::WebhookId id,
                                                         bool dryRun) override;
    QFuture<domain::Result<QList<ports::WebhookReceiver>>> receivers(ports::CallContext context) override;

private:
    HttpClient &m_client;
};

} // namespace remote
