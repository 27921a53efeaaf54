#include "services/storage/recipient_repository.h"

#include "services/storage/audit_rows.h"
#include "services/storage/sql_helpers.h"

#include <QHash>

namespace storage {

using domain::AuditId;
using domain::Result;

Result<QList<usecases::RecipientRepository::Entry>> SqlRecipientRepository::resolve(const QList<AuditId> &ids)
{
    QStringList wanted;
    for (const AuditId &id : ids)
        wanted.append(id.toString());
    const QString sql =
        QStringLiteral("SELECT %1, (SELECT u.email FROM users u WHERE u.team_id = a.team_id "
                       "ORDER BY u.is_primary DESC, u.created_at, u.id LIMIT 1) FROM audit_log a WHERE %2")
            .arg(auditColumns(m_connection), listCondition(m_connection, QStringLiteral("a.id"), "uuid"));
    QHash<AuditId, Entry> found;
    auto done = m_connection.select(sql, {listValue(wanted)}, [&](const Row &row) {
        const domain::AuditEntry audit = auditEntryOf(row);
        found.insert(audit.id, {audit, row.text(auditColumnCount), audit.teamName});
        return true;
    });
    if (!done)
        return done.error();
    QList<Entry> entries;
    for (const AuditId &id : ids) {
        if (const auto it = found.constFind(id); it != found.cend())
            entries.append(*it);
    }
    return entries;
}

} // namespace storage
