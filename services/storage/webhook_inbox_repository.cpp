#include "services/storage/webhook_inbox_repository.h"

namespace storage {

using domain::Result;

domain::Result<ports::Page<ports::WebhookRow>> SqlWebhookInboxRepository::list(const ports::WebhookQuery &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<ports::WebhookDetail> SqlWebhookInboxRepository::detail(domain::WebhookId)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

domain::Result<QList<ports::WebhookReceiver>> SqlWebhookInboxRepository::receivers(const QDateTime &)
{
    return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
}

} // namespace storage
