#pragma once
#include <QByteArray>
#include <QString>
#include <QStringView>

/// Random secrets and their fingerprints. Thread-safe, pure but for the random source.
namespace security {

/// Bytes from the operating system's generator (OpenSSL RAND_bytes). Aborts if that cannot deliver: a predictable
/// secret is worse than no process.
QByteArray randomBytes(qsizetype count);
/// URL-safe alphabet, no padding (RFC 4648 §5).
QByteArray base64Url(const QByteArray &bytes);
/// `ink_` + 43 characters: 256 bits. Shown to its owner once; only sha256Hex() of it is stored (spec 04 §5.2).
QString newOperatorSecret();
/// The shape of newOperatorSecret(); says nothing about whether it is known.
bool looksLikeOperatorSecret(QStringView text);

/// 32 bytes.
QByteArray sha256(const QByteArray &data);
/// 64 lower-case hex digits.
QByteArray sha256Hex(const QByteArray &data);
/// 32 bytes (HMAC-SHA-256).
QByteArray hmacSha256(const QByteArray &key, const QByteArray &data);
/// Does not reveal by its duration where the first difference is; different lengths are unequal.
bool constantTimeEqual(const QByteArray &a, const QByteArray &b);

} // namespace security
