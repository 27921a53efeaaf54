#pragma once
#include "services/usecases/email_repositories.h"

namespace usecases {

struct ComposedMail {
    QString subject, html, text;
};

/// Makes the mail of an audit entry. Thread-safe, no I/O.
class MailComposer {
public:
    virtual ~MailComposer() = default;
    /// Every kind that has a builder and a template.
    virtual QStringList kinds() const = 0;
    /// nullopt: no template for this kind (spec 02 §3.2 step 4).
    virtual std::optional<ComposedMail> compose(const domain::AuditEntry &entry, const QString &teamName) const = 0;
};

/// Where a mail goes: the primary user's address, else `email` of the metadata, else nowhere (spec 02 §3.1).
QString recipientOf(const RecipientRepository::Entry &entry);

} // namespace usecases
