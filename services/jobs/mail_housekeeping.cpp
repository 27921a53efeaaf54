#include "services/jobs/mail_housekeeping.h"

#include "services/usecases/webhooks/apply_events.h"

namespace jobs {

using domain::Done;
using domain::Result;
using usecases::Env;

namespace {

constexpr int sweepBatch = 1000;
/// Small, so that a removal never holds up those who write.
constexpr int removeBatch = 2000;

JobResult resultOf(const Result<Done> &done, bool again)
{
    return done ? JobResult{QStringLiteral("ok"), again, 0} : JobResult{done.error().key, false, 0};
}

} // namespace

JobResult ParkedSweep::run(const std::atomic_bool &)
{
    int linked = 0;
    const auto done = m_work.write([&](const Env &env) -> Result<Done> {
        auto swept = usecases::sweepParked(env, sweepBatch);
        if (!swept)
            return swept.error();
        linked = *swept;
        return Done{};
    });
    return resultOf(done, linked >= sweepBatch);
}

JobResult InboxRetention::run(const std::atomic_bool &)
{
    bool more = false;
    const QDateTime now = m_clock.now();
    const auto done = m_work.write([&](const Env &env) -> Result<Done> {
        const auto old = env.work.inbox().removeBefore(now.addDays(-m_settings.days), removeBatch);
        if (!old)
            return old.error();
        const auto overflow = env.work.inbox().removeOverflow(m_settings.maximumRows, removeBatch);
        if (!overflow)
            return overflow.error();
        const auto parked = env.work.emailEvents().dropParkedBefore(now.addDays(-m_settings.parkedDays), removeBatch);
        if (!parked)
            return parked.error();
        more = *old >= removeBatch || *overflow >= removeBatch || *parked >= removeBatch;
        return Done{};
    });
    return resultOf(done, more);
}

JobResult MailGaugeReader::run(const std::atomic_bool &)
{
    MailGauges gauges;
    const auto done = m_work.read([&](const Env &env) -> Result<Done> {
        auto classes = env.work.ledger().countByClass();
        if (!classes)
            return classes.error();
        auto health = env.work.delivery().health(m_clock.now());
        if (!health)
            return health.error();
        gauges.byClass = std::move(classes).value();
        gauges.health = std::move(health).value();
        return Done{};
    });
    if (done)
        m_onRead(gauges);
    return resultOf(done, false);
}

} // namespace jobs
