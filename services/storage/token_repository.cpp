#include "services/storage/token_repository.h"

#include "services/storage/sql_helpers.h"

namespace storage {

using domain::Done;
using domain::Result;
using ports::OperatorToken;

namespace {

Result<OperatorToken> onlyOne(const Result<QList<OperatorToken>> &tokens)
{
    if (!tokens)
        return tokens.error();
    if (tokens->isEmpty())
        return domain::makeError(domain::ErrorCode::NotFound, QStringLiteral("token_not_found"),
                                 QStringLiteral("there is no such operator token"));
    return tokens->first();
}

} // namespace

Result<QList<OperatorToken>> SqlTokenRepository::where(const QString &condition, const QVariantList &values)
{
    const auto millis = [this](const char *column) { return m_connection.millis(QString::fromLatin1(column)); };
    const QString sql =
        QStringLiteral("SELECT id, name, email, scope, %1, %2, %3, %4 FROM operator_tokens %5 "
                       "ORDER BY created_at DESC, id")
            .arg(millis("created_at"), millis("expires_at"), millis("revoked_at"), millis("last_used_at"), condition);
    QList<OperatorToken> tokens;
    auto done = m_connection.select(sql, values, [&](const Row &row) {
        OperatorToken token;
        token.id = domain::TokenId(row.uuid(0));
        token.name = row.text(1);
        token.email = row.text(2);
        // An unknown scope gives the least.
        token.scope = domain::parseScope(row.text(3)).value_or(domain::Scope::Auditor);
        token.createdAt = row.time(4);
        token.expiresAt = row.optionalTime(5);
        token.revokedAt = row.optionalTime(6);
        token.lastUsedAt = row.optionalTime(7);
        tokens.append(token);
        return true;
    });
    if (!done)
        return done.error();
    return tokens;
}

Result<Done> SqlTokenRepository::insert(const OperatorToken &token, const QByteArray &sha256Hex)
{
    auto done = m_connection.execute(
        QStringLiteral("INSERT INTO operator_tokens (id, name, email, token_sha256, scope, created_at, expires_at) "
                       "VALUES (?, ?, ?, ?, ?, ?, ?)"),
        {token.id.toString(), token.name, token.email, QString::fromLatin1(sha256Hex), domain::scopeName(token.scope),
         toSqlTime(token.createdAt), toSqlTime(token.expiresAt)});
    if (!done)
        return done.error();
    return Done{};
}

Result<OperatorToken> SqlTokenRepository::findByHash(const QByteArray &sha256Hex)
{
    return onlyOne(where(QStringLiteral("WHERE token_sha256 = ?"), {QString::fromLatin1(sha256Hex)}));
}

Result<OperatorToken> SqlTokenRepository::find(domain::TokenId id)
{
    return onlyOne(where(QStringLiteral("WHERE id = ?"), {id.toString()}));
}

Result<QList<OperatorToken>> SqlTokenRepository::all()
{
    return where(QString(), {});
}

Result<Done> SqlTokenRepository::touch(domain::TokenId id, const QDateTime &usedAt)
{
    auto done = m_connection.execute(QStringLiteral("UPDATE operator_tokens SET last_used_at = ? WHERE id = ?"),
                                     {toSqlTime(usedAt), id.toString()});
    if (!done)
        return done.error();
    return Done{};
}

Result<Done> SqlTokenRepository::revoke(domain::TokenId id, const QDateTime &at)
{
    auto done = m_connection.execute(
        QStringLiteral("UPDATE operator_tokens SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL"),
        {toSqlTime(at), id.toString()});
    if (!done)
        return done.error();
    return Done{};
}

} // namespace storage
