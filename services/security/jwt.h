#pragma once
#include "models/domain/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <optional>

/// JSON web tokens, HS256 only: every other algorithm, `none` included, is refused (spec 04 §5.1, spec 03 §7.3).
namespace security {

struct JwtRules {
    qint64 nowSeconds = 0; ///< Unix time
    bool requireExpiry = true;
    /// When set, `iat` must exist and be at most this far from now in either direction; without it a future `iat` is
    /// fine.
    std::optional<qint64> issuedWithinSeconds;
    /// When not empty: `aud`, if the token has one, must contain it.
    QString audience;
    bool requireAudience = false; ///< a token without `aud` is refused as well
};

/// Compact form. Precondition: the secret is not empty.
QByteArray signJwt(const QJsonObject &claims, const QByteArray &secret);

/// The claims of a valid token. Errors, all Unauthenticated: `malformed_token`, `wrong_algorithm`, `bad_signature`,
/// `token_expired`, `token_not_yet_valid`, `token_too_old`, `audience_mismatch`. An empty secret accepts nothing.
domain::Result<QJsonObject> verifyJwt(const QByteArray &token, const QByteArray &secret, const JwtRules &rules);

} // namespace security
