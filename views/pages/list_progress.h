#pragma once
#include <QObject>

namespace items {
class PagedTableModel;
}
namespace widgets {
class DataTable;
class ProgressStrip;
} // namespace widgets

namespace pages {

class PageHost;
class QueryBar;
struct ListSpec;

/// Tells how the loading of a list goes: the strip with Cancel, the four empty states of the table, the notice with
/// Retry when older rows did not come.
class ListProgress : public QObject {
    Q_OBJECT
public:
    /// All of them live as long as the page, which is the parent.
    ListProgress(PageHost &host, const ListSpec &spec, items::PagedTableModel &model, const QueryBar &query,
                 widgets::DataTable &table, QWidget *page);
    widgets::ProgressStrip *strip() const { return m_strip; }

private:
    void draw();
    void drawReady();
    void drawNoRows();

    PageHost &m_host;
    const ListSpec &m_spec;
    items::PagedTableModel &m_model;
    const QueryBar &m_query;
    widgets::DataTable &m_table;
    widgets::ProgressStrip *m_strip;
};

} // namespace pages
