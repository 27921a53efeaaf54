#include "services/local/local_email_service.h"

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

QFuture<domain::Result<ports::DeliveryFigures>> LocalEmailService::figures(ports::CallContext, ports::MessageFilter)
{
    return unsupported<ports::DeliveryFigures>();
}

QFuture<domain::Result<ports::DeliverySeries>> LocalEmailService::series(ports::CallContext, ports::MessageFilter)
{
    return unsupported<ports::DeliverySeries>();
}

QFuture<domain::Result<QList<ports::DeliveryGroup>>> LocalEmailService::groups(ports::CallContext, ports::MessageFilter,
                                                                               ports::DeliveryDimension, int)
{
    return unsupported<QList<ports::DeliveryGroup>>();
}

QFuture<domain::Result<ports::Page<ports::MessageRow>>> LocalEmailService::messages(ports::CallContext,
                                                                                    ports::MessageQuery)
{
    return unsupported<ports::Page<ports::MessageRow>>();
}

QFuture<domain::Result<ports::MessageDetail>> LocalEmailService::message(ports::CallContext, QString)
{
    return unsupported<ports::MessageDetail>();
}

QFuture<domain::Result<ports::ExportSummary>>
LocalEmailService::exportMessages(ports::CallContext, ports::MessageFilter, ports::ExportFormat, ports::ExportSink)
{
    return unsupported<ports::ExportSummary>();
}

QFuture<domain::Result<ports::Page<ports::Suppression>>> LocalEmailService::suppressions(ports::CallContext,
                                                                                         ports::SuppressionQuery)
{
    return unsupported<ports::Page<ports::Suppression>>();
}

QFuture<domain::Result<domain::Done>> LocalEmailService::liftSuppression(ports::CallContext, QString, QString)
{
    return unsupported<domain::Done>();
}

QFuture<domain::Result<QString>> LocalEmailService::resend(ports::CallContext, ports::Resend)
{
    return unsupported<QString>();
}

QFuture<domain::Result<domain::Done>> LocalEmailService::requestRepair(ports::CallContext)
{
    return unsupported<domain::Done>();
}

QFuture<domain::Result<ports::EmailHealth>> LocalEmailService::health(ports::CallContext)
{
    return unsupported<ports::EmailHealth>();
}

QFuture<domain::Result<QList<ports::EmailTemplate>>> LocalEmailService::templates(ports::CallContext)
{
    return unsupported<QList<ports::EmailTemplate>>();
}

QFuture<domain::Result<ports::EmailPreview>> LocalEmailService::preview(ports::CallContext, QString)
{
    return unsupported<ports::EmailPreview>();
}

} // namespace local
