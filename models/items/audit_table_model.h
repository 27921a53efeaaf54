#pragma once
#include "models/items/query_table_model.h"
#include "services/ports/audit_service.h"

namespace items {

/// The audit log of one filter, newest first, windowed. Rows never change; new ones are counted and, when followed,
/// put on top.
class AuditTableModel : public QueryTableModel<domain::AuditEntry, ports::AuditFilter> {
public:
    enum Column { Time, Actor, Action, Target, Summary, ColumnCount };

    AuditTableModel(ports::AuditService &service, NewCall newCall, QObject *parent = nullptr);

protected:
    QFuture<PageResult> fetch(const ports::CallContext &call, const Request &request) override;
    QString idOf(const domain::AuditEntry &row) const override { return row.id.toString(); }

private:
    ports::AuditService &m_service;
};

} // namespace items
