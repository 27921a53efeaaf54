#pragma once
#include "services/storage/connection.h"
#include "services/usecases/repositories.h"

namespace storage {

/// Tables job_cursors, job_leases and job_requests.
class SqlJobRepository final : public usecases::JobRepository {
public:
    explicit SqlJobRepository(Connection &connection) : m_connection(connection) {}

    domain::Result<std::optional<Cursor>> cursor(const QString &name) override;
    domain::Result<domain::Done> setCursor(const QString &name, const Cursor &cursor, const QDateTime &now) override;
    domain::Result<bool> acquire(const QString &job, const QString &holder, const QDateTime &now,
                                 const QDateTime &until) override;
    domain::Result<domain::Done> release(const QString &job, const QString &holder) override;
    domain::Result<Run> lastRun(const QString &job) override;
    domain::Result<domain::Done> recordRun(const QString &job, const QDateTime &startedAt, const QDateTime &finishedAt,
                                           const QString &result) override;
    domain::Result<domain::Done> request(const QString &job, const QString &by, const QDateTime &now) override;
    domain::Result<bool> hasOpenRequest(const QString &job) override;
    domain::Result<domain::Done> closeRequests(const QString &job, const QDateTime &requestedUntil,
                                               const QDateTime &now, const QByteArray &resultJson) override;

private:
    Connection &m_connection;
};

} // namespace storage
