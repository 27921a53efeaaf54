#include "services/jobs/scheduler.h"

#include <QLoggingCategory>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace jobs {

using domain::Done;
using domain::Result;
using usecases::Env;

namespace {
Q_LOGGING_CATEGORY(logJobs, "jobs")

/// How soon a job that failed, or that another host holds, is tried again at the latest.
constexpr qint64 retryMs = 10'000;
} // namespace

struct Scheduler::Worker {
    std::unique_ptr<Job> job;
    std::thread thread;
    std::mutex lock;
    std::condition_variable called;
    bool woken = false;
    std::atomic_bool stop{false};        ///< the scheduler ends
    std::atomic_bool interrupted{false}; ///< this run ends: the scheduler ends, or the lease is lost
    std::atomic_bool running{false};

    /// Sleeps for this long, or until it is woken or stopped.
    void rest(qint64 ms)
    {
        std::unique_lock guard(lock);
        called.wait_for(guard, std::chrono::milliseconds(ms), [this] { return woken || stop.load(); });
        woken = false;
    }
};

struct Scheduler::Keeper {
    std::thread thread;
    std::mutex lock;
    std::condition_variable called;
    bool stop = false;
};

Scheduler::Scheduler(usecases::WorkSource &work, const platform::Clock &clock, QString holder)
    : m_work(work)
    , m_clock(clock)
    , m_holder(std::move(holder))
    , m_keeper(std::make_unique<Keeper>())
{
}

Scheduler::~Scheduler()
{
    stop();
}

void Scheduler::add(std::unique_ptr<Job> job)
{
    auto worker = std::make_unique<Worker>();
    worker->job = std::move(job);
    m_workers.push_back(std::move(worker));
}

void Scheduler::start()
{
    for (const auto &worker : m_workers)
        worker->thread = std::thread([this, w = worker.get()] { work(*w); });
    m_keeper->thread = std::thread([this] { keepLeases(); });
}

void Scheduler::wake(const QString &job)
{
    for (const auto &worker : m_workers) {
        if (worker->job->name() != job)
            continue;
        const std::lock_guard guard(worker->lock);
        worker->woken = true;
        worker->called.notify_one();
    }
}

void Scheduler::stop()
{
    for (const auto &worker : m_workers) {
        const std::lock_guard guard(worker->lock);
        worker->stop = worker->interrupted = true;
        worker->called.notify_one();
    }
    for (const auto &worker : m_workers) {
        if (worker->thread.joinable())
            worker->thread.join();
    }
    {
        const std::lock_guard guard(m_keeper->lock);
        m_keeper->stop = true;
        m_keeper->called.notify_one();
    }
    if (m_keeper->thread.joinable())
        m_keeper->thread.join();
}

void Scheduler::keepLeases()
{
    std::unique_lock guard(m_keeper->lock);
    while (
        !m_keeper->called.wait_for(guard, std::chrono::milliseconds(leaseMs / 3), [this] { return m_keeper->stop; })) {
        for (const auto &worker : m_workers) {
            if (worker->running && worker->job->isAlone() && !mayRun(*worker))
                worker->interrupted = true;
        }
    }
}

bool Scheduler::mayRun(const Worker &worker) const
{
    if (!worker.job->isAlone())
        return true;
    bool mine = false;
    const auto asked = m_work.write([&](const Env &env) -> Result<Done> {
        const QDateTime now = m_clock.now();
        auto held = env.work.jobs().acquire(worker.job->name(), m_holder, now, now.addMSecs(leaseMs));
        if (!held)
            return held.error();
        mine = *held;
        return Done{};
    });
    return asked && mine;
}

void Scheduler::record(const Worker &worker, const QDateTime &startedAt, const JobResult &result) const
{
    if (!worker.job->isAlone() || result.text.isEmpty())
        return;
    const auto kept = m_work.write([&](const Env &env) {
        return env.work.jobs().recordRun(worker.job->name(), startedAt, m_clock.now(), result.text);
    });
    if (!kept)
        qCWarning(logJobs, "%s: its run could not be recorded: %s", qPrintable(worker.job->name()),
                  qPrintable(kept.error().key));
}

void Scheduler::work(Worker &worker)
{
    while (!worker.stop) {
        if (!mayRun(worker)) {
            worker.rest(std::min(worker.job->intervalMs(), retryMs));
            continue;
        }
        const QDateTime startedAt = m_clock.now();
        worker.interrupted = worker.stop.load();
        worker.running = true;
        const JobResult result = worker.job->run(worker.interrupted);
        worker.running = false;
        record(worker, startedAt, result);
        if (result.again && !worker.stop)
            continue;
        worker.rest(result.notBeforeMs > 0 ? result.notBeforeMs : worker.job->intervalMs());
    }
    if (worker.job->isAlone()) {
        const auto released =
            m_work.write([&](const Env &env) { return env.work.jobs().release(worker.job->name(), m_holder); });
        if (!released)
            qCInfo(logJobs, "%s: the lease runs out by itself", qPrintable(worker.job->name()));
    }
}

} // namespace jobs
