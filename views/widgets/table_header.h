#pragma once
#include <QHash>
#include <QHeaderView>
#include <QSet>

namespace widgets {

/// Header of DataTable: quiet titles, the sorted column with an arrow, a click asks for a sort.
class TableHeader : public QHeaderView {
    Q_OBJECT
public:
    explicit TableHeader(QWidget *parent = nullptr);
    void setSortable(int column, bool sortable);
    void setAlignment(int column, Qt::Alignment alignment); ///< where neither header nor cells of the model say one
    void setSort(int column, Qt::SortOrder order);
    int sortColumn() const { return m_column; }
    Qt::SortOrder order() const { return m_order; }
    QSize sizeHint() const override;

Q_SIGNALS:
    void sortRequested(int column, Qt::SortOrder order);

protected:
    void paintSection(QPainter *painter, const QRect &rect, int logicalIndex) const override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;

private:
    Qt::Alignment alignmentOf(int column) const;
    QSet<int> m_sortable;
    QHash<int, Qt::Alignment> m_alignment;
    int m_column = -1;
    Qt::SortOrder m_order = Qt::DescendingOrder;
    QPoint m_pressed;
};

} // namespace widgets
