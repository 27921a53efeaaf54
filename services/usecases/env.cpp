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

Result<QString> checkedReason(const QString &text)
{
    const QString reason = text.trimmed();
    if (reason.isEmpty())
        return domain::invalidInput(QStringLiteral("missing_reason"), QStringLiteral("reason"),
                                    QStringLiteral("must not be empty"));
    if (reason.size() > domain::maxReasonChars)
        return domain::invalidInput(QStringLiteral("reason_too_long"), QStringLiteral("reason"),
                                    QStringLiteral("must be at most %1 characters").arg(domain::maxReasonChars));
    if (auto checked = checkText(QStringLiteral("reason"), reason); !checked)
        return checked.error();
    return reason;
}

Result<Done> checkLimit(int limit, int most)
{
    if (limit < 1 || limit > most)
        return domain::invalidInput(QStringLiteral("invalid_limit"), QStringLiteral("limit"),
                                    QStringLiteral("must be 1 to %1").arg(most));
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
