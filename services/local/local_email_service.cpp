#include "services/local/local_email_service.h"

#include "services/local/local_export.h"
#include "services/usecases/email_actions.h"
#include "services/usecases/email_delivery.h"
#include "services/usecases/email_export.h"

namespace local {

using domain::Done;
using domain::Result;
using ports::CallContext;
using storage::Access;
using usecases::Env;

QFuture<Result<ports::DeliveryFigures>> LocalEmailService::figures(CallContext context, ports::MessageFilter filter)
{
    return m_runner.run<ports::DeliveryFigures>(
        Access::Read, context, [filter](const Env &env) { return usecases::deliveryFigures(env, filter); });
}

QFuture<Result<ports::DeliverySeries>> LocalEmailService::series(CallContext context, ports::MessageFilter filter)
{
    return m_runner.run<ports::DeliverySeries>(
        Access::Read, context, [filter](const Env &env) { return usecases::deliverySeries(env, filter); });
}

QFuture<Result<QList<ports::DeliveryGroup>>> LocalEmailService::groups(CallContext context, ports::MessageFilter filter,
                                                                       ports::DeliveryDimension dimension, int limit)
{
    return m_runner.run<QList<ports::DeliveryGroup>>(Access::Read, context, [filter, dimension, limit](const Env &env) {
        return usecases::deliveryGroups(env, filter, dimension, limit);
    });
}

QFuture<Result<ports::Page<ports::MessageRow>>> LocalEmailService::messages(CallContext context,
                                                                            ports::MessageQuery query)
{
    return m_runner.run<ports::Page<ports::MessageRow>>(
        Access::Read, context, [query](const Env &env) { return usecases::listMessages(env, query); });
}

QFuture<Result<ports::MessageDetail>> LocalEmailService::message(CallContext context, QString id)
{
    return m_runner.run<ports::MessageDetail>(Access::Read, context,
                                              [id](const Env &env) { return usecases::messageDetail(env, id); });
}

QFuture<Result<ports::ExportSummary>> LocalEmailService::exportMessages(CallContext context,
                                                                        ports::MessageFilter filter,
                                                                        ports::ExportFormat format,
                                                                        ports::ExportSink sink)
{
    return runExport(
        m_runner, context, std::move(sink),
        [filter, format](const Env &env) { return usecases::openMessageExport(env, filter, format); },
        [filter, format](const Env &env, const ports::ExportSink &out) {
            return usecases::streamMessages(env, filter, format, out);
        });
}

QFuture<Result<ports::Page<ports::Suppression>>> LocalEmailService::suppressions(CallContext context,
                                                                                 ports::SuppressionQuery query)
{
    return m_runner.run<ports::Page<ports::Suppression>>(
        Access::Read, context, [query](const Env &env) { return usecases::listSuppressions(env, query); });
}

QFuture<Result<Done>> LocalEmailService::liftSuppression(CallContext context, QString email, QString reason)
{
    return m_runner.run<Done>(Access::Write, context, [email, reason](const Env &env) {
        return usecases::liftSuppression(env, email, reason);
    });
}

QFuture<Result<QString>> LocalEmailService::resend(CallContext context, ports::Resend resend)
{
    return m_runner.run<QString>(Access::Write, context,
                                 [resend](const Env &env) { return usecases::resendMessage(env, resend); });
}

QFuture<Result<Done>> LocalEmailService::requestRepair(CallContext context)
{
    return m_runner.run<Done>(Access::Write, context, [](const Env &env) { return usecases::requestRepair(env); });
}

QFuture<Result<ports::EmailHealth>> LocalEmailService::health(CallContext context)
{
    return m_runner.run<ports::EmailHealth>(Access::Read, context,
                                            [](const Env &env) { return usecases::emailHealth(env); });
}

QFuture<Result<QList<ports::EmailTemplate>>> LocalEmailService::templates(CallContext context)
{
    return m_runner.run<QList<ports::EmailTemplate>>(
        Access::Read, context,
        [previews = m_runner.previews](const Env &env) { return usecases::mailTemplates(env, previews.get()); });
}

QFuture<Result<ports::EmailPreview>> LocalEmailService::preview(CallContext context, QString kind)
{
    return m_runner.run<ports::EmailPreview>(Access::Read, context,
                                             [previews = m_runner.previews, kind](const Env &env) {
                                                 return usecases::mailPreview(env, previews.get(), kind);
                                             });
}

} // namespace local
