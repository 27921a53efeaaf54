#include "services/storage/delivery_cohorts.h"
#include "services/storage/delivery_events_sql.h"
#include "services/storage/delivery_repository.h"

#include <QMap>

/// Two charts over the same steps: messages by acceptance, and events by their own time.
namespace storage {

using domain::Done;
using domain::Result;
using ports::DeliverySeries;
using ports::MessageFilter;

namespace {

/// The start of the step that holds the moment; steps are counted from 1970, so days and hours are those of UTC.
qint64 alignedMs(const QDateTime &time, qint64 stepMs)
{
    const qint64 ms = time.toMSecsSinceEpoch(), rest = ms % stepMs;
    return ms - (rest < 0 ? rest + stepMs : rest);
}

/// Where a step stands in a series without gaps.
struct Steps {
    Steps(const MessageFilter &filter, qint64 stepSeconds) : stepMs(stepSeconds * 1000)
    {
        for (qint64 ms = alignedMs(*filter.from, stepMs); ms < filter.until->toMSecsSinceEpoch(); ms += stepMs)
            starts.append(QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC));
    }
    std::optional<qsizetype> indexOf(qint64 startMs) const
    {
        const qint64 first = starts.constFirst().toMSecsSinceEpoch();
        const qsizetype index = (startMs - first) / stepMs;
        return startMs >= first && index < starts.size() ? std::optional(index) : std::nullopt;
    }
    qint64 stepMs;
    QList<QDateTime> starts;
};

Result<Steps> stepsOf(const MessageFilter &filter, qint64 stepSeconds)
{
    if (!filter.from || !filter.until || *filter.from >= *filter.until || stepSeconds <= 0)
        return domain::invalidInput(QStringLiteral("invalid_range"), QStringLiteral("from"),
                                    QStringLiteral("a series needs a beginning before its end"));
    return Steps(filter, stepSeconds);
}

} // namespace

Result<QList<ports::DeliveryPoint>> SqlDeliveryRepository::cohorts(const MessageFilter &filter, qint64 stepSeconds,
                                                                   const QDateTime &now)
{
    const auto steps = stepsOf(filter, stepSeconds);
    if (!steps)
        return steps.error();
    QList<ports::DeliveryPoint> points;
    for (const QDateTime &start : steps->starts)
        points.append({start, {}});
    CohortKeys keys;
    keys.stepSeconds = stepSeconds;
    auto counted = eachCohort(m_connection, filter, now, keys, [&](const Cohort &cohort) {
        if (const auto step = steps->indexOf(cohort.stepStartMs))
            points[*step].counts.add(cohort.outcome, cohort.count);
    });
    if (!counted)
        return counted.error();
    return points;
}

Result<DeliverySeries> SqlDeliveryRepository::series(const MessageFilter &filter, qint64 stepSeconds,
                                                     const QDateTime &now)
{
    const auto steps = stepsOf(filter, stepSeconds);
    if (!steps)
        return steps.error();
    auto points = cohorts(filter, stepSeconds, now);
    if (!points)
        return points.error();
    DeliverySeries series;
    series.stepSeconds = stepSeconds;
    series.cohorts = *points;
    for (const QDateTime &start : steps->starts)
        series.events.append({start, {}});
    auto done = countEvents(m_connection, filter, stepSeconds, now, [&](const EventCount &events) {
        if (const auto step = steps->indexOf(alignedMs(events.at, steps->stepMs)))
            series.events[*step].events[events.event] += events.count;
    });
    if (!done)
        return done.error();
    return series;
}

} // namespace storage
