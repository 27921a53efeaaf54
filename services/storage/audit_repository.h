#pragma once
#include "services/storage/connection.h"
#include "services/usecases/repositories.h"

#include <QJsonArray>

namespace storage {

/// Table audit_log. Pages and exports are keyset on (created_at, id), newest first.
class SqlAuditRepository final : public usecases::AuditRepository {
public:
    explicit SqlAuditRepository(Connection &connection) : m_connection(connection) {}

    domain::Result<domain::Done> insert(const domain::AuditEntry &entry) override;
    domain::Result<ports::Page<domain::AuditEntry>> search(const ports::AuditQuery &query) override;
    domain::Result<domain::Done> each(const ports::AuditFilter &filter,
                                      const std::function<bool(const domain::AuditEntry &)> &onRow) override;
    domain::Result<QList<domain::AuditEntry>> newestOfTeam(domain::TeamId team, int limit,
                                                           bool withOperatorRows) override;

private:
    struct Batch {
        QList<domain::AuditEntry> rows;
        QJsonArray end; ///< position after the last row
        bool more = false;
    };
    /// The stored kinds that the filter means, found in as many steps as there are kinds.
    domain::Result<QStringList> storedKinds(const ports::AuditFilter &filter);
    domain::Result<Batch> batch(const ports::AuditFilter &filter, const QJsonArray &after, int limit);
    Connection &m_connection;
};

} // namespace storage
