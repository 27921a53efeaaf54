#include "views/pages/list_frame.h"

#include "views/pages/page_parts.h"
#include "views/widgets/data_table.h"

#include <QHBoxLayout>
#include <QScrollArea>

namespace pages {

namespace {
QVBoxLayout *makeColumn(QWidget *of = nullptr)
{
    auto *column = new QVBoxLayout(of);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    return column;
}
} // namespace

ListFrame::ListFrame(QWidget *page, const QString &screen, const Parts &parts, int tableLeastHeight)
    : m_table(parts.table)
    , m_aboveQuery(makeColumn())
    , m_aboveTable(makeColumn())
{
    auto *list = makeColumn();
    list->addWidget(parts.strip);
    list->addWidget(parts.exportStrip);
    QVBoxLayout *content = list;
    if (tableLeastHeight > 0) {
        auto *scrolled = new QWidget(page);
        content = makeColumn(scrolled);
        m_scroll = makeScroll(scrolled, screen + QStringLiteral(".scroll"), page);
        list->addWidget(m_scroll, 1);
        m_table->setMinimumHeight(tableLeastHeight);
    }
    content->addLayout(m_aboveTable);
    content->addWidget(m_table, 1);
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    row->addLayout(list, 1);
    row->addWidget(parts.inspector);
    auto *column = makeColumn(page);
    column->addLayout(m_aboveQuery);
    column->addWidget(parts.query);
    column->addWidget(makeRule(page));
    column->addLayout(row, 1);
}

void ListFrame::addAboveQuery(QWidget *widget)
{
    m_aboveQuery->addWidget(widget);
}

void ListFrame::addAboveTable(QWidget *widget)
{
    m_aboveTable->addWidget(widget);
}

void ListFrame::keepInView(const QModelIndex &index) const
{
    if (!m_scroll || !index.isValid() || !m_table->hasFocus())
        return;
    const QRect row = m_table->visualRect(index);
    const QPoint at = m_table->viewport()->mapTo(m_scroll->widget(), row.center());
    m_scroll->ensureVisible(0, at.y(), 0, row.height());
}

} // namespace pages
