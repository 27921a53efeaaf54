#include "tests/support/fake_backend.h"

#include "services/local/change_broadcast.h"
#include "services/platform/plan_loader.h"
#include "services/usecases/access_audit.h"
#include "services/usecases/audit_export.h"
#include "services/usecases/audit_search.h"
#include "services/usecases/change_tier.h"
#include "services/usecases/customer_export.h"
#include "services/usecases/customers.h"
#include "services/usecases/notes.h"
#include "services/usecases/overview.h"
#include "services/usecases/tokens.h"
#include "services/usecases/views.h"
#include "tests/support/fake_mail.h"
#include "tests/support/fake_store.h"

#include <QPromise>
#include <QThread>
#include <QTimer>

#include <map>
#include <mutex>
#include <stdexcept>

namespace test {

using domain::Done;
using domain::Result;
using ports::CallContext;
using usecases::Env;

namespace {

domain::PlanRegistry embeddedPlans()
{
    auto plans = platform::loadEmbeddedPlans();
    if (!plans)
        throw std::runtime_error(plans.error().detail.toStdString());
    return *plans;
}

domain::Principal everythingOperator()
{
    domain::Principal principal;
    principal.email = QStringLiteral("operator@example.com");
    principal.permissions = domain::permissionsOf(domain::Scope::Admin);
    return principal;
}

struct Script {
    int delayMs = 0;
    int calls = 0;
    bool held = false;
    QList<std::function<void()>> waiting;
    domain::Error failure;
    int failTimes = 0;
};

} // namespace

struct FakeBackend::Private final : ports::SessionService,
                                    ports::CustomerService,
                                    ports::AuditService,
                                    ports::OverviewService,
                                    ports::HealthService,
                                    ports::ViewService,
                                    ports::AccessService {
    explicit Private(Dataset data) : plans(embeddedPlans()), clock(data.now), store(std::move(data), plans)
    {
        worker.moveToThread(&thread);
        thread.start();
    }
    ~Private() override
    {
        thread.quit();
        thread.wait();
    }

    void post(std::function<void()> task, int delayMs)
    {
        QMetaObject::invokeMethod(
            &worker,
            [this, task = std::move(task), delayMs] {
                if (delayMs <= 0)
                    task();
                else
                    QTimer::singleShot(delayMs, &worker, task);
            },
            Qt::QueuedConnection);
    }

    /// The scripted failure of this call, if any.
    std::optional<domain::Error> failureOf(Method method)
    {
        if (gone)
            return domain::unavailable(QStringLiteral("db_failed"), QStringLiteral("the fake backend is gone"));
        Script &script = scripts[method];
        if (script.failTimes == 0)
            return std::nullopt;
        if (script.failTimes > 0)
            --script.failTimes;
        return script.failure;
    }

    template <typename T>
    QFuture<Result<T>> call(Method method, CallContext context, std::function<Result<T>(const Env &)> body)
    {
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        QFuture<Result<T>> future = promise->future();
        auto task = [this, method, context = std::move(context), body = std::move(body), promise] {
            if (promise->isCanceled()) {
                promise->finish();
                return;
            }
            Result<T> result;
            QList<std::pair<QString, QString>> announced;
            {
                const std::lock_guard guard(lock);
                CallContext filled = context;
                if (filled.principal.email.isEmpty())
                    filled.principal = principal;
                if (auto failure = failureOf(method))
                    result = *failure;
                else
                    result = body(Env{store, plans, clock, filled});
                announced = store.takeAnnouncements();
            }
            promise->addResult(std::move(result));
            promise->finish();
            for (const auto &[kind, id] : announced)
                feed.publish({kind, id});
        };
        const std::lock_guard guard(lock);
        Script &script = scripts[method];
        ++script.calls;
        if (script.held)
            script.waiting.append(task);
        else
            post(task, script.delayMs);
        return future;
    }

    // SessionService
    QFuture<Result<ports::SessionInfo>> whoAmI(CallContext context) override
    {
        return call<ports::SessionInfo>(Method::WhoAmI, context, [](const Env &env) -> Result<ports::SessionInfo> {
            ports::SessionInfo info;
            info.principal = env.call.principal;
            info.backend = QStringLiteral("Fake");
            info.serverVersion = QStringLiteral("0.0.0");
            return info;
        });
    }

    // CustomerService
    QFuture<Result<ports::Page<ports::CustomerRow>>> list(CallContext context, ports::CustomerQuery query) override
    {
        return call<ports::Page<ports::CustomerRow>>(
            Method::ListCustomers, context, [query](const Env &env) { return usecases::listCustomers(env, query); });
    }
    QFuture<Result<ports::CustomerSums>> sums(CallContext context, ports::CustomerFilter filter) override
    {
        return call<ports::CustomerSums>(Method::CustomerSums, context,
                                         [filter](const Env &env) { return usecases::sumCustomers(env, filter); });
    }
    QFuture<Result<ports::CustomerDetail>> detail(CallContext context, domain::TeamId team) override
    {
        return call<ports::CustomerDetail>(Method::CustomerDetail, context,
                                           [team](const Env &env) { return usecases::customerDetail(env, team); });
    }
    QFuture<Result<ports::TierChangePreview>> previewTierChange(CallContext context, ports::TierChange change) override
    {
        return call<ports::TierChangePreview>(Method::PreviewTierChange, context, [change](const Env &env) {
            return usecases::previewTierChange(env, change);
        });
    }
    QFuture<Result<ports::TierChangeResult>> changeTier(CallContext context, ports::TierChange change) override
    {
        return call<ports::TierChangeResult>(Method::ChangeTier, context,
                                             [change](const Env &env) { return usecases::changeTier(env, change); });
    }
    QFuture<Result<QList<domain::Note>>> notes(CallContext context, domain::TeamId team) override
    {
        return call<QList<domain::Note>>(Method::Notes, context,
                                         [team](const Env &env) { return usecases::newestNotes(env, team); });
    }
    QFuture<Result<domain::Note>> addNote(CallContext context, domain::TeamId team, QString body) override
    {
        return call<domain::Note>(Method::AddNote, context,
                                  [team, body](const Env &env) { return usecases::addNote(env, team, body); });
    }
    QFuture<Result<Done>> deleteNote(CallContext context, domain::NoteId note) override
    {
        return call<Done>(Method::DeleteNote, context,
                          [note](const Env &env) { return usecases::deleteNote(env, note); });
    }
    QFuture<Result<Done>> recordExport(CallContext context, ports::CustomerFilter filter, qint64 rows,
                                       QString format) override
    {
        return call<Done>(Method::RecordExport, context, [filter, rows, format](const Env &env) {
            return usecases::recordCustomerExport(env, filter, rows, format);
        });
    }

    // AuditService
    QFuture<Result<ports::Page<domain::AuditEntry>>> search(CallContext context, ports::AuditQuery query) override
    {
        return call<ports::Page<domain::AuditEntry>>(
            Method::SearchAudit, context, [query](const Env &env) { return usecases::searchAudit(env, query); });
    }
    QFuture<Result<ports::ExportSummary>> exportRows(CallContext context, ports::AuditFilter filter,
                                                     ports::ExportFormat format, ports::ExportSink sink) override
    {
        return call<ports::ExportSummary>(Method::ExportAudit, context,
                                          [filter, format, sink](const Env &env) -> Result<ports::ExportSummary> {
                                              if (auto opened = usecases::openAuditExport(env, filter, format); !opened)
                                                  return opened.error();
                                              return usecases::streamAudit(env, filter, format, sink);
                                          });
    }

    // OverviewService
    QFuture<Result<ports::Overview>> overview(CallContext context) override
    {
        return call<ports::Overview>(Method::Overview, context, [](const Env &env) { return usecases::overview(env); });
    }

    // HealthService
    QFuture<Result<ports::HealthReport>> report(CallContext context) override
    {
        return call<ports::HealthReport>(Method::Health, context, [](const Env &env) -> Result<ports::HealthReport> {
            const QDateTime now = env.clock.now();
            ports::HealthReport report;
            report.service = QStringLiteral("instanode-console");
            report.version = QStringLiteral("0.0.0");
            report.commit = QStringLiteral("fake");
            report.backend = QStringLiteral("Fake · in memory");
            report.migrationVersion = QStringLiteral("0004");
            report.migrationCount = 4;
            report.migrationStatus = QStringLiteral("ok");
            report.uptimeSeconds = 3600;
            report.poolMax = 5;
            report.poolIdle = 5;
            report.databaseBytes = 12'582'912;
            report.checks = {{QStringLiteral("disk"), ports::CheckStatus::Ok, 0, {}, now, false},
                             {QStringLiteral("platform_db"), ports::CheckStatus::Ok, 1, {}, now, true}};
            report.asOf = now;
            return report;
        });
    }

    // ViewService
    QFuture<Result<QList<ports::SavedView>>> views(CallContext context, QString screen) override
    {
        return call<QList<ports::SavedView>>(Method::Views, context,
                                             [screen](const Env &env) { return usecases::visibleViews(env, screen); });
    }
    QFuture<Result<ports::SavedView>> saveView(CallContext context, ports::SavedView view) override
    {
        return call<ports::SavedView>(Method::SaveView, context,
                                      [view](const Env &env) { return usecases::saveView(env, view); });
    }
    QFuture<Result<Done>> deleteView(CallContext context, domain::ViewId view) override
    {
        return call<Done>(Method::DeleteView, context,
                          [view](const Env &env) { return usecases::deleteView(env, view); });
    }

    // AccessService
    QFuture<Result<domain::Principal>> authenticate(CallContext context, QString secret) override
    {
        return call<domain::Principal>(
            Method::Authenticate, context, [secret](const Env &env) -> Result<domain::Principal> {
                auto known = usecases::authenticate(env, secret);
                if (!known)
                    return known.error();
                if (known->touch) {
                    if (auto touched = usecases::touchToken(env, *known->principal.token); !touched)
                        return touched.error();
                }
                return known->principal;
            });
    }
    QFuture<Result<ports::MintedToken>> mint(CallContext context, ports::MintToken request) override
    {
        return call<ports::MintedToken>(Method::MintToken, context,
                                        [request](const Env &env) { return usecases::mintToken(env, request); });
    }
    QFuture<Result<QList<ports::OperatorToken>>> tokens(CallContext context) override
    {
        return call<QList<ports::OperatorToken>>(Method::Tokens, context,
                                                 [](const Env &env) { return usecases::listTokens(env); });
    }
    QFuture<Result<ports::OperatorToken>> revoke(CallContext context, domain::TokenId token) override
    {
        return call<ports::OperatorToken>(Method::RevokeToken, context,
                                          [token](const Env &env) { return usecases::revokeToken(env, token); });
    }
    QFuture<Result<bool>> admitHit(CallContext context, QString bucket, int limit, int windowSeconds) override
    {
        return call<bool>(Method::AdmitHit, context, [bucket, limit, windowSeconds](const Env &env) {
            return usecases::admitHit(env, bucket, limit, windowSeconds);
        });
    }
    QFuture<Result<Done>> recordAccess(CallContext context, ports::AdminAccess access) override
    {
        return call<Done>(Method::RecordAccess, context,
                          [access](const Env &env) { return usecases::recordAccess(env, access); });
    }

    // Recursive: an export's sink runs under it and may look at the fake.
    mutable std::recursive_mutex lock;
    domain::PlanRegistry plans;
    platform::FixedClock clock;
    FakeStore store;
    domain::Principal principal = everythingOperator();
    std::map<Method, Script> scripts;
    bool gone = false;
    FakeEmailService email;
    FakeWebhookInboxService webhooks;
    local::ChangeBroadcast feed;
    QObject worker;
    QThread thread;
};

namespace {

constexpr Method allMethods[] = {
    Method::WhoAmI,      Method::ListCustomers, Method::CustomerSums, Method::CustomerDetail, Method::PreviewTierChange,
    Method::ChangeTier,  Method::Notes,         Method::AddNote,      Method::DeleteNote,     Method::SearchAudit,
    Method::ExportAudit, Method::Overview,      Method::Health,       Method::Views,          Method::SaveView,
    Method::DeleteView,  Method::Authenticate,  Method::MintToken,    Method::Tokens,         Method::RevokeToken,
    Method::AdmitHit,    Method::RecordAccess,  Method::RecordExport};

} // namespace

FakeBackend::FakeBackend(Dataset data) : m_d(std::make_unique<Private>(std::move(data))) {}
FakeBackend::~FakeBackend() = default;

ports::SessionService &FakeBackend::session()
{
    return *m_d;
}
ports::CustomerService &FakeBackend::customers()
{
    return *m_d;
}
ports::AuditService &FakeBackend::audit()
{
    return *m_d;
}
ports::OverviewService &FakeBackend::overview()
{
    return *m_d;
}
ports::HealthService &FakeBackend::health()
{
    return *m_d;
}
ports::ViewService &FakeBackend::views()
{
    return *m_d;
}
ports::EmailService &FakeBackend::email()
{
    return m_d->email;
}
ports::WebhookInboxService &FakeBackend::webhooks()
{
    return m_d->webhooks;
}
ports::ChangeFeed &FakeBackend::changes()
{
    return m_d->feed;
}
ports::AccessService &FakeBackend::access()
{
    return *m_d;
}
platform::FixedClock &FakeBackend::clock()
{
    return m_d->clock;
}
const domain::PlanRegistry &FakeBackend::plans() const
{
    return m_d->plans;
}

void FakeBackend::setPrincipal(const domain::Principal &principal)
{
    const std::lock_guard guard(m_d->lock);
    m_d->principal = principal;
}

void FakeBackend::setDelay(Method method, int ms)
{
    const std::lock_guard guard(m_d->lock);
    m_d->scripts[method].delayMs = ms;
}

void FakeBackend::setDelay(int ms)
{
    for (const Method method : allMethods)
        setDelay(method, ms);
}

void FakeBackend::fail(Method method, const domain::Error &error, int times)
{
    const std::lock_guard guard(m_d->lock);
    m_d->scripts[method].failure = error;
    m_d->scripts[method].failTimes = times;
}

void FakeBackend::clearFailures()
{
    const std::lock_guard guard(m_d->lock);
    for (auto &[method, script] : m_d->scripts)
        script.failTimes = 0;
}

void FakeBackend::setGone(bool gone)
{
    const std::lock_guard guard(m_d->lock);
    m_d->gone = gone;
}

void FakeBackend::hold(Method method)
{
    const std::lock_guard guard(m_d->lock);
    m_d->scripts[method].held = true;
}

void FakeBackend::holdAll()
{
    for (const Method method : allMethods)
        hold(method);
}

void FakeBackend::release(Method method)
{
    const std::lock_guard guard(m_d->lock);
    Script &script = m_d->scripts[method];
    script.held = false;
    for (const auto &task : std::exchange(script.waiting, {}))
        m_d->post(task, 0);
}

void FakeBackend::releaseAll()
{
    for (const Method method : allMethods)
        release(method);
}

void FakeBackend::releaseOne(Method method)
{
    const std::lock_guard guard(m_d->lock);
    Script &script = m_d->scripts[method];
    if (!script.waiting.isEmpty())
        m_d->post(script.waiting.takeFirst(), 0);
}

int FakeBackend::waiting(Method method) const
{
    const std::lock_guard guard(m_d->lock);
    return static_cast<int>(m_d->scripts[method].waiting.size());
}

int FakeBackend::calls(Method method) const
{
    const std::lock_guard guard(m_d->lock);
    return m_d->scripts[method].calls;
}

void FakeBackend::edit(const std::function<void(Dataset &)> &change, const QList<ports::Change> &announce)
{
    {
        const std::lock_guard guard(m_d->lock);
        change(m_d->store.data());
    }
    for (const ports::Change &told : announce)
        m_d->feed.publish(told);
}

Dataset FakeBackend::data() const
{
    const std::lock_guard guard(m_d->lock);
    return m_d->store.data();
}

void FakeBackend::failAuditInsertsAfter(int count)
{
    const std::lock_guard guard(m_d->lock);
    m_d->store.failAuditInsertsAfter(count);
}

} // namespace test
