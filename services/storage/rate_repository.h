#pragma once
#include "services/storage/connection.h"
#include "services/usecases/repositories.h"

namespace storage {

/// Table rate_hits: one row per hit, so that the window really rolls. Call inside a transaction.
class SqlRateRepository final : public usecases::RateRepository {
public:
    explicit SqlRateRepository(Connection &connection) : m_connection(connection) {}

    domain::Result<int> hit(const QString &bucket, const QDateTime &now, int windowSeconds) override;

private:
    Connection &m_connection;
};

} // namespace storage
