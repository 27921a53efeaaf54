#pragma once
#include <QTableView>

#include <memory>

namespace widgets {

class EmptyState;

/// The table of every list: fixed 38 px rows, own header with a sort arrow, hover and selection wash, single row
/// cursor, Enter opens, Space marks, Ctrl+C copies the cell. Sorting is asked for, never done here (models sort in
/// SQL).
class DataTable : public QTableView {
    Q_OBJECT
public:
    /// screen: for names: objectName "<screen>.table", accessible name "<Screen> table".
    explicit DataTable(const QString &screen, QWidget *parent = nullptr);
    ~DataTable() override;
    /// width −1 = takes the rest. Call after setModel.
    void setColumn(int column, int width, Qt::Alignment alignment = Qt::AlignLeft, bool sortable = false);
    void setSort(int column, Qt::SortOrder order); ///< arrow only, no signal
    EmptyState *emptyState() const;
    void showEmptyState(bool on); ///< overlays the rows
    QList<int> markedRows() const;
    void clearMarks();
    int hoveredRow() const;
    bool isMarked(int row) const;
    void mark(int row, bool range = false); ///< toggles one row, or adds the rows since the last mark

Q_SIGNALS:
    void opened(const QModelIndex &index); ///< Enter, double click
    void sortRequested(int column, Qt::SortOrder order);
    void marksChanged();
    void copied(const QString &text);
    void contextMenuAt(const QModelIndex &index, const QPoint &globalPos);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace widgets
