#pragma once
#include <QObject>
#include <QSet>

class QMenu;
namespace widgets {
class DataTable;
}

namespace pages {

/// Lets one column take the room that the others leave. Where that would be too little, the columns that may yield are
/// hidden, first ones first, and come back with the room. What the operator switches by hand in the columns menu stays.
class ColumnFit : public QObject {
    Q_OBJECT
public:
    static constexpr int leastWidth = 260; ///< of the flexible column before others yield
    static constexpr int floorWidth = 200; ///< below this the table scrolls sideways
    /// columns: the menu made by makeColumnsButton. Lives as long as the table.
    ColumnFit(widgets::DataTable &table, QMenu &columns, int flexible, QList<int> yielding);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fit();
    bool wanted(int column) const;
    int othersWidth() const;

    widgets::DataTable &m_table;
    QMenu &m_columns;
    int m_flexible;
    QList<int> m_yielding;
    QSet<int> m_byHand;
    bool m_fitting = false;
};

} // namespace pages
