#pragma once
#include "services/ports/customer_service.h"
#include "views/pages/list_page.h"

#include <optional>

namespace items {
class CustomerTableModel;
}

namespace pages {

class CustomerInspector;

/// All customers: query, sort, saved views, sums of the filtered set, inspector, export (06-screens §2.2).
class CustomersPage : public ListPage {
    Q_OBJECT
public:
    explicit CustomersPage(PageHost &host, QWidget *parent = nullptr);

    QString status() const override;

protected:
    void inspect() override;
    ExportControl::Start exporter() const override;
    QList<PageAction> ownActions() const override;
    void openRow() override;
    void loadAside() override;
    void permissionsChanged() override;

private:
    QList<ListColumn> columns();
    std::optional<ports::CustomerRow> currentRow() const;
    void changeTier();
    void addNote();

    items::CustomerTableModel *m_model;
    CustomerInspector *m_inspector;
    std::optional<ports::CustomerSums> m_sums;
    std::optional<qint64> m_everybody; ///< customers without any filter
    ports::CustomerFilter m_sumsFilter;
    quint64 m_sumsGeneration = 0;
};

} // namespace pages
