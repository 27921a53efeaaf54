#include "app/server/routes.h"

#include "app/server/admin/repetitions.h"
#include "app/server/controllers/audit_controller.h"
#include "app/server/controllers/console_controller.h"
#include "app/server/controllers/customers_controller.h"
#include "app/server/controllers/email_controller.h"
#include "app/server/controllers/events_controller.h"
#include "app/server/controllers/me_controller.h"
#include "app/server/controllers/notes_controller.h"
#include "app/server/controllers/views_controller.h"
#include "app/server/controllers/webhooks_controller.h"
#include "services/wire/routes.h"

namespace server {

namespace {

using wire::AdminRoute;

/// The controllers of the admin surface; the handlers share them.
struct Controllers {
    explicit Controllers(const ServerDeps &deps)
        : customers(deps.backend.customers())
        , notes(deps.backend.customers())
        , audit(deps.backend.audit())
        , views(deps.backend.views())
        , console(deps.backend)
        , events(deps.backend.changes(), deps.admin.eventStreams)
        , email(deps.backend.email())
        , webhooks(deps.backend.webhooks())
    {
    }
    CustomersController customers;
    NotesController notes;
    AuditController audit;
    ViewsController views;
    ConsoleController console;
    EventsController events;
    EmailController email;
    WebhooksController webhooks;
};

template <typename Controller>
Handler bound(const std::shared_ptr<Controllers> &all, Controller Controllers::*member,
              void (Controller::*method)(const Request &, Responder) const)
{
    return [all, member, method](const Request &request, Responder responder) {
        ((*all).*member.*method)(request, std::move(responder));
    };
}

struct EmailRoute {
    AdminRoute route;
    void (EmailController::*method)(const Request &, Responder) const;
};
constexpr EmailRoute emailRoutes[] = {
    {AdminRoute::EmailFigures, &EmailController::figures},
    {AdminRoute::EmailSeries, &EmailController::series},
    {AdminRoute::EmailGroups, &EmailController::groups},
    {AdminRoute::EmailMessages, &EmailController::messages},
    {AdminRoute::EmailExport, &EmailController::exportMessages},
    {AdminRoute::EmailMessage, &EmailController::message},
    {AdminRoute::EmailResend, &EmailController::resend},
    {AdminRoute::EmailSuppressions, &EmailController::suppressions},
    {AdminRoute::EmailLift, &EmailController::lift},
    {AdminRoute::EmailRepair, &EmailController::repair},
    {AdminRoute::EmailHealth, &EmailController::health},
    {AdminRoute::EmailTemplates, &EmailController::templates},
    {AdminRoute::EmailPreview, &EmailController::preview},
};

Handler emailHandlerOf(AdminRoute route, const std::shared_ptr<Controllers> &all)
{
    for (const EmailRoute &entry : emailRoutes) {
        if (entry.route == route)
            return bound(all, &Controllers::email, entry.method);
    }
    return {};
}

Handler handlerOf(AdminRoute route, const std::shared_ptr<Controllers> &all)
{
    switch (route) {
    case AdminRoute::Customers:
        return bound(all, &Controllers::customers, &CustomersController::list);
    case AdminRoute::CustomerSums:
        return bound(all, &Controllers::customers, &CustomersController::sums);
    case AdminRoute::CustomersExported:
        return bound(all, &Controllers::customers, &CustomersController::exported);
    case AdminRoute::CustomerDetail:
        return bound(all, &Controllers::customers, &CustomersController::detail);
    case AdminRoute::TierPreview:
        return bound(all, &Controllers::customers, &CustomersController::previewTier);
    case AdminRoute::TierChange:
        return bound(all, &Controllers::customers, &CustomersController::changeTier);
    case AdminRoute::NotesList:
        return bound(all, &Controllers::notes, &NotesController::list);
    case AdminRoute::NoteAdd:
        return bound(all, &Controllers::notes, &NotesController::add);
    case AdminRoute::NoteDelete:
        return bound(all, &Controllers::notes, &NotesController::remove);
    case AdminRoute::AuditSearch:
        return bound(all, &Controllers::audit, &AuditController::search);
    case AdminRoute::AuditExport:
        return bound(all, &Controllers::audit, &AuditController::exportRows);
    case AdminRoute::Overview:
        return bound(all, &Controllers::console, &ConsoleController::overview);
    case AdminRoute::ViewsList:
        return bound(all, &Controllers::views, &ViewsController::list);
    case AdminRoute::ViewSave:
        return bound(all, &Controllers::views, &ViewsController::save);
    case AdminRoute::ViewDelete:
        return bound(all, &Controllers::views, &ViewsController::remove);
    case AdminRoute::Session:
        return bound(all, &Controllers::console, &ConsoleController::session);
    case AdminRoute::Health:
        return bound(all, &Controllers::console, &ConsoleController::health);
    case AdminRoute::Events:
        return bound(all, &Controllers::events, &EventsController::stream);
    case AdminRoute::EmailFigures:
    case AdminRoute::EmailSeries:
    case AdminRoute::EmailGroups:
    case AdminRoute::EmailMessages:
    case AdminRoute::EmailExport:
    case AdminRoute::EmailMessage:
    case AdminRoute::EmailResend:
    case AdminRoute::EmailSuppressions:
    case AdminRoute::EmailLift:
    case AdminRoute::EmailRepair:
    case AdminRoute::EmailHealth:
    case AdminRoute::EmailTemplates:
    case AdminRoute::EmailPreview:
        return emailHandlerOf(route, all);
    case AdminRoute::Webhooks:
        return bound(all, &Controllers::webhooks, &WebhooksController::list);
    case AdminRoute::WebhookReceivers:
        return bound(all, &Controllers::webhooks, &WebhooksController::receivers);
    case AdminRoute::WebhookDetail:
        return bound(all, &Controllers::webhooks, &WebhooksController::detail);
    case AdminRoute::WebhookReplay:
        return bound(all, &Controllers::webhooks, &WebhooksController::replay);
    }
    return {};
}

RouteLimits limitsOf(const wire::AdminRouteInfo &info)
{
    RouteLimits limits;
    if (qstrcmp(info.method, "POST") == 0) {
        limits.body = BodyKind::Json;
        limits.bodyBytes = 256 * 1024; // a note over its limit is told so by name, not by 413
    }
    if (info.route == AdminRoute::AuditExport || info.route == AdminRoute::EmailExport)
        limits.deadline = std::chrono::minutes(15);
    return limits;
}

domain::Result<domain::Done> addAdminRoutes(Router &router, const ServerDeps &deps)
{
    router.use(Access::Admin, requireWritable());
    router.use(Access::Admin, auditAccess(deps.admin, deps.auditor));
    router.use(Access::Admin, limitRate(deps.admin, deps.access));
    router.use(Access::Admin, requireAllowListed(deps.admin));
    router.use(Access::Admin, answerRepetitions());
    const auto controllers = std::make_shared<Controllers>(deps);
    for (const wire::AdminRouteInfo &info : wire::adminRoutes()) {
        Route route;
        route.method = parseMethod(info.method);
        route.path = wire::adminBase(deps.admin.prefix) + info.path;
        route.access = Access::Admin;
        route.limits = limitsOf(info);
        route.handler = handlerOf(info.route, controllers);
        route.label = QByteArrayLiteral("/api/v1/<admin>") + info.path;
        if (auto added = router.add(std::move(route)); !added)
            return added;
    }
    return domain::Done{};
}

} // namespace

domain::Result<domain::Done> registerRoutes(Router &router, const ServerDeps &deps)
{
    const QString problem = wire::adminPrefixProblem(deps.admin.prefix);
    if (!problem.isEmpty())
        return domain::invalidInput(QStringLiteral("admin_prefix_invalid"), QStringLiteral("ADMIN_PATH_PREFIX"),
                                    problem);
    const Middleware bearer = requireBearer(makeAuthenticator(deps.access, deps.session, deps.clock));
    router.use(Access::Bearer, bearer);
    router.use(Access::Admin, bearer);

    const auto me = std::make_shared<MeController>(
        MeController::Needs{deps.backend.customers(), deps.plans, deps.clock, deps.admin, deps.session});
    Route route;
    route.path = wire::authMePath;
    route.access = Access::Bearer;
    route.handler = [me](const Request &request, Responder responder) { me->me(request, std::move(responder)); };
    if (auto added = router.add(std::move(route)); !added)
        return added;
    return deps.admin.prefix.isEmpty() ? domain::Result<domain::Done>(domain::Done{}) : addAdminRoutes(router, deps);
}

} // namespace server
