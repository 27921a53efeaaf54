#include "services/storage/rate_repository.h"

#include "services/storage/sql_helpers.h"

namespace storage {

domain::Result<int> SqlRateRepository::hit(const QString &bucket, const QDateTime &now, int windowSeconds)
{
    if (!m_connection.isSqlite()) {
        // Two hits at once must not both see the same count; SQLite's write transaction is exclusive anyway.
        auto locked = m_connection.select(QStringLiteral("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))"),
                                          {bucket}, [](const Row &) { return true; });
        if (!locked)
            return locked.error();
    }
    const QString at = timeParameter(m_connection);
    auto trimmed =
        m_connection.execute(QStringLiteral("DELETE FROM rate_hits WHERE bucket = ? AND hit_at <= %1").arg(at),
                             {bucket, toSqlTime(now.addSecs(-windowSeconds))});
    if (!trimmed)
        return trimmed.error();
    int before = 0;
    auto counted = m_connection.select(QStringLiteral("SELECT count(*) FROM rate_hits WHERE bucket = ?"), {bucket},
                                       [&](const Row &row) {
                                           before = static_cast<int>(row.integer(0));
                                           return false;
                                       });
    if (!counted)
        return counted.error();
    auto inserted = m_connection.execute(QStringLiteral("INSERT INTO rate_hits (id, bucket, hit_at) VALUES (?, ?, ?)"),
                                         {QUuid::createUuid().toString(QUuid::WithoutBraces), bucket, toSqlTime(now)});
    if (!inserted)
        return inserted.error();
    return before;
}

} // namespace storage
