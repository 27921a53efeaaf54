#pragma once
#include "services/jobs/job.h"
#include "services/usecases/mail/repair_gaps.h"
#include "services/usecases/work_source.h"

namespace jobs {

/// Looks accepted messages without an outcome up in the provider's own log: every night, and when an operator asked for
/// it (00-decisions, 06-screens §3 row 14). One host at a time.
class GapRepair final : public Job {
public:
    struct Settings {
        usecases::RepairSettings repair;
        qint64 pollMs = 15'000; ///< how often it looks for a request
        QTime nightlyAt{2, 0};  ///< UTC
    };
    GapRepair(usecases::WorkSource &work, usecases::MailEventLog &log, const platform::Clock &clock, Settings settings);

    QString name() const override { return usecases::gapRepairJob; }
    qint64 intervalMs() const override { return m_settings.pollMs; }
    bool isAlone() const override { return true; }
    JobResult run(const std::atomic_bool &stop) override;

private:
    struct Progress {
        int looked = 0, recovered = 0;
        QString problem;
    };
    bool isDue(const QDateTime &now, bool &requested);
    Progress repair(const std::atomic_bool &stop);
    domain::Result<QList<usecases::ProviderEvent>> fetch(const QList<usecases::EmailLedgerRepository::Open> &open,
                                                         const std::atomic_bool &stop);
    bool repairBatch(const QList<usecases::EmailLedgerRepository::Open> &open, Progress &progress,
                     const std::atomic_bool &stop);
    void finish(const QDateTime &startedAt, bool requested, const Progress &progress);

    usecases::WorkSource &m_work;
    usecases::MailEventLog &m_log;
    const platform::Clock &m_clock;
    Settings m_settings;
};

} // namespace jobs
