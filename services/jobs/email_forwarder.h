#pragma once
#include "services/jobs/job.h"
#include "services/jobs/mail_sender.h"

#include <functional>

namespace jobs {

/// From audit entries to accepted mail (spec 02 §3, 00-decisions rows 6 and 7): plans the next entries into the ledger,
/// then sends what is due. One host at a time.
class EmailForwarder final : public Job {
public:
    struct Settings {
        usecases::PlanSettings plan;
        MailSender::Settings sender;
        qint64 intervalMs = 10'000;
        int sendBatch = 400;
        int plansPerRun = 10; ///< batches of entries before it turns to sending
    };
    /// What a run tells the metrics; called on the job's thread.
    struct Observer {
        std::function<void(const QString &kind)> missingTemplate;
        std::function<void(const QString &reason)> failedOpen;
        std::function<void()> authWall;
    };
    EmailForwarder(usecases::WorkSource &work, usecases::MailProvider &provider, const usecases::MailComposer &composer,
                   const platform::Clock &clock, Settings settings, Observer observer);

    QString name() const override { return usecases::forwarderJob; }
    qint64 intervalMs() const override { return m_settings.intervalMs; }
    bool isAlone() const override { return true; }
    JobResult run(const std::atomic_bool &stop) override;

private:
    JobResult plan(const std::atomic_bool &stop);
    JobResult sendDue(const std::atomic_bool &stop);
    JobResult pause(const MailSender::Outcome &outcome);
    void tell(const usecases::PlanReport &report) const;

    usecases::WorkSource &m_work;
    const usecases::MailComposer &m_composer;
    const platform::Clock &m_clock;
    Settings m_settings;
    Observer m_observer;
    MailSender m_sender;
    int m_halts = 0; ///< in a row
};

} // namespace jobs
