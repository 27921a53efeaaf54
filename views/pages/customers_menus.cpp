#include "views/pages/customers_menus.h"

#include "models/domain/format.h"
#include "models/domain/tier.h"

#include <QObject>

namespace pages {

namespace {
FilterGroup tiers()
{
    FilterGroup group{QObject::tr("Tier"), QStringLiteral("tier"), {}, FilterGroup::Pick::Several};
    for (const domain::Tier tier : domain::allTiers()) {
        const QString name = domain::tierName(tier);
        group.choices << FilterChoice{domain::wordText(name), QStringLiteral("tier:") + name};
    }
    return group;
}
} // namespace

QList<FilterGroup> customerFilters()
{
    return {tiers(),
            {QObject::tr("MRR, list price"),
             QStringLiteral("mrr"),
             {{QObject::tr("paying"), QStringLiteral("mrr>0")},
              {QObject::tr("from $19"), QStringLiteral("mrr>=19")},
              {QObject::tr("from $49"), QStringLiteral("mrr>=49")},
              {QObject::tr("from $99"), QStringLiteral("mrr>=99")},
              {QObject::tr("any"), {}}}},
            {QObject::tr("Last seen"),
             QStringLiteral("seen"),
             {{QObject::tr("within 24 hours"), QStringLiteral("seen<24h")},
              {QObject::tr("within 7 days"), QStringLiteral("seen<7d")},
              {QObject::tr("within 30 days"), QStringLiteral("seen<30d")},
              {QObject::tr("over 30 days ago"), QStringLiteral("seen>30d")},
              {QObject::tr("over 90 days ago"), QStringLiteral("seen>90d")},
              {QObject::tr("any time"), {}}}},
            {QObject::tr("Created"),
             QStringLiteral("created"),
             {{QObject::tr("within 7 days"), QStringLiteral("created<7d")},
              {QObject::tr("within 30 days"), QStringLiteral("created<30d")},
              {QObject::tr("within 90 days"), QStringLiteral("created<90d")},
              {QObject::tr("over a year ago"), QStringLiteral("created>365d")},
              {QObject::tr("any time"), {}}}}};
}

} // namespace pages
