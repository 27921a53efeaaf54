#include "app/server/controllers/customers_controller.h"

#include "app/server/controllers/reply.h"
#include "services/wire/body.h"
#include "services/wire/customer_codec.h"
#include "services/wire/query_codec.h"
#include "services/wire/tier_change_codec.h"

namespace server {

namespace {

domain::Result<ports::TierChange> tierChangeOf(const Request &request)
{
    return pathId<domain::TeamId>(request, "team_id", "invalid_team_id").andThen([&](domain::TeamId team) {
        return wire::decodeTierChange(team, request.body);
    });
}

} // namespace

void CustomersController::list(const Request &request, Responder responder) const
{
    const domain::Result<wire::CustomerRequest> wanted = wire::decodeCustomerQuery(request.query);
    if (!wanted)
        return responder(failure(request, wanted.error()));
    if (wanted->matchesNothing) {
        ports::Page<ports::CustomerRow> nothing;
        nothing.total = 0;
        return responder(jsonReply(wire::encodeCustomerPage(nothing)));
    }
    answer(m_customers.list(callContext(request), wanted->query), request, std::move(responder),
           [](const ports::Page<ports::CustomerRow> &page) { return jsonReply(wire::encodeCustomerPage(page)); });
}

void CustomersController::sums(const Request &request, Responder responder) const
{
    const domain::Result<wire::CustomerRequest> wanted = wire::decodeCustomerQuery(request.query);
    if (!wanted)
        return responder(failure(request, wanted.error()));
    if (wanted->matchesNothing)
        return responder(jsonReply(wire::encodeCustomerSums({})));
    answer(m_customers.sums(callContext(request), wanted->query.filter), request, std::move(responder),
           [](const ports::CustomerSums &sums) { return jsonReply(wire::encodeCustomerSums(sums)); });
}

void CustomersController::exported(const Request &request, Responder responder) const
{
    const domain::Result<wire::CustomerExport> done = wire::decodeCustomerExport(request.body);
    if (!done)
        return responder(failure(request, done.error()));
    answer(m_customers.recordExport(callContext(request), done->filter, done->rows, done->format), request,
           std::move(responder), [](const domain::Done &) { return jsonReply(wire::okBody({}), 201); });
}

void CustomersController::detail(const Request &request, Responder responder) const
{
    const auto team = pathId<domain::TeamId>(request, "team_id", "invalid_team_id");
    if (!team)
        return responder(failure(request, team.error()));
    answer(m_customers.detail(callContext(request), *team), request, std::move(responder),
           [](const ports::CustomerDetail &detail) { return jsonReply(wire::encodeCustomerDetail(detail)); });
}

void CustomersController::previewTier(const Request &request, Responder responder) const
{
    const domain::Result<ports::TierChange> change = tierChangeOf(request);
    if (!change)
        return responder(failure(request, change.error()));
    answer(m_customers.previewTierChange(callContext(request), *change), request, std::move(responder),
           [](const ports::TierChangePreview &preview) { return jsonReply(wire::encodeTierChangePreview(preview)); });
}

void CustomersController::changeTier(const Request &request, Responder responder) const
{
    const domain::Result<ports::TierChange> change = tierChangeOf(request);
    if (!change)
        return responder(failure(request, change.error()));
    answer(m_customers.changeTier(callContext(request), *change), request, std::move(responder),
           [](const ports::TierChangeResult &result) {
               return jsonReply(wire::encodeTierChangeResult(result, tierChangeAction(result)));
           });
}

QString tierChangeAction(const ports::TierChangeResult &result)
{
    return QStringLiteral("Tell the user that the team's plan changed from %1 to %2. Have them check their limits at "
                          "https://instanode.dev/pricing before they provision more.")
        .arg(result.from, result.to);
}

} // namespace server
