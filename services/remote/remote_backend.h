#pragma once
#include "services/ports/backend.h"
#include "services/remote/remote_config.h"

#include <memory>

namespace remote {

/// A headless host over HTTP(S) as a backend. Everything is asynchronous on one network thread of its own; callable
/// from any thread. Errors of the host arrive with their code and key unchanged; those of the way to it are Unavailable
/// `host_unreachable`, `tls_failed`, `invalid_response`, `response_too_large`, or Timeout `timeout`. The certificate of
/// the host must be valid: there is no way to ignore it. CallContext::principal is ignored.
class RemoteBackend final : public ports::Backend {
public:
    /// Connects to nothing yet. Errors of checkConfig(), and InvalidInput `tls_config_invalid` for an unusable caFile.
    static domain::Result<std::unique_ptr<RemoteBackend>> create(RemoteConfig config);
    ~RemoteBackend() override; ///< running calls end with Cancelled

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
    struct Parts;
    explicit RemoteBackend(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

} // namespace remote
