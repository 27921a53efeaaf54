#pragma once
#include "services/storage/connection.h"
#include "services/usecases/repositories.h"

namespace storage {

/// Table saved_views.
class SqlViewRepository final : public usecases::ViewRepository {
public:
    explicit SqlViewRepository(Connection &connection) : m_connection(connection) {}

    domain::Result<QList<ports::SavedView>> visibleTo(const QString &email, const QString &screen) override;
    domain::Result<ports::SavedView> upsert(const ports::SavedView &view) override;
    domain::Result<bool> remove(domain::ViewId view, const QString &ownerEmail) override;

private:
    domain::Result<QList<ports::SavedView>> where(const QString &condition, const QVariantList &values);
    Connection &m_connection;
};

} // namespace storage
