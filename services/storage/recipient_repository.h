#pragma once
#include "services/storage/connection.h"
#include "services/usecases/repositories.h"

namespace storage {

/// Audit entries with the address of their team.
class SqlRecipientRepository final : public usecases::RecipientRepository {
public:
    explicit SqlRecipientRepository(Connection &connection) : m_connection(connection) {}

    domain::Result<QList<Entry>> resolve(const QList<domain::AuditId> &ids) override;

private:
    Connection &m_connection;
};

} // namespace storage
