#include "services/providers/circuit_breaker.h"

#include <QMutex>

#include <algorithm>

namespace providers {

struct CircuitBreaker::Private {
    const platform::Clock &clock;
    const BreakerRules rules;
    const ChangeHook onChange;
    mutable QMutex mutex;
    BreakerState state = BreakerState::Closed;
    int failures = 0;           ///< in a row
    qint64 grownMs = 0;         ///< the pause that the failures have grown to; 0 = none yet
    qint64 pauseMs = 0;         ///< of the current opening
    qint64 untilMs = 0;         ///< its end, epoch
    bool trialUnderWay = false; ///< half-open only
    quint64 generation = 0;     ///< grows with each change; permits of an older one have nothing to say

    Private(const platform::Clock &c, const BreakerRules &r, ChangeHook h) : clock(c), rules(r), onChange(std::move(h))
    {
        if (onChange)
            onChange(state);
    }
    qint64 nowMs() const { return clock.now().toMSecsSinceEpoch(); }
    void change(BreakerState to)
    {
        state = to;
        trialUnderWay = false;
        failures = 0;
        ++generation;
        if (onChange)
            onChange(to);
    }
    /// A pause that was asked for is as long as asked; only failures make pauses grow.
    void open(qint64 waitMs, bool failedEnough)
    {
        const qint64 longest = std::max({rules.firstPauseMs, rules.longestPauseMs, qint64{1}});
        pauseMs = std::clamp(waitMs, qint64{1}, longest);
        if (failedEnough) {
            grownMs = std::clamp(grownMs == 0 ? rules.firstPauseMs : grownMs * 2, qint64{1}, longest);
            pauseMs = std::max(pauseMs, grownMs);
        }
        untilMs = nowMs() + pauseMs;
        change(BreakerState::Open);
    }
    /// A clock that was set back does not make a pause longer than it was.
    qint64 remainingMs() const
    {
        return state == BreakerState::Open ? std::clamp(untilMs - nowMs(), qint64{0}, pauseMs) : 0;
    }
};

CircuitBreaker::CircuitBreaker(const platform::Clock &clock, BreakerRules rules, ChangeHook onChange)
    : m_d(std::make_unique<Private>(clock, rules, std::move(onChange)))
{
}

CircuitBreaker::~CircuitBreaker() = default;

std::optional<CircuitBreaker::Permit> CircuitBreaker::allow()
{
    const QMutexLocker lock(&m_d->mutex);
    if (m_d->state == BreakerState::Open && m_d->remainingMs() == 0)
        m_d->change(BreakerState::HalfOpen);
    if (m_d->state == BreakerState::Open || m_d->trialUnderWay)
        return std::nullopt;
    m_d->trialUnderWay = m_d->state == BreakerState::HalfOpen;
    return Permit(this, m_d->generation);
}

BreakerState CircuitBreaker::state() const
{
    const QMutexLocker lock(&m_d->mutex);
    return m_d->state;
}

qint64 CircuitBreaker::remainingMs() const
{
    const QMutexLocker lock(&m_d->mutex);
    return m_d->remainingMs();
}

CircuitBreaker::Permit::Permit(Permit &&other) noexcept
    : m_breaker(std::exchange(other.m_breaker, nullptr))
    , m_generation(other.m_generation)
{
}

CircuitBreaker::Permit::~Permit()
{
    if (!m_breaker)
        return;
    Private &d = *m_breaker->m_d;
    const QMutexLocker lock(&d.mutex);
    if (m_generation == d.generation)
        d.trialUnderWay = false;
}

void CircuitBreaker::Permit::succeeded()
{
    CircuitBreaker *breaker = std::exchange(m_breaker, nullptr);
    if (!breaker)
        return;
    Private &d = *breaker->m_d;
    const QMutexLocker lock(&d.mutex);
    if (m_generation != d.generation)
        return;
    d.failures = 0;
    d.grownMs = 0;
    if (d.state != BreakerState::Closed)
        d.change(BreakerState::Closed);
}

void CircuitBreaker::Permit::failed(qint64 waitMs)
{
    CircuitBreaker *breaker = std::exchange(m_breaker, nullptr);
    if (!breaker)
        return;
    Private &d = *breaker->m_d;
    const QMutexLocker lock(&d.mutex);
    if (m_generation != d.generation)
        return;
    ++d.failures;
    const bool failedEnough = d.state == BreakerState::HalfOpen || d.failures >= std::max(1, d.rules.threshold);
    if (failedEnough || waitMs > 0)
        d.open(waitMs, failedEnough);
}

} // namespace providers
