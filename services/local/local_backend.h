#pragma once
#include "services/local/local_change_feed.h"
#include "services/local/local_runner.h"
#include "services/ports/backend.h"

namespace local {

/// The ports over this database: each call runs its use case on a thread of the executor. Answers arrive there.
class LocalBackend final : public ports::Backend {
public:
    /// The runner's references outlive the backend.
    explicit LocalBackend(const LocalRunner &runner);
    ~LocalBackend() override;

    ports::SessionService &session() override;
    ports::CustomerService &customers() override;
    ports::AuditService &audit() override;
    ports::OverviewService &overview() override;
    ports::HealthService &health() override;
    ports::ViewService &views() override;
    ports::EmailService &email() override;
    ports::WebhookInboxService &webhooks() override;
    ports::ChangeFeed &changes() override;

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace local
