#include "services/jobs/email_forwarder.h"

#include "services/platform/fault_point.h"

#include <QLoggingCategory>

#include <algorithm>

namespace jobs {

using domain::Done;
using domain::Result;
using usecases::Env;
using usecases::PlanReport;
using usecases::PreparedBatch;

namespace {
Q_LOGGING_CATEGORY(logMail, "email")

/// The pause after a halt: a second, doubled for each halt in a row.
constexpr qint64 firstPauseMs = 1'000, longestPauseMs = 300'000;

JobResult failed(const domain::Error &error)
{
    return {error.key, false, 0};
}

} // namespace

EmailForwarder::EmailForwarder(usecases::WorkSource &work, usecases::MailProvider &provider,
                               const usecases::MailComposer &composer, const platform::Clock &clock, Settings settings,
                               Observer observer)
    : m_work(work)
    , m_composer(composer)
    , m_clock(clock)
    , m_settings(std::move(settings))
    , m_observer(std::move(observer))
    , m_sender(work, provider, clock, m_settings.sender)
{
}

JobResult EmailForwarder::run(const std::atomic_bool &stop)
{
    const JobResult planned = plan(stop);
    if (stop)
        return planned;
    // What is in the ledger already goes out even while nothing new can be decided.
    JobResult sent = sendDue(stop);
    if (sent.text == QLatin1StringView("ok"))
        sent.text = planned.text;
    sent.again = sent.again || (planned.again && sent.notBeforeMs == 0);
    return sent;
}

JobResult EmailForwarder::plan(const std::atomic_bool &stop)
{
    for (int round = 0; round < m_settings.plansPerRun && !stop; ++round) {
        PlanReport report;
        const auto done = m_work.write([&](const Env &env) -> Result<Done> {
            auto planned = usecases::planMail(env, m_composer, m_settings.plan);
            if (!planned)
                return planned.error();
            report = *planned;
            return Done{};
        });
        if (!done)
            return failed(done.error());
        platform::faultPoint("forwarder.after_plan");
        tell(report);
        if (!report.held.isEmpty())
            return {report.held, false, 0};
        if (!report.more)
            return {};
    }
    return {QStringLiteral("ok"), true, 0};
}

void EmailForwarder::tell(const PlanReport &report) const
{
    for (const QString &kind : report.withoutTemplate) {
        qCCritical(logMail, "missing_email_renderer kind=%s", qPrintable(kind));
        m_observer.missingTemplate(kind);
    }
    if (report.failedOpen)
        m_observer.failedOpen(QStringLiteral("db_error"));
    if (!report.held.isEmpty())
        qCWarning(logMail, "held: %s", qPrintable(report.held));
    if (report.read > 0)
        qCInfo(logMail, "planned read=%d intended=%d suppressed=%d expired=%d no_recipient=%d", report.read,
               report.intended, report.suppressed, report.expired, report.noRecipient);
}

JobResult EmailForwarder::sendDue(const std::atomic_bool &stop)
{
    PreparedBatch batch;
    const auto prepared = m_work.read([&](const Env &env) -> Result<Done> {
        auto made = usecases::prepareMail(env, m_composer, m_settings.plan, m_settings.sendBatch);
        if (!made)
            return made.error();
        batch = std::move(made).value();
        return Done{};
    });
    if (!prepared)
        return failed(prepared.error());
    if (batch.failedOpen)
        m_observer.failedOpen(QStringLiteral("db_error"));
    if (!batch.held.isEmpty())
        return {batch.held, false, 0};
    const auto dropped = m_work.write([&](const Env &env) { return usecases::recordDrops(env, batch.drops); });
    if (!dropped)
        return failed(dropped.error());
    const MailSender::Outcome outcome = m_sender.send(batch.mails, stop);
    if (outcome.accepted + outcome.dropped + outcome.transient > 0)
        qCInfo(logMail, "sent accepted=%d dropped=%d transient=%d", outcome.accepted, outcome.dropped,
               outcome.transient);
    if (outcome.halted)
        return pause(outcome);
    m_halts = 0;
    return {QStringLiteral("ok"), batch.mails.size() >= m_settings.sendBatch, 0};
}

JobResult EmailForwarder::pause(const MailSender::Outcome &outcome)
{
    const qint64 doubled = firstPauseMs << std::min(m_halts++, 9);
    const qint64 ms = std::max(std::min(doubled, longestPauseMs), std::min(outcome.retryAfterMs, longestPauseMs));
    if (outcome.authWall) {
        qCCritical(logMail, "auth_wall: the provider refuses our credentials: %s", qPrintable(outcome.lastError));
        m_observer.authWall();
    }
    if (outcome.recordFailed) {
        qCWarning(logMail, "halted: the ledger could not be written: %s", qPrintable(outcome.recordFailed->key));
        return {outcome.recordFailed->key, false, ms};
    }
    qCWarning(logMail, "transient_halt: %s; pausing %lld ms", qPrintable(outcome.lastError),
              static_cast<long long>(ms));
    return {QStringLiteral("transient: ") + outcome.lastError, false, ms};
}

} // namespace jobs
