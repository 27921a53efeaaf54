#include "services/storage/sql_unit_of_work.h"

namespace storage {

SqlUnitOfWork::SqlUnitOfWork(Connection &connection, const domain::PlanRegistry &plans)
    : m_connection(connection)
    , m_customers(connection, plans)
    , m_notes(connection)
    , m_audit(connection)
    , m_overview(connection, plans)
    , m_tokens(connection)
    , m_rates(connection)
    , m_views(connection)
    , m_ledger(connection)
    , m_emailEvents(connection)
    , m_inbox(connection)
    , m_suppressions(connection)
    , m_delivery(connection)
    , m_recipients(connection)
    , m_jobs(connection)
{
}

domain::Result<domain::Done> SqlUnitOfWork::transaction(const std::function<domain::Result<domain::Done>()> &body)
{
    return m_connection.inTransaction(body);
}

domain::Result<domain::Done> SqlUnitOfWork::announce(const QString &kind, const QString &id)
{
    return m_connection.notify(kind, id);
}

} // namespace storage
