#include "services/wire/delivery_codec.h"

#include "services/wire/body.h"
#include "services/wire/json_reader.h"

#include <QJsonArray>

#include <array>

namespace wire {

namespace {

/// The plain counters, once for both directions.
struct Counter {
    QLatin1StringView name;
    qint64 ports::DeliveryFigures::*member;
};
constexpr std::array<Counter, 9> counters{{
    {QLatin1StringView("delivered_events"), &ports::DeliveryFigures::deliveredEvents},
    {QLatin1StringView("inferred"), &ports::DeliveryFigures::inferred},
    {QLatin1StringView("complaints"), &ports::DeliveryFigures::complaints},
    {QLatin1StringView("deferred_once"), &ports::DeliveryFigures::deferredOnce},
    {QLatin1StringView("repaired"), &ports::DeliveryFigures::repaired},
    {QLatin1StringView("suppressed"), &ports::DeliveryFigures::suppressed},
    {QLatin1StringView("expired"), &ports::DeliveryFigures::expired},
    {QLatin1StringView("no_recipient"), &ports::DeliveryFigures::noRecipient},
    {QLatin1StringView("waiting"), &ports::DeliveryFigures::waiting},
}};

QJsonValue numberOrNull(const std::optional<double> &number)
{
    return number ? QJsonValue(*number) : QJsonValue(QJsonValue::Null);
}

QJsonValue intervalOrNull(const std::optional<domain::Interval> &interval)
{
    return interval ? QJsonValue(QJsonArray{interval->low, interval->high}) : QJsonValue(QJsonValue::Null);
}

QJsonObject ratiosObject(const domain::OutcomeCounts &counts)
{
    return QJsonObject{
        {QStringLiteral("settled"), numberOrNull(domain::settledRatio(counts))},
        {QStringLiteral("bounds"), intervalOrNull(domain::ratioBounds(counts))},
        {QStringLiteral("interval"), intervalOrNull(domain::settledInterval(counts))},
        {QStringLiteral("bounce"), numberOrNull(domain::bounceRate(counts))},
        {QStringLiteral("hard"), numberOrNull(domain::hardRate(counts))},
        {QStringLiteral("block"), numberOrNull(domain::blockRate(counts))},
        {QStringLiteral("unknown"), numberOrNull(domain::unknownRate(counts))},
    };
}

QJsonValue integerOrNull(const std::optional<qint64> &number)
{
    return number ? QJsonValue(*number) : QJsonValue(QJsonValue::Null);
}

QJsonObject latencyObject(const ports::Latency &latency)
{
    return QJsonObject{{QStringLiteral("p50_ms"), integerOrNull(latency.p50)},
                       {QStringLiteral("p95_ms"), integerOrNull(latency.p95)}};
}

ports::Latency readLatency(const JsonReader &reader)
{
    ports::Latency latency;
    if (reader.has(QLatin1StringView("p50_ms")))
        latency.p50 = reader.integer(QLatin1StringView("p50_ms"));
    if (reader.has(QLatin1StringView("p95_ms")))
        latency.p95 = reader.integer(QLatin1StringView("p95_ms"));
    return latency;
}

QJsonObject eventsObject(const QHash<QString, qint64> &events)
{
    QJsonObject object;
    for (auto event = events.begin(); event != events.end(); ++event)
        object.insert(event.key(), event.value());
    return object;
}

QHash<QString, qint64> readEvents(const JsonReader &reader)
{
    QHash<QString, qint64> events;
    for (const domain::DeliveryEvent event : domain::allDeliveryEvents()) {
        const QString name = domain::deliveryEventName(event);
        const QByteArray member = name.toLatin1();
        if (reader.has(QLatin1StringView(member)))
            events.insert(name, reader.integer(QLatin1StringView(member), 0));
    }
    return events;
}

} // namespace

QJsonObject countsObject(const domain::OutcomeCounts &counts)
{
    QJsonObject object;
    for (const domain::DeliveryOutcome outcome : domain::allDeliveryOutcomes())
        object.insert(domain::deliveryOutcomeName(outcome), counts.of(outcome));
    return object;
}

domain::OutcomeCounts readCounts(const JsonReader &reader)
{
    domain::OutcomeCounts counts;
    for (const domain::DeliveryOutcome outcome : domain::allDeliveryOutcomes()) {
        const QByteArray name = domain::deliveryOutcomeName(outcome).toLatin1();
        counts.add(outcome, reader.integer(QLatin1StringView(name), 0));
    }
    return counts;
}

QByteArray encodeDeliveryFigures(const ports::DeliveryFigures &figures)
{
    QJsonObject ratios = ratiosObject(figures.counts);
    ratios.insert(QStringLiteral("provider_style"),
                  numberOrNull(domain::ratioOf(figures.deliveredEvents, figures.counts.accepted())));
    ratios.insert(QStringLiteral("complaint"),
                  numberOrNull(domain::ratioOf(figures.complaints, figures.deliveredEvents)));
    QJsonObject object{
        {QStringLiteral("counts"), countsObject(figures.counts)},
        {QStringLiteral("accepted"), figures.counts.accepted()},
        {QStringLiteral("ratios"), ratios},
        {QStringLiteral("latency"), latencyObject(figures.latency)},
        {QStringLiteral("latency_deferred"), latencyObject(figures.latencyDeferred)},
        {QStringLiteral("as_of"), timeText(figures.asOf)},
    };
    for (const Counter &counter : counters)
        object.insert(counter.name, figures.*counter.member);
    return okBody({{QStringLiteral("figures"), object}});
}

domain::Result<ports::DeliveryFigures> decodeDeliveryFigures(const QByteArray &body)
{
    const JsonReader reader = JsonReader::fromBody(body);
    const JsonReader object = reader.object(QLatin1StringView("figures"));
    ports::DeliveryFigures figures;
    figures.counts = readCounts(object.object(QLatin1StringView("counts")));
    for (const Counter &counter : counters)
        figures.*counter.member = object.integer(counter.name, 0);
    figures.latency = readLatency(object.object(QLatin1StringView("latency")));
    figures.latencyDeferred = readLatency(object.object(QLatin1StringView("latency_deferred")));
    figures.asOf = object.time(QLatin1StringView("as_of"));
    return reader.finish(std::move(figures));
}

QByteArray encodeDeliverySeries(const ports::DeliverySeries &series)
{
    QJsonArray cohorts, events;
    for (const ports::DeliveryPoint &point : series.cohorts)
        cohorts.append(QJsonObject{{QStringLiteral("start"), timeText(point.start)},
                                   {QStringLiteral("counts"), countsObject(point.counts)}});
    for (const ports::EventPoint &point : series.events)
        events.append(QJsonObject{{QStringLiteral("start"), timeText(point.start)},
                                  {QStringLiteral("events"), eventsObject(point.events)}});
    return okBody({{QStringLiteral("step_seconds"), series.stepSeconds},
                   {QStringLiteral("cohorts"), cohorts},
                   {QStringLiteral("events"), events}});
}

domain::Result<ports::DeliverySeries> decodeDeliverySeries(const QByteArray &body)
{
    const JsonReader reader = JsonReader::fromBody(body);
    ports::DeliverySeries series;
    series.stepSeconds = reader.integer(QLatin1StringView("step_seconds"), 1);
    for (const JsonReader &item : reader.objects(QLatin1StringView("cohorts")))
        series.cohorts.append(
            {item.time(QLatin1StringView("start")), readCounts(item.object(QLatin1StringView("counts")))});
    for (const JsonReader &item : reader.objects(QLatin1StringView("events")))
        series.events.append(
            {item.time(QLatin1StringView("start")), readEvents(item.object(QLatin1StringView("events")))});
    return reader.finish(std::move(series));
}

QByteArray encodeDeliveryGroups(const QList<ports::DeliveryGroup> &groups)
{
    QJsonArray array;
    for (const ports::DeliveryGroup &group : groups)
        array.append(QJsonObject{{QStringLiteral("key"), group.key},
                                 {QStringLiteral("second"), group.second},
                                 {QStringLiteral("counts"), countsObject(group.counts)},
                                 {QStringLiteral("ratios"), ratiosObject(group.counts)}});
    return okBody({{QStringLiteral("groups"), array}});
}

domain::Result<QList<ports::DeliveryGroup>> decodeDeliveryGroups(const QByteArray &body)
{
    const JsonReader reader = JsonReader::fromBody(body);
    QList<ports::DeliveryGroup> groups;
    for (const JsonReader &item : reader.objects(QLatin1StringView("groups")))
        groups.append({item.text(QLatin1StringView("key")), item.text(QLatin1StringView("second")),
                       readCounts(item.object(QLatin1StringView("counts")))});
    return reader.finish(std::move(groups));
}

} // namespace wire
