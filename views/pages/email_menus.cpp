#include "views/pages/email_menus.h"

#include "models/domain/audit.h"
#include "models/domain/format.h"
#include "models/items/message_table_model.h"

#include <QObject>

namespace pages {

namespace {
FilterGroup outcomes()
{
    FilterGroup group{QObject::tr("Outcome"), QStringLiteral("outcome"), {}, FilterGroup::Pick::Several};
    for (const domain::DeliveryOutcome outcome : domain::allDeliveryOutcomes())
        group.choices << FilterChoice{items::outcomeText(outcome),
                                      QStringLiteral("outcome:") + domain::deliveryOutcomeName(outcome)};
    return group;
}

FilterGroup templates()
{
    FilterGroup group{QObject::tr("Template"), QStringLiteral("template"), {}, FilterGroup::Pick::Several};
    for (const domain::AuditKind &kind : domain::auditKinds())
        if (kind.mailsCustomer) {
            const QString name = QString::fromLatin1(kind.kind);
            group.choices << FilterChoice{name, QStringLiteral("template:") + name};
        }
    return group;
}

FilterGroup classes()
{
    using domain::LedgerClass;
    FilterGroup group{QObject::tr("Not sent"), QStringLiteral("class"), {}, FilterGroup::Pick::Several};
    for (const LedgerClass value : {LedgerClass::Intended, LedgerClass::Suppressed, LedgerClass::Expired,
                                    LedgerClass::NoRecipient, LedgerClass::PermanentDrop}) {
        const QString name = domain::ledgerClassName(value);
        group.choices << FilterChoice{domain::wordText(name), QStringLiteral("class:") + name};
    }
    return group;
}
} // namespace

QList<FilterGroup> emailFilters()
{
    return {outcomes(),
            templates(),
            classes(),
            {QObject::tr("Provider"),
             QStringLiteral("provider"),
             {{QStringLiteral("Brevo"), QStringLiteral("provider:brevo")},
              {QStringLiteral("SMTP"), QStringLiteral("provider:smtp")}},
             FilterGroup::Pick::Several}};
}

} // namespace pages
