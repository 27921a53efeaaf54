#include "services/remote/remote_customer_service.h"

#include "services/ports/when_done.h"
#include "services/remote/http_client.h"
#include "services/wire/customer_codec.h"
#include "services/wire/note_codec.h"
#include "services/wire/query_codec.h"
#include "services/wire/query_reader.h"
#include "services/wire/routes.h"
#include "services/wire/tier_change_codec.h"

namespace remote {

using domain::Result;
using wire::AdminRoute;

QFuture<Result<ports::Page<ports::CustomerRow>>> RemoteCustomerService::list(ports::CallContext context,
                                                                             ports::CustomerQuery query)
{
    using Answer = Result<ports::Page<ports::CustomerRow>>;
    // The host's query string is lenient about both (spec 01 §2.3); the port is not.
    if (query.limit < 1 || query.limit > ports::maxPageSize)
        return ports::ready(Answer(domain::invalidInput(QStringLiteral("invalid_limit"), QStringLiteral("limit"),
                                                        QStringLiteral("must be 1 to %1").arg(ports::maxPageSize))));
    if (query.offset < 0 || query.offset > wire::maxOffset)
        return ports::ready(Answer(domain::invalidInput(QStringLiteral("invalid_offset"), QStringLiteral("offset"),
                                                        QStringLiteral("must be 0 to %1").arg(wire::maxOffset))));
    HttpCall call = callFor(context, "GET", wire::adminPath(AdminRoute::Customers));
    call.query = wire::encodeCustomerQuery(query);
    return m_client.call<ports::Page<ports::CustomerRow>>(std::move(call), wire::decodeCustomerPage);
}

QFuture<Result<ports::CustomerSums>> RemoteCustomerService::sums(ports::CallContext context,
                                                                 ports::CustomerFilter filter)
{
    HttpCall call = callFor(context, "GET", wire::adminPath(AdminRoute::CustomerSums));
    call.query = wire::encodeCustomerFilter(filter);
    return m_client.call<ports::CustomerSums>(std::move(call), wire::decodeCustomerSums);
}

QFuture<Result<ports::CustomerDetail>> RemoteCustomerService::detail(ports::CallContext context, domain::TeamId team)
{
    return m_client.call<ports::CustomerDetail>(
        callFor(context, "GET", wire::adminPath(AdminRoute::CustomerDetail, {team.toString()})),
        wire::decodeCustomerDetail);
}

QFuture<Result<ports::TierChangePreview>> RemoteCustomerService::previewTierChange(ports::CallContext context,
                                                                                   ports::TierChange change)
{
    HttpCall call = callFor(context, "POST", wire::adminPath(AdminRoute::TierPreview, {change.team.toString()}));
    call.body = wire::encodeTierChange(change);
    return m_client.call<ports::TierChangePreview>(std::move(call), wire::decodeTierChangePreview);
}

QFuture<Result<ports::TierChangeResult>> RemoteCustomerService::changeTier(ports::CallContext context,
                                                                           ports::TierChange change)
{
    HttpCall call = callFor(context, "POST", wire::adminPath(AdminRoute::TierChange, {change.team.toString()}));
    call.body = wire::encodeTierChange(change);
    return m_client.call<ports::TierChangeResult>(std::move(call), wire::decodeTierChangeResult);
}

QFuture<Result<QList<domain::Note>>> RemoteCustomerService::notes(ports::CallContext context, domain::TeamId team)
{
    return m_client.call<QList<domain::Note>>(
        callFor(context, "GET", wire::adminPath(AdminRoute::NotesList, {team.toString()})), wire::decodeNotes);
}

QFuture<Result<domain::Note>> RemoteCustomerService::addNote(ports::CallContext context, domain::TeamId team,
                                                             QString body)
{
    HttpCall call = callFor(context, "POST", wire::adminPath(AdminRoute::NoteAdd, {team.toString()}));
    call.body = wire::encodeNewNote(body);
    return m_client.call<domain::Note>(std::move(call), wire::decodeNote);
}

QFuture<Result<domain::Done>> RemoteCustomerService::deleteNote(ports::CallContext context, domain::NoteId note)
{
    return m_client.call<domain::Done>(
        callFor(context, "DELETE", wire::adminPath(AdminRoute::NoteDelete, {note.toString()})),
        [](const QByteArray &) -> Result<domain::Done> { return domain::Done{}; });
}

QFuture<Result<domain::Done>> RemoteCustomerService::recordExport(ports::CallContext context,
                                                                  ports::CustomerFilter filter, qint64 rows,
                                                                  QString format)
{
    HttpCall call = callFor(context, "POST", wire::adminPath(AdminRoute::CustomersExported));
    call.body = wire::encodeCustomerExport({filter, rows, format});
    return m_client.call<domain::Done>(std::move(call),
                                       [](const QByteArray &) -> Result<domain::Done> { return domain::Done{}; });
}

} // namespace remote
