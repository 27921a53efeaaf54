#include "services/local/local_webhook_inbox_service.h"

namespace local {

using domain::Result;
using ports::CallContext;
using storage::Access;
using usecases::Env;

QFuture<Result<ports::Page<ports::WebhookRow>>> LocalWebhookInboxService::list(CallContext context,
                                                                               ports::WebhookQuery query)
{
    return m_runner.run<ports::Page<ports::WebhookRow>>(
        Access::Read, context, [query](const Env &env) { return usecases::listWebhooks(env, query); });
}

QFuture<Result<ports::WebhookDetail>> LocalWebhookInboxService::detail(CallContext context, domain::WebhookId id)
{
    return m_runner.run<ports::WebhookDetail>(Access::Read, context,
                                              [id](const Env &env) { return usecases::webhookDetail(env, id); });
}

QFuture<Result<ports::WebhookReplay>> LocalWebhookInboxService::replay(CallContext context, domain::WebhookId id,
                                                                       bool dryRun)
{
    // A dry run writes nothing, but it looks at rows as a real one would, locks included: only a writer may do that.
    return m_runner.run<ports::WebhookReplay>(Access::Write, context,
                                              [apply = m_runner.applyWebhook, id, dryRun](const Env &env) {
                                                  return usecases::replayWebhook(env, id, dryRun, apply);
                                              });
}

QFuture<Result<QList<ports::WebhookReceiver>>> LocalWebhookInboxService::receivers(CallContext context)
{
    return m_runner.run<QList<ports::WebhookReceiver>>(Access::Read, context,
                                                       [](const Env &env) { return usecases::webhookReceivers(env); });
}

} // namespace local
