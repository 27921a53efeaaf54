#pragma once
#include "models/items/audit_table_model.h"
#include "views/pages/page.h"

#include <memory>

class QToolButton;
namespace widgets {
class DataTable;
class ProgressStrip;
} // namespace widgets

namespace pages {

class AuditInspector;
class ExportControl;
class QueryBar;
class SavedViews;

/// The audit log: exact times, filters, follow, metadata, export (06-screens §2.9 for what is stored).
class AuditPage : public Page {
    Q_OBJECT
public:
    explicit AuditPage(PageHost &host, QWidget *parent = nullptr);
    ~AuditPage() override;

    QString screen() const override { return QStringLiteral("audit"); }
    QString title() const override { return QStringLiteral("Audit log"); }
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
    QWidget *buildFollow();
    void connectAll();
    void load();
    void stateChanged();
    void waitingChanged();
    void exportRows();
    std::optional<domain::AuditEntry> currentEntry() const;

    items::AuditTableModel *m_model;
    QueryBar *m_query;
    widgets::ProgressStrip *m_strip, *m_exportStrip;
    widgets::DataTable *m_table;
    AuditInspector *m_inspector;
    SavedViews *m_views;
    ExportControl *m_export;
    QToolButton *m_follow = nullptr, *m_pill = nullptr;
    bool m_started = false;
};

} // namespace pages
