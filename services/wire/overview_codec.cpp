#include "services/wire/overview_codec.h"

#include "services/wire/body.h"
#include "services/wire/delivery_codec.h"
#include "services/wire/json_reader.h"

#include <QJsonArray>

#include <array>

namespace wire {

namespace {

/// The plain counters, once for both directions.
struct Counter {
    const char *name;
    qint64 ports::Overview::*member;
};
constexpr std::array<Counter, 12> counters{{
    {"customers", &ports::Overview::customers},
    {"paying", &ports::Overview::paying},
    {"mrr_list_cents", &ports::Overview::mrrListCents},
    {"new_customers_30d", &ports::Overview::newCustomers30d},
    {"new_customers_prev_30d", &ports::Overview::newCustomersPrev30d},
    {"active_customers_7d", &ports::Overview::activeCustomers7d},
    {"resources_active", &ports::Overview::resourcesActive},
    {"resources_degraded", &ports::Overview::resourcesDegraded},
    {"deployments_active", &ports::Overview::deploymentsActive},
    {"deployments_failed_7d", &ports::Overview::deploymentsFailed7d},
    {"storage_bytes", &ports::Overview::storageBytes},
    {"tier_changes_30d", &ports::Overview::tierChanges30d},
}};

struct Series {
    const char *name;
    QList<ports::DayPoint> ports::Overview::*member;
};
constexpr std::array<Series, 4> series{{
    {"new_customers_by_day", &ports::Overview::newCustomersByDay},
    {"upgrades_by_day", &ports::Overview::upgradesByDay},
    {"downgrades_by_day", &ports::Overview::downgradesByDay},
    {"activity_by_day", &ports::Overview::activityByDay},
}};

QJsonArray encodeSeries(const QList<ports::DayPoint> &points)
{
    QJsonArray array;
    for (const ports::DayPoint &point : points)
        array.append(QJsonObject{{QStringLiteral("day"), point.day.toString(Qt::ISODate)},
                                 {QStringLiteral("value"), point.value}});
    return array;
}

QDate readDay(const JsonReader &reader)
{
    const QDate day = QDate::fromString(reader.text(QLatin1StringView("day")), Qt::ISODate);
    if (!day.isValid())
        reader.fail(QLatin1StringView("day"), QStringLiteral("must be YYYY-MM-DD"));
    return day;
}

ports::DayPoint readPoint(const JsonReader &reader)
{
    return ports::DayPoint{readDay(reader), reader.integer(QLatin1StringView("value"))};
}

QJsonValue deliveryValue(const std::optional<ports::DeliverySummary> &delivery)
{
    if (!delivery)
        return QJsonValue::Null;
    QJsonArray days;
    for (const ports::DeliveryDay &day : delivery->byDay)
        days.append(QJsonObject{{QStringLiteral("day"), day.day.toString(Qt::ISODate)},
                                {QStringLiteral("counts"), countsObject(day.counts)}});
    return QJsonObject{{QStringLiteral("counts_7d"), countsObject(delivery->counts7d)},
                       {QStringLiteral("by_day"), days}};
}

std::optional<ports::DeliverySummary> readDelivery(const JsonReader &overview)
{
    const QLatin1StringView name("delivery");
    if (!overview.has(name)) // an older server, or one that may not say
        return std::nullopt;
    const JsonReader reader = overview.object(name);
    ports::DeliverySummary summary;
    summary.counts7d = readCounts(reader.object(QLatin1StringView("counts_7d")));
    for (const JsonReader &day : reader.objects(QLatin1StringView("by_day")))
        summary.byDay.append({readDay(day), readCounts(day.object(QLatin1StringView("counts")))});
    return summary;
}

QJsonObject attentionObject(const ports::AttentionItem &item)
{
    return QJsonObject{
        {QStringLiteral("kind"), attentionKindName(item.kind)},
        {QStringLiteral("severity"), item.severity},
        {QStringLiteral("subject"), item.subject},
        {QStringLiteral("detail"), item.detail},
        {QStringLiteral("team_id"), idOrNull(item.team)},
        {QStringLiteral("since"), timeText(item.since)},
    };
}

ports::AttentionItem readAttention(const JsonReader &reader)
{
    ports::AttentionItem item;
    item.kind = reader.choice(QLatin1StringView("kind"), parseAttentionKind);
    item.severity = reader.smallInteger(QLatin1StringView("severity"), 1, 3);
    item.subject = reader.text(QLatin1StringView("subject"));
    item.detail = reader.text(QLatin1StringView("detail"));
    item.team = reader.optionalId<domain::TeamId>(QLatin1StringView("team_id"));
    item.since = reader.time(QLatin1StringView("since"));
    return item;
}

} // namespace

QString attentionKindName(ports::AttentionKind kind)
{
    switch (kind) {
    case ports::AttentionKind::OverQuota:
        return QStringLiteral("over_quota");
    case ports::AttentionKind::NearQuota:
        return QStringLiteral("near_quota");
    case ports::AttentionKind::GraceEnding:
        return QStringLiteral("grace_ending");
    case ports::AttentionKind::DegradedResource:
        return QStringLiteral("degraded_resource");
    case ports::AttentionKind::FailedDeployment:
        return QStringLiteral("failed_deployment");
    case ports::AttentionKind::OperatorAlert:
        return QStringLiteral("operator_alert");
    case ports::AttentionKind::DeletionPending:
        return QStringLiteral("deletion_pending");
    case ports::AttentionKind::DeliveryRatio:
        return QStringLiteral("delivery_ratio");
    case ports::AttentionKind::UnknownRate:
        return QStringLiteral("unknown_rate");
    case ports::AttentionKind::ReceiverSilent:
        return QStringLiteral("receiver_silent");
    case ports::AttentionKind::ParkedEvents:
        return QStringLiteral("parked_events");
    case ports::AttentionKind::UnauthorizedBurst:
        return QStringLiteral("unauthorized_burst");
    case ports::AttentionKind::ForwarderHolding:
        return QStringLiteral("forwarder_holding");
    }
    return {};
}

std::optional<ports::AttentionKind> parseAttentionKind(QStringView name)
{
    using Kind = ports::AttentionKind;
    for (const Kind kind :
         {Kind::OverQuota, Kind::NearQuota, Kind::GraceEnding, Kind::DegradedResource, Kind::FailedDeployment,
          Kind::OperatorAlert, Kind::DeletionPending, Kind::DeliveryRatio, Kind::UnknownRate, Kind::ReceiverSilent,
          Kind::ParkedEvents, Kind::UnauthorizedBurst, Kind::ForwarderHolding}) {
        if (name == attentionKindName(kind))
            return kind;
    }
    return std::nullopt;
}

QByteArray encodeOverview(const ports::Overview &overview)
{
    QJsonObject object;
    for (const Counter &counter : counters)
        object.insert(QLatin1StringView(counter.name), overview.*counter.member);
    for (const Series &line : series)
        object.insert(QLatin1StringView(line.name), encodeSeries(overview.*line.member));
    QJsonArray tiers;
    for (const ports::TierCount &tier : overview.tiers)
        tiers.append(QJsonObject{{QStringLiteral("tier"), tier.tier},
                                 {QStringLiteral("customers"), tier.customers},
                                 {QStringLiteral("mrr_list_cents"), tier.mrrListCents}});
    object.insert(QLatin1StringView("tiers"), tiers);
    object.insert(QLatin1StringView("delivery"), deliveryValue(overview.delivery));
    QJsonArray attention;
    for (const ports::AttentionItem &item : overview.attention)
        attention.append(attentionObject(item));
    object.insert(QLatin1StringView("attention"), attention);
    object.insert(QLatin1StringView("as_of"), timeText(overview.asOf));
    return okBody({{QStringLiteral("overview"), object}});
}

domain::Result<ports::Overview> decodeOverview(const QByteArray &body)
{
    const JsonReader reader = JsonReader::fromBody(body);
    const JsonReader object = reader.object(QLatin1StringView("overview"));
    ports::Overview overview;
    for (const Counter &counter : counters)
        overview.*counter.member = object.integer(QLatin1StringView(counter.name));
    for (const Series &line : series) {
        for (const JsonReader &item : object.objects(QLatin1StringView(line.name)))
            (overview.*line.member) << readPoint(item);
    }
    for (const JsonReader &item : object.objects(QLatin1StringView("tiers")))
        overview.tiers << ports::TierCount{item.text(QLatin1StringView("tier")),
                                           item.integer(QLatin1StringView("customers"), 0),
                                           item.integer(QLatin1StringView("mrr_list_cents"))};
    overview.delivery = readDelivery(object);
    for (const JsonReader &item : object.objects(QLatin1StringView("attention")))
        overview.attention << readAttention(item);
    overview.asOf = object.time(QLatin1StringView("as_of"));
    return reader.finish(std::move(overview));
}

} // namespace wire
