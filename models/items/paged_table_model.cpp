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

QString PagedTableModel::sortText() const
{
    if (m_sortColumn < 0)
        return m_defaultSort;
    return sortName(m_sortColumn) + (m_descending ? QStringLiteral(":desc") : QStringLiteral(":asc"));
}

void PagedTableModel::setSort(int column, bool descending)
{
    m_sortColumn = column;
    m_descending = descending;
}

void PagedTableModel::setSortText(const QString &text)
{
    const auto name = [](const QString &sort) { return sort.section(QLatin1Char(':'), 0, 0); };
    const QString known = columnOfSort(name(text)) < 0 ? m_defaultSort : text;
    setSort(columnOfSort(name(known)), known.section(QLatin1Char(':'), 1) != QLatin1StringView("asc"));
}

int PagedTableModel::columnOfSort(QStringView name) const
{
    for (int column = 0; !name.isEmpty() && column < columnCount(); ++column)
        if (sortName(column) == name)
            return column;
    return -1;
}

void PagedTableModel::setDefaultSort(const QString &sortText)
{
    m_defaultSort = sortText;
    setSortText(sortText);
}

void PagedTableModel::setNewestFirst(const QString &sortText)
{
    m_newestFirst = true;
    setDefaultSort(sortText);
}

void PagedTableModel::setFollowing(bool on)
{
    m_following = on;
    if (on)
        showWaiting();
}

} // namespace items
