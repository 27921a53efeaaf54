#pragma once
#include <QString>

#include <atomic>

namespace jobs {

/// What one run of a job came to.
struct JobResult {
    QString text =
        QStringLiteral("ok"); ///< `ok`, or why it holds; kept as the job's last result; empty = not worth recording
    bool again = false;       ///< there is more to do at once
    qint64 notBeforeMs = 0;   ///< asks for a pause of this long, 0 = the usual interval
};

/// A piece of periodic work. run() is called on the scheduler's thread, never twice at the same time in this process,
/// and, when it wants to be alone, by one host at a time.
class Job {
public:
    virtual ~Job() = default;
    virtual QString name() const = 0;
    virtual qint64 intervalMs() const = 0;
    /// Held by one host at a time through job_leases.
    virtual bool isAlone() const = 0;
    /// Returns soon after `stop` became true; what was begun is finished or left for the next run.
    virtual JobResult run(const std::atomic_bool &stop) = 0;
};

} // namespace jobs
