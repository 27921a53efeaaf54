#include "services/local/local_core.h"

#include "services/local/local_access_service.h"
#include "services/local/local_backend.h"
#include "services/local/local_webhook_intake.h"
#include "services/local/local_work_source.h"

namespace local {

using domain::Result;

namespace {

Result<storage::MigrationReport> prepare(const storage::DatabaseConfig &config, bool migrate)
{
    auto opened = storage::Connection::open(config);
    if (!opened)
        return opened.error();
    storage::Connection &connection = *opened.value();
    const QList<storage::Migration> ladder = storage::embeddedMigrations(config.engine);
    if (migrate)
        return storage::migrate(connection, ladder);
    auto state = storage::migrationState(connection);
    if (state && state->total < ladder.size())
        return domain::makeError(domain::ErrorCode::Conflict, QStringLiteral("migrations_pending"),
                                 QStringLiteral("the database has %1 of %2 migrations; run the command migrate first")
                                     .arg(state->total)
                                     .arg(ladder.size()));
    return state;
}

domain::Principal localOperator(const QString &email)
{
    domain::Principal principal;
    principal.kind = domain::PrincipalKind::LocalOperator;
    principal.email = email.trimmed().toLower();
    principal.permissions = domain::permissionsOf(domain::Scope::Admin);
    return principal;
}

} // namespace

struct LocalCore::Private {
    Private(const storage::DatabaseConfig &config, LocalOptions options, storage::MigrationReport report)
        : plans(std::move(options.plans))
        , migrations(std::move(report))
        , executor(config)
        , runner{executor,
                 plans,
                 options.clock ? *options.clock : systemClock,
                 localOperator(options.operatorEmail),
                 std::move(options.previews),
                 std::move(options.applyWebhook)}
        , backend(std::make_unique<LocalBackend>(runner))
        , access(runner)
        , intake(runner)
        , work(runner)
    {
    }
    platform::SystemClock systemClock;
    domain::PlanRegistry plans;
    storage::MigrationReport migrations;
    storage::Executor executor;
    LocalRunner runner;
    std::unique_ptr<LocalBackend> backend;
    LocalAccessService access;
    LocalWebhookIntake intake;
    LocalWorkSource work;
};

Result<std::unique_ptr<LocalCore>> LocalCore::open(const storage::DatabaseConfig &config, LocalOptions options)
{
    auto report = prepare(config, options.migrate);
    if (!report)
        return report.error();
    return std::unique_ptr<LocalCore>(
        new LocalCore(std::make_unique<Private>(config, std::move(options), std::move(report).value())));
}

LocalCore::LocalCore(std::unique_ptr<Private> d) : m_d(std::move(d)) {}

LocalCore::~LocalCore()
{
    close();
}

ports::Backend &LocalCore::backend()
{
    return *m_d->backend;
}
ports::AccessService &LocalCore::access()
{
    return m_d->access;
}
LocalWebhookIntake &LocalCore::intake()
{
    return m_d->intake;
}
usecases::WorkSource &LocalCore::work()
{
    return m_d->work;
}
storage::Executor &LocalCore::executor()
{
    return m_d->executor;
}
const domain::PlanRegistry &LocalCore::plans() const
{
    return m_d->plans;
}
const storage::MigrationReport &LocalCore::migrations() const
{
    return m_d->migrations;
}

void LocalCore::close()
{
    m_d->executor.close();
}

} // namespace local
