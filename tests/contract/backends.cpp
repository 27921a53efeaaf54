#include "services/local/local_core.h"
#include "services/platform/plan_loader.h"
#include "services/usecases/mail/template_composer.h"
#include "services/usecases/webhooks/take_in.h"
#include "tests/contract/backend_factory.h"
#include "tests/support/fake_backend.h"
#include "tests/support/temp_database.h"

#include <atomic>
#include <stdexcept>

namespace contract {

namespace {

ports::CallContext contextOf(Role role)
{
    ports::CallContext context;
    context.principal = principalOf(role);
    context.requestId = QStringLiteral("contract");
    return context;
}

std::shared_ptr<const usecases::MailPreviews> templates()
{
    static const auto loaded = usecases::TemplateComposer::load({});
    if (!loaded)
        throw std::runtime_error(loaded.error().detail.toStdString());
    return *loaded;
}

class FakeUnderTest final : public BackendUnderTest {
public:
    explicit FakeUnderTest(const test::Dataset &data) : m_fake(data)
    {
        m_fake.setMailPreviews(templates());
        m_fake.setWebhookApply(usecases::applyStored);
    }
    ports::Backend &backend(Role) override { return m_fake; }
    ports::CallContext call(Role role) override { return contextOf(role); }
    bool has(Role) const override { return true; }
    ports::AccessService *access() override { return &m_fake.access(); }
    platform::FixedClock &clock() override { return m_fake.clock(); }
    void failAuditInsertsAfter(int count) override { m_fake.failAuditInsertsAfter(count); }
    void editDatabase(const std::function<void(storage::Connection &)> &change) override { m_fake.editMail(change); }
    void goAway() override { m_fake.setGone(true); }

private:
    test::FakeBackend m_fake;
};

class LocalUnderTest final : public BackendUnderTest {
public:
    LocalUnderTest(storage::Engine engine, const test::Dataset &data) : m_clock(data.now), m_database(engine)
    {
        if (auto written = test::writeDataset(*m_database.connect(), data); !written)
            throw std::runtime_error(written.error().detail.toStdString());
        auto plans = platform::loadEmbeddedPlans();
        if (!plans)
            throw std::runtime_error(plans.error().detail.toStdString());
        storage::DatabaseConfig config = m_database.config();
        config.poolSize = 4;
        config.faults = [this](storage::FaultPoint point, const QString &sql) { return fault(point, sql); };
        auto core =
            local::LocalCore::open(config, {true, QStringLiteral("desk@example.com"), *plans, &m_clock, templates()});
        if (!core)
            throw std::runtime_error(core.error().detail.toStdString());
        m_core = std::move(core).value();
    }
    ports::Backend &backend(Role) override { return m_core->backend(); }
    ports::CallContext call(Role role) override { return contextOf(role); }
    bool has(Role) const override { return true; }
    ports::AccessService *access() override { return &m_core->access(); }
    platform::FixedClock &clock() override { return m_clock; }
    void failAuditInsertsAfter(int count) override { m_auditInsertsLeft = count; }
    void editDatabase(const std::function<void(storage::Connection &)> &change) override
    {
        change(*m_database.connect());
    }
    void goAway() override { m_gone = true; }

private:
    std::optional<domain::Error> fault(storage::FaultPoint point, const QString &sql)
    {
        if (m_gone)
            return domain::unavailable(QStringLiteral("db_connection_lost"), QStringLiteral("the test took it away"));
        if (point != storage::FaultPoint::Statement || !sql.startsWith(QLatin1String("INSERT INTO audit_log")))
            return std::nullopt;
        if (m_auditInsertsLeft == 0)
            return domain::unavailable(QStringLiteral("db_failed"), QStringLiteral("the test asked for a failure"));
        if (m_auditInsertsLeft > 0)
            --m_auditInsertsLeft;
        return std::nullopt;
    }

    platform::FixedClock m_clock;
    test::TempDatabase m_database;
    std::atomic<int> m_auditInsertsLeft = -1;
    std::atomic<bool> m_gone = false;
    std::unique_ptr<local::LocalCore> m_core;
};

} // namespace

REGISTER_BACKEND("fake", Door::Own, [](const test::Dataset &data) { return std::make_unique<FakeUnderTest>(data); })
REGISTER_BACKEND("sqlite", Door::Own, [](const test::Dataset &data) {
    return std::make_unique<LocalUnderTest>(storage::Engine::Sqlite, data);
})
REGISTER_BACKEND("postgresql", Door::Own, [](const test::Dataset &data) {
    return std::make_unique<LocalUnderTest>(storage::Engine::PostgreSql, data);
})

} // namespace contract
