#pragma once
#include "services/ports/session_service.h"

namespace wire {

/// `{ok, session}`: who the host takes the caller for. The admin prefix is not in it: it comes from `/auth/me`.
QByteArray encodeSession(const ports::SessionInfo &session);
domain::Result<ports::SessionInfo> decodeSession(const QByteArray &body);

QStringList permissionNames(domain::Permissions permissions); ///< view_customers, change_tier …
/// Names that this version does not know are left out: a newer host may have more.
domain::Permissions parsePermissions(const QStringList &names);

QString principalKindName(domain::PrincipalKind kind); ///< local_operator, operator_token, user_session
std::optional<domain::PrincipalKind> parsePrincipalKind(QStringView name);

} // namespace wire
