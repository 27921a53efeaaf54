#pragma once
#include "services/usecases/mail/send_mail.h"
#include "services/usecases/work_source.h"

#include <atomic>

namespace jobs {

/// Sends a batch with bounded concurrency. A thread takes its next mail only after the fate of the one before is on
/// disk, so a crash leaves at most `concurrency` mails whose fate is unknown, and those are sent again: a duplicate at
/// worst, never a loss. Reports that come at the same time share a commit.
class MailSender {
public:
    struct Settings {
        int concurrency = 8;
        int timeoutMs = 10'000;
    };
    struct Outcome {
        int accepted = 0, dropped = 0, transient = 0;
        bool halted = false;     ///< a passing failure: the rest stays for later
        bool authWall = false;   ///< our credentials were refused
        qint64 retryAfterMs = 0; ///< what the provider asked for
        QString lastError;
        std::optional<domain::Error> recordFailed; ///< accepted mails whose record failed stay intended
    };
    /// The references outlive the sender.
    MailSender(usecases::WorkSource &work, usecases::MailProvider &provider, const platform::Clock &clock,
               Settings settings);

    /// Blocks until every mail that was begun is recorded.
    Outcome send(const QList<usecases::PreparedMail> &mails, const std::atomic_bool &stop);

private:
    struct Run;
    void sendSome(Run &run) const;
    bool record(Run &run, const usecases::SendReport &report) const;

    usecases::WorkSource &m_work;
    usecases::MailProvider &m_provider;
    const platform::Clock &m_clock;
    Settings m_settings;
};

} // namespace jobs
