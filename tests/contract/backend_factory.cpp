#include "tests/contract/backend_factory.h"

#include <map>

namespace contract {

namespace {
std::map<QString, BackendFactory> &factories()
{
    static std::map<QString, BackendFactory> all;
    return all;
}
} // namespace

bool registerBackend(const char *name, BackendFactory factory)
{
    return factories().emplace(QString::fromLatin1(name), std::move(factory)).second;
}

QStringList backendNames()
{
    QStringList names;
    for (const auto &[name, factory] : factories())
        names.append(name);
    return names;
}

std::unique_ptr<BackendUnderTest> makeBackend(const QString &name, const test::Dataset &data)
{
    return factories().at(name)(data);
}

domain::Principal principalOf(Role role)
{
    domain::Principal principal;
    switch (role) {
    case Role::Admin:
        principal.email = adminEmail();
        principal.permissions = domain::permissionsOf(domain::Scope::Admin);
        break;
    case Role::Auditor:
        principal.email = auditorEmail();
        principal.permissions = domain::permissionsOf(domain::Scope::Auditor);
        break;
    case Role::ReadOnly:
        principal.email = adminEmail();
        principal.permissions = domain::permissionsOf(domain::Scope::Admin);
        principal.readOnlySession = true;
        break;
    case Role::Stranger:
        principal.kind = domain::PrincipalKind::UserSession;
        principal.email = QStringLiteral("stranger@example.com");
        break;
    }
    return principal;
}

} // namespace contract
