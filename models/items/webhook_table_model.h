#pragma once
#include "models/items/query_table_model.h"
#include "services/ports/webhook_inbox_service.h"

namespace items {

/// The webhook inbox of one filter, newest first, windowed. New ones are counted and, when followed, put on top; a
/// replay changes a row where it stands.
class WebhookTableModel : public QueryTableModel<ports::WebhookRow, ports::WebhookFilter> {
public:
    enum Column {
        Received,
        Provider,
        Event,
        Message,
        Signature,
        Duplicate,
        Outcome,
        Changed,
        Processing,
        Size,
        ColumnCount
    };

    WebhookTableModel(ports::WebhookInboxService &service, NewCall newCall, QObject *parent = nullptr);

protected:
    QFuture<PageResult> fetch(const ports::CallContext &call, const Request &request) override;
    QString idOf(const ports::WebhookRow &row) const override { return row.id.toString(); }

private:
    ports::WebhookInboxService &m_service;
};

/// "delivered", or "12 events"; "—" where the body could not be read.
QString webhookEventText(const ports::WebhookRow &row);
/// "9 of 12"; "—" where there is no event.
QString webhookChangedText(const ports::WebhookRow &row);
/// 850 → `0.85 ms`, 12400 → `12 ms`
QString processingText(qint64 us);

} // namespace items
