#include "services/storage/job_repository.h"

#include "services/storage/sql_helpers.h"

namespace storage {

using domain::Done;
using domain::Result;

namespace {

Result<Done> withoutCount(const Result<qint64> &result)
{
    return result.map([](qint64) { return Done{}; });
}

} // namespace

Result<std::optional<usecases::JobRepository::Cursor>> SqlJobRepository::cursor(const QString &name)
{
    std::optional<Cursor> found;
    const QString sql =
        QStringLiteral("SELECT %1, id FROM job_cursors WHERE name = ?").arg(m_connection.millis(QStringLiteral("at")));
    auto done = m_connection.select(sql, {name}, [&](const Row &row) {
        found = Cursor{row.time(0), row.text(1)};
        return false;
    });
    if (!done)
        return done.error();
    return found;
}

Result<Done> SqlJobRepository::setCursor(const QString &name, const Cursor &cursor, const QDateTime &now)
{
    return withoutCount(m_connection.execute(
        QStringLiteral("INSERT INTO job_cursors (name, at, id, updated_at) VALUES (?, ?, ?, ?) ON CONFLICT (name) "
                       "DO UPDATE SET at = excluded.at, id = excluded.id, updated_at = excluded.updated_at"),
        {name, toSqlTime(cursor.at), cursor.id, toSqlTime(now)}));
}

Result<bool> SqlJobRepository::acquire(const QString &job, const QString &holder, const QDateTime &now,
                                       const QDateTime &until)
{
    // One statement: the row's lock decides between two hosts, and the loser sees the winner's lease.
    return m_connection
        .execute(QStringLiteral("INSERT INTO job_leases (name, holder, held_until) VALUES (?, ?, ?) "
                                "ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, "
                                "held_until = excluded.held_until WHERE job_leases.holder IN (excluded.holder, '') "
                                "OR job_leases.held_until <= %1")
                     .arg(timeParameter(m_connection)),
                 {job, holder, toSqlTime(until), toSqlTime(now)})
        .map([](qint64 rows) { return rows > 0; });
}

Result<Done> SqlJobRepository::release(const QString &job, const QString &holder)
{
    return withoutCount(m_connection.execute(
        QStringLiteral("UPDATE job_leases SET holder = '' WHERE name = ? AND holder = ?"), {job, holder}));
}

Result<usecases::JobRepository::Run> SqlJobRepository::lastRun(const QString &job)
{
    Run run;
    const QString sql = QStringLiteral("SELECT %1, %2, last_result FROM job_leases WHERE name = ?")
                            .arg(m_connection.millis(QStringLiteral("last_started_at")),
                                 m_connection.millis(QStringLiteral("last_finished_at")));
    auto done = m_connection.select(sql, {job}, [&](const Row &row) {
        run = {row.optionalTime(0), row.optionalTime(1), row.text(2)};
        return false;
    });
    if (!done)
        return done.error();
    return run;
}

Result<Done> SqlJobRepository::recordRun(const QString &job, const QDateTime &startedAt, const QDateTime &finishedAt,
                                         const QString &result)
{
    // The lease of a run outside of any lease is nobody's.
    return withoutCount(m_connection.execute(
        QStringLiteral("INSERT INTO job_leases (name, holder, held_until, last_started_at, last_finished_at, "
                       "last_result) VALUES (?, '', ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET "
                       "last_started_at = excluded.last_started_at, last_finished_at = excluded.last_finished_at, "
                       "last_result = excluded.last_result"),
        {job, toSqlTime(finishedAt), toSqlTime(startedAt), toSqlTime(finishedAt), storable(result)}));
}

Result<Done> SqlJobRepository::request(const QString &job, const QString &by, const QDateTime &now)
{
    if (!m_connection.isSqlite()) {
        // Two requests at once must not both see that there is none; SQLite has one writer.
        auto locked = m_connection.select(QStringLiteral("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))"),
                                          {QStringLiteral("job_requests ") + job}, [](const Row &) { return true; });
        if (!locked)
            return locked;
    }
    const QString sql = QStringLiteral("INSERT INTO job_requests (job, requested_by, requested_at) "
                                       "SELECT CAST(? AS text), CAST(? AS text), %1 WHERE NOT EXISTS "
                                       "(SELECT 1 FROM job_requests WHERE job = ? AND finished_at IS NULL)")
                            .arg(timeParameter(m_connection));
    return withoutCount(m_connection.execute(sql, {job, storable(by), toSqlTime(now), job}));
}

Result<bool> SqlJobRepository::hasOpenRequest(const QString &job)
{
    bool open = false;
    auto done =
        m_connection.select(QStringLiteral("SELECT 1 FROM job_requests WHERE job = ? AND finished_at IS NULL LIMIT 1"),
                            {job}, [&](const Row &) {
                                open = true;
                                return false;
                            });
    if (!done)
        return done.error();
    return open;
}

Result<Done> SqlJobRepository::closeRequests(const QString &job, const QDateTime &requestedUntil, const QDateTime &now,
                                             const QByteArray &resultJson)
{
    const QString time = timeParameter(m_connection);
    return withoutCount(m_connection.execute(
        QStringLiteral("UPDATE job_requests SET started_at = COALESCE(started_at, %1), finished_at = %1, result = %2 "
                       "WHERE job = ? AND finished_at IS NULL AND requested_at <= %1")
            .arg(time, m_connection.isSqlite() ? QStringLiteral("?") : QStringLiteral("CAST(? AS jsonb)")),
        {toSqlTime(requestedUntil), toSqlTime(now), textOrNull(QString::fromUtf8(resultJson)), job,
         toSqlTime(requestedUntil)}));
}

} // namespace storage
