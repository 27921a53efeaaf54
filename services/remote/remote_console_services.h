#pragma once
#include "services/ports/health_service.h"
#include "services/ports/overview_service.h"
#include "services/ports/session_service.h"
#include "services/ports/view_service.h"

/// The small ports of a headless host. The client outlives them.
namespace remote {

class HttpClient;

class RemoteSessionService final : public ports::SessionService {
public:
    explicit RemoteSessionService(HttpClient &client) : m_client(client) {}
    QFuture<domain::Result<ports::SessionInfo>> whoAmI(ports::CallContext context) override;

private:
    HttpClient &m_client;
};

class RemoteOverviewService final : public ports::OverviewService {
public:
    explicit RemoteOverviewService(HttpClient &client) : m_client(client) {}
    QFuture<domain::Result<ports::Overview>> overview(ports::CallContext context) override;

private:
    HttpClient &m_client;
};

class RemoteHealthService final : public ports::HealthService {
public:
    explicit RemoteHealthService(HttpClient &client) : m_client(client) {}
    QFuture<domain::Result<ports::HealthReport>> report(ports::CallContext context) override;

private:
    HttpClient &m_client;
};

class RemoteViewService final : public ports::ViewService {
public:
    explicit RemoteViewService(HttpClient &client) : m_client(client) {}
    QFuture<domain::Result<QList<ports::SavedView>>> views(ports::CallContext context, QString screen) override;
    QFuture<domain::Result<ports::SavedView>> saveView(ports::CallContext context, ports::SavedView view) override;
    QFuture<domain::Result<domain::Done>> deleteView(ports::CallContext context, domain::ViewId view) override;

private:
    HttpClient &m_client;
};

} // namespace remote
