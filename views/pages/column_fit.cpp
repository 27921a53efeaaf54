#include "views/pages/column_fit.h"

#include "views/widgets/data_table.h"

#include <QAction>
#include <QEvent>
#include <QMenu>

#include <algorithm>

namespace pages {

ColumnFit::ColumnFit(widgets::DataTable &table, QMenu &columns, int flexible, QList<int> yielding)
    : QObject(&table)
    , m_table(table)
    , m_columns(columns)
    , m_flexible(flexible)
    , m_yielding(std::move(yielding))
{
    table.viewport()->installEventFilter(this);
    for (QAction *action : columns.actions())
        connect(action, &QAction::toggled, this,
                [this, column = action->objectName().section(QLatin1Char('.'), -1).toInt()] {
                    m_byHand.insert(column);
                    fit();
                });
}

bool ColumnFit::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        fit();
    return QObject::eventFilter(watched, event);
}

bool ColumnFit::wanted(int column) const
{
    for (const QAction *action : m_columns.actions())
        if (action->objectName().section(QLatin1Char('.'), -1).toInt() == column)
            return action->isChecked();
    return true;
}

int ColumnFit::othersWidth() const
{
    int sum = 0;
    for (int column = 0; column < m_table.model()->columnCount(); ++column)
        if (column != m_flexible && !m_table.isColumnHidden(column))
            sum += m_table.columnWidth(column);
    return sum;
}

void ColumnFit::fit()
{
    if (m_fitting)
        return;
    m_fitting = true;
    for (const int column : std::as_const(m_yielding))
        m_table.setColumnHidden(column, !wanted(column));
    const int room = m_table.viewport()->width();
    for (const int column : std::as_const(m_yielding)) {
        if (room - othersWidth() >= leastWidth)
            break;
        if (!m_byHand.contains(column))
            m_table.setColumnHidden(column, true);
    }
    m_table.setColumnWidth(m_flexible, std::max(floorWidth, room - othersWidth()));
    m_fitting = false;
}

} // namespace pages
