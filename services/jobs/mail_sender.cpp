#include "services/jobs/mail_sender.h"

#include "services/platform/fault_point.h"

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace jobs {

using domain::Done;
using domain::Result;
using usecases::PreparedMail;
using usecases::SendClass;
using usecases::SendReport;
using usecases::SendResult;

/// One batch and the group commit of its reports: the first thread that finds nobody writing writes for all who wait.
struct MailSender::Run {
    Run(const QList<PreparedMail> &m, const std::atomic_bool &s) : mails(m), stop(s) {}
    const QList<PreparedMail> &mails;
    const std::atomic_bool &stop;
    std::atomic<qsizetype> next{0};
    std::atomic_bool halt{false};

    std::mutex lock;
    std::condition_variable written;
    QList<SendReport> waiting;
    bool writing = false;
    quint64 queued = 0, done = 0; ///< reports handed in and reports whose commit ended
    Outcome outcome;
};

MailSender::MailSender(usecases::WorkSource &work, usecases::MailProvider &provider, const platform::Clock &clock,
                       Settings settings)
    : m_work(work)
    , m_provider(provider)
    , m_clock(clock)
    , m_settings(settings)
{
}

MailSender::Outcome MailSender::send(const QList<PreparedMail> &mails, const std::atomic_bool &stop)
{
    Run run(mails, stop);
    const auto threads = std::min<qsizetype>(m_settings.concurrency, mails.size());
    std::vector<std::thread> crew;
    for (qsizetype i = 1; i < threads; ++i)
        crew.emplace_back([this, &run] { sendSome(run); });
    sendSome(run);
    for (std::thread &thread : crew)
        thread.join();
    return run.outcome;
}

void MailSender::sendSome(Run &run) const
{
    while (!run.halt && !run.stop) {
        const qsizetype index = run.next.fetch_add(1);
        if (index >= run.mails.size())
            return;
        const PreparedMail &mail = run.mails.at(index);
        platform::faultPoint("forwarder.before_call");
        const SendResult result = m_provider.send(mail.mail, m_settings.timeoutMs);
        platform::faultPoint("forwarder.after_call");
        if (result.result == SendClass::Transient)
            run.halt = true;
        if (result.result == SendClass::Transient && !result.called) {
            const std::lock_guard guard(run.lock);
            run.outcome.halted = true;
            run.outcome.lastError = result.error;
            run.outcome.retryAfterMs = std::max(run.outcome.retryAfterMs, result.retryAfterMs);
            return;
        }
        if (!record(run, {mail, result, m_clock.now()})) {
            run.halt = true;
            return;
        }
        platform::faultPoint("forwarder.after_record");
    }
}

bool MailSender::record(Run &run, const SendReport &report) const
{
    std::unique_lock guard(run.lock);
    run.waiting.append(report);
    const quint64 mine = ++run.queued;
    run.written.wait(guard, [&] { return run.done >= mine || !run.writing; });
    if (run.done < mine) {
        const QList<SendReport> batch = std::exchange(run.waiting, {});
        const quint64 upTo = run.queued;
        run.writing = true;
        guard.unlock();
        const auto kept =
            m_work.write([&batch](const usecases::Env &env) { return usecases::recordSends(env, batch); });
        guard.lock();
        run.writing = false;
        run.done = upTo;
        if (!kept) {
            run.outcome.recordFailed = kept.error();
            run.outcome.halted = true;
        }
        run.written.notify_all();
    }
    const SendResult &result = report.result;
    if (result.result == SendClass::Accepted)
        ++run.outcome.accepted;
    else if (result.result != SendClass::Transient)
        ++run.outcome.dropped;
    else {
        ++run.outcome.transient;
        run.outcome.halted = true;
        run.outcome.authWall = run.outcome.authWall || result.authWall;
        run.outcome.retryAfterMs = std::max(run.outcome.retryAfterMs, result.retryAfterMs);
        run.outcome.lastError = result.error;
    }
    return !run.outcome.recordFailed;
}

} // namespace jobs
