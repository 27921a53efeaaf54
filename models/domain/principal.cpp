#include "models/domain/principal.h"

namespace domain {

QString scopeName(Scope scope)
{
    switch (scope) {
    case Scope::Admin:
        return QStringLiteral("admin");
    case Scope::Auditor:
        return QStringLiteral("auditor");
    }
    Q_UNREACHABLE();
}

std::optional<Scope> parseScope(QStringView name)
{
    for (const Scope scope : {Scope::Admin, Scope::Auditor}) {
        if (scopeName(scope) == name)
            return scope;
    }
    return std::nullopt;
}

Permissions permissionsOf(Scope scope)
{
    const Permissions reading =
        Permission::ViewCustomers | Permission::ViewAudit | Permission::ExportData | Permission::ViewEmail;
    switch (scope) {
    case Scope::Admin:
        return reading | Permission::ChangeTier | Permission::WriteNotes | Permission::ManageViews |
               Permission::ManageTokens | Permission::ManageEmail;
    case Scope::Auditor:
        return reading;
    }
    Q_UNREACHABLE();
}

} // namespace domain
