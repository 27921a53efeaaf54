#pragma once
#include "services/storage/connection.h"
#include "services/usecases/repositories.h"

namespace storage {

/// Table operator_tokens; only the SHA-256 of a secret is stored.
class SqlTokenRepository final : public usecases::TokenRepository {
public:
    explicit SqlTokenRepository(Connection &connection) : m_connection(connection) {}

    domain::Result<domain::Done> insert(const ports::OperatorToken &token, const QByteArray &sha256Hex) override;
    domain::Result<ports::OperatorToken> findByHash(const QByteArray &sha256Hex) override;
    domain::Result<ports::OperatorToken> find(domain::TokenId id) override;
    domain::Result<QList<ports::OperatorToken>> all() override;
    domain::Result<domain::Done> touch(domain::TokenId id, const QDateTime &usedAt) override;
    domain::Result<domain::Done> revoke(domain::TokenId id, const QDateTime &at) override;

private:
    domain::Result<QList<ports::OperatorToken>> where(const QString &condition, const QVariantList &values);
    Connection &m_connection;
};

} // namespace storage
