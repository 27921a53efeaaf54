#pragma once
#include "models/domain/result.h"
#include "services/ports/email_service.h"

#include <QStringList>

namespace usecases {

/// The renderer of mail, as far as screens need it. Thread-safe; whoever opens the core gives it in (LocalOptions).
class MailPreviews {
public:
    virtual ~MailPreviews() = default;
    /// Every mailed kind, in the order of the kind table.
    virtual QStringList kinds() const = 0;
    /// The mail of a kind with sample data. NotFound `template_not_found`.
    virtual domain::Result<ports::EmailPreview> preview(const QString &kind) const = 0;
};

} // namespace usecases
