#include "tests/support/fake_backend.h"

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
#include "tests/support/fake_calls.h"
#include "tests/support/fake_mail.h"

namespace test {

using domain::Done;
using domain::Result;
using ports::CallContext;
using usecases::Env;

struct FakeBackend::Private final : FakeCalls,
                                    ports::SessionService,
                                    ports::CustomerService,
                                    ports::AuditService,
                                    ports::OverviewService,
                                    ports::HealthService,
                                    ports::ViewService,
                                    ports::AccessService {
    explicit Private(Dataset data) : FakeCalls(std::move(data)) {}
    ~Private() override { stop(); }

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

    FakeEmailService email{*this};
    FakeWebhookInboxService webhooks{*this};
};

namespace {

constexpr Method lastMethod = Method::WebhookReceivers;

QList<Method> everyMethod()
{
    QList<Method> all;
    for (int i = 0; i <= static_cast<int>(lastMethod); ++i)
        all.append(static_cast<Method>(i));
    return all;
}

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
    for (const Method method : everyMethod())
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
    for (const Method method : everyMethod())
        hold(method);
}

void FakeBackend::release(Method method)
{
    const std::lock_guard guard(m_d->lock);
    FakeCalls::Script &script = m_d->scripts[method];
    script.held = false;
    for (const auto &task : std::exchange(script.waiting, {}))
        m_d->post(task, 0);
}

void FakeBackend::releaseAll()
{
    for (const Method method : everyMethod())
        release(method);
}

void FakeBackend::releaseOne(Method method)
{
    const std::lock_guard guard(m_d->lock);
    FakeCalls::Script &script = m_d->scripts[method];
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

void FakeBackend::editMail(const std::function<void(storage::Connection &)> &change,
                           const QList<ports::Change> &announce)
{
    m_d->runThere([this, &change] {
        const std::lock_guard guard(m_d->lock);
        change(m_d->store.mailConnection());
    });
    for (const ports::Change &told : announce)
        m_d->feed.publish(told);
}

void FakeBackend::setMailPreviews(std::shared_ptr<const usecases::MailPreviews> previews)
{
    const std::lock_guard guard(m_d->lock);
    m_d->previews = std::move(previews);
}

void FakeBackend::setWebhookApply(usecases::WebhookApply apply)
{
    const std::lock_guard guard(m_d->lock);
    m_d->applyWebhook = std::move(apply);
}

void FakeBackend::failAuditInsertsAfter(int count)
{
    const std::lock_guard guard(m_d->lock);
    m_d->store.failAuditInsertsAfter(count);
}

} // namespace test
