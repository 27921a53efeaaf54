#pragma once
#include "services/storage/connection.h"
#include "services/usecases/repositories.h"

namespace storage {

/// Tables email_events and email_suppression_lifts.
class SqlSuppressionRepository final : public usecases::SuppressionRepository {
public:
    explicit SqlSuppressionRepository(Connection &connection) : m_connection(connection) {}

    domain::Result<int> insert(const QList<usecases::SuppressionEvent> &events) override;
    domain::Result<QStringList> unsubscribed(const QStringList &addresses) override;
    domain::Result<QStringList> bouncedOrComplained(const QStringList &addresses, const QDateTime &since) override;
    domain::Result<ports::Page<ports::Suppression>> list(const ports::SuppressionQuery &query,
                                                         const QDateTime &now) override;
    domain::Result<std::optional<ports::Suppression>> find(const QString &address, const QDateTime &now) override;
    domain::Result<domain::Done> lift(const QString &address, const QString &reason, const QString &by,
                                      const QDateTime &at) override;

private:
    Connection &m_connection;
};

} // namespace storage
