#pragma once
#include "models/items/customer_table_model.h"
#include "views/pages/page.h"

#include <QTimer>

#include <memory>

class QToolButton;
namespace items {
class ChangeListener;
}
namespace widgets {
class DataTable;
class ProgressStrip;
} // namespace widgets

namespace pages {

class CustomerInspector;
class ExportControl;
class QueryBar;
class SavedViews;

/// All customers: query, sort, saved views, sums of the filtered set, inspector, export (06-screens §2.2).
class CustomersPage : public Page {
    Q_OBJECT
public:
    explicit CustomersPage(PageHost &host, QWidget *parent = nullptr);
    ~CustomersPage() override;

    QString screen() const override { return QStringLiteral("customers"); }
    QString title() const override { return QStringLiteral("Customers"); }
    Location location() const override;
    void show(const Location &location) override;
    using QWidget::show;
    void refresh() override;
    void focusFilter() override;
    QList<PageAction> actions() const override;
    QString status() const override;
    QString currentId() const override;

private:
    void buildTable();
    void buildMenus();
    void connectAll();
    void load();
    void loadSums();
    void sortBy(int column, Qt::SortOrder order);
    void applySort(const QString &sort);
    QString sortText() const;
    void stateChanged();
    void showInspector(bool on);
    void activate(const QModelIndex &index);
    void openCurrent();
    void rowMenu(const QModelIndex &index, const QPoint &at);
    void exportRows();
    void fitName();
    std::optional<ports::CustomerRow> currentRow() const;
    std::optional<ports::CustomerFilter> filter() const;

    items::CustomerTableModel *m_model;
    QueryBar *m_query;
    widgets::ProgressStrip *m_strip, *m_exportStrip;
    widgets::DataTable *m_table;
    CustomerInspector *m_inspector;
    SavedViews *m_views;
    ExportControl *m_export;
    items::ChangeListener *m_changes;
    QTimer m_sumsSoon, m_permissions;
    std::optional<ports::CustomerSums> m_sums;
    std::optional<qint64> m_everybody; ///< customers without any filter
    quint64 m_sumsGeneration = 0;
    QString m_wantedId, m_callId;
    bool m_started = false, m_anyRow = false;
};

} // namespace pages
