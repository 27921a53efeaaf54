#pragma once
#include "models/items/query_table_model.h"
#include "services/ports/email_service.h"

namespace items {

/// Addresses that are suppressed now, latest first; the query is a part of the address.
class SuppressionTableModel : public QueryTableModel<ports::Suppression, QString> {
public:
    enum Column { Email, Why, Since, Until, Reason, ColumnCount };

    SuppressionTableModel(ports::EmailService &service, NewCall newCall, QObject *parent = nullptr);

protected:
    QFuture<PageResult> fetch(const ports::CallContext &call, const Request &request) override;
    QString idOf(const ports::Suppression &row) const override { return row.email; }

private:
    ports::EmailService &m_service;
};

} // namespace items
