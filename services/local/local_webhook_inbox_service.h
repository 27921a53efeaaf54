#pragma once
#include "services/local/local_runner.h"
#include "services/ports/webhook_inbox_service.h"

namespace local {

/// Webhook inbox of this database.
class LocalWebhookInboxService final : public ports::WebhookInboxService {
public:
    explicit LocalWebhookInboxService(const LocalRunner &runner) : m_runner(runner) {}

    QFuture<domain::Result<ports::Page<ports::WebhookRow>>> list(ports::CallContext context,
                                                                 ports::WebhookQuery query) override;
    QFuture<domain::Result<ports::WebhookDetail>> detail(ports::CallContext context, domain::WebhookId id) override;
    QFuture<domain::Result<ports::WebhookReplay>> replay(ports::CallContext context, domain::WebhookId id,
                                                         bool dryRun) override;
    QFuture<domain::Result<QList<ports::WebhookReceiver>>> receivers(ports::CallContext context) override;

private:
    const LocalRunner &m_runner;
};

} // namespace local
