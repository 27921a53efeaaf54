#include "services/local/local_backend.h"

#include "services/local/local_audit_service.h"
#include "services/local/local_customer_service.h"
#include "services/local/local_email_service.h"
#include "services/local/local_health_service.h"
#include "services/local/local_session_service.h"
#include "services/local/local_webhook_inbox_service.h"
#include "services/usecases/overview.h"
#include "services/usecases/views.h"

namespace local {

using domain::Done;
using domain::Result;
using ports::CallContext;
using storage::Access;
using usecases::Env;

namespace {

class LocalOverviewService final : public ports::OverviewService {
public:
    explicit LocalOverviewService(const LocalRunner &runner) : m_runner(runner) {}
    QFuture<Result<ports::Overview>> overview(CallContext context) override
    {
        return m_runner.run<ports::Overview>(Access::Read, context,
                                             [](const Env &env) { return usecases::overview(env); });
    }

private:
    const LocalRunner &m_runner;
};

class LocalViewService final : public ports::ViewService {
public:
    explicit LocalViewService(const LocalRunner &runner) : m_runner(runner) {}
    QFuture<Result<QList<ports::SavedView>>> views(CallContext context, QString screen) override
    {
        return m_runner.run<QList<ports::SavedView>>(
            Access::Read, context, [screen](const Env &env) { return usecases::visibleViews(env, screen); });
    }
    QFuture<Result<ports::SavedView>> saveView(CallContext context, ports::SavedView view) override
    {
        return m_runner.run<ports::SavedView>(Access::Write, context,
                                              [view](const Env &env) { return usecases::saveView(env, view); });
    }
    QFuture<Result<Done>> deleteView(CallContext context, domain::ViewId view) override
    {
        return m_runner.run<Done>(Access::Write, context,
                                  [view](const Env &env) { return usecases::deleteView(env, view); });
    }

private:
    const LocalRunner &m_runner;
};

} // namespace

struct LocalBackend::Private {
    explicit Private(const LocalRunner &r)
        : runner(r)
        , session(runner)
        , customers(runner)
        , audit(runner)
        , overview(runner)
        , health(runner)
        , views(runner)
        , email(runner)
        , webhooks(runner)
        , changes(runner.executor)
    {
    }
    LocalRunner runner;
    LocalSessionService session;
    LocalCustomerService customers;
    LocalAuditService audit;
    LocalOverviewService overview;
    LocalHealthService health;
    LocalViewService views;
    LocalEmailService email;
    LocalWebhookInboxService webhooks;
    LocalChangeFeed changes;
};

LocalBackend::LocalBackend(const LocalRunner &runner) : m_d(std::make_unique<Private>(runner)) {}
LocalBackend::~LocalBackend() = default;

ports::SessionService &LocalBackend::session()
{
    return m_d->session;
}
ports::CustomerService &LocalBackend::customers()
{
    return m_d->customers;
}
ports::AuditService &LocalBackend::audit()
{
    return m_d->audit;
}
ports::OverviewService &LocalBackend::overview()
{
    return m_d->overview;
}
ports::HealthService &LocalBackend::health()
{
    return m_d->health;
}
ports::ViewService &LocalBackend::views()
{
    return m_d->views;
}
ports::EmailService &LocalBackend::email()
{
    return m_d->email;
}
ports::WebhookInboxService &LocalBackend::webhooks()
{
    return m_d->webhooks;
}
ports::ChangeFeed &LocalBackend::changes()
{
    return m_d->changes;
}

} // namespace local
