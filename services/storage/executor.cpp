#include "services/storage/executor.h"

#include "services/storage/sql_errors.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
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
    /// Threads that share one queue.
    struct Lane {
        bool readOnly = false;
        int max = 1;
        int threads = 0, busy = 0, open = 0;
        std::deque<Job> jobs;
        std::condition_variable wake;
    };

    DatabaseConfig config;
    mutable std::mutex mutex;
    Lane primary;  ///< everything on PostgreSQL, the writer on SQLite
    Lane readers;  ///< SQLite only
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
    void process(const Job &job, const Lane &lane, std::unique_ptr<Connection> &connection, quint64 &seenLosses);
    Result<Done> ready(const Lane &lane, std::unique_ptr<Connection> &connection, quint64 &seenLosses);
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
    lane.wake.notify_one();
}

void Executor::Private::work(Lane &lane)
{
    std::unique_ptr<Connection> connection;
    quint64 seenLosses = losses;
    bool counted = false;
    std::unique_lock lock(mutex);
    for (;;) {
        lane.wake.wait(lock, [&] { return closing || !lane.jobs.empty(); });
        if (lane.jobs.empty())
            break;
        Job job = std::move(lane.jobs.front());
        lane.jobs.pop_front();
        ++lane.busy;
        if (job.waits)
            cumulative.waitSeconds += std::chrono::duration<double>(Steady::now() - job.since).count();
        lock.unlock();
        process(job, lane, connection, seenLosses);
        job.task = {}; // what it holds may call us when it goes, so not under the lock
        lock.lock();
        --lane.busy;
        lane.open += int(connection != nullptr) - int(counted);
        counted = connection != nullptr;
    }
    lane.open -= int(counted);
    lock.unlock();
    connection.reset();
}

Result<Done> Executor::Private::ready(const Lane &lane, std::unique_ptr<Connection> &connection, quint64 &seenLosses)
{
    const quint64 now = losses;
    if (!connection) {
        auto opened = Connection::open(config, lane.readOnly);
        if (!opened)
            return opened.error();
        connection = std::move(opened).value();
    } else if (auto checked = now == seenLosses ? connection->ensureOpen() : connection->ping(); !checked) {
        return checked;
    }
    seenLosses = now;
    return Done{};
}

void Executor::Private::process(const Job &job, const Lane &lane, std::unique_ptr<Connection> &connection,
                                quint64 &seenLosses)
{
    if (job.deadline.isValid() && job.deadline < QDateTime::currentDateTimeUtc()) {
        job.task.fail(deadlinePassed());
        return;
    }
    const int attempts = job.access == Access::Read ? 2 : 1;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        if (auto ok = ready(lane, connection, seenLosses); !ok) {
            job.task.fail(outward(ok.error()));
            return;
        }
        bool answered = false;
        try {
            answered = job.task.run(*connection);
        } catch (...) {
            job.task.fail(domain::makeError(ErrorCode::Internal, QStringLiteral("internal_error")));
            answered = true;
        }
        deliver(*connection);
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
        m_d->primary.wake.notify_all();
        m_d->readers.wake.notify_all();
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
