#pragma once
#include "services/storage/connection.h"
#include "services/usecases/repositories.h"

namespace storage {

/// Tables webhook_inbox and webhook_refusals.
class SqlWebhookInboxRepository final : public usecases::WebhookInboxRepository {
public:
    explicit SqlWebhookInboxRepository(Connection &connection) : m_connection(connection) {}

    domain::Result<domain::Done> insert(const QList<usecases::InboxEntry> &entries) override;
    domain::Result<QHash<QByteArray, domain::WebhookId>> sameBodies(const QList<QByteArray> &sha256Hex,
                                                                    const QDateTime &since) override;
    domain::Result<ports::Page<ports::WebhookRow>> list(const ports::WebhookQuery &query) override;
    domain::Result<ports::WebhookDetail> detail(domain::WebhookId id) override;
    domain::Result<domain::Done> markReplayed(domain::WebhookId id, ports::WebhookOutcome outcome,
                                              const QList<ports::WebhookEffect> &effects, const QDateTime &at) override;
    domain::Result<QList<ports::WebhookReceiver>> receivers(const QDateTime &now) override;
    domain::Result<qint64> removeBefore(const QDateTime &receivedBefore, int limit) override;
    domain::Result<qint64> removeOverflow(qint64 maximum, int limit) override;
    domain::Result<domain::Done> insertRefusals(const QList<Refusal> &refusals) override;

private:
    Connection &m_connection;
};

} // namespace storage
