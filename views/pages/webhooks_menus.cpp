#include "views/pages/webhooks_menus.h"

#include "models/domain/delivery.h"
#include "models/domain/format.h"
#include "models/items/webhook_query.h"

#include <QObject>

namespace pages {

QList<FilterGroup> webhookFilters()
{
    FilterGroup providers{QObject::tr("Provider"), QStringLiteral("provider"), {}, FilterGroup::Pick::Several};
    for (const QString &provider : items::webhookProviders())
        providers.choices << FilterChoice{items::webhookProviderText(provider), QStringLiteral("provider:") + provider};
    FilterGroup events{QObject::tr("Event"), QStringLiteral("event"), {}, FilterGroup::Pick::Several};
    for (const domain::DeliveryEvent event : domain::allDeliveryEvents()) {
        const QString name = domain::deliveryEventName(event);
        events.choices << FilterChoice{domain::wordText(name), QStringLiteral("event:") + name};
    }
    FilterGroup outcomes{QObject::tr("Outcome"), QStringLiteral("outcome"), {}, FilterGroup::Pick::Several};
    for (const ports::WebhookOutcome outcome : ports::allWebhookOutcomes()) {
        const QString name = ports::webhookOutcomeName(outcome);
        outcomes.choices << FilterChoice{domain::wordText(name), QStringLiteral("outcome:") + name};
    }
    return {providers,
            events,
            outcomes,
            {QObject::tr("Secret"),
             QStringLiteral("signature"),
             {{QObject::tr("current"), QStringLiteral("signature:current")},
              {QObject::tr("previous"), QStringLiteral("signature:previous")},
              {QObject::tr("any"), {}}}},
            {QObject::tr("Duplicates"),
             QStringLiteral("duplicate"),
             {{QObject::tr("only duplicates"), QStringLiteral("duplicate:yes")},
              {QObject::tr("no duplicates"), QStringLiteral("duplicate:no")},
              {QObject::tr("any"), {}}}},
            {QObject::tr("Time"),
             QStringLiteral("after"),
             {{QObject::tr("last hour"), QStringLiteral("after:1h")},
              {QObject::tr("last 24 hours"), QStringLiteral("after:24h")},
              {QObject::tr("last 7 days"), QStringLiteral("after:7d")},
              {QObject::tr("any time"), {}}}}};
}

} // namespace pages
