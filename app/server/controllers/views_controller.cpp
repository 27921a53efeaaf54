#include "app/server/controllers/views_controller.h"

#include "app/server/controllers/reply.h"
#include "services/wire/view_codec.h"

namespace server {

void ViewsController::list(const Request &request, Responder responder) const
{
    const QString screen = QString::fromUtf8(request.queryValue("screen").value_or(QByteArray()));
    answer(m_views.views(callContext(request), screen), request, std::move(responder),
           [](const QList<ports::SavedView> &views) { return jsonReply(wire::encodeViews(views)); });
}

void ViewsController::save(const Request &request, Responder responder) const
{
    const domain::Result<ports::SavedView> view = wire::decodeNewView(request.body);
    if (!view)
        return responder(failure(request, view.error()));
    answer(m_views.saveView(callContext(request), *view), request, std::move(responder),
           [](const ports::SavedView &saved) { return jsonReply(wire::encodeView(saved)); });
}

void ViewsController::remove(const Request &request, Responder responder) const
{
    const auto view = pathId<domain::ViewId>(request, "view_id", "invalid_id");
    if (!view)
        return responder(failure(request, view.error()));
    answer(m_views.deleteView(callContext(request), *view), request, std::move(responder),
           [id = *view](const domain::Done &) { return jsonReply(wire::encodeDeletedView(id)); });
}

} // namespace server
