#pragma once
#include "services/ports/health_service.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>

namespace server {

struct CheckOutcome {
    ports::CheckStatus status = ports::CheckStatus::Ok;
    QString error{}; ///< short fixed token (`timeout`, `connection_refused`); never a secret
};
using CheckAnswer = std::function<void(CheckOutcome)>;

struct ReadinessCheck {
    QString name{}; ///< `platform_db` …
    bool critical = false;
    std::chrono::milliseconds timeout{2000}; ///< then failed `timeout`
    std::chrono::milliseconds ttl{10000};    ///< how long an outcome, good or bad, is reused
    /// Must not block; answers once, on any thread. Empty: failed `check_nil`; an exception: failed `check_panic`.
    std::function<void(CheckAnswer)> run{};
};

struct ReadinessReport {
    ports::CheckStatus overall = ports::CheckStatus::Ok;
    bool draining = false;
    QList<ports::HealthCheck> checks{}; ///< by name
};

/// The checks behind /readyz (spec 03 §3.2): in parallel, each with its own time-out and cache, all within 3 s. A check
/// that never comes back is not started a second time. Thread-safe.
class Readiness {
public:
    using Gauge = std::function<void(const QString &check, double value)>;
    /// Feeds `readyz_check_status` (1, 0.5, 0) at every probe, cache hits included.
    explicit Readiness(Gauge gauge = {}, std::chrono::milliseconds budget = std::chrono::milliseconds(3000));
    ~Readiness();

    void add(ReadinessCheck check); ///< before the first probe
    /// Answers on an unspecified thread, within the budget; from the caches at once.
    void probe(std::function<void(ReadinessReport)> answer);

    /// From now on every probe answers one failed check `shutting_down` and runs nothing. Cannot be undone.
    void setDraining();
    bool draining() const;

private:
    class Impl;
    std::shared_ptr<Impl> m_impl;
};

/// Any critical check failed: Failed. Else any failed or degraded: Degraded. Else Ok.
ports::CheckStatus overallStatus(const QList<ports::HealthCheck> &checks);

} // namespace server
