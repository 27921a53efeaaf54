#include "services/wire/overview_codec.h"

#include "services/wire/body.h"
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

ports::DayPoint readPoint(const JsonReader &reader)
{
    const QDate day = QDate::fromString(reader.text(QLatin1StringView("day")), Qt::ISODate);
    if (!day.isValid())
        reader.fail(QLatin1StringView("day"), QStringLiteral("must be YYYY-MM-DD"));
    return ports::DayPoint{day, reader.integer(QLatin1StringView("value"))};
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
    }
    return {};
}

std::optional<ports::AttentionKind> parseAttentionKind(QStringView name)
{
    using Kind = ports::AttentionKind;
    for (const Kind kind : {Kind::OverQuota, Kind::NearQuota, Kind::GraceEnding, Kind::DegradedResource,
                            Kind::FailedDeployment, Kind::OperatorAlert, Kind::DeletionPending}) {
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
    for (const JsonReader &item : object.objects(QLatin1StringView("attention")))
        overview.attention << readAttention(item);
    overview.asOf = object.time(QLatin1StringView("as_of"));
    return reader.finish(std::move(overview));
}

} // namespace wire
