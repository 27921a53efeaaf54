#include "services/usecases/overview.h"

#include "models/domain/delivery_health.h"
#include "models/domain/format.h"
#include "models/domain/tier.h"
#include "services/usecases/delivery_attention.h"

#include <QHash>

#include <algorithm>

namespace usecases {

using domain::Result;

namespace {

constexpr int seriesDays = 30, weekDays = 7;
constexpr qint64 daySeconds = 86'400;
constexpr int mostProviders = 200;

/// Counts are all that is needed: latencies, which the figures have as well, cost several times as much.
Result<domain::OutcomeCounts> countsOf(const Env &env, const ports::MessageFilter &filter, const QDateTime &now)
{
    auto groups = env.work.delivery().groups(filter, ports::DeliveryDimension::Provider, mostProviders, now);
    if (!groups)
        return groups.error();
    domain::OutcomeCounts counts;
    for (const ports::DeliveryGroup &group : *groups)
        counts += group.counts;
    return counts;
}

/// Mails that the provider of the delivery webhook accepted while it was silent; 0 while it is not.
Result<qint64> acceptedInSilence(const Env &env, const ports::EmailHealth &health, const QDateTime &now)
{
    if (health.lastEventAt && health.lastEventAt->secsTo(now) <= domain::receiverSilentSeconds)
        return qint64(0);
    ports::MessageFilter filter;
    filter.from = now.addSecs(-domain::receiverSilentSeconds);
    filter.until = now.addSecs(-domain::firstEventSeconds);
    filter.providers = {QStringLiteral("brevo")};
    auto counts = countsOf(env, filter, now);
    if (!counts)
        return counts.error();
    return counts->accepted();
}

Result<domain::Done> addDelivery(const Env &env, const QDateTime &now, ports::Overview &into)
{
    DeliveryState state;
    ports::MessageFilter week;
    week.from = now.addDays(-weekDays);
    auto counts = countsOf(env, week, now);
    if (!counts)
        return counts.error();
    state.summary.counts7d = *counts;
    ports::MessageFilter month;
    month.from = QDateTime(now.date().addDays(1 - seriesDays), QTime(0, 0), Qt::UTC);
    month.until = QDateTime(now.date().addDays(1), QTime(0, 0), Qt::UTC);
    auto days = env.work.delivery().cohorts(month, daySeconds, now);
    if (!days)
        return days.error();
    for (const ports::DeliveryPoint &day : *days)
        state.summary.byDay.append({day.start.date(), day.counts});
    auto health = env.work.delivery().health(now);
    if (!health)
        return health.error();
    state.health = *health;
    auto accepted = acceptedInSilence(env, *health, now);
    if (!accepted)
        return accepted.error();
    state.acceptedLately = *accepted;
    into.attention += deliveryAttention(state, now);
    into.delivery = state.summary;
    return domain::Done{};
}

} // namespace

QString quotaText(const QString &resourceType, qint64 used, qint64 limit)
{
    if (resourceType == domain::resourceTypeName(domain::ResourceType::Webhook))
        return QStringLiteral("%1 of %2 stored webhook requests").arg(used).arg(limit);
    return domain::usageText(used, limit, QStringLiteral(" of ")) + QLatin1Char(' ') + resourceType;
}

int graceSeverity(const QDateTime &endsAt, const QDateTime &now)
{
    return endsAt <= now.addDays(2) ? 3 : 2;
}

QString graceText(const QDateTime &endsAt, const QDateTime &now)
{
    const qint64 hours = now.secsTo(endsAt) / 3600;
    if (hours < 0)
        return QStringLiteral("payment grace has ended");
    if (hours < 48)
        return QStringLiteral("payment grace ends in %1 hours").arg(hours);
    return QStringLiteral("payment grace ends in %1 days").arg(hours / 24);
}

QString degradedText(const QString &type, const QString &name, const QString &reason)
{
    const QString what = name.isEmpty() ? type : QStringLiteral("%1 %2").arg(type, name);
    return reason.isEmpty() ? QStringLiteral("%1 is degraded").arg(what)
                            : QStringLiteral("%1 is degraded: %2").arg(what, reason);
}

QString failureText(const QString &appName, const QString &env)
{
    return QStringLiteral("deployment of %1 (%2) failed")
        .arg(appName.isEmpty() ? QStringLiteral("an app") : appName, env);
}

QString deletionText(const QString &teamStatus)
{
    return teamStatus == domain::teamStatusName(domain::TeamStatus::DeletionPending)
               ? QStringLiteral("deletion is pending")
               : QStringLiteral("deletion was requested");
}

QList<ports::DayPoint> thirtyDays(const QHash<QDate, qint64> &values, QDate today)
{
    QList<ports::DayPoint> series;
    for (int back = seriesDays - 1; back >= 0; --back) {
        const QDate day = today.addDays(-back);
        series.append({day, values.value(day)});
    }
    return series;
}

void rankAttention(QList<ports::AttentionItem> &items)
{
    const auto moreUrgent = [](const ports::AttentionItem &a, const ports::AttentionItem &b) {
        if (a.severity != b.severity)
            return a.severity > b.severity;
        if (a.since != b.since)
            return a.since > b.since;
        return std::tie(a.subject, a.detail) < std::tie(b.subject, b.detail);
    };
    std::stable_sort(items.begin(), items.end(), moreUrgent);
    if (items.size() <= maxAttentionItems)
        return;
    // A flood of one kind leaves room for the most urgent of every other.
    QHash<int, int> kept;
    QList<ports::AttentionItem> reserved, rest;
    for (const ports::AttentionItem &item : std::as_const(items))
        (kept[static_cast<int>(item.kind)]++ < reservedPerKind ? reserved : rest).append(item);
    rest.resize(std::max<qsizetype>(0, maxAttentionItems - reserved.size()));
    items = reserved + rest;
    items.resize(maxAttentionItems);
    std::stable_sort(items.begin(), items.end(), moreUrgent);
}

Result<ports::Overview> overview(const Env &env)
{
    if (auto allowed = mayRead(env, domain::Permission::ViewCustomers); !allowed)
        return allowed.error();
    const QDateTime now = env.clock.now();
    auto found = env.work.overview().overview(now);
    if (!found)
        return found;
    ports::Overview &figures = found.value();
    for (const domain::Tier tier : domain::allTiers()) {
        const QString name = domain::tierName(tier);
        const bool present = std::any_of(figures.tiers.cbegin(), figures.tiers.cend(),
                                         [&](const ports::TierCount &t) { return t.tier == name; });
        if (!present)
            figures.tiers.append({name, 0, 0});
    }
    std::sort(figures.tiers.begin(), figures.tiers.end(), [](const ports::TierCount &a, const ports::TierCount &b) {
        return std::pair(domain::tierRank(a.tier), a.tier) < std::pair(domain::tierRank(b.tier), b.tier);
    });
    if (mayRead(env, domain::Permission::ViewEmail)) {
        if (auto added = addDelivery(env, now, figures); !added)
            return added.error();
    }
    rankAttention(figures.attention);
    figures.asOf = now;
    return found;
}

} // namespace usecases
