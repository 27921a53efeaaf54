#pragma once
#include "services/platform/clock.h"

#include <functional>
#include <memory>
#include <optional>

namespace providers {

/// The values of the gauge, the same for code and alerts (00-decisions row 16).
enum class BreakerState { Closed = 0, HalfOpen = 1, Open = 2 };

struct BreakerRules {
    int threshold = 5;                      ///< failures in a row that open it; below 1 counts as 1
    qint64 firstPauseMs = 30'000;           ///< doubles with each trial that fails …
    qint64 longestPauseMs = 15 * 60 * 1000; ///< … up to this; also the most that `waitMs` of a failure may ask for
};

/// Keeps calls away from something that fails: closed until `threshold` failures in a row, then open for a pause that
/// grows, then half-open for one trial that decides. Calls that were under way when it opened are not counted.
/// Thread-safe. `onChange` runs under its lock: it must be quick and not call back.
class CircuitBreaker {
public:
    using ChangeHook = std::function<void(BreakerState)>;
    CircuitBreaker(const platform::Clock &clock, BreakerRules rules = {}, ChangeHook onChange = {});
    ~CircuitBreaker();

    /// Leave to make one call. A permit that goes away without a word about the call gives the trial back.
    class Permit {
    public:
        Permit(Permit &&other) noexcept;
        Permit &operator=(Permit &&) = delete;
        ~Permit();
        void succeeded();
        /// `waitMs` > 0: the other side asked for a pause; opens at once, for that long.
        void failed(qint64 waitMs = 0);

    private:
        friend class CircuitBreaker;
        Permit(CircuitBreaker *breaker, quint64 generation) : m_breaker(breaker), m_generation(generation) {}
        CircuitBreaker *m_breaker; ///< null once it has spoken
        quint64 m_generation;
    };
    /// nullopt: do not call.
    std::optional<Permit> allow();
    BreakerState state() const;
    /// How long allow() still says no; 0 when closed.
    qint64 remainingMs() const;

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace providers
