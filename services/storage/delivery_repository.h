#pragma once
#include "services/storage/connection.h"
#include "services/usecases/repositories.h"

namespace storage {

/// Table forwarder_sent as the delivery screen reads it.
class SqlDeliveryRepository final : public usecases::DeliveryRepository {
public:
    explicit SqlDeliveryRepository(Connection &connection) : m_connection(connection) {}

    domain::Result<ports::DeliveryFigures> figures(const ports::MessageFilter &filter, const QDateTime &now) override;
    domain::Result<ports::DeliverySeries> series(const ports::MessageFilter &filter, qint64 stepSeconds,
                                                 const QDateTime &now) override;
    domain::Result<QList<ports::DeliveryPoint>> cohorts(const ports::MessageFilter &filter, qint64 stepSeconds,
                                                        const QDateTime &now) override;
    domain::Result<QList<ports::DeliveryGroup>> groups(const ports::MessageFilter &filter,
                                                       ports::DeliveryDimension dimension, int limit,
                                                       const QDateTime &now) override;
    domain::Result<ports::Page<ports::MessageRow>> messages(const ports::MessageQuery &query,
                                                            const QDateTime &now) override;
    domain::Result<ports::MessageRow> message(const QString &id, const QDateTime &now) override;
    domain::Result<QString> addressHash(const QString &id) override;
    domain::Result<QList<ports::MessageEvent>> events(const QString &id) override;
    domain::Result<domain::Done> eachMessage(const ports::MessageFilter &filter, const QDateTime &now,
                                             const std::function<bool(const ports::MessageRow &)> &onRow) override;
    domain::Result<ports::EmailHealth> health(const QDateTime &now) override;

private:
    Connection &m_connection;
};

} // namespace storage
