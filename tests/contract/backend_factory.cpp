#include "tests/contract/backend_factory.h"

#include <map>

namespace contract {

namespace {
struct Registered {
    Door door;
    BackendFactory factory;
};

std::map<QString, Registered> &backends()
{
    static std::map<QString, Registered> all;
    return all;
}
} // namespace

bool registerBackend(const char *name, Door door, BackendFactory factory)
{
    return backends().emplace(QString::fromLatin1(name), Registered{door, std::move(factory)}).second;
}

QStringList backendNames()
{
    QStringList names;
    for (const auto &[name, registered] : backends())
        names.append(name);
    return names;
}

Door doorOf(const QString &backend)
{
    return backends().at(backend).door;
}

std::unique_ptr<BackendUnderTest> makeBackend(const QString &name, const test::Dataset &data)
{
    return backends().at(name).factory(data);
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
