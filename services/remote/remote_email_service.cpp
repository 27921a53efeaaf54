#include "services/remote/remote_email_service.h"

#include "services/ports/when_done.h"
#include "services/remote/http_client.h"
#include "services/wire/delivery_codec.h"
#include "services/wire/email_codec.h"
#include "services/wire/email_query_codec.h"
#include "services/wire/routes.h"

#include <algorithm>

namespace remote {

using domain::Done;
using domain::Result;
using ports::CallContext;
using wire::AdminRoute;

namespace {

Result<Done> nothingToRead(const QByteArray &)
{
    return Done{};
}

/// A text that can be a segment of a path of its own: neither empty nor one that a client or proxy would resolve, and
/// none that a literal route stands in for.
bool isSegment(const QString &text)
{
    const bool control = std::any_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x20; });
    return !text.isEmpty() && text != QLatin1StringView(".") && text != QLatin1StringView("..") &&
           text != QLatin1StringView("export") && !control;
}

template <typename T>
QFuture<Result<T>> notFound(const char *key)
{
    return ports::ready(Result<T>(domain::makeError(domain::ErrorCode::NotFound, QString::fromLatin1(key))));
}

} // namespace

QFuture<Result<ports::DeliveryFigures>> RemoteEmailService::figures(CallContext context, ports::MessageFilter filter)
{
    HttpCall call = callFor(context, "GET", wire::adminPath(AdminRoute::EmailFigures));
    call.query = wire::encodeMessageFilter(filter);
    return m_client.call<ports::DeliveryFigures>(std::move(call), wire::decodeDeliveryFigures);
}

QFuture<Result<ports::DeliverySeries>> RemoteEmailService::series(CallContext context, ports::MessageFilter filter)
{
    HttpCall call = callFor(context, "GET", wire::adminPath(AdminRoute::EmailSeries));
    call.query = wire::encodeMessageFilter(filter);
    return m_client.call<ports::DeliverySeries>(std::move(call), wire::decodeDeliverySeries);
}

QFuture<Result<QList<ports::DeliveryGroup>>> RemoteEmailService::groups(CallContext context,
                                                                        ports::MessageFilter filter,
                                                                        ports::DeliveryDimension dimension, int limit)
{
    HttpCall call = callFor(context, "GET", wire::adminPath(AdminRoute::EmailGroups));
    call.query = wire::encodeGroupQuery({filter, dimension, limit});
    return m_client.call<QList<ports::DeliveryGroup>>(std::move(call), wire::decodeDeliveryGroups);
}

QFuture<Result<ports::Page<ports::MessageRow>>> RemoteEmailService::messages(CallContext context,
                                                                             ports::MessageQuery query)
{
    HttpCall call = callFor(context, "GET", wire::adminPath(AdminRoute::EmailMessages));
    call.query = wire::encodeMessageQuery(query);
    return m_client.call<ports::Page<ports::MessageRow>>(std::move(call), wire::decodeMessagePage);
}

QFuture<Result<ports::MessageDetail>> RemoteEmailService::message(CallContext context, QString id)
{
    if (!isSegment(id))
        return notFound<ports::MessageDetail>("message_not_found");
    return m_client.call<ports::MessageDetail>(callFor(context, "GET", wire::adminPath(AdminRoute::EmailMessage, {id})),
                                               wire::decodeMessageDetail);
}

QFuture<Result<ports::ExportSummary>> RemoteEmailService::exportMessages(CallContext context,
                                                                         ports::MessageFilter filter,
                                                                         ports::ExportFormat format,
                                                                         ports::ExportSink sink)
{
    HttpCall call = callFor(context, "GET", wire::adminPath(AdminRoute::EmailExport));
    call.query = wire::encodeMessageExport({filter, format, true});
    return m_exports.start(std::move(call), format, std::move(sink));
}

QFuture<Result<ports::Page<ports::Suppression>>> RemoteEmailService::suppressions(CallContext context,
                                                                                  ports::SuppressionQuery query)
{
    HttpCall call = callFor(context, "GET", wire::adminPath(AdminRoute::EmailSuppressions));
    call.query = wire::encodeSuppressionQuery(query);
    return m_client.call<ports::Page<ports::Suppression>>(std::move(call), wire::decodeSuppressionPage);
}

QFuture<Result<Done>> RemoteEmailService::liftSuppression(CallContext context, QString email, QString reason)
{
    HttpCall call = callFor(context, "POST", wire::adminPath(AdminRoute::EmailLift));
    call.body = wire::encodeLift({email, reason});
    return m_client.call<Done>(std::move(call), nothingToRead);
}

QFuture<Result<QString>> RemoteEmailService::resend(CallContext context, ports::Resend resend)
{
    if (!isSegment(resend.message))
        return notFound<QString>("message_not_found");
    HttpCall call = callFor(context, "POST", wire::adminPath(AdminRoute::EmailResend, {resend.message}));
    call.body = wire::encodeResend(resend);
    return m_client.call<QString>(std::move(call), wire::decodeResent);
}

QFuture<Result<Done>> RemoteEmailService::requestRepair(CallContext context)
{
    HttpCall call = callFor(context, "POST", wire::adminPath(AdminRoute::EmailRepair));
    call.body = QByteArrayLiteral("{}");
    return m_client.call<Done>(std::move(call), nothingToRead);
}

QFuture<Result<ports::EmailHealth>> RemoteEmailService::health(CallContext context)
{
    return m_client.call<ports::EmailHealth>(callFor(context, "GET", wire::adminPath(AdminRoute::EmailHealth)),
                                             wire::decodeEmailHealth);
}

QFuture<Result<QList<ports::EmailTemplate>>> RemoteEmailService::templates(CallContext context)
{
    return m_client.call<QList<ports::EmailTemplate>>(
        callFor(context, "GET", wire::adminPath(AdminRoute::EmailTemplates)), wire::decodeTemplates);
}

QFuture<Result<ports::EmailPreview>> RemoteEmailService::preview(CallContext context, QString kind)
{
    if (!isSegment(kind))
        return notFound<ports::EmailPreview>("template_not_found");
    return m_client.call<ports::EmailPreview>(
        callFor(context, "GET", wire::adminPath(AdminRoute::EmailPreview, {kind})), wire::decodePreview);
}

} // namespace remote
