#pragma once
#include "views/pages/export_control.h"
#include "views/pages/list_menus.h"
#include "views/pages/list_spec.h"
#include "views/pages/page.h"

#include <QTimer>

#include <functional>
#include <memory>

class QStyledItemDelegate;
namespace items {
class PagedTableModel;
}
namespace ports {
struct Change;
struct SavedView;
} // namespace ports
namespace widgets {
class DataTable;
}

namespace pages {

class FollowControl;
class ListFrame;
class QueryBar;
class SavedViews;

/// How one column of the model is shown; sorting and alignment come from the model.
struct ListColumn {
    int column = 0;
    int width = 0;                           ///< px; −1 = takes the rest
    QStyledItemDelegate *delegate = nullptr; ///< given a parent by whoever made it
};

/// Base of every screen that is one list: query bar, progress, table, inspector, saved views, export, follow, empty
/// states, keys (06-screens §1 and §2 "Common frame"). All of it is driven through items::PagedTableModel.
///
/// A new list screen is:
///  1. A model derived from items::QueryTableModel: columns, the grammar of the query text (a reader made of the parts
///     in items/query_terms.h; labels of new fields go into items/query_text.cpp), idOf() and fetch(). In its
///     constructor it calls setDefaultSort("mrr:desc"), or setNewestFirst("time:desc"), which gives the page the
///     "Follow" button and the "12 new" pill.
///  2. An inspector: any widget of fixed width, named `<screen>.inspector`.
///  3. A page derived from this class. Its constructor passes a ListSpec to the base, makes model and inspector, calls
///
///         setList(m_model, m_inspector, {{Model::Time, exactTimeWidth()}, {Model::Summary, -1}});
///         setFilters(deliveryFilters());            // "+ Filter", optional
///         setColumnsMenu(Model::Summary, {});       // "Columns", optional
///
///     in this order and connects what its inspector asks for. It overrides inspect() and exporter(), and where needed
///     ownActions(), openRow(), status(), loadAside() and permissionsChanged(). AuditPage is the shortest example,
///     CustomersPage one with sums, sorting and actions on the row.
///  4. A line in page_factory.cpp and one in shell/screens.cpp; the palette offers its saved views and searches when
///     shell/palette_sources.cpp names it.
///
/// Charts and tiles go above the query bar (addAboveQuery(), always in view) or between query bar and table
/// (addAboveTable()). With ListSpec::tableLeastHeight the table keeps at least that height and, when the window is too
/// low for both, what is above it scrolls away together with it; query bar, progress and inspector stay. Load them in
/// loadAside(), which runs with every load of the list and soon after its rows changed.
///
/// Object names: `page.<screen>`, `<screen>.filter`, `.table`, `.empty`, `.views`, `.addFilter`, `.columns`, `.follow`,
/// `.pill`, `.scroll`, `.rowMenu`; actions `<screen>.export`, `.saveView`, `.toggleFollow`, `.faults` (where the
/// grammar has that field), `.inspector`, `.undo`. The page makes no shortcut: the shell runs its actions on the user's
/// keys, and the default of an action with a key must be that of its command in shell/key_bindings.cpp. Location: `q` =
/// query text, `sort` unless it is the default, `view` = name of a saved view to apply.
class ListPage : public Page {
    Q_OBJECT
public:
    ~ListPage() override;

    QString screen() const override { return m_spec.screen; }
    QString title() const override { return m_spec.title; }
    Location location() const override;
    void show(const Location &location) override;
    using QWidget::show;
    void refresh() override;
    void focusFilter() override;
    QList<PageAction> actions() const override; ///< export, ownActions(), save view, follow, faults …
    QString status() const override;            ///< how many; whether they are followed
    QString currentId() const override;

protected:
    ListPage(PageHost &host, ListSpec spec, QWidget *parent);

    /// Once, in the constructor of the screen. The page owns both.
    void setList(items::PagedTableModel *model, QWidget *inspector, const QList<ListColumn> &columns);
    void setFilters(const QList<FilterGroup> &groups);
    /// flexible takes the room that the others leave; yielding ones are hidden first where that is too little.
    void setColumnsMenu(int flexible, const QList<int> &yielding);
    void addAboveQuery(QWidget *widget);
    void addAboveTable(QWidget *widget);

    /// Fills the inspector from table().currentIndex(): another row, other values, or none.
    virtual void inspect() = 0;
    /// The export of what is shown: takes filter and order of now, not of when the file is chosen.
    virtual ExportControl::Start exporter() const { return {}; }
    /// What the operator can do here beyond the frame. If there is any, a row's context menu offers actions().
    virtual QList<PageAction> ownActions() const { return {}; }
    /// Enter and double click while the inspector is open (closed, they open it).
    virtual void openRow() { showInspector(false); }
    /// What belongs to the list but is not in its rows (sums, charts). The model has the filter already.
    virtual void loadAside() {}
    /// Role or lock of the profile changed: buttons of the inspector say why they are disabled.
    virtual void permissionsChanged() {}

    enum class Needs { Nothing, Row };
    /// An action `<screen>.<name>` that is disabled, with the reason, without this permission or without a row.
    PageAction guarded(const QString &name, const QString &text, const QString &keys, domain::Permission permission,
                       Needs needs, std::function<void()> trigger) const;
    std::function<ports::CallContext()> calls() const; ///< for the model
    widgets::DataTable &table() const { return *m_table; }
    QueryBar &query() const { return *m_query; }
    void showInspector(bool on);

private:
    void buildTable(const QList<ListColumn> &columns);
    void connectQuery();
    void connectTable();
    void connectModel();
    void load();
    void sortBy(const QString &sort);
    void applyView(const ports::SavedView &view);
    void takeChanges(const QList<ports::Change> &changes);
    void currentChanged(const QModelIndex &now, const QModelIndex &before);
    void stateChanged();
    void activate();
    void rowMenu(const QModelIndex &index, const QPoint &at);
    void toggleFaults();
    void exportRows();

    ListSpec m_spec;
    items::PagedTableModel *m_model = nullptr;
    QWidget *m_inspector = nullptr;
    QueryBar *m_query = nullptr;
    SavedViews *m_views = nullptr;
    ExportControl *m_export = nullptr;
    FollowControl *m_follow = nullptr; ///< only where the newest is first
    widgets::DataTable *m_table = nullptr;
    std::unique_ptr<ListFrame> m_frame;
    QTimer m_asideSoon;
    QString m_wantedId; ///< the current row of the last answer
    bool m_started = false, m_anyRow = false;
};

} // namespace pages
