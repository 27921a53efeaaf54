#include "app/server/controllers/email_controller.h"

#include "app/server/controllers/export_reply.h"
#include "app/server/controllers/reply.h"
#include "services/wire/body.h"
#include "services/wire/delivery_codec.h"
#include "services/wire/email_codec.h"
#include "services/wire/email_query_codec.h"

namespace server {

namespace {

QString segment(const Request &request, const char *name)
{
    return QString::fromUtf8(request.param(name));
}

} // namespace

void EmailController::figures(const Request &request, Responder responder) const
{
    const auto filter = wire::decodeMessageFilter(request.query);
    if (!filter)
        return responder(failure(request, filter.error()));
    answer(m_email.figures(callContext(request), *filter), request, std::move(responder),
           [](const ports::DeliveryFigures &figures) { return jsonReply(wire::encodeDeliveryFigures(figures)); });
}

void EmailController::series(const Request &request, Responder responder) const
{
    const auto filter = wire::decodeMessageFilter(request.query);
    if (!filter)
        return responder(failure(request, filter.error()));
    answer(m_email.series(callContext(request), *filter), request, std::move(responder),
           [](const ports::DeliverySeries &series) { return jsonReply(wire::encodeDeliverySeries(series)); });
}

void EmailController::groups(const Request &request, Responder responder) const
{
    const auto query = wire::decodeGroupQuery(request.query);
    if (!query)
        return responder(failure(request, query.error()));
    answer(m_email.groups(callContext(request), query->filter, query->dimension, query->limit), request,
           std::move(responder),
           [](const QList<ports::DeliveryGroup> &groups) { return jsonReply(wire::encodeDeliveryGroups(groups)); });
}

void EmailController::messages(const Request &request, Responder responder) const
{
    const auto query = wire::decodeMessageQuery(request.query);
    if (!query)
        return responder(failure(request, query.error()));
    answer(m_email.messages(callContext(request), *query), request, std::move(responder),
           [](const ports::Page<ports::MessageRow> &page) { return jsonReply(wire::encodeMessagePage(page)); });
}

void EmailController::message(const Request &request, Responder responder) const
{
    answer(m_email.message(callContext(request), segment(request, "message_id")), request, std::move(responder),
           [](const ports::MessageDetail &detail) { return jsonReply(wire::encodeMessageDetail(detail)); });
}

void EmailController::exportMessages(const Request &request, Responder responder) const
{
    const auto wanted = wire::decodeMessageExport(request.query);
    if (!wanted)
        return responder(failure(request, wanted.error()));
    answerExport(request, responder, {wanted->format, QByteArrayLiteral("email"), wanted->sealed},
                 [this, &request, &wanted = *wanted](ports::ExportSink sink) {
                     return m_email.exportMessages(callContext(request), wanted.filter, wanted.format, std::move(sink));
                 });
}

void EmailController::resend(const Request &request, Responder responder) const
{
    const auto resend = wire::decodeResend(segment(request, "message_id"), request.body);
    if (!resend)
        return responder(failure(request, resend.error()));
    answer(m_email.resend(callContext(request), *resend), request, std::move(responder),
           [](const QString &message) { return jsonReply(wire::encodeResent(message), 201); });
}

void EmailController::suppressions(const Request &request, Responder responder) const
{
    const auto query = wire::decodeSuppressionQuery(request.query);
    if (!query)
        return responder(failure(request, query.error()));
    answer(m_email.suppressions(callContext(request), *query), request, std::move(responder),
           [](const ports::Page<ports::Suppression> &page) { return jsonReply(wire::encodeSuppressionPage(page)); });
}

void EmailController::lift(const Request &request, Responder responder) const
{
    const auto lift = wire::decodeLift(request.body);
    if (!lift)
        return responder(failure(request, lift.error()));
    answer(m_email.liftSuppression(callContext(request), lift->email, lift->reason), request, std::move(responder),
           [](const domain::Done &) { return jsonReply(wire::okBody({})); });
}

void EmailController::repair(const Request &request, Responder responder) const
{
    answer(m_email.requestRepair(callContext(request)), request, std::move(responder),
           [](const domain::Done &) { return jsonReply(wire::okBody({}), 202); });
}

void EmailController::health(const Request &request, Responder responder) const
{
    answer(m_email.health(callContext(request)), request, std::move(responder),
           [](const ports::EmailHealth &health) { return jsonReply(wire::encodeEmailHealth(health)); });
}

void EmailController::templates(const Request &request, Responder responder) const
{
    answer(m_email.templates(callContext(request)), request, std::move(responder),
           [](const QList<ports::EmailTemplate> &templates) { return jsonReply(wire::encodeTemplates(templates)); });
}

void EmailController::preview(const Request &request, Responder responder) const
{
    answer(m_email.preview(callContext(request), segment(request, "kind")), request, std::move(responder),
           [](const ports::EmailPreview &preview) { return jsonReply(wire::encodePreview(preview)); });
}

} // namespace server
