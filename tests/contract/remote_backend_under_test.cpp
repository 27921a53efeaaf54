#include "services/platform/plan_loader.h"
#include "services/ports/when_done.h"
#include "tests/contract/backend_factory.h"
#include "tests/support/test_host.h"

#include <map>
#include <stdexcept>

namespace contract {

namespace {

/// Knows the two operators of the contract and writes nothing of its own, so that the data set stays the one that the
/// suites expect. Tokens, rate limit and access audit have their own tests (tst_access, tst_admin_gates).
class KnownOperators final : public ports::AccessService {
public:
    static QString secretOf(Role role)
    {
        return role == Role::Admin ? QStringLiteral("ink_admin") : QStringLiteral("ink_auditor");
    }

    QFuture<domain::Result<domain::Principal>> authenticate(ports::CallContext, QString secret) override
    {
        for (const Role role : {Role::Admin, Role::Auditor}) {
            if (secret != secretOf(role))
                continue;
            domain::Principal principal = principalOf(role);
            principal.kind = domain::PrincipalKind::OperatorToken;
            principal.token = domain::TokenId(test::uuid(role == Role::Admin ? 1 : 2));
            return ports::ready(domain::Result<domain::Principal>(principal));
        }
        return ports::ready(domain::Result<domain::Principal>(
            domain::makeError(domain::ErrorCode::Unauthenticated, QStringLiteral("unauthorized"))));
    }
    QFuture<domain::Result<ports::MintedToken>> mint(ports::CallContext, ports::MintToken) override
    {
        return ports::ready(domain::Result<ports::MintedToken>(none()));
    }
    QFuture<domain::Result<QList<ports::OperatorToken>>> tokens(ports::CallContext) override
    {
        return ports::ready(domain::Result<QList<ports::OperatorToken>>(none()));
    }
    QFuture<domain::Result<ports::OperatorToken>> revoke(ports::CallContext, domain::TokenId) override
    {
        return ports::ready(domain::Result<ports::OperatorToken>(none()));
    }
    QFuture<domain::Result<bool>> admitHit(ports::CallContext, QString, int, int) override
    {
        return ports::ready(domain::Result<bool>(true));
    }
    QFuture<domain::Result<domain::Done>> recordAccess(ports::CallContext, ports::AdminAccess) override
    {
        return ports::ready(domain::Result<domain::Done>(domain::Done{}));
    }

private:
    static domain::Error none()
    {
        return domain::makeError(domain::ErrorCode::Unsupported, QStringLiteral("unsupported"));
    }
};

domain::PlanRegistry embeddedPlans()
{
    auto plans = platform::loadEmbeddedPlans();
    if (!plans)
        throw std::runtime_error(plans.error().detail.toStdString());
    return *plans;
}

test::HostOptions optionsForTheContract()
{
    test::HostOptions options = test::TestHost::options();
    options.admin.emails = {adminEmail(), auditorEmail()};
    return options;
}

/// The client, over HTTP, to a host on 127.0.0.1, to the local implementation on SQLite.
class RemoteUnderTest final : public BackendUnderTest {
public:
    explicit RemoteUnderTest(const test::Dataset &data)
        : m_plans(embeddedPlans())
        , m_core(makeBackend(QStringLiteral("sqlite"), data))
        , m_host({m_core->backend(Role::Admin), m_access, m_plans, m_core->clock()}, optionsForTheContract())
    {
        for (const Role role : {Role::Admin, Role::Auditor})
            m_clients[role] = m_host.client(KnownOperators::secretOf(role));
    }
    ports::Backend &backend(Role role) override { return *m_clients.at(role); }
    ports::CallContext call(Role) override
    {
        ports::CallContext context;
        context.requestId = QStringLiteral("contract");
        return context;
    }
    bool has(Role role) const override { return m_clients.count(role) > 0; }
    ports::AccessService *access() override { return nullptr; }
    platform::FixedClock &clock() override { return m_core->clock(); }
    void failAuditInsertsAfter(int count) override { m_core->failAuditInsertsAfter(count); }
    void editDatabase(const std::function<void(storage::Connection &)> &change) override
    {
        m_core->editDatabase(change);
    }
    void goAway() override { m_core->goAway(); }

private:
    domain::PlanRegistry m_plans;
    std::unique_ptr<BackendUnderTest> m_core;
    KnownOperators m_access;
    test::TestHost m_host;
    std::map<Role, std::unique_ptr<remote::RemoteBackend>> m_clients;
};

} // namespace

REGISTER_BACKEND("remote", Door::None,
                 [](const test::Dataset &data) { return std::make_unique<RemoteUnderTest>(data); })

} // namespace contract
