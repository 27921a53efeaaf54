#include "app/server/controllers/console_controller.h"

#include "app/server/controllers/reply.h"
#include "services/wire/health_codec.h"
#include "services/wire/overview_codec.h"
#include "services/wire/session_codec.h"

namespace server {

void ConsoleController::overview(const Request &request, Responder responder) const
{
    answer(m_backend.overview().overview(callContext(request)), request, std::move(responder),
           [](const ports::Overview &overview) { return jsonReply(wire::encodeOverview(overview)); });
}

void ConsoleController::session(const Request &request, Responder responder) const
{
    answer(m_backend.session().whoAmI(callContext(request)), request, std::move(responder),
           [](const ports::SessionInfo &session) { return jsonReply(wire::encodeSession(session)); });
}

void ConsoleController::health(const Request &request, Responder responder) const
{
    answer(m_backend.health().report(callContext(request)), request, std::move(responder),
           [](const ports::HealthReport &report) { return jsonReply(wire::encodeHealth(report)); });
}

} // namespace server
