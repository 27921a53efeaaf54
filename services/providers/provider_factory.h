#pragma once
#include "models/domain/result.h"
#include "services/platform/clock.h"
#include "services/platform/config.h"
#include "services/platform/metrics.h"
#include "services/providers/circuit_breaker.h"
#include "services/usecases/mail_provider.h"

#include <functional>
#include <memory>

namespace providers {

/// What is told to whoever counts. Called on sending threads.
struct MailHooks {
    std::function<void(usecases::SendClass result, int status)> brevoError;
    std::function<void(const QString &outcome)> failover;
    std::function<void(const QString &provider, BreakerState state)> breaker;
};
/// Hooks that feed the metrics, which outlive them.
MailHooks metricHooks(platform::Metrics &metrics);

struct MailProviders {
    std::shared_ptr<usecases::MailProvider> sender;   ///< never null; name `none` when no mail is sent
    std::shared_ptr<usecases::MailEventLog> eventLog; ///< Brevo's, whenever there is an API key; else null
};

/// The providers that the settings ask for, each behind a breaker of its own, in a chain when there are several.
/// InvalidInput, `fields` by variable name: `email_provider_unknown`, `email_provider_incomplete`, `invalid_smtp_url`.
/// The clock outlives the providers. `extraCaFile`: PEM, trusted beside the system's certificates.
domain::Result<MailProviders> makeMailProviders(const platform::MailSettings &settings, const platform::Clock &clock,
                                                const MailHooks &hooks, BreakerRules rules = {},
                                                const QString &extraCaFile = {});

} // namespace providers
