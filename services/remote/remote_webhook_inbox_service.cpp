#include "services/remote/remote_webhook_inbox_service.h"

#include "services/remote/http_client.h"
#include "services/wire/email_query_codec.h"
#include "services/wire/routes.h"
#include "services/wire/webhook_codec.h"

namespace remote {

using domain::Result;
using ports::CallContext;
using wire::AdminRoute;

QFuture<Result<ports::Page<ports::WebhookRow>>> RemoteWebhookInboxService::list(CallContext context,
                                                                                ports::WebhookQuery query)
{
    HttpCall call = callFor(context, "GET", wire::adminPath(AdminRoute::Webhooks));
    call.query = wire::encodeWebhookQuery(query);
    return m_client.call<ports::Page<ports::WebhookRow>>(std::move(call), wire::decodeWebhookPage);
}

QFuture<Result<ports::WebhookDetail>> RemoteWebhookInboxService::detail(CallContext context, domain::WebhookId id)
{
    return m_client.call<ports::WebhookDetail>(
        callFor(context, "GET", wire::adminPath(AdminRoute::WebhookDetail, {id.toString()})),
        wire::decodeWebhookDetail);
}

QFuture<Result<ports::WebhookReplay>> RemoteWebhookInboxService::replay(CallContext context, domain::WebhookId id,
                                                                        bool dryRun)
{
    HttpCall call = callFor(context, "POST", wire::adminPath(AdminRoute::WebhookReplay, {id.toString()}));
    call.body = wire::encodeReplayRequest(dryRun);
    return m_client.call<ports::WebhookReplay>(std::move(call), wire::decodeReplay);
}

QFuture<Result<QList<ports::WebhookReceiver>>> RemoteWebhookInboxService::receivers(CallContext context)
{
    return m_client.call<QList<ports::WebhookReceiver>>(
        callFor(context, "GET", wire::adminPath(AdminRoute::WebhookReceivers)), wire::decodeReceivers);
}

} // namespace remote
