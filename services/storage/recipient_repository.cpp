#include "services/storage/recipient_repository.h"

namespace storage {

using domain::Result;

domain::Result<QList<usecases::RecipientRepository::Entry>>
SqlRecipientRepository::resolve(const QList<domain::AuditId> &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

} // namespace storage
