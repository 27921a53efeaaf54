#include "services/usecases/env.h"

#include <QJsonDocument>

namespace usecases {

using domain::Done;
using domain::ErrorCode;
using domain::Result;

Result<Done> mayRead(const Env &env, domain::Permission permission)
{
    if (!env.call.principal.may(permission))
        return domain::makeError(ErrorCode::Forbidden, QStringLiteral("forbidden"),
                                 QStringLiteral("the caller lacks the permission for this"));
    return Done{};
}

Result<Done> mayWrite(const Env &env, domain::Permission permission)
{
    if (env.call.principal.readOnlySession)
        return domain::makeError(ErrorCode::Forbidden, QStringLiteral("read_only_session"),
                                 QStringLiteral("this session may only read"));
    return mayRead(env, permission);
}

Result<Done> checkText(const QString &field, const QString &text)
{
    if (text.contains(QChar(u'\0')))
        return domain::invalidInput(QStringLiteral("invalid_text"), field,
                                    QStringLiteral("must not contain the character U+0000"));
    return Done{};
}

domain::AuditEntry operatorEntry(const Env &env, QLatin1StringView kind, std::optional<domain::TeamId> team,
                                 QString summary, QJsonObject metadata)
{
    domain::AuditEntry entry;
    entry.id = domain::AuditId::random();
    entry.team = team;
    entry.actor = QStringLiteral("admin");
    entry.kind = QString(kind);
    entry.summary = std::move(summary);
    entry.metadata = QJsonDocument(std::move(metadata)).toJson(QJsonDocument::Compact);
    entry.createdAt = env.clock.now();
    return entry;
}

Result<Done> writeAudit(const Env &env, const domain::AuditEntry &entry)
{
    if (auto written = env.work.audit().insert(entry); !written)
        return written;
    return env.work.announce(QStringLiteral("audit"), entry.id.toString());
}

} // namespace usecases
