#pragma once
#include "services/jobs/job.h"
#include "services/usecases/work_source.h"

#include <memory>
#include <vector>

namespace jobs {

/// Runs each job on a thread of its own, at its interval, across hosts once per period where the job is to be alone:
/// the lease is renewed while it runs and a host that died loses it after leaseMs. Stopped by stop() or the destructor,
/// which wait for the running jobs.
class Scheduler {
public:
    static constexpr qint64 leaseMs = 20'000;

    /// `holder` tells hosts and processes apart. The references outlive the scheduler.
    Scheduler(usecases::WorkSource &work, const platform::Clock &clock, QString holder);
    ~Scheduler();

    void add(std::unique_ptr<Job> job); ///< before start()
    void start();
    /// Runs this job now instead of at its next time; from any thread.
    void wake(const QString &job);
    void stop();

private:
    struct Worker;
    struct Keeper;
    void work(Worker &worker);
    bool mayRun(const Worker &worker) const;
    /// Renews the leases of what runs; a job that lost its lease is told to stop.
    void keepLeases();
    void record(const Worker &worker, const QDateTime &startedAt, const JobResult &result) const;

    usecases::WorkSource &m_work;
    const platform::Clock &m_clock;
    QString m_holder;
    std::vector<std::unique_ptr<Worker>> m_workers;
    std::unique_ptr<Keeper> m_keeper;
};

} // namespace jobs
