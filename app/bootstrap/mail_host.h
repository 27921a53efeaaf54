#pragma once
#include "app/server/webhooks/webhook_routes.h"
#include "models/domain/result.h"
#include "services/local/local_core.h"
#include "services/platform/config.h"
#include "services/platform/metrics.h"

#include <memory>

namespace bootstrap {

/// What a headless server does about mail: sends what the audit log asks for, takes webhooks in, repairs gaps, keeps
/// the inbox within its bounds, feeds the gauges. Main thread only.
class MailHost {
public:
    /// Reads the templates and makes the providers: an error ends the start. The references outlive the host.
    static domain::Result<std::unique_ptr<MailHost>> create(const platform::ServerConfig &config,
                                                            local::LocalCore &core, platform::Metrics &metrics);
    ~MailHost(); ///< as stop()

    /// For addWebhookRoutes(); lives as long as the host.
    server::WebhookDeps webhookDeps(const platform::Clock &clock);
    void start();
    /// Begun mails are finished and recorded; sums of refused calls are written. Idempotent, blocks.
    void stop();

private:
    struct Private;
    explicit MailHost(std::unique_ptr<Private> d);
    std::unique_ptr<Private> m_d;
};

} // namespace bootstrap
