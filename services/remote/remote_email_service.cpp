#include "services/remote/remote_email_service.h"

#include "services/ports/when_done.h"

namespace remote {

using domain::Result;

namespace {

template <typename T>
QFuture<Result<T>> unsupported()
{
    return ports::ready(Result<T>(domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"))));
}

} // namespace

QFuture<domain::Result<ports::DeliveryFigures>> RemoteEmailService::figures(ports::CallContext, ports::MessageFilter)
{
    return unsupported<ports::DeliveryFigures>();
}

QFuture<domain::Result<ports::DeliverySeries>> RemoteEmailService::series(ports::CallContext, ports::MessageFilter)
{
    return unsupported<ports::DeliverySeries>();
}

QFuture<domain::Result<QList<ports::DeliveryGroup>>>
RemoteEmailService::groups(ports::CallContext, ports::MessageFilter, ports::DeliveryDimension, int)
{
    return unsupported<QList<ports::DeliveryGroup>>();
}

QFuture<domain::Result<ports::Page<ports::MessageRow>>> RemoteEmailService::messages(ports::CallContext,
                                                                                     ports::MessageQuery)
{
    return unsupported<ports::Page<ports::MessageRow>>();
}

QFuture<domain::Result<ports::MessageDetail>> RemoteEmailService::message(ports::CallContext, QString)
{
    return unsupported<ports::MessageDetail>();
}

QFuture<domain::Result<ports::ExportSummary>>
RemoteEmailService::exportMessages(ports::CallContext, ports::MessageFilter, ports::ExportFormat, ports::ExportSink)
{
    return unsupported<ports::ExportSummary>();
}

QFuture<domain::Result<ports::Page<ports::Suppression>>> RemoteEmailService::suppressions(ports::CallContext,
                                                                                          ports::SuppressionQuery)
{
    return unsupported<ports::Page<ports::Suppression>>();
}

QFuture<domain::Result<domain::Done>> RemoteEmailService::liftSuppression(ports::CallContext, QString, QString)
{
    return unsupported<domain::Done>();
}

QFuture<domain::Result<QString>> RemoteEmailService::resend(ports::CallContext, ports::Resend)
{
    return unsupported<QString>();
}

QFuture<domain::Result<domain::Done>> RemoteEmailService::requestRepair(ports::CallContext)
{
    return unsupported<domain::Done>();
}

QFuture<domain::Result<ports::EmailHealth>> RemoteEmailService::health(ports::CallContext)
{
    return unsupported<ports::EmailHealth>();
}

QFuture<domain::Result<QList<ports::EmailTemplate>>> RemoteEmailService::templates(ports::CallContext)
{
    return unsupported<QList<ports::EmailTemplate>>();
}

QFuture<domain::Result<ports::EmailPreview>> RemoteEmailService::preview(ports::CallContext, QString)
{
    return unsupported<ports::EmailPreview>();
}

} // namespace remote
