#pragma once
#include "models/domain/audit.h"
#include "models/domain/mail_template.h"
#include "models/domain/result.h"
#include "services/usecases/mail_builder.h"
#include "services/usecases/mail_provider.h"
#include "services/usecases/mail_template.h"

#include <QString>

/// Makes the mail of template and params. Both parts say the same. In the HTML part everything that is not the layout's
/// own is escaped; an address becomes a link only if it is an absolute http(s) one, otherwise its button is left out.
/// Values are put into addresses percent-encoded, except at their beginning. The text part is wrapped at 78 columns.
/// The subject is one line without control characters, whatever the values hold. Pure; thread-safe.
namespace usecases {

/// `recipient` and `idempotencyKey` are left to the caller. NotFound `template_not_found`.
domain::Result<OutgoingMail> renderMail(const MailTemplates &templates, const QString &kind,
                                        const domain::MailParams &params);

/// Builder and template of the entry's kind. NotFound `template_not_found`.
domain::Result<OutgoingMail> renderMailOf(const MailTemplates &templates, const domain::AuditEntry &entry,
                                          const QString &dashboardUrl = defaultDashboardUrl);

/// The entry that the previews of a kind are made of: its template's sample, always the same time and ids.
domain::AuditEntry sampleMailEntry(const domain::MailTemplate &mail);

/// The mail of a kind with sample data. NotFound `template_not_found`; its detail names the nearest kind.
domain::Result<OutgoingMail> previewMail(const MailTemplates &templates, const QString &kind,
                                         const QString &dashboardUrl = defaultDashboardUrl);

/// Broken at spaces so that no line is longer than `width`; continued lines are indented. A word that is longer stays
/// whole, because it may be an address.
QString wrapText(const QString &text, int width = 78, int indent = 0);

} // namespace usecases
