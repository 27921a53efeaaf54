#include "app/server/health/readiness.h"

#include "app/server/health/delay_queue.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <vector>

namespace server {

namespace {

using Clock = std::chrono::steady_clock;

double gaugeValue(ports::CheckStatus status)
{
    switch (status) {
    case ports::CheckStatus::Ok:
        return 1.0;
    case ports::CheckStatus::Degraded:
        return 0.5;
    case ports::CheckStatus::Failed:
        return 0.0;
    }
    Q_UNREACHABLE();
}

} // namespace

ports::CheckStatus overallStatus(const QList<ports::HealthCheck> &checks)
{
    ports::CheckStatus overall = ports::CheckStatus::Ok;
    for (const ports::HealthCheck &check : checks) {
        if (check.status == ports::CheckStatus::Ok)
            continue;
        if (check.critical && check.status == ports::CheckStatus::Failed)
            return ports::CheckStatus::Failed;
        overall = ports::CheckStatus::Degraded;
    }
    return overall;
}

class Readiness::Impl : public std::enable_shared_from_this<Readiness::Impl> {
public:
    /// One probe that waits for checks under way.
    struct Probe {
        std::function<void(ReadinessReport)> answer;
        std::size_t open = 0;
        bool answered = false;
    };
    struct Slot {
        ReadinessCheck check;
        ports::HealthCheck last;
        Clock::time_point freshUntil{};
        Clock::time_point startedAt{};
        bool running = false;  ///< the function has not come back yet
        bool timedOut = false; ///< … and is not waited for any more
        quint64 run = 0;
        std::vector<std::shared_ptr<Probe>> waiting;
    };

    void begin(const std::string &name);
    void settle(const std::string &name, quint64 run, const CheckOutcome &outcome, bool isTimeout);
    void finish(const std::shared_ptr<Probe> &probe);
    ReadinessReport report(const std::shared_ptr<Probe> &probe);
    static ReadinessReport drainingReport();

    std::mutex mutex;
    std::map<std::string, Slot> entries;
    Gauge gauge;
    std::chrono::milliseconds budget{3000};
    std::atomic_bool draining = false;
    DelayQueue timers;
};

ReadinessReport Readiness::Impl::drainingReport()
{
    ReadinessReport report;
    report.overall = ports::CheckStatus::Failed;
    report.draining = true;
    ports::HealthCheck check;
    check.name = QStringLiteral("shutting_down");
    check.status = ports::CheckStatus::Failed;
    check.lastError = QStringLiteral("draining");
    check.lastCheckAt = QDateTime::currentDateTimeUtc();
    check.critical = true;
    report.checks.append(check);
    return report;
}

/// Precondition: the mutex is held.
ReadinessReport Readiness::Impl::report(const std::shared_ptr<Probe> &probe)
{
    ReadinessReport report;
    for (const auto &[name, slot] : entries) {
        ports::HealthCheck row = slot.last;
        row.name = slot.check.name;
        row.critical = slot.check.critical;
        const bool waitedFor = std::find(slot.waiting.begin(), slot.waiting.end(), probe) != slot.waiting.end();
        if (waitedFor) { // the whole budget is over before the check's own time-out
            row.status = ports::CheckStatus::Failed;
            row.lastError = QStringLiteral("timeout");
            row.latencyMs = budget.count();
            row.lastCheckAt = QDateTime::currentDateTimeUtc();
        }
        if (gauge)
            gauge(row.name, gaugeValue(row.status));
        report.checks.append(row);
    }
    report.overall = overallStatus(report.checks);
    return report;
}

void Readiness::Impl::finish(const std::shared_ptr<Probe> &probe)
{
    std::unique_lock lock(mutex);
    if (std::exchange(probe->answered, true))
        return;
    ReadinessReport done = draining ? drainingReport() : report(probe);
    lock.unlock();
    probe->answer(std::move(done));
}

void Readiness::Impl::settle(const std::string &name, quint64 run, const CheckOutcome &outcome, bool isTimeout)
{
    std::vector<std::shared_ptr<Probe>> ready;
    {
        const std::lock_guard lock(mutex);
        Slot &slot = entries.at(name);
        if (slot.run != run)
            return;
        const bool late = slot.timedOut;
        if (isTimeout && (late || !slot.running))
            return;
        if (isTimeout)
            slot.timedOut = true;
        else
            slot.running = false;
        if (!late) {
            const auto now = Clock::now();
            slot.last.status = outcome.status;
            slot.last.lastError = outcome.error;
            slot.last.latencyMs = std::chrono::duration_cast<std::chrono::milliseconds>(now - slot.startedAt).count();
            slot.last.lastCheckAt = QDateTime::currentDateTimeUtc();
            slot.freshUntil = now + slot.check.ttl;
            for (const std::shared_ptr<Probe> &probe : slot.waiting) {
                if (--probe->open == 0)
                    ready.push_back(probe);
            }
            slot.waiting.clear();
        }
    }
    for (const std::shared_ptr<Probe> &probe : ready)
        finish(probe);
}

/// Starts the check's function outside the lock: it may answer at once.
void Readiness::Impl::begin(const std::string &name)
{
    quint64 run = 0;
    std::function<void(CheckAnswer)> function;
    std::chrono::milliseconds timeout{};
    {
        const std::lock_guard lock(mutex);
        Slot &slot = entries.at(name);
        run = slot.run;
        function = slot.check.run;
        timeout = slot.check.timeout;
    }
    if (!function) {
        settle(name, run, {ports::CheckStatus::Failed, QStringLiteral("check_nil")}, false);
        return;
    }
    timers.after(timeout, [weak = weak_from_this(), name, run] {
        if (const auto self = weak.lock())
            self->settle(name, run, {ports::CheckStatus::Failed, QStringLiteral("timeout")}, true);
    });
    try {
        function([weak = weak_from_this(), name, run](CheckOutcome outcome) {
            if (const auto self = weak.lock())
                self->settle(name, run, outcome, false);
        });
    } catch (...) {
        settle(name, run, {ports::CheckStatus::Failed, QStringLiteral("check_panic")}, false);
    }
}

Readiness::Readiness(Gauge gauge, std::chrono::milliseconds budget) : m_impl(std::make_shared<Impl>())
{
    m_impl->gauge = std::move(gauge);
    m_impl->budget = budget;
}

Readiness::~Readiness()
{
    m_impl->timers.stop();
}

void Readiness::add(ReadinessCheck check)
{
    const std::lock_guard lock(m_impl->mutex);
    const std::string name = check.name.toStdString();
    m_impl->entries[name].check = std::move(check);
}

void Readiness::probe(std::function<void(ReadinessReport)> answer)
{
    if (draining()) {
        answer(Impl::drainingReport());
        return;
    }
    const auto probe = std::make_shared<Impl::Probe>();
    probe->answer = std::move(answer);
    std::vector<std::string> toStart;
    {
        const std::lock_guard lock(m_impl->mutex);
        const auto now = Clock::now();
        for (auto &[name, slot] : m_impl->entries) {
            if (now < slot.freshUntil)
                continue;
            if (slot.running && slot.timedOut)
                continue; // it hangs: its last outcome stands until it comes back
            slot.waiting.push_back(probe);
            ++probe->open;
            if (slot.running)
                continue;
            slot.running = true;
            slot.timedOut = false;
            slot.startedAt = now;
            ++slot.run;
            toStart.push_back(name);
        }
        ++probe->open;
    }
    for (const std::string &name : toStart)
        m_impl->begin(name);
    bool ready = false;
    {
        const std::lock_guard lock(m_impl->mutex);
        ready = --probe->open == 0;
    }
    if (ready) {
        m_impl->finish(probe);
        return;
    }
    m_impl->timers.after(m_impl->budget, [weak = std::weak_ptr(m_impl), probe] {
        if (const auto impl = weak.lock())
            impl->finish(probe);
    });
}

void Readiness::setDraining()
{
    m_impl->draining = true;
}

bool Readiness::draining() const
{
    return m_impl->draining;
}

} // namespace server
