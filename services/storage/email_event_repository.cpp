#include "services/storage/email_event_repository.h"

namespace storage {

using domain::Result;

domain::Result<QList<QUuid>> SqlEmailEventRepository::insert(const QList<usecases::EventRow> &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<QList<usecases::EventRow>> SqlEmailEventRepository::parked(const QString &, const QStringList &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<QList<usecases::EventRow>> SqlEmailEventRepository::matchableParked(int)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<domain::Done> SqlEmailEventRepository::link(const QList<usecases::EventRow> &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<qint64> SqlEmailEventRepository::dropParkedBefore(const QDateTime &, int)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

} // namespace storage
