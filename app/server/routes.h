#pragma once
#include "app/server/admin/access_auditor.h"
#include "app/server/admin/authenticator.h"
#include "app/server/admin/gates.h"
#include "app/server/router.h"
#include "models/domain/plan.h"
#include "services/platform/clock.h"
#include "services/ports/access_service.h"
#include "services/ports/backend.h"

#include <memory>

namespace server {

/// What the routes stand on. The references outlive the server that serves them; `auditor` is drained by the owner
/// after the server has stopped.
struct ServerDeps {
    ports::Backend &backend;
    ports::AccessService &access;
    const domain::PlanRegistry &plans;
    const platform::Clock &clock;
    AdminConfig admin;
    SessionConfig session;
    std::shared_ptr<AccessAuditor> auditor;
};

/// Adds `/auth/me` and, when a prefix is set, the admin surface with its gates; installs the bearer check on
/// Access::Bearer and Access::Admin. InvalidInput `admin_prefix_invalid` for a prefix that gate A refuses. The probes
/// and public documents are addHealthRoutes() (app/server/health/health_routes.h).
domain::Result<domain::Done> registerRoutes(Router &router, const ServerDeps &deps);

} // namespace server
