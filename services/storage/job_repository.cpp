#include "services/storage/job_repository.h"

namespace storage {

using domain::Result;

domain::Result<std::optional<usecases::JobRepository::Cursor>> SqlJobRepository::cursor(const QString &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<domain::Done> SqlJobRepository::setCursor(const QString &, const Cursor &, const QDateTime &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<bool> SqlJobRepository::acquire(const QString &, const QString &, const QDateTime &, const QDateTime &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<domain::Done> SqlJobRepository::release(const QString &, const QString &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<usecases::JobRepository::Run> SqlJobRepository::lastRun(const QString &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<domain::Done> SqlJobRepository::recordRun(const QString &, const QDateTime &, const QDateTime &,
                                                         const QString &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<domain::Done> SqlJobRepository::request(const QString &, const QString &, const QDateTime &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<bool> SqlJobRepository::hasOpenRequest(const QString &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<domain::Done> SqlJobRepository::closeRequests(const QString &, const QDateTime &, const QDateTime &,
                                                             const QByteArray &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

} // namespace storage
