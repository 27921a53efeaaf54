#pragma once
#include "services/providers/circuit_breaker.h"
#include "services/usecases/mail_provider.h"

#include <memory>

namespace providers {

/// A provider behind a breaker. While that is open, send() answers Transient `paused` with `called` false and
/// `retryAfterMs` until the next trial; such an answer is no attempt. Transient answers are failures; accepted and
/// permanent ones show that the provider works. Thread-safe when the provider is.
class BreakerProvider final : public usecases::MailProvider {
public:
    BreakerProvider(std::shared_ptr<usecases::MailProvider> provider, const platform::Clock &clock,
                    BreakerRules rules = {}, CircuitBreaker::ChangeHook onChange = {});

    QString name() const override { return m_provider->name(); }
    usecases::SendResult send(const usecases::OutgoingMail &mail, int timeoutMs) override;
    const CircuitBreaker &breaker() const { return m_breaker; }

private:
    std::shared_ptr<usecases::MailProvider> m_provider;
    CircuitBreaker m_breaker;
};

} // namespace providers
