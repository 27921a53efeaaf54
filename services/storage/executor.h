#pragma once
#include "models/domain/result.h"
#include "services/storage/connection.h"

#include <QDateTime>
#include <QFuture>
#include <QPromise>

#include <functional>
#include <memory>

namespace storage {

enum class Access { Read, Write };

struct PoolStats {
    int inUse = 0, idle = 0, max = 0;
    qint64 waitCount = 0;   ///< jobs that had to wait for a thread, cumulative
    double waitSeconds = 0; ///< cumulative
};

/// Threads that own their connections. PostgreSQL: poolSize equal threads. SQLite: one writer, a few readers.
/// A lost connection is reopened before the next job; a read that failed because of it is run once more, a write never
/// (its fate is unknown): it answers Unavailable. Callable from any thread; jobs of one access class start in order.
/// A thread closes its PostgreSQL connection between two jobs when DatabaseConfig says that it waited or lived too long
/// or that enough others wait; work goes to the threads that still have one, latest first.
class Executor {
public:
    explicit Executor(DatabaseConfig config);
    /// As close().
    ~Executor();

    /// Runs job(connection) on a thread of the pool. Cancelled if the future was cancelled before the start, Timeout if
    /// the deadline (UTC, may be invalid) passed before it, Unavailable `shutting_down` after close() began.
    template <typename T>
    QFuture<domain::Result<T>> run(Access access, QDateTime deadline,
                                   std::function<domain::Result<T>(Connection &)> job)
    {
        auto promise = std::make_shared<QPromise<domain::Result<T>>>();
        promise->start();
        QFuture<domain::Result<T>> future = promise->future();
        submit(access, std::move(deadline),
               Task{[promise, job = std::move(job)](Connection &c) -> bool {
                        if (promise->isCanceled()) {
                            promise->finish();
                            return true;
                        }
                        domain::Result<T> result = guarded<T>(job, c);
                        if (!result && wantsRetry(result.error()))
                            return false;
                        promise->addResult(std::move(result));
                        promise->finish();
                        return true;
                    },
                    [promise](domain::Error error) {
                        promise->addResult(domain::Result<T>(std::move(error)));
                        promise->finish();
                    }});
        return future;
    }

    /// Stops taking work, finishes what was accepted, closes every connection in its thread. Idempotent, blocks.
    void close();
    PoolStats stats() const;
    const DatabaseConfig &config() const;
    /// Called on a worker thread after each commit with the announcements of that job (`kind:id`). Replaces the
    /// listener of before and waits until a running call of it has returned; {} ends it.
    void onCommitted(std::function<void(const QStringList &)> listener);

private:
    /// run: true = answered; false = the connection was lost, run again or fail. fail: answers with an error.
    struct Task {
        std::function<bool(Connection &)> run;
        std::function<void(domain::Error)> fail;
    };
    template <typename T>
    static domain::Result<T> guarded(const std::function<domain::Result<T>(Connection &)> &job, Connection &c)
    {
        try {
            return job(c);
        } catch (const std::exception &e) {
            return domain::makeError(domain::ErrorCode::Internal, QStringLiteral("internal_error"),
                                     QString::fromUtf8(e.what()));
        }
    }
    /// The key `db_connection_lost` never leaves the executor.
    static bool wantsRetry(const domain::Error &error);
    void submit(Access access, QDateTime deadline, Task task);

    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace storage
