#include "services/storage/webhook_inbox_repository.h"

namespace storage {

using domain::Result;

domain::Result<domain::Done> SqlWebhookInboxRepository::insert(const QList<usecases::InboxEntry> &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<QHash<QByteArray, domain::WebhookId>> SqlWebhookInboxRepository::sameBodies(const QList<QByteArray> &,
                                                                                           const QDateTime &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<ports::Page<ports::WebhookRow>> SqlWebhookInboxRepository::list(const ports::WebhookQuery &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<ports::WebhookDetail> SqlWebhookInboxRepository::detail(domain::WebhookId)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<domain::Done> SqlWebhookInboxRepository::markReplayed(domain::WebhookId, ports::WebhookOutcome,
                                                                     const QList<ports::WebhookEffect> &,
                                                                     const QDateTime &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<QList<ports::WebhookReceiver>> SqlWebhookInboxRepository::receivers(const QDateTime &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<qint64> SqlWebhookInboxRepository::removeBefore(const QDateTime &, int)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<qint64> SqlWebhookInboxRepository::removeOverflow(qint64, int)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<domain::Done> SqlWebhookInboxRepository::insertRefusals(const QList<Refusal> &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

} // namespace storage
