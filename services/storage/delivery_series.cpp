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

} // namespace

Result<DeliverySeries> SqlDeliveryRepository::series(const MessageFilter &filter, qint64 stepSeconds,
                                                     const QDateTime &now)
{
    if (!filter.from || !filter.until || *filter.from >= *filter.until || stepSeconds <= 0)
        return domain::invalidInput(QStringLiteral("invalid_range"), QStringLiteral("from"),
                                    QStringLiteral("a series needs a beginning before its end"));
    DeliverySeries series;
    series.stepSeconds = stepSeconds;
    const qint64 stepMs = stepSeconds * 1000;
    QHash<qint64, qsizetype> at;
    for (qint64 ms = alignedMs(*filter.from, stepMs); ms < filter.until->toMSecsSinceEpoch(); ms += stepMs) {
        const QDateTime start = QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC);
        at.insert(ms, series.cohorts.size());
        series.cohorts.append({start, {}});
        series.events.append({start, {}});
    }
    CohortKeys keys;
    keys.stepSeconds = stepSeconds;
    auto counted = eachCohort(m_connection, filter, now, keys, [&](const Cohort &cohort) {
        if (const auto step = at.constFind(cohort.stepStartMs); step != at.cend())
            series.cohorts[*step].counts.add(cohort.outcome, cohort.count);
    });
    if (!counted)
        return counted.error();
    auto done = countEvents(m_connection, filter, stepSeconds, now, [&](const EventCount &events) {
        if (const auto step = at.constFind(alignedMs(events.at, stepMs)); step != at.cend())
            series.events[*step].events[events.event] += events.count;
    });
    if (!done)
        return done.error();
    return series;
}

} // namespace storage
