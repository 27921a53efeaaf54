#include "services/storage/executor.h"

#include "services/storage/sql_errors.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace storage {

using domain::Done;
using domain::Error;
using domain::ErrorCode;
using domain::Result;

namespace {

using Steady = std::chrono::steady_clock;

/// What callers see of a lost connection.
Error outward(Error error)
{
    if (error.key == connectionLostKey())
        error.key = QStringLiteral("db_failed");
    return error;
}

Error deadlinePassed()
{
    return domain::makeError(ErrorCode::Timeout, QStringLiteral("deadline_exceeded"),
                             QStringLiteral("the deadline passed before the database was free"));
}

} // namespace

struct Executor::Private {
    struct Job {
        Access access;
        QDateTime deadline;
        Task task;
        bool waits; ///< no thread was free when it came
        Steady::time_point since;
    };
    /// One thread and what it has open.
    struct Worker {
        std::unique_ptr<Connection> connection;
        Steady::time_point openedAt, lastUsedAt;
        quint64 seenLosses = 0;
        bool counted = false; ///< in Lane::open
        bool called = false;  ///< there is work
        std::condition_variable wake;
    };
    /// Threads that share one queue.
    struct Lane {
        bool readOnly = false;
        int max = 1;
        int threads = 0, busy = 0, open = 0;
        std::deque<Job> jobs;
        std::vector<Worker *> waiting; ///< the longest first
        /// The latest with a connection, so that the others can grow old; else the latest.
        void callOne();
    };

    DatabaseConfig config;
    mutable std::mutex mutex;
    Lane primary; ///< everything on PostgreSQL, the writer on SQLite
    Lane readers; ///< SQLite only
    std::vector<std::thread> threads;
    bool closing = false;
    PoolStats cumulative;
    /// Raised by each loss: connections from before it are checked before their next job, so that a server restart
    /// costs one failed write and not one per connection.
    std::atomic<quint64> losses{0};

    std::mutex listenerMutex;
    std::function<void(const QStringList &)> listener;

    Lane &laneFor(Access access)
    {
        return config.engine == Engine::Sqlite && access == Access::Read ? readers : primary;
    }

    void work(Lane &lane);
    /// Waits until it is called or its connection is too old; closes that one.
    void rest(Lane &lane, Worker &worker, std::unique_lock<std::mutex> &lock);
    void count(Lane &lane, Worker &worker);
    bool isSuperfluous(const Lane &lane, const Worker &worker) const;
    /// When the connection of a waiting worker is to be closed; nullopt = never.
    std::optional<Steady::time_point> expiry(const Worker &worker) const;
    bool outlived(const Worker &worker) const;
    void process(const Job &job, const Lane &lane, Worker &worker);
    Result<Done> ready(const Lane &lane, Worker &worker);
    void deliver(Connection &connection);
};

Executor::Executor(DatabaseConfig config) : m_d(std::make_unique<Private>())
{
    const int pool = std::max(1, config.poolSize);
    m_d->primary.max = config.engine == Engine::Sqlite ? 1 : pool;
    m_d->readers.max = std::min(pool, 4);
    m_d->readers.readOnly = true;
    m_d->config = std::move(config);
}

Executor::~Executor()
{
    close();
}

bool Executor::wantsRetry(const Error &error)
{
    return error.key == connectionLostKey();
}

void Executor::submit(Access access, QDateTime deadline, Task task)
{
    std::unique_lock lock(m_d->mutex);
    if (m_d->closing) {
        lock.unlock();
        task.fail(domain::unavailable(QStringLiteral("shutting_down")));
        return;
    }
    Private::Lane &lane = m_d->laneFor(access);
    const int wanted = lane.busy + int(lane.jobs.size()) + 1;
    const bool waits = wanted > lane.max;
    if (waits)
        ++m_d->cumulative.waitCount;
    lane.jobs.push_back({access, std::move(deadline), std::move(task), waits, Steady::now()});
    if (wanted > lane.threads && lane.threads < lane.max) {
        ++lane.threads;
        m_d->threads.emplace_back([d = m_d.get(), &lane] { d->work(lane); });
    }
    lane.callOne();
}

void Executor::Private::Lane::callOne()
{
    if (waiting.empty())
        return;
    const auto connected =
        std::find_if(waiting.rbegin(), waiting.rend(), [](Worker *w) { return w->connection != nullptr; });
    const auto chosen = connected == waiting.rend() ? std::prev(waiting.end()) : std::prev(connected.base());
    Worker *worker = *chosen;
    waiting.erase(chosen);
    worker->called = true;
    worker->wake.notify_one();
}

void Executor::Private::count(Lane &lane, Worker &worker)
{
    lane.open += int(worker.connection != nullptr) - int(worker.counted);
    worker.counted = worker.connection != nullptr;
}

bool Executor::Private::isSuperfluous(const Lane &lane, const Worker &worker) const
{
    if (config.engine != Engine::PostgreSql || config.maxIdleConnections <= 0 || !worker.connection)
        return false;
    const auto kept = std::count_if(lane.waiting.begin(), lane.waiting.end(), [&worker](const Worker *other) {
        return other != &worker && other->connection != nullptr;
    });
    return kept >= config.maxIdleConnections;
}

std::optional<Steady::time_point> Executor::Private::expiry(const Worker &worker) const
{
    if (config.engine != Engine::PostgreSql || !worker.connection)
        return std::nullopt;
    std::optional<Steady::time_point> at;
    if (config.maxIdleMs > 0)
        at = worker.lastUsedAt + std::chrono::milliseconds(config.maxIdleMs);
    if (config.maxLifetimeMs > 0) {
        const auto end = worker.openedAt + std::chrono::milliseconds(config.maxLifetimeMs);
        at = at ? std::min(*at, end) : end;
    }
    return at;
}

bool Executor::Private::outlived(const Worker &worker) const
{
    return config.engine == Engine::PostgreSql && config.maxLifetimeMs > 0 && worker.connection &&
           Steady::now() >= worker.openedAt + std::chrono::milliseconds(config.maxLifetimeMs);
}

void Executor::Private::rest(Lane &lane, Worker &worker, std::unique_lock<std::mutex> &lock)
{
    const auto called = [&] { return closing || worker.called; };
    bool tooOld = isSuperfluous(lane, worker);
    if (!tooOld) {
        worker.called = false;
        lane.waiting.push_back(&worker);
        if (const auto at = expiry(worker))
            tooOld = !worker.wake.wait_until(lock, *at, called);
        else
            worker.wake.wait(lock, called);
        std::erase(lane.waiting, &worker);
    }
    if (!tooOld)
        return;
    std::unique_ptr<Connection> old = std::move(worker.connection);
    count(lane, worker);
    lock.unlock();
    old.reset();
    lock.lock();
}

void Executor::Private::work(Lane &lane)
{
    Worker worker;
    worker.seenLosses = losses;
    std::unique_lock lock(mutex);
    for (;;) {
        if (lane.jobs.empty()) {
            if (closing)
                break;
            rest(lane, worker, lock);
            continue;
        }
        Job job = std::move(lane.jobs.front());
        lane.jobs.pop_front();
        ++lane.busy;
        if (job.waits)
            cumulative.waitSeconds += std::chrono::duration<double>(Steady::now() - job.since).count();
        lock.unlock();
        process(job, lane, worker);
        job.task = {}; // what it holds may call us when it goes, so not under the lock
        worker.lastUsedAt = Steady::now();
        lock.lock();
        --lane.busy;
        count(lane, worker);
    }
    lane.open -= int(worker.counted);
    lock.unlock();
    worker.connection.reset();
}

Result<Done> Executor::Private::ready(const Lane &lane, Worker &worker)
{
    const quint64 now = losses;
    if (outlived(worker))
        worker.connection.reset();
    if (!worker.connection) {
        auto opened = Connection::open(config, lane.readOnly);
        if (!opened)
            return opened.error();
        worker.connection = std::move(opened).value();
        worker.openedAt = Steady::now();
    } else if (auto checked = now == worker.seenLosses ? worker.connection->ensureOpen() : worker.connection->ping();
               !checked) {
        return checked;
    }
    worker.seenLosses = now;
    return Done{};
}

void Executor::Private::process(const Job &job, const Lane &lane, Worker &worker)
{
    if (job.deadline.isValid() && job.deadline < QDateTime::currentDateTimeUtc()) {
        job.task.fail(deadlinePassed());
        return;
    }
    const int attempts = job.access == Access::Read ? 2 : 1;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        if (auto ok = ready(lane, worker); !ok) {
            job.task.fail(outward(ok.error()));
            return;
        }
        bool answered = false;
        try {
            answered = job.task.run(*worker.connection);
        } catch (...) {
            job.task.fail(domain::makeError(ErrorCode::Internal, QStringLiteral("internal_error")));
            answered = true;
        }
        deliver(*worker.connection);
        if (answered)
            return;
        ++losses;
    }
    job.task.fail(domain::unavailable(QStringLiteral("db_failed"), QStringLiteral("the connection was lost")));
}

void Executor::Private::deliver(Connection &connection)
{
    const QStringList announced = connection.takeNotifications();
    if (announced.isEmpty())
        return;
    const std::lock_guard lock(listenerMutex);
    if (listener)
        listener(announced);
}

void Executor::close()
{
    std::vector<std::thread> threads;
    {
        const std::lock_guard lock(m_d->mutex);
        m_d->closing = true;
        threads.swap(m_d->threads);
        for (const Private::Lane *lane : {&m_d->primary, &m_d->readers}) {
            for (Private::Worker *worker : lane->waiting)
                worker->wake.notify_one();
        }
    }
    for (std::thread &thread : threads)
        thread.join();
}

PoolStats Executor::stats() const
{
    const std::lock_guard lock(m_d->mutex);
    PoolStats stats = m_d->cumulative;
    stats.inUse = m_d->primary.busy + m_d->readers.busy;
    stats.idle = std::max(0, m_d->primary.open + m_d->readers.open - stats.inUse);
    stats.max = m_d->primary.max + (m_d->config.engine == Engine::Sqlite ? m_d->readers.max : 0);
    return stats;
}

const DatabaseConfig &Executor::config() const
{
    return m_d->config;
}

void Executor::onCommitted(std::function<void(const QStringList &)> listener)
{
    const std::lock_guard lock(m_d->listenerMutex);
    m_d->listener = std::move(listener);
}

} // namespace storage
