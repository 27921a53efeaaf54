#include "services/local/local_webhook_intake.h"

#include "services/ports/when_done.h"
#include "services/usecases/webhooks/take_in.h"

namespace local {

using domain::Done;
using domain::ErrorCode;
using domain::Result;
using ports::IncomingWebhook;
using ports::WebhookReceipt;
using storage::Access;
using usecases::Env;

namespace {

/// PostgreSQL commits in parallel; SQLite has one writer.
int lanesOf(const storage::Executor &executor)
{
    return executor.config().engine == storage::Engine::PostgreSql ? 2 : 1;
}

bool isPassing(const domain::Error &error)
{
    return error.code == ErrorCode::Unavailable || error.code == ErrorCode::Timeout ||
           error.code == ErrorCode::Cancelled;
}

/// Together when that works; else one by one, so that one bad webhook holds up nobody and is kept all the same.
Result<QList<Result<WebhookReceipt>>> takeAll(const Env &env, const QList<IncomingWebhook> &batch)
{
    QList<Result<WebhookReceipt>> results;
    const auto together = usecases::takeIn(env, batch);
    if (together) {
        for (const WebhookReceipt &receipt : *together)
            results.append(receipt);
        return results;
    }
    if (isPassing(together.error()))
        return together.error();
    for (const IncomingWebhook &webhook : batch) {
        const auto alone = usecases::takeIn(env, {webhook});
        if (alone)
            results.append(alone->first());
        else if (isPassing(alone.error()))
            results.append(alone.error());
        else
            results.append(usecases::keepFailed(env, webhook, alone.error()));
    }
    return results;
}

} // namespace

LocalWebhookIntake::LocalWebhookIntake(const LocalRunner &runner)
    : m_runner(runner)
    , m_commits([this](QList<IncomingWebhook> batch) { return commit(std::move(batch)); },
                {.batch = 256, .lanes = lanesOf(runner.executor), .maxQueued = 8192})
{
}

QFuture<Result<LocalWebhookIntake::Receipts>> LocalWebhookIntake::commit(QList<IncomingWebhook> batch) const
{
    return m_runner.run<Receipts>(Access::Write, {},
                                  [batch = std::move(batch)](const Env &env) { return takeAll(env, batch); });
}

QFuture<Result<WebhookReceipt>> LocalWebhookIntake::receive(ports::CallContext context, IncomingWebhook webhook)
{
    Q_UNUSED(context);
    return m_commits.add(std::move(webhook));
}

QFuture<Result<Done>> LocalWebhookIntake::write(QList<usecases::RefusalLog::Burst> bursts) const
{
    return m_runner.run<Done>(Access::Write, {}, [bursts = std::move(bursts)](const Env &env) {
        return usecases::writeRefusals(env, bursts);
    });
}

void LocalWebhookIntake::refused(const ports::WebhookRefusal &refusal)
{
    std::optional<usecases::RefusalLog::Burst> first;
    {
        const std::lock_guard guard(m_lock);
        first = m_refusals.note(refusal, m_runner.clock.now());
    }
    if (first)
        write({*first});
}

QFuture<Result<Done>> LocalWebhookIntake::flushRefusals(bool everything)
{
    QList<usecases::RefusalLog::Burst> bursts;
    {
        const std::lock_guard guard(m_lock);
        bursts = m_refusals.ended(m_runner.clock.now(), everything);
    }
    return bursts.isEmpty() ? ports::ready(Result<Done>(Done{})) : write(std::move(bursts));
}

} // namespace local
