#pragma once
#include "services/usecases/mail/mail_composer.h"
#include "services/usecases/mail_previews.h"
#include "services/usecases/mail_template.h"

#include <memory>

namespace usecases {

/// Mail by the templates of this program, for the forwarder and for previews.
class TemplateComposer final : public MailComposer, public MailPreviews {
public:
    /// Errors of loadMailTemplates(). Links lead to `dashboardUrl`, or the default where it is none.
    static domain::Result<std::shared_ptr<const TemplateComposer>> load(const QString &dashboardUrl);

    QStringList kinds() const override { return m_templates.kinds(); }
    std::optional<ComposedMail> compose(const domain::AuditEntry &entry, const QString &teamName) const override;
    domain::Result<ports::EmailPreview> preview(const QString &kind) const override;

private:
    TemplateComposer(MailTemplates templates, QString dashboardUrl);
    MailTemplates m_templates;
    QString m_dashboardUrl;
};

} // namespace usecases
