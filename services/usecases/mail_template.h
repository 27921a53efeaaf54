#pragma once
#include "models/domain/mail_template.h"
#include "models/domain/result.h"

#include <QHash>
#include <QString>
#include <QStringList>

namespace usecases {

/// The mail templates of this program, one per mailed kind. A value; reading it is thread-safe.
class MailTemplates {
public:
    MailTemplates() = default;
    MailTemplates(domain::MailLayout layout, const QList<domain::MailTemplate> &templates);

    const domain::MailLayout &layout() const { return m_layout; }
    /// Mailed kinds in the order of the kind table.
    const QStringList &kinds() const { return m_kinds; }
    const domain::MailTemplate *find(const QString &kind) const; ///< nullptr: there is none

private:
    domain::MailLayout m_layout;
    QStringList m_kinds;
    QHash<QString, domain::MailTemplate> m_byKind;
};

/// Reads and checks all of them (rules: platform::readMailTemplates); the embedded ones need
/// platform::initResources(). Fails also when a kind that mails the customer has no builder, or one that does not has
/// one (`mail_builder_missing`, `mail_builder_surplus`). A server that cannot read them must not start: every mail of a
/// kind without a template would be dropped.
domain::Result<MailTemplates> loadMailTemplates(const QString &folder = QStringLiteral(":/resources/email"));

} // namespace usecases
