#pragma once
#include "app/server/webhooks/webhook_routes.h"
#include "services/platform/clock.h"

#include <memory>

namespace bootstrap {

/// Checks SNS messages: fetches the certificate from the service's own host, keeps it for a day, verifies. One thread
/// of its own, a bounded queue; what does not fit, or comes from elsewhere, is not genuine. Answers on that thread.
class SnsCertificates {
public:
    /// Gives the body behind a URL, empty on failure; blocks. Called on the own thread.
    using Fetch = std::function<QByteArray(const QString &url)>;
    SnsCertificates(const platform::Clock &clock, Fetch fetch);
    ~SnsCertificates(); ///< waiting messages are answered: not genuine

    server::SnsVerifier verifier();

private:
    struct Private;
    std::shared_ptr<Private> m_d;
};

/// By HTTPS, ten seconds and 64 KiB at most.
SnsCertificates::Fetch httpsFetch();

} // namespace bootstrap
