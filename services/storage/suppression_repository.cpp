#include "services/storage/suppression_repository.h"

namespace storage {

using domain::Result;

domain::Result<int> SqlSuppressionRepository::insert(const QList<usecases::SuppressionEvent> &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<QStringList> SqlSuppressionRepository::unsubscribed(const QStringList &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<QStringList> SqlSuppressionRepository::bouncedOrComplained(const QStringList &, const QDateTime &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<ports::Page<ports::Suppression>> SqlSuppressionRepository::list(const ports::SuppressionQuery &,
                                                                               const QDateTime &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<std::optional<ports::Suppression>> SqlSuppressionRepository::find(const QString &, const QDateTime &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<domain::Done> SqlSuppressionRepository::lift(const QString &, const QString &, const QString &,
                                                            const QDateTime &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

} // namespace storage
