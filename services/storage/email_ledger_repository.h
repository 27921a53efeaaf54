#pragma once
#include "services/storage/connection.h"
#include "services/usecases/repositories.h"

namespace storage {

/// Table forwarder_sent as the forwarder and the webhooks write it.
class SqlEmailLedgerRepository final : public usecases::EmailLedgerRepository {
public:
    explicit SqlEmailLedgerRepository(Connection &connection) : m_connection(connection) {}

    domain::Result<QStringList> insert(const QList<usecases::LedgerEntry> &entries) override;
    domain::Result<QList<domain::AuditEntry>> unledgered(const QStringList &kinds, const QDateTime &after,
                                                         const QString &afterId, const QDateTime &until,
                                                         int limit) override;
    domain::Result<QList<usecases::DueMail>> due(const QDateTime &now, int limit) override;
    domain::Result<std::optional<QDateTime>> nextDue() override;
    domain::Result<domain::Done> markAccepted(const QList<Accepted> &rows) override;
    domain::Result<domain::Done> markDropped(const QList<Dropped> &rows) override;
    domain::Result<domain::Done> markTransient(const QString &id, const QString &error,
                                               const QDateTime &nextAttempt) override;
    domain::Result<QList<usecases::FoldRow>> lockByMessageIds(const QString &provider,
                                                              const QStringList &messageIds) override;
    domain::Result<domain::Done> updateFolds(const QList<usecases::FoldRow> &rows,
                                             const std::optional<QDateTime> &repairedAt) override;
    domain::Result<QList<Open>> withoutOutcome(const QString &provider, const QDateTime &from, const QDateTime &until,
                                               const QDateTime &after, const QString &afterId, int limit) override;
    domain::Result<std::optional<QDateTime>> lastSend(const QString &templateKind, const QString &addressSha256,
                                                      const QString &exceptId) override;
    domain::Result<QHash<QString, qint64>> countByClass() override;

private:
    Connection &m_connection;
};

} // namespace storage
