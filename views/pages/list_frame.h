#pragma once
#include <QString>

class QModelIndex;
class QScrollArea;
class QVBoxLayout;
class QWidget;
namespace widgets {
class DataTable;
}

namespace pages {

/// Where the parts of a list page stand: what is above the query, query bar, rule; below them progress, what is above
/// the table and the table on the left, the inspector on the right.
class ListFrame {
public:
    struct Parts {
        QWidget *query, *strip, *exportStrip;
        widgets::DataTable *table;
        QWidget *inspector;
    };
    /// tableLeastHeight > 0: the table keeps that height, and what is above it scrolls with it when both do not fit.
    ListFrame(QWidget *page, const QString &screen, const Parts &parts, int tableLeastHeight);
    void addAboveQuery(QWidget *widget);
    void addAboveTable(QWidget *widget);
    /// Scrolls what is around the table, as the table itself scrolls to its current row, while it has the focus.
    void keepInView(const QModelIndex &index) const;

private:
    widgets::DataTable *m_table;
    QVBoxLayout *m_aboveQuery, *m_aboveTable;
    QScrollArea *m_scroll = nullptr;
};

} // namespace pages
