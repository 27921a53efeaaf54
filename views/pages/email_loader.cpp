#include "views/pages/email_loader.h"

#include "services/ports/backend.h"
#include "services/ports/when_done.h"
#include "views/pages/page.h"

#include <algorithm>

namespace pages {

namespace {
constexpr qint64 daySeconds = 86'400, hourSeconds = 3600;
constexpr qint64 hourlyUpTo = 3 * daySeconds; // of ports::EmailService::series
constexpr int cellLimit = 200;

QDateTime floorTo(const QDateTime &time, qint64 step)
{
    const qint64 seconds = time.toSecsSinceEpoch();
    return QDateTime::fromSecsSinceEpoch(seconds - seconds % step, Qt::UTC);
}

QStringList failedOutcomes()
{
    using domain::DeliveryOutcome;
    QStringList names;
    for (const DeliveryOutcome outcome :
         {DeliveryOutcome::Blocked, DeliveryOutcome::Hard, DeliveryOutcome::Soft, DeliveryOutcome::BouncedLater})
        names << domain::deliveryOutcomeName(outcome);
    return names;
}
} // namespace

EmailLoader::EmailLoader(PageHost &host, QObject *parent) : QObject(parent), m_host(host) {}

qint64 EmailLoader::chartSeconds(const items::EmailWindow &window)
{
    if (window.seconds <= hourSeconds)
        return daySeconds;
    if (window.seconds <= daySeconds)
        return 2 * daySeconds;
    return window.seconds <= 7 * daySeconds ? 14 * daySeconds : window.seconds;
}

template <typename T, typename Take>
void EmailLoader::ask(QFuture<domain::Result<T>> future, const QString &requestId, Take take)
{
    ++m_open;
    ports::whenDone(std::move(future), this,
                    [this, generation = m_generation, requestId, take](const domain::Result<T> &result) {
                        if (generation != m_generation)
                            return;
                        --m_open;
                        if (result) {
                            take(*result);
                        } else {
                            m_shown.error = result.error();
                            m_shown.errorId = requestId;
                        }
                        Q_EMIT changed();
                    });
}

void EmailLoader::load(const ports::MessageFilter &filter, const items::EmailWindow &window)
{
    ++m_generation;
    m_open = 0;
    m_shown.error.reset();
    const ports::MessageFilter figures = items::withoutOutcome(filter);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    ports::MessageFilter chart = figures;
    const qint64 back = chartSeconds(window), step = back < hourlyUpTo ? hourSeconds : daySeconds;
    chart.from = floorTo(now.addSecs(-back), step);
    chart.until = now.addSecs(1);
    // A range that was asked for by dates stays in the picture, as far as a series may reach.
    if (filter.from && *filter.from < *chart.from)
        chart.from = floorTo(std::max(*filter.from, now.addDays(-399)), daySeconds);
    ports::MessageFilter cells = figures;
    cells.templates.clear();
    cells.domain.clear();

    ports::EmailService &email = m_host.backend().email();
    const auto call = [this] { return m_host.newCall(); };
    ports::CallContext context = call();
    ask(email.figures(context, figures), context.requestId,
        [this](const ports::DeliveryFigures &answer) { m_shown.figures = answer; });
    context = call();
    ask(email.series(context, chart), context.requestId,
        [this](const ports::DeliverySeries &answer) { m_shown.series = answer; });
    context = call();
    ask(email.groups(context, cells, ports::DeliveryDimension::TemplateAndDomain, cellLimit), context.requestId,
        [this](const QList<ports::DeliveryGroup> &answer) { m_shown.cells = answer; });
    context = call();
    ask(email.health(context), context.requestId,
        [this](const ports::EmailHealth &answer) { m_shown.health = answer; });
    askCause(figures, chart);
}

void EmailLoader::askCause(const ports::MessageFilter &figures, const ports::MessageFilter &chart)
{
    ports::MessageFilter failed = figures;
    failed.outcomes = failedOutcomes();
    const ports::CallContext context = m_host.newCall();
    ask(m_host.backend().email().groups(context, failed, ports::DeliveryDimension::Domain, 1), context.requestId,
        [this, failed, chart](const QList<ports::DeliveryGroup> &answer) {
            if (answer.isEmpty() || answer.first().counts.accepted() == 0) {
                m_shown.cause.reset();
                return;
            }
            const ports::DeliveryGroup &most = answer.first();
            const bool same = m_shown.cause && m_shown.cause->domain == most.key;
            EmailFigures::Cause cause{most.key, most.counts.accepted(), {}, false};
            if (same) {
                cause.since = m_shown.cause->since;
                cause.toTheHour = m_shown.cause->toTheHour;
            }
            m_shown.cause = cause;
            ports::MessageFilter one = failed;
            one.outcomes.clear();
            one.domain = most.key;
            one.from = std::max(failed.from.value_or(*chart.from), chart.until->addDays(-399));
            one.until = failed.until.value_or(*chart.until);
            askSince(one, false);
        });
}

/// A long range answers in days; around the day that is found it is asked again by hours.
void EmailLoader::askSince(ports::MessageFilter filter, bool hours)
{
    if (filter.domain.isEmpty() || *filter.from >= *filter.until)
        return;
    const ports::CallContext context = m_host.newCall();
    ask(m_host.backend().email().series(context, filter), context.requestId,
        [this, filter, hours](const ports::DeliverySeries &answer) {
            if (!m_shown.cause || m_shown.cause->domain != filter.domain)
                return;
            QList<domain::OutcomeCounts> steps;
            for (const ports::DeliveryPoint &point : answer.cohorts)
                steps << point.counts;
            const auto since = domain::worseSince(steps);
            if (!since) {
                if (!hours)
                    m_shown.cause->since.reset();
                return;
            }
            m_shown.cause->since = answer.cohorts.at(*since).start;
            m_shown.cause->toTheHour = answer.stepSeconds < daySeconds;
            if (m_shown.cause->toTheHour || hours)
                return;
            // The day before belongs to it: a change is only seen beside what was before.
            ports::MessageFilter days = filter;
            days.from = std::max(*filter.from, m_shown.cause->since->addSecs(-daySeconds));
            days.until = std::min(*filter.until, m_shown.cause->since->addSecs(daySeconds));
            askSince(days, true);
        });
}

} // namespace pages
