#pragma once
#include "models/items/query_table_model.h"
#include "services/ports/email_service.h"

namespace items {

/// What became of a message, in words: "bounced later", "pending", and of one that was never accepted why not.
QString messageOutcomeText(const ports::MessageRow &row);
/// What an outcome is called: "hard bounce" for `hard`.
QString outcomeText(domain::DeliveryOutcome outcome);
/// Marks beside the outcome: deferred, late, inferred, repaired; joined by " · ".
QString messageMarks(const ports::MessageRow &row);
/// Never accepted, and not refused either: it waits or was held back.
bool isUnsent(const ports::MessageRow &row);

/// The ledger of sent mail, newest first, windowed. The first page is kept fresh.
class MessageTableModel : public QueryTableModel<ports::MessageRow, ports::MessageFilter> {
public:
    enum Column { Accepted, To, Template, Outcome, Reason, Attempts, Latency, Customer, ColumnCount };

    MessageTableModel(ports::EmailService &service, NewCall newCall, QObject *parent = nullptr);

protected:
    QFuture<PageResult> fetch(const ports::CallContext &call, const Request &request) override;
    QString idOf(const ports::MessageRow &row) const override { return row.id; }

private:
    ports::EmailService &m_service;
};

} // namespace items
