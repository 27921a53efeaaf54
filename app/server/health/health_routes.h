#pragma once
#include "app/server/health/readiness.h"
#include "app/server/router.h"

#include <QByteArray>
#include <QDateTime>
#include <QJsonObject>
#include <QString>

#include <functional>
#include <memory>

namespace server {

struct MigrationState {
    QString version{}; ///< numeric prefix only: "0004"
    int count = 0;
    bool known = false; ///< false is `migration_status: unknown`
};

struct HealthSources {
    QByteArray service = QByteArrayLiteral("instanode-api");
    QByteArray commit{}, buildTime{}, version{};
    QDateTime startedAt{}; ///< UTC
    /// Must not block; answers once, on any thread. Asked at most once a minute; a failure keeps /healthz at 200.
    std::function<void(std::function<void(MigrationState)>)> migration{};
    /// Further members of `/readyz?verbose` (`pool`, …). Must not block.
    std::function<QJsonObject()> verboseFigures{};
    std::function<QByteArray()> metricsText{}; ///< Prometheus text; must not block
    std::function<QByteArray()> openapi{};     ///< the public document
    QByteArray securityContact = QByteArrayLiteral("mailto:security@instanode.dev");
    QByteArray canonicalUrl = QByteArrayLiteral("https://api.instanode.dev");
};

/// Adds /livez, /healthz, /readyz, /metrics (Access::MetricsToken: the caller installs requireMetricsToken()),
/// /openapi.json, /.well-known/security.txt and /security.txt (spec 04 §1.2, spec 03 §3).
domain::Result<domain::Done> addHealthRoutes(Router &router, HealthSources sources,
                                             std::shared_ptr<Readiness> readiness);

} // namespace server
