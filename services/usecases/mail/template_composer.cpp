#include "services/usecases/mail/template_composer.h"

#include "services/usecases/mail_renderer.h"

namespace usecases {

using domain::Result;

TemplateComposer::TemplateComposer(MailTemplates templates, QString dashboardUrl)
    : m_templates(std::move(templates))
    , m_dashboardUrl(std::move(dashboardUrl))
{
}

Result<std::shared_ptr<const TemplateComposer>> TemplateComposer::load(const QString &dashboardUrl)
{
    auto templates = loadMailTemplates();
    if (!templates)
        return templates.error();
    return std::shared_ptr<const TemplateComposer>(
        new TemplateComposer(std::move(templates).value(), dashboardUrlOr(dashboardUrl)));
}

std::optional<ComposedMail> TemplateComposer::compose(const domain::AuditEntry &entry, const QString &) const
{
    auto mail = renderMailOf(m_templates, entry, m_dashboardUrl);
    if (!mail)
        return std::nullopt;
    return ComposedMail{mail->subject, mail->html, mail->text};
}

Result<ports::EmailPreview> TemplateComposer::preview(const QString &kind) const
{
    return previewMail(m_templates, kind, m_dashboardUrl).map([&kind](const OutgoingMail &mail) {
        return ports::EmailPreview{kind, mail.subject, mail.html, mail.text};
    });
}

} // namespace usecases
