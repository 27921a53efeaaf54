#include "services/usecases/tokens.h"

#include "services/security/tokens.h"

namespace usecases {

using domain::Done;
using domain::ErrorCode;
using domain::Permission;
using domain::Result;

namespace {

constexpr int maxNameChars = 120;
constexpr int maxEmailChars = 254;
constexpr int maxValidDays = 366;
constexpr qint64 touchEveryMs = 60'000;

domain::Error unauthorized()
{
    return domain::makeError(ErrorCode::Unauthenticated, QStringLiteral("unauthorized"),
                             QStringLiteral("the token is unknown, expired or revoked"));
}

Result<ports::MintToken> checkedRequest(ports::MintToken request)
{
    request.name = request.name.trimmed();
    request.email = request.email.trimmed().toLower();
    if (request.name.isEmpty() || request.name.size() > maxNameChars)
        return domain::invalidInput(QStringLiteral("invalid_name"), QStringLiteral("name"),
                                    QStringLiteral("must have 1 to %1 characters").arg(maxNameChars));
    const qsizetype at = request.email.indexOf(QLatin1Char('@'));
    const bool spaced = request.email.contains(QLatin1Char(' '));
    if (at < 1 || at == request.email.size() - 1 || spaced || request.email.size() > maxEmailChars)
        return domain::invalidInput(QStringLiteral("invalid_email"), QStringLiteral("email"),
                                    QStringLiteral("must be an e-mail address"));
    if (request.validDays < 1 || request.validDays > maxValidDays)
        return domain::invalidInput(QStringLiteral("invalid_valid_days"), QStringLiteral("valid_days"),
                                    QStringLiteral("must be 1 to %1").arg(maxValidDays));
    for (const auto &[field, text] : {std::pair("name", request.name), std::pair("email", request.email)}) {
        if (auto checked = checkText(QString::fromLatin1(field), text); !checked)
            return checked.error();
    }
    return request;
}

QJsonObject tokenMetadata(const Env &env, const ports::OperatorToken &token)
{
    return {{QStringLiteral("token_id"), token.id.toString()},
            {QStringLiteral("name"), token.name},
            {QStringLiteral("email"), token.email},
            {QStringLiteral("by_admin_email"), env.call.principal.email}};
}

} // namespace

Result<Authenticated> authenticate(const Env &env, const QString &secret)
{
    if (!security::looksLikeOperatorSecret(secret))
        return unauthorized();
    auto token = env.work.tokens().findByHash(security::sha256Hex(secret.toUtf8()));
    if (!token)
        return token.error().code == ErrorCode::NotFound ? unauthorized() : token.error();
    const QDateTime now = env.clock.now();
    if (token->revokedAt || (token->expiresAt && *token->expiresAt <= now))
        return unauthorized();
    Authenticated result;
    result.principal.kind = domain::PrincipalKind::OperatorToken;
    result.principal.email = token->email;
    result.principal.permissions = domain::permissionsOf(token->scope);
    result.principal.token = token->id;
    result.touch = !token->lastUsedAt || token->lastUsedAt->msecsTo(now) >= touchEveryMs;
    return result;
}

Result<Done> touchToken(const Env &env, domain::TokenId token)
{
    return env.work.transaction([&] { return env.work.tokens().touch(token, env.clock.now()); });
}

Result<ports::MintedToken> mintToken(const Env &env, const ports::MintToken &request)
{
    if (auto allowed = mayWrite(env, Permission::ManageTokens); !allowed)
        return allowed.error();
    auto clean = checkedRequest(request);
    if (!clean)
        return clean.error();
    const QDateTime now = env.clock.now();
    ports::MintedToken minted;
    minted.token.id = domain::TokenId::random();
    minted.token.name = clean->name;
    minted.token.email = clean->email;
    minted.token.scope = clean->scope;
    minted.token.createdAt = now;
    minted.token.expiresAt = now.addDays(clean->validDays);
    minted.secret = security::newOperatorSecret();

    QJsonObject metadata = tokenMetadata(env, minted.token);
    metadata.insert(QStringLiteral("scope"), domain::scopeName(clean->scope));
    metadata.insert(QStringLiteral("expires_at"), minted.token.expiresAt->toString(Qt::ISODateWithMs));
    auto done = env.work.transaction([&]() -> Result<Done> {
        auto inserted = env.work.tokens().insert(minted.token, security::sha256Hex(minted.secret.toUtf8()));
        if (!inserted)
            return inserted;
        return writeAudit(env,
                          operatorEntry(env, domain::kinds::adminTokenMinted, std::nullopt,
                                        QStringLiteral("Operator token minted for %1").arg(clean->email), metadata));
    });
    if (!done)
        return done.error();
    return minted;
}

Result<QList<ports::OperatorToken>> listTokens(const Env &env)
{
    if (auto allowed = mayRead(env, Permission::ManageTokens); !allowed)
        return allowed.error();
    return env.work.tokens().all();
}

Result<ports::OperatorToken> revokeToken(const Env &env, domain::TokenId id)
{
    if (auto allowed = mayWrite(env, Permission::ManageTokens); !allowed)
        return allowed.error();
    ports::OperatorToken token;
    auto done = env.work.transaction([&]() -> Result<Done> {
        auto found = env.work.tokens().find(id);
        if (!found)
            return found.error();
        token = *found;
        if (token.revokedAt)
            return Done{};
        token.revokedAt = env.clock.now();
        if (auto revoked = env.work.tokens().revoke(id, *token.revokedAt); !revoked)
            return revoked;
        return writeAudit(env, operatorEntry(env, domain::kinds::adminTokenRevoked, std::nullopt,
                                             QStringLiteral("Operator token of %1 revoked").arg(token.email),
                                             tokenMetadata(env, token)));
    });
    if (!done)
        return done.error();
    return token;
}

Result<bool> admitHit(const Env &env, const QString &bucket, int limit, int windowSeconds)
{
    if (bucket.isEmpty() || limit < 1 || windowSeconds < 1)
        return domain::invalidInput(QStringLiteral("invalid_bucket"), QStringLiteral("bucket"),
                                    QStringLiteral("bucket, limit and window must be set"));
    int before = 0;
    auto done = env.work.transaction([&]() -> Result<Done> {
        auto counted = env.work.rates().hit(bucket, env.clock.now(), windowSeconds);
        if (!counted)
            return counted.error();
        before = *counted;
        return Done{};
    });
    if (!done)
        return done.error();
    return before < limit;
}

} // namespace usecases
