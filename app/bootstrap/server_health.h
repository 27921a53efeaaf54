#pragma once
#include "app/server/health/health_routes.h"
#include "services/local/local_core.h"
#include "services/platform/config.h"
#include "services/platform/metrics.h"

/// What the health endpoints of the headless server are fed with.
namespace bootstrap {

/// `platform_db`, critical (spec 03 §3.2).
void addCoreChecks(server::Readiness &readiness, local::LocalCore &core);
/// The references outlive the routes.
server::HealthSources healthSources(local::LocalCore &core, platform::Metrics &metrics,
                                    const platform::ServerConfig &config);
/// The executor's figures into instant_pg_pool_* (spec 03 §3.5).
void publishPool(platform::Metrics &metrics, local::LocalCore &core);

} // namespace bootstrap
