#pragma once
#include "models/items/query_table_model.h"
#include "services/ports/customer_service.h"

namespace items {

/// The customers of one filter and sort, windowed. Columns below; DisplayRole is always the full text.
class CustomerTableModel : public QueryTableModel<ports::CustomerRow, ports::CustomerFilter> {
public:
    enum Column { Name, Tier, Mrr, Storage, Resources, Deployments, Users, LastSeen, Created, Notes, ColumnCount };

    CustomerTableModel(ports::CustomerService &service, NewCall newCall, QObject *parent = nullptr);

    ports::CustomerSort sortKey() const; ///< what sortText() says, for the port

protected:
    QFuture<PageResult> fetch(const ports::CallContext &call, const Request &request) override;
    QString idOf(const ports::CustomerRow &row) const override { return row.id.toString(); }
    std::optional<ports::CustomerFilter> filterOf(const QString &id) const override;

private:
    ports::CustomerService &m_service;
};

} // namespace items
