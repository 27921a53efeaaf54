#pragma once
#include "models/domain/ids.h"

#include <QDateTime>
#include <QFlags>
#include <QString>

/// Who asks, and what they may do. Checked by the use cases on every path, local or remote.
namespace domain {

enum class Permission {
    ViewCustomers = 0x1,
    ChangeTier = 0x2,
    WriteNotes = 0x4,
    ViewAudit = 0x8,
    ExportData = 0x10,
    ManageViews = 0x20,
    ManageTokens = 0x40,
    ViewEmail = 0x80,    ///< delivery figures, messages, webhook inbox
    ManageEmail = 0x100, ///< lift a suppression, resend, repair gaps, replay a webhook
};
Q_DECLARE_FLAGS(Permissions, Permission)
Q_DECLARE_OPERATORS_FOR_FLAGS(Permissions)

/// Scopes of an operator token: `admin` may everything, `auditor` only reads.
enum class Scope { Admin, Auditor };
QString scopeName(Scope scope);
std::optional<Scope> parseScope(QStringView name);
Permissions permissionsOf(Scope scope);

enum class PrincipalKind {
    LocalOperator, ///< the person at this machine's desktop or command line, on their own database
    OperatorToken, ///< personal access token minted by `token`
    UserSession,   ///< HS256 session of a customer's user (spec 04 §5.1); no operator permission by itself
};

struct Principal {
    PrincipalKind kind = PrincipalKind::LocalOperator;
    QString email; ///< trimmed, lower case; the author of notes and tier changes
    Permissions permissions;
    std::optional<TokenId> token;
    std::optional<TeamId> team;
    std::optional<UserId> user;
    bool readOnlySession = false; ///< impersonation token: writes are refused (spec 01 §2.9)

    bool may(Permission p) const { return permissions.testFlag(p); }
    bool operator==(const Principal &) const = default;
};

} // namespace domain
