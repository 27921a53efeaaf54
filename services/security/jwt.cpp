#include "services/security/jwt.h"

#include "services/security/tokens.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cmath>

namespace security {
namespace {

using domain::ErrorCode;

domain::Error refused(const char *key, const QString &detail)
{
    return domain::makeError(ErrorCode::Unauthenticated, QString::fromLatin1(key), detail);
}

std::optional<QByteArray> decode(const QByteArray &part)
{
    if (part.contains('='))
        return std::nullopt;
    const auto decoded =
        QByteArray::fromBase64Encoding(part, QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    if (decoded.decodingStatus != QByteArray::Base64DecodingStatus::Ok)
        return std::nullopt;
    return *decoded;
}

std::optional<QJsonObject> decodeObject(const QByteArray &part)
{
    const auto json = decode(part);
    if (!json)
        return std::nullopt;
    const QJsonDocument document = QJsonDocument::fromJson(*json);
    if (!document.isObject())
        return std::nullopt;
    return document.object();
}

/// A NumericDate claim; nullopt when absent.
domain::Result<std::optional<qint64>> timeClaim(const QJsonObject &claims, const QString &name)
{
    const QJsonValue value = claims.value(name);
    if (value.isUndefined())
        return std::optional<qint64>();
    constexpr double largest = 9e15;
    const double seconds = value.toDouble();
    if (!value.isDouble() || !std::isfinite(seconds) || std::abs(seconds) > largest)
        return refused("malformed_token", QStringLiteral("'%1' is not a time").arg(name));
    return std::optional(static_cast<qint64>(seconds));
}

std::optional<domain::Error> checkTimes(const QJsonObject &claims, const JwtRules &rules)
{
    const auto expires = timeClaim(claims, QStringLiteral("exp"));
    const auto notBefore = timeClaim(claims, QStringLiteral("nbf"));
    const auto issued = timeClaim(claims, QStringLiteral("iat"));
    for (const auto *claim : {&expires, &notBefore, &issued}) {
        if (!*claim)
            return claim->error();
    }
    if (!expires->has_value() && rules.requireExpiry)
        return refused("malformed_token", QStringLiteral("the token has no expiry"));
    if (expires->has_value() && **expires <= rules.nowSeconds)
        return refused("token_expired", QStringLiteral("the token has expired"));
    if (notBefore->has_value() && **notBefore > rules.nowSeconds)
        return refused("token_not_yet_valid", QStringLiteral("the token is not valid yet"));
    if (!rules.issuedWithinSeconds)
        return std::nullopt;
    if (!issued->has_value())
        return refused("malformed_token", QStringLiteral("the token does not say when it was issued"));
    if (**issued - rules.nowSeconds > *rules.issuedWithinSeconds)
        return refused("token_not_yet_valid", QStringLiteral("the token was issued in the future"));
    if (rules.nowSeconds - **issued > *rules.issuedWithinSeconds)
        return refused("token_too_old", QStringLiteral("the token was issued too long ago"));
    return std::nullopt;
}

std::optional<domain::Error> checkAudience(const QJsonObject &claims, const JwtRules &rules)
{
    const QJsonValue audience = claims.value(QStringLiteral("aud"));
    const bool present = !audience.isUndefined() && !audience.isNull();
    const auto mismatch = refused("audience_mismatch", QStringLiteral("the token is for somebody else"));
    if (!present)
        return rules.requireAudience ? std::optional(mismatch) : std::nullopt;
    if (rules.audience.isEmpty())
        return std::nullopt;
    const QJsonArray audiences = audience.isArray() ? audience.toArray() : QJsonArray{audience};
    return audiences.contains(QJsonValue(rules.audience)) ? std::nullopt : std::optional(mismatch);
}

} // namespace

QByteArray signJwt(const QJsonObject &claims, const QByteArray &secret)
{
    Q_ASSERT(!secret.isEmpty());
    const QByteArray header = base64Url(R"({"alg":"HS256","typ":"JWT"})");
    const QByteArray signedPart = header + '.' + base64Url(QJsonDocument(claims).toJson(QJsonDocument::Compact));
    return signedPart + '.' + base64Url(hmacSha256(secret, signedPart));
}

domain::Result<QJsonObject> verifyJwt(const QByteArray &token, const QByteArray &secret, const JwtRules &rules)
{
    const QList<QByteArray> parts = token.split('.');
    if (parts.size() != 3)
        return refused("malformed_token", QStringLiteral("not a JSON web token"));
    const auto header = decodeObject(parts.at(0));
    if (!header)
        return refused("malformed_token", QStringLiteral("the token's header cannot be read"));
    if (header->value(QStringLiteral("alg")).toString() != QLatin1StringView("HS256"))
        return refused("wrong_algorithm", QStringLiteral("only HS256 is accepted"));
    const auto signature = decode(parts.at(2));
    const QByteArray expected = hmacSha256(secret, parts.at(0) + '.' + parts.at(1));
    if (secret.isEmpty() || !signature || !constantTimeEqual(*signature, expected))
        return refused("bad_signature", QStringLiteral("the signature does not match"));
    const auto claims = decodeObject(parts.at(1));
    if (!claims)
        return refused("malformed_token", QStringLiteral("the token's claims cannot be read"));
    if (auto error = checkTimes(*claims, rules))
        return *error;
    if (auto error = checkAudience(*claims, rules))
        return *error;
    return *claims;
}

} // namespace security
