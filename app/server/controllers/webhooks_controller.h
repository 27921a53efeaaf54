#pragma once
#include "app/server/request.h"
#include "app/server/response.h"
#include "services/ports/webhook_inbox_service.h"

namespace server {

/// `/webhooks…`: the inbox as operators see it; what providers call is elsewhere. Thread-safe; the service outlives it.
class WebhooksController {
public:
    explicit WebhooksController(ports::WebhookInboxService &webhooks) : m_webhooks(webhooks) {}

    void list(const Request &request, Responder responder) const;
    void receivers(const Request &request, Responder responder) const;
    void detail(const Request &request, Responder responder) const;
    void replay(const Request &request, Responder responder) const;

private:
    ports::WebhookInboxService &m_webhooks;
};

} // namespace server
