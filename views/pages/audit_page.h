#pragma once
#include "views/pages/list_page.h"

namespace items {
class AuditTableModel;
}

namespace pages {

class AuditInspector;

/// The audit log: exact times, filters, follow, metadata, export (06-screens §2.9 for what is stored).
class AuditPage : public ListPage {
    Q_OBJECT
public:
    explicit AuditPage(PageHost &host, QWidget *parent = nullptr);

protected:
    void inspect() override;
    ExportControl::Start exporter() const override;

private:
    items::AuditTableModel *m_model;
    AuditInspector *m_inspector;
};

} // namespace pages
