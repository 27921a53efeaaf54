#include "services/storage/delivery_repository.h"

namespace storage {

using domain::Result;

domain::Result<ports::DeliveryFigures> SqlDeliveryRepository::figures(const ports::MessageFilter &, const QDateTime &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<ports::DeliverySeries> SqlDeliveryRepository::series(const ports::MessageFilter &, qint64,
                                                                    const QDateTime &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<QList<ports::DeliveryGroup>>
SqlDeliveryRepository::groups(const ports::MessageFilter &, ports::DeliveryDimension, int, const QDateTime &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<ports::Page<ports::MessageRow>> SqlDeliveryRepository::messages(const ports::MessageQuery &,
                                                                               const QDateTime &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<ports::MessageRow> SqlDeliveryRepository::message(const QString &, const QDateTime &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<QString> SqlDeliveryRepository::addressHash(const QString &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<QList<ports::MessageEvent>> SqlDeliveryRepository::events(const QString &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<domain::Done> SqlDeliveryRepository::eachMessage(const ports::MessageFilter &, const QDateTime &,
                                                                const std::function<bool(const ports::MessageRow &)> &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<ports::EmailHealth> SqlDeliveryRepository::health(const QDateTime &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

} // namespace storage
