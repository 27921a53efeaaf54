#include "tests/support/fake_mail.h"

#include "services/usecases/email_actions.h"
#include "services/usecases/email_delivery.h"
#include "services/usecases/email_export.h"
#include "tests/support/fake_calls.h"

namespace test {

using domain::Done;
using domain::Result;
using ports::CallContext;
using usecases::Env;

QFuture<Result<ports::DeliveryFigures>> FakeEmailService::figures(CallContext context, ports::MessageFilter filter)
{
    return m_calls.call<ports::DeliveryFigures>(
        Method::EmailFigures, context, [filter](const Env &env) { return usecases::deliveryFigures(env, filter); });
}

QFuture<Result<ports::DeliverySeries>> FakeEmailService::series(CallContext context, ports::MessageFilter filter)
{
    return m_calls.call<ports::DeliverySeries>(
        Method::EmailSeries, context, [filter](const Env &env) { return usecases::deliverySeries(env, filter); });
}

QFuture<Result<QList<ports::DeliveryGroup>>> FakeEmailService::groups(CallContext context, ports::MessageFilter filter,
                                                                      ports::DeliveryDimension dimension, int limit)
{
    return m_calls.call<QList<ports::DeliveryGroup>>(
        Method::EmailGroups, context,
        [filter, dimension, limit](const Env &env) { return usecases::deliveryGroups(env, filter, dimension, limit); });
}

QFuture<Result<ports::Page<ports::MessageRow>>> FakeEmailService::messages(CallContext context,
                                                                           ports::MessageQuery query)
{
    return m_calls.call<ports::Page<ports::MessageRow>>(
        Method::EmailMessages, context, [query](const Env &env) { return usecases::listMessages(env, query); });
}

QFuture<Result<ports::MessageDetail>> FakeEmailService::message(CallContext context, QString id)
{
    return m_calls.call<ports::MessageDetail>(Method::EmailMessage, context,
                                              [id](const Env &env) { return usecases::messageDetail(env, id); });
}

QFuture<Result<ports::ExportSummary>> FakeEmailService::exportMessages(CallContext context, ports::MessageFilter filter,
                                                                       ports::ExportFormat format,
                                                                       ports::ExportSink sink)
{
    return m_calls.call<ports::ExportSummary>(
        Method::ExportEmail, context, [filter, format, sink](const Env &env) -> Result<ports::ExportSummary> {
            if (auto opened = usecases::openMessageExport(env, filter, format); !opened)
                return opened.error();
            return usecases::streamMessages(env, filter, format, sink);
        });
}

QFuture<Result<ports::Page<ports::Suppression>>> FakeEmailService::suppressions(CallContext context,
                                                                                ports::SuppressionQuery query)
{
    return m_calls.call<ports::Page<ports::Suppression>>(
        Method::Suppressions, context, [query](const Env &env) { return usecases::listSuppressions(env, query); });
}

QFuture<Result<Done>> FakeEmailService::liftSuppression(CallContext context, QString email, QString reason)
{
    return m_calls.call<Done>(Method::LiftSuppression, context, [email, reason](const Env &env) {
        return usecases::liftSuppression(env, email, reason);
    });
}

QFuture<Result<QString>> FakeEmailService::resend(CallContext context, ports::Resend resend)
{
    return m_calls.call<QString>(Method::ResendEmail, context,
                                 [resend](const Env &env) { return usecases::resendMessage(env, resend); });
}

QFuture<Result<Done>> FakeEmailService::requestRepair(CallContext context)
{
    return m_calls.call<Done>(Method::RequestRepair, context,
                              [](const Env &env) { return usecases::requestRepair(env); });
}

QFuture<Result<ports::EmailHealth>> FakeEmailService::health(CallContext context)
{
    return m_calls.call<ports::EmailHealth>(Method::EmailHealth, context,
                                            [](const Env &env) { return usecases::emailHealth(env); });
}

QFuture<Result<QList<ports::EmailTemplate>>> FakeEmailService::templates(CallContext context)
{
    return m_calls.call<QList<ports::EmailTemplate>>(Method::EmailTemplates, context, [this](const Env &env) {
        return usecases::mailTemplates(env, m_calls.previews.get());
    });
}

QFuture<Result<ports::EmailPreview>> FakeEmailService::preview(CallContext context, QString kind)
{
    return m_calls.call<ports::EmailPreview>(Method::EmailPreview, context, [this, kind](const Env &env) {
        return usecases::mailPreview(env, m_calls.previews.get(), kind);
    });
}

QFuture<Result<ports::Page<ports::WebhookRow>>> FakeWebhookInboxService::list(CallContext context,
                                                                              ports::WebhookQuery query)
{
    return m_calls.call<ports::Page<ports::WebhookRow>>(
        Method::Webhooks, context, [query](const Env &env) { return usecases::listWebhooks(env, query); });
}

QFuture<Result<ports::WebhookDetail>> FakeWebhookInboxService::detail(CallContext context, domain::WebhookId id)
{
    return m_calls.call<ports::WebhookDetail>(Method::WebhookDetail, context,
                                              [id](const Env &env) { return usecases::webhookDetail(env, id); });
}

QFuture<Result<ports::WebhookReplay>> FakeWebhookInboxService::replay(CallContext context, domain::WebhookId id,
                                                                      bool dryRun)
{
    return m_calls.call<ports::WebhookReplay>(Method::ReplayWebhook, context, [this, id, dryRun](const Env &env) {
        return usecases::replayWebhook(env, id, dryRun, m_calls.applyWebhook);
    });
}

QFuture<Result<QList<ports::WebhookReceiver>>> FakeWebhookInboxService::receivers(CallContext context)
{
    return m_calls.call<QList<ports::WebhookReceiver>>(Method::WebhookReceivers, context,
                                                       [](const Env &env) { return usecases::webhookReceivers(env); });
}

} // namespace test
