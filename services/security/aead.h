#pragma once
#include "models/domain/result.h"

#include <QByteArray>
#include <QHash>

#include <optional>

/// AES-256-GCM with versioned keys (spec 03 §7.2).
namespace security {

inline constexpr qsizetype aesKeyBytes = 32;

/// 64 hex digits → 32 bytes; nullopt otherwise.
std::optional<QByteArray> aesKeyFromHex(const QByteArray &hex);

/// nonce (12) ‖ ciphertext ‖ tag (16). Precondition: key of aesKeyBytes.
QByteArray aesGcmSeal(const QByteArray &key, const QByteArray &plaintext, const QByteArray &additionalData = {});
/// nullopt when the key, the additional data or a single bit differs.
std::optional<QByteArray> aesGcmOpen(const QByteArray &key, const QByteArray &sealed,
                                     const QByteArray &additionalData = {});

/// scrypt (N = 2^14, r = 8, p = 1), 32 bytes. Tens of milliseconds on purpose: not on the GUI thread.
QByteArray deriveKey(const QByteArray &password, const QByteArray &salt);

/// Envelopes:
///   `v1.` + padded base64url          the reference's form, no additional data
///   `v1b.` + padded base64url         bound: additional data (the row's id) belongs to it
///   base64url without a prefix        legacy: opened with the key that the keyring names as legacy, never with the
///                                     active one just because it is active (00-decisions row 15)
class Keyring {
public:
    /// Keys by version 1…9. InvalidInput `invalid_keyring`: no key, a version outside 1…9, a key of another length than
    /// 32 bytes, an active or legacy version without a key.
    static domain::Result<Keyring> create(QHash<int, QByteArray> keys, int active, std::optional<int> legacy = {});

    /// With the active key, in the reference's form.
    QByteArray seal(const QByteArray &plaintext) const;
    /// With the active key, bound to `additionalData`.
    QByteArray sealBound(const QByteArray &plaintext, const QByteArray &additionalData) const;
    /// Opens any of the forms; `additionalData` matters for bound ones only. Errors (Internal): `unknown_key_version`,
    /// `no_legacy_key`, `malformed_envelope`, `decrypt_failed`.
    domain::Result<QByteArray> open(const QByteArray &envelope, const QByteArray &additionalData = {}) const;
    /// Bound and under the active key. Everything else is a candidate for re-encryption.
    bool isCurrent(const QByteArray &envelope) const;

private:
    Keyring() = default;
    QHash<int, QByteArray> m_keys;
    int m_active = 0;
    std::optional<int> m_legacy;
};

} // namespace security
