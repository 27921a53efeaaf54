#include "views/widgets/table_header.h"

#include "views/widgets/theme.h"

#include <QMouseEvent>
#include <QPainter>

namespace widgets {

TableHeader::TableHeader(QWidget *parent) : QHeaderView(Qt::Horizontal, parent)
{
    setSectionsClickable(false);
    setHighlightSections(false);
    setMouseTracking(true);
    setMinimumSectionSize(36);
    setStretchLastSection(false);
    setFont(Theme::instance().font(TextRole::Small12, 500));
}

void TableHeader::setSortable(int column, bool sortable)
{
    if (sortable)
        m_sortable.insert(column);
    else
        m_sortable.remove(column);
}

void TableHeader::setAlignment(int column, Qt::Alignment alignment)
{
    m_alignment.insert(column, alignment);
}

Qt::Alignment TableHeader::alignmentOf(int column) const
{
    const QVariant own = model()->headerData(column, Qt::Horizontal, Qt::TextAlignmentRole);
    if (own.isValid() && (Qt::Alignment(own.toInt()) & Qt::AlignRight))
        return Qt::AlignRight;
    if (model()->rowCount() > 0) {
        const QVariant cell = model()->index(0, column).data(Qt::TextAlignmentRole);
        if (cell.isValid())
            return Qt::Alignment(cell.toInt());
    }
    return m_alignment.value(column, Qt::AlignLeft);
}

void TableHeader::setSort(int column, Qt::SortOrder order)
{
    m_column = column;
    m_order = order;
    viewport()->update();
}

QSize TableHeader::sizeHint() const
{
    return {QHeaderView::sizeHint().width(), 32};
}

void TableHeader::paintSection(QPainter *painter, const QRect &rect, int logicalIndex) const
{
    const Colors &c = Theme::instance().colors();
    painter->save();
    painter->fillRect(rect, c.surface);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), c.border);
    const bool sorted = logicalIndex == m_column;
    painter->setFont(Theme::instance().font(TextRole::Small12, sorted ? 600 : 500));
    painter->setPen(sorted ? c.text : c.text2);
    const QString title = model()->headerData(logicalIndex, Qt::Horizontal).toString();
    const auto alignment = alignmentOf(logicalIndex);
    QRect box = rect.adjusted(space::m, 0, -space::m, -1);
    const int arrow = 13;
    const bool right = alignment & Qt::AlignRight;
    if (sorted && right)
        box.adjust(0, 0, -arrow - 1, 0);
    const QString shown = painter->fontMetrics().elidedText(title, Qt::ElideRight, box.width());
    painter->drawText(box, static_cast<int>(Qt::AlignVCenter | (right ? Qt::AlignRight : Qt::AlignLeft)), shown);
    if (sorted) {
        const int x = right ? box.right() + 3 : box.left() + painter->fontMetrics().horizontalAdvance(shown) + 4;
        const QString name = m_order == Qt::AscendingOrder ? QStringLiteral("arrow-up") : QStringLiteral("arrow-down");
        icon(name, c.text).paint(painter, QRect(x, rect.center().y() - arrow / 2, arrow, arrow));
    }
    painter->restore();
}

void TableHeader::mousePressEvent(QMouseEvent *event)
{
    m_pressed = event->pos();
    QHeaderView::mousePressEvent(event);
}

void TableHeader::mouseMoveEvent(QMouseEvent *event)
{
    QHeaderView::mouseMoveEvent(event);
    if (event->buttons() == Qt::NoButton && cursor().shape() != Qt::SplitHCursor)
        setCursor(m_sortable.contains(logicalIndexAt(event->pos())) ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void TableHeader::mouseReleaseEvent(QMouseEvent *event)
{
    const bool resized = cursor().shape() == Qt::SplitHCursor;
    QHeaderView::mouseReleaseEvent(event);
    const int column = logicalIndexAt(event->pos());
    if (resized || event->button() != Qt::LeftButton || !m_sortable.contains(column) ||
        (event->pos() - m_pressed).manhattanLength() > 4)
        return;
    const bool flip = column == m_column && m_order == Qt::DescendingOrder;
    Q_EMIT sortRequested(column, flip ? Qt::AscendingOrder : Qt::DescendingOrder);
}

} // namespace widgets
