#include "models/items/paged_table_model.h"

namespace items {

void PagedTableModel::setState(LoadState state, const domain::Error &error)
{
    m_state = state;
    m_error = error;
    Q_EMIT stateChanged();
}

void PagedTableModel::setTotal(std::optional<qint64> total)
{
    if (m_total == total)
        return;
    m_total = total;
    Q_EMIT totalChanged();
}

} // namespace items
