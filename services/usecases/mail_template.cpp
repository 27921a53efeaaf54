#include "services/usecases/mail_template.h"

#include "models/domain/audit.h"
#include "services/platform/mail_template_loader.h"
#include "services/usecases/mail_builder.h"

namespace usecases {

using domain::ErrorCode;
using domain::Result;

MailTemplates::MailTemplates(domain::MailLayout layout, const QList<domain::MailTemplate> &templates)
    : m_layout(std::move(layout))
{
    for (const domain::MailTemplate &mail : templates) {
        m_kinds.append(mail.kind);
        m_byKind.insert(mail.kind, mail);
    }
}

const domain::MailTemplate *MailTemplates::find(const QString &kind) const
{
    const auto found = m_byKind.constFind(kind);
    return found == m_byKind.constEnd() ? nullptr : &*found;
}

Result<MailTemplates> loadMailTemplates(const QString &folder)
{
    QList<platform::MailTemplateRule> rules;
    for (const domain::AuditKind &row : domain::auditKinds()) {
        const QString kind = QString::fromLatin1(row.kind);
        const MailParamNames params = mailParamNames(kind);
        if (row.mailsCustomer && params.all.isEmpty())
            return domain::makeError(ErrorCode::Internal, QStringLiteral("mail_builder_missing"),
                                     QStringLiteral("the kind %1 mails the customer and has no builder").arg(kind));
        if (!row.mailsCustomer && !params.all.isEmpty())
            return domain::makeError(ErrorCode::Internal, QStringLiteral("mail_builder_surplus"),
                                     QStringLiteral("the kind %1 sends no mail and has a builder").arg(kind));
        if (row.mailsCustomer)
            rules.append({kind, params.all, params.always});
    }
    return platform::readMailTemplates(folder, rules).map([](const platform::MailTemplateSet &set) {
        return MailTemplates(set.layout, set.templates);
    });
}

} // namespace usecases
