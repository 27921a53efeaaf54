#include "services/storage/audit_rows.h"

namespace storage {

QString auditColumns(const Connection &connection)
{
    const QString exact =
        connection.isSqlite() ? QStringLiteral("a.created_at") : QStringLiteral("CAST(a.created_at AS text)");
    return QStringLiteral("a.id, a.team_id, (SELECT t.name FROM teams t WHERE t.id = a.team_id), a.user_id, a.actor, "
                          "a.kind, a.resource_type, a.resource_id, a.summary, CAST(a.metadata AS text), %1, %2")
        .arg(connection.millis(QStringLiteral("a.created_at")), exact);
}

domain::AuditEntry auditEntryOf(const Row &row)
{
    domain::AuditEntry entry;
    entry.id = domain::AuditId(row.uuid(0));
    if (const auto team = row.optionalUuid(1))
        entry.team = domain::TeamId(*team);
    entry.teamName = row.text(2);
    if (const auto user = row.optionalUuid(3))
        entry.user = domain::UserId(*user);
    entry.actor = row.text(4);
    entry.kind = row.text(5);
    entry.resourceType = row.text(6);
    entry.resource = row.optionalUuid(7);
    entry.summary = row.text(8);
    entry.metadata = row.isNull(9) ? QByteArray() : row.text(9).toUtf8();
    entry.createdAt = row.time(10);
    return entry;
}

} // namespace storage
