#pragma once
#include "services/storage/connection.h"
#include "services/usecases/repositories.h"

namespace storage {

/// Table email_delivery_events.
class SqlEmailEventRepository final : public usecases::EmailEventRepository {
public:
    explicit SqlEmailEventRepository(Connection &connection) : m_connection(connection) {}

    domain::Result<QList<QUuid>> insert(const QList<usecases::EventRow> &events) override;
    domain::Result<QList<usecases::EventRow>> parked(const QString &provider, const QStringList &messageIds) override;
    domain::Result<QList<usecases::EventRow>> matchableParked(int limit) override;
    domain::Result<domain::Done> link(const QList<usecases::EventRow> &events) override;
    domain::Result<qint64> dropParkedBefore(const QDateTime &receivedBefore, int limit) override;

private:
    Connection &m_connection;
};

} // namespace storage
