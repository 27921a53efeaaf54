#include "services/providers/breaker_provider.h"

#include <algorithm>

namespace providers {

using usecases::SendClass;
using usecases::SendResult;

BreakerProvider::BreakerProvider(std::shared_ptr<usecases::MailProvider> provider, const platform::Clock &clock,
                                 BreakerRules rules, CircuitBreaker::ChangeHook onChange)
    : m_provider(std::move(provider))
    , m_breaker(clock, rules, std::move(onChange))
{
}

SendResult BreakerProvider::send(const usecases::OutgoingMail &mail, int timeoutMs)
{
    auto permit = m_breaker.allow();
    if (!permit) {
        SendResult paused;
        paused.provider = name();
        paused.error = QStringLiteral("paused");
        paused.called = false;
        // Half-open: somebody else's trial is about to decide.
        constexpr qint64 trialMs = 1000;
        paused.retryAfterMs = std::max(m_breaker.remainingMs(), trialMs);
        return paused;
    }
    SendResult result = m_provider->send(mail, timeoutMs);
    if (!result.called)
        return result;
    if (result.result == SendClass::Transient)
        permit->failed(result.retryAfterMs);
    else
        permit->succeeded();
    return result;
}

} // namespace providers
