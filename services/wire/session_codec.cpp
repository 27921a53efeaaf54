#include "services/wire/session_codec.h"

#include "services/wire/body.h"
#include "services/wire/json_reader.h"

#include <QJsonArray>

namespace wire {

namespace {

struct PermissionName {
    domain::Permission permission;
    QLatin1StringView name;
};
constexpr PermissionName permissionTable[] = {
    {domain::Permission::ViewCustomers, QLatin1StringView("view_customers")},
    {domain::Permission::ChangeTier, QLatin1StringView("change_tier")},
    {domain::Permission::WriteNotes, QLatin1StringView("write_notes")},
    {domain::Permission::ViewAudit, QLatin1StringView("view_audit")},
    {domain::Permission::ExportData, QLatin1StringView("export_data")},
    {domain::Permission::ManageViews, QLatin1StringView("manage_views")},
    {domain::Permission::ManageTokens, QLatin1StringView("manage_tokens")},
    {domain::Permission::ViewEmail, QLatin1StringView("view_email")},
    {domain::Permission::ManageEmail, QLatin1StringView("manage_email")},
};

} // namespace

QStringList permissionNames(domain::Permissions permissions)
{
    QStringList names;
    for (const PermissionName &entry : permissionTable) {
        if (permissions.testFlag(entry.permission))
            names << entry.name;
    }
    return names;
}

domain::Permissions parsePermissions(const QStringList &names)
{
    domain::Permissions permissions;
    for (const PermissionName &entry : permissionTable)
        permissions.setFlag(entry.permission, names.contains(entry.name));
    return permissions;
}

QString principalKindName(domain::PrincipalKind kind)
{
    switch (kind) {
    case domain::PrincipalKind::LocalOperator:
        return QStringLiteral("local_operator");
    case domain::PrincipalKind::OperatorToken:
        return QStringLiteral("operator_token");
    case domain::PrincipalKind::UserSession:
        return QStringLiteral("user_session");
    }
    return {};
}

std::optional<domain::PrincipalKind> parsePrincipalKind(QStringView name)
{
    using Kind = domain::PrincipalKind;
    for (const Kind kind : {Kind::LocalOperator, Kind::OperatorToken, Kind::UserSession}) {
        if (name == principalKindName(kind))
            return kind;
    }
    return std::nullopt;
}

QByteArray encodeSession(const ports::SessionInfo &session)
{
    const domain::Principal &principal = session.principal;
    return okBody(
        {{QStringLiteral("session"),
          QJsonObject{
              {QStringLiteral("kind"), principalKindName(principal.kind)},
              {QStringLiteral("email"), principal.email},
              {QStringLiteral("permissions"), QJsonArray::fromStringList(permissionNames(principal.permissions))},
              {QStringLiteral("token_id"), idOrNull(principal.token)},
              {QStringLiteral("team_id"), idOrNull(principal.team)},
              {QStringLiteral("user_id"), idOrNull(principal.user)},
              {QStringLiteral("read_only"), principal.readOnlySession},
              {QStringLiteral("backend"), session.backend},
              {QStringLiteral("server_version"), session.serverVersion},
              {QStringLiteral("token_expires_at"), timeOrNull(session.tokenExpiresAt)},
          }}});
}

domain::Result<ports::SessionInfo> decodeSession(const QByteArray &body)
{
    const JsonReader reader = JsonReader::fromBody(body);
    const JsonReader object = reader.object(QLatin1StringView("session"));
    ports::SessionInfo session;
    session.principal.kind = object.choice(QLatin1StringView("kind"), parsePrincipalKind);
    session.principal.email = object.text(QLatin1StringView("email"));
    session.principal.permissions = parsePermissions(object.texts(QLatin1StringView("permissions")));
    session.principal.token = object.optionalId<domain::TokenId>(QLatin1StringView("token_id"));
    session.principal.team = object.optionalId<domain::TeamId>(QLatin1StringView("team_id"));
    session.principal.user = object.optionalId<domain::UserId>(QLatin1StringView("user_id"));
    session.principal.readOnlySession = object.flag(QLatin1StringView("read_only"));
    session.backend = object.text(QLatin1StringView("backend"));
    session.serverVersion = object.text(QLatin1StringView("server_version"));
    session.tokenExpiresAt = object.optionalTime(QLatin1StringView("token_expires_at"));
    return reader.finish(std::move(session));
}

} // namespace wire
