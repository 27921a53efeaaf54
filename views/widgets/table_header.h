#pragma once
#include <QHeaderView>
#include <QSet>

namespace widgets {

/// Header of DataTable: quiet titles, the sorted column with an arrow, a click asks for a sort.
class TableHeader : public QHeaderView {
    Q_OBJECT
public:
    explicit TableHeader(QWidget *parent = nullptr);
    void setSortable(int column, bool sortable);
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
    QSet<int> m_sortable;
    int m_column = -1;
    Qt::SortOrder m_order = Qt::DescendingOrder;
    QPoint m_pressed;
};

} // namespace widgets
