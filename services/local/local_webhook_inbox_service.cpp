#include "services/local/local_webhook_inbox_service.h"

#include "services/ports/when_done.h"

namespace local {

using domain::Result;

namespace {

template <typename T>
QFuture<Result<T>> unsupported()
{
    return ports::ready(Result<T>(domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"))));
}

} // namespace

QFuture<domain::Result<ports::Page<ports::WebhookRow>>> LocalWebhookInboxService::list(ports::CallContext,
                                                                                       ports::WebhookQuery)
{
    return unsupported<ports::Page<ports::WebhookRow>>();
}

QFuture<domain::Result<ports::WebhookDetail>> LocalWebhookInboxService::detail(ports::CallContext, domain::WebhookId)
{
    return unsupported<ports::WebhookDetail>();
}

QFuture<domain::Result<ports::WebhookReplay>> LocalWebhookInboxService::replay(ports::CallContext, domain::WebhookId,
                                                                               bool)
{
    return unsupported<ports::WebhookReplay>();
}

QFuture<domain::Result<QList<ports::WebhookReceiver>>> LocalWebhookInboxService::receivers(ports::CallContext)
{
    return unsupported<QList<ports::WebhookReceiver>>();
}

} // namespace local
