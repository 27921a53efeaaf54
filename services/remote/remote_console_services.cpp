#include "services/remote/remote_console_services.h"

#include "services/remote/http_client.h"
#include "services/wire/health_codec.h"
#include "services/wire/overview_codec.h"
#include "services/wire/routes.h"
#include "services/wire/session_codec.h"
#include "services/wire/view_codec.h"

namespace remote {

using domain::Result;
using wire::AdminRoute;

QFuture<Result<ports::SessionInfo>> RemoteSessionService::whoAmI(ports::CallContext context)
{
    return m_client.callWithPrefix<ports::SessionInfo>(
        callFor(context, "GET", wire::adminPath(AdminRoute::Session)),
        [](const QByteArray &body, const QString &prefix) {
            return wire::decodeSession(body).map([&prefix](ports::SessionInfo session) {
                session.adminPathPrefix = prefix;
                session.backend = QStringLiteral("Headless server %1").arg(session.serverVersion);
                return session;
            });
        });
}

QFuture<Result<ports::Overview>> RemoteOverviewService::overview(ports::CallContext context)
{
    return m_client.call<ports::Overview>(callFor(context, "GET", wire::adminPath(AdminRoute::Overview)),
                                          wire::decodeOverview);
}

QFuture<Result<ports::HealthReport>> RemoteHealthService::report(ports::CallContext context)
{
    return m_client.call<ports::HealthReport>(callFor(context, "GET", wire::adminPath(AdminRoute::Health)),
                                              wire::decodeHealth);
}

QFuture<Result<QList<ports::SavedView>>> RemoteViewService::views(ports::CallContext context, QString screen)
{
    HttpCall call = callFor(context, "GET", wire::adminPath(AdminRoute::ViewsList));
    call.query = {{QByteArrayLiteral("screen"), screen.toUtf8()}};
    return m_client.call<QList<ports::SavedView>>(std::move(call), wire::decodeViews);
}

QFuture<Result<ports::SavedView>> RemoteViewService::saveView(ports::CallContext context, ports::SavedView view)
{
    HttpCall call = callFor(context, "POST", wire::adminPath(AdminRoute::ViewSave));
    call.body = wire::encodeNewView(view);
    return m_client.call<ports::SavedView>(std::move(call), wire::decodeView);
}

QFuture<Result<domain::Done>> RemoteViewService::deleteView(ports::CallContext context, domain::ViewId view)
{
    return m_client.call<domain::Done>(
        callFor(context, "DELETE", wire::adminPath(AdminRoute::ViewDelete, {view.toString()})),
        [](const QByteArray &) -> Result<domain::Done> { return domain::Done{}; });
}

} // namespace remote
