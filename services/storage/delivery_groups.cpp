#include "services/storage/delivery_cohorts.h"
#include "services/storage/delivery_repository.h"

#include <algorithm>

/// The same counts by template, recipient domain or provider.
namespace storage {

using domain::OutcomeCounts;
using domain::Result;
using ports::DeliveryDimension;
using ports::DeliveryGroup;

namespace {

CohortKeys keysOf(DeliveryDimension dimension)
{
    const QString byTemplate = QStringLiteral("f.template_kind"), byDomain = QStringLiteral("f.recipient_domain");
    CohortKeys keys;
    switch (dimension) {
    case DeliveryDimension::Template:
        keys.key = byTemplate;
        return keys;
    case DeliveryDimension::Domain:
        keys.key = byDomain;
        return keys;
    case DeliveryDimension::Provider:
        keys.key = QStringLiteral("f.provider");
        return keys;
    case DeliveryDimension::TemplateAndDomain:
        keys.key = byTemplate;
        keys.second = byDomain;
        return keys;
    }
    Q_UNREACHABLE();
}

using Keys = std::pair<QByteArray, QByteArray>;

} // namespace

Result<QList<DeliveryGroup>> SqlDeliveryRepository::groups(const ports::MessageFilter &filter,
                                                           DeliveryDimension dimension, int limit, const QDateTime &now)
{
    QHash<Keys, OutcomeCounts> counts;
    CohortKeys keys = keysOf(dimension);
    keys.largest = limit;
    auto done = eachCohort(m_connection, filter, now, keys, [&](const Cohort &cohort) {
        counts[{cohort.key, cohort.second}].add(cohort.outcome, cohort.count);
    });
    if (!done)
        return done.error();
    QList<std::pair<Keys, OutcomeCounts>> ordered;
    for (auto it = counts.cbegin(); it != counts.cend(); ++it)
        ordered.append({it.key(), it.value()});
    const auto size = [](const OutcomeCounts &c) { return c.accepted() + c.rejected; };
    std::sort(ordered.begin(), ordered.end(), [&size](const auto &a, const auto &b) {
        return std::pair(-size(a.second), a.first) < std::pair(-size(b.second), b.first);
    });
    ordered.resize(std::min(ordered.size(), qsizetype(limit)));
    QList<DeliveryGroup> groups;
    for (const auto &[key, value] : ordered)
        groups.append({QString::fromUtf8(key.first), QString::fromUtf8(key.second), value});
    return groups;
}

} // namespace storage
