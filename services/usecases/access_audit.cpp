#include "services/usecases/access_audit.h"

namespace usecases {

using domain::Done;
using domain::ErrorCode;
using domain::Result;

namespace {

constexpr qsizetype maxUserAgentBytes = 120;

QString cutToBytes(const QString &text, qsizetype bytes)
{
    QByteArray utf8 = text.toUtf8();
    if (utf8.size() <= bytes)
        return text;
    qsizetype end = bytes;
    // Not in the middle of a character: continuation bytes are 10xxxxxx.
    while (end > 0 && (static_cast<uchar>(utf8.at(end)) & 0xC0) == 0x80)
        --end;
    return QString::fromUtf8(utf8.left(end));
}

QString withoutNul(QString text)
{
    return text.remove(QChar(u'\0'));
}

} // namespace

Result<Done> recordAccess(const Env &env, const ports::AdminAccess &access)
{
    const QString email = withoutNul(access.email).trimmed().toLower();
    const QString path = withoutNul(access.pathSuffix);
    QJsonObject metadata{
        {QStringLiteral("email"), email},
        {QStringLiteral("ip"), withoutNul(access.ip)},
        {QStringLiteral("path_suffix"), path},
        {QStringLiteral("http_status"), access.httpStatus},
        {QStringLiteral("user_agent_brief"), cutToBytes(withoutNul(access.userAgent), maxUserAgentBytes)}};
    const QString who = email.isEmpty() ? QStringLiteral("anonymous") : email;
    QString summary = QStringLiteral("%1 accessed %2").arg(who, path);
    if (!access.deniedBy.isEmpty()) {
        metadata.insert(QStringLiteral("denied_by"), access.deniedBy);
        summary = QStringLiteral("%1 denied (%2) on %3").arg(who, access.deniedBy, path);
    }
    domain::AuditEntry entry = operatorEntry(env, domain::kinds::adminAccess, access.team, summary, metadata);
    auto written = env.work.transaction([&] { return env.work.audit().insert(entry); });
    if (written || !entry.team || written.error().code != ErrorCode::Conflict)
        return written;
    entry.team.reset();
    return env.work.transaction([&] { return env.work.audit().insert(entry); });
}

} // namespace usecases
