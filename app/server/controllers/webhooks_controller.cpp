#include "app/server/controllers/webhooks_controller.h"

#include "app/server/controllers/reply.h"
#include "services/wire/email_query_codec.h"
#include "services/wire/webhook_codec.h"

namespace server {

void WebhooksController::list(const Request &request, Responder responder) const
{
    const auto query = wire::decodeWebhookQuery(request.query);
    if (!query)
        return responder(failure(request, query.error()));
    answer(m_webhooks.list(callContext(request), *query), request, std::move(responder),
           [](const ports::Page<ports::WebhookRow> &page) { return jsonReply(wire::encodeWebhookPage(page)); });
}

void WebhooksController::receivers(const Request &request, Responder responder) const
{
    answer(m_webhooks.receivers(callContext(request)), request, std::move(responder),
           [](const QList<ports::WebhookReceiver> &all) { return jsonReply(wire::encodeReceivers(all)); });
}

void WebhooksController::detail(const Request &request, Responder responder) const
{
    const auto id = pathId<domain::WebhookId>(request, "webhook_id", "invalid_webhook_id");
    if (!id)
        return responder(failure(request, id.error()));
    answer(m_webhooks.detail(callContext(request), *id), request, std::move(responder),
           [](const ports::WebhookDetail &detail) { return jsonReply(wire::encodeWebhookDetail(detail)); });
}

void WebhooksController::replay(const Request &request, Responder responder) const
{
    const auto id = pathId<domain::WebhookId>(request, "webhook_id", "invalid_webhook_id");
    if (!id)
        return responder(failure(request, id.error()));
    const auto dryRun = wire::decodeReplayRequest(request.body);
    if (!dryRun)
        return responder(failure(request, dryRun.error()));
    answer(m_webhooks.replay(callContext(request), *id, *dryRun), request, std::move(responder),
           [](const ports::WebhookReplay &replay) { return jsonReply(wire::encodeReplay(replay)); });
}

} // namespace server
