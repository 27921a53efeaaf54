#include "services/security/aead.h"

#include "services/security/tokens.h"

#include <openssl/evp.h>

#include <algorithm>
#include <memory>

namespace security {
namespace {

using domain::ErrorCode;

constexpr qsizetype nonceBytes = 12;
constexpr qsizetype tagBytes = 16;

struct ContextDeleter {
    void operator()(EVP_CIPHER_CTX *context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, ContextDeleter>;

const unsigned char *in(const char *data)
{
    return reinterpret_cast<const unsigned char *>(data);
}

unsigned char *out(char *data)
{
    return reinterpret_cast<unsigned char *>(data);
}

QByteArray decodeBase64Url(const QByteArray &text, bool &ok)
{
    const auto decoded =
        QByteArray::fromBase64Encoding(text, QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    ok = decoded.decodingStatus == QByteArray::Base64DecodingStatus::Ok;
    return ok ? *decoded : QByteArray();
}

/// Version (0 = legacy), whether bound, and the base64 part of an envelope.
struct Parts {
    int version = 0;
    bool bound = false;
    QByteArray payload;
};

Parts split(const QByteArray &envelope)
{
    Parts parts;
    const bool versioned =
        envelope.size() > 3 && envelope.at(0) == 'v' && envelope.at(1) >= '1' && envelope.at(1) <= '9';
    if (versioned && envelope.at(2) == '.') {
        parts.version = envelope.at(1) - '0';
        parts.payload = envelope.sliced(3);
    } else if (versioned && envelope.at(2) == 'b' && envelope.at(3) == '.') {
        parts.version = envelope.at(1) - '0';
        parts.bound = true;
        parts.payload = envelope.sliced(4);
    } else {
        parts.payload = envelope;
    }
    return parts;
}

domain::Error failure(const char *key, const QString &detail)
{
    return domain::makeError(ErrorCode::Internal, QString::fromLatin1(key), detail);
}

} // namespace

std::optional<QByteArray> aesKeyFromHex(const QByteArray &hex)
{
    const QByteArray key = QByteArray::fromHex(hex);
    if (hex.size() != 2 * aesKeyBytes || key.size() != aesKeyBytes || key.toHex() != hex.toLower())
        return std::nullopt;
    return key;
}

QByteArray aesGcmSeal(const QByteArray &key, const QByteArray &plaintext, const QByteArray &additionalData)
{
    Q_ASSERT(key.size() == aesKeyBytes);
    const QByteArray nonce = randomBytes(nonceBytes);
    QByteArray sealed(nonceBytes + plaintext.size() + tagBytes, Qt::Uninitialized);
    std::copy(nonce.begin(), nonce.end(), sealed.begin());
    const Context context(EVP_CIPHER_CTX_new());
    int length = 0;
    char *const cipherText = sealed.data() + nonceBytes;
    const bool ok =
        context &&
        EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, in(key.constData()), in(nonce.constData())) ==
            1 &&
        (additionalData.isEmpty() || EVP_EncryptUpdate(context.get(), nullptr, &length, in(additionalData.constData()),
                                                       static_cast<int>(additionalData.size())) == 1) &&
        EVP_EncryptUpdate(context.get(), out(cipherText), &length, in(plaintext.constData()),
                          static_cast<int>(plaintext.size())) == 1 &&
        EVP_EncryptFinal_ex(context.get(), out(cipherText + length), &length) == 1 &&
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, static_cast<int>(tagBytes),
                            cipherText + plaintext.size()) == 1;
    if (!ok)
        qFatal("AES-256-GCM is not available");
    return sealed;
}

std::optional<QByteArray> aesGcmOpen(const QByteArray &key, const QByteArray &sealed, const QByteArray &additionalData)
{
    if (key.size() != aesKeyBytes || sealed.size() < nonceBytes + tagBytes)
        return std::nullopt;
    const qsizetype size = sealed.size() - nonceBytes - tagBytes;
    QByteArray plaintext(size, Qt::Uninitialized);
    QByteArray tag = sealed.last(tagBytes);
    const Context context(EVP_CIPHER_CTX_new());
    int length = 0;
    const bool ok =
        context &&
        EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, in(key.constData()), in(sealed.constData())) ==
            1 &&
        (additionalData.isEmpty() || EVP_DecryptUpdate(context.get(), nullptr, &length, in(additionalData.constData()),
                                                       static_cast<int>(additionalData.size())) == 1) &&
        EVP_DecryptUpdate(context.get(), out(plaintext.data()), &length, in(sealed.constData() + nonceBytes),
                          static_cast<int>(size)) == 1 &&
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, static_cast<int>(tagBytes), tag.data()) == 1 &&
        EVP_DecryptFinal_ex(context.get(), out(plaintext.data() + length), &length) == 1;
    if (!ok)
        return std::nullopt;
    return plaintext;
}

QByteArray deriveKey(const QByteArray &password, const QByteArray &salt)
{
    constexpr uint64_t cost = 1 << 14, blockSize = 8, parallel = 1, maxMemory = 64 * 1024 * 1024;
    QByteArray key(aesKeyBytes, Qt::Uninitialized);
    if (EVP_PBE_scrypt(password.constData(), static_cast<size_t>(password.size()), in(salt.constData()),
                       static_cast<size_t>(salt.size()), cost, blockSize, parallel, maxMemory, out(key.data()),
                       static_cast<size_t>(key.size())) != 1)
        qFatal("scrypt is not available");
    return key;
}

domain::Result<Keyring> Keyring::create(QHash<int, QByteArray> keys, int active, std::optional<int> legacy)
{
    const QString key = QStringLiteral("invalid_keyring"), field = QStringLiteral("keys");
    if (keys.isEmpty())
        return domain::invalidInput(key, field, QStringLiteral("the keyring is empty"));
    for (auto it = keys.cbegin(); it != keys.cend(); ++it) {
        if (it.key() < 1 || it.key() > 9)
            return domain::invalidInput(key, field, QStringLiteral("key version %1 is not 1 to 9").arg(it.key()));
        if (it.value().size() != aesKeyBytes)
            return domain::invalidInput(key, field, QStringLiteral("key %1 is not 32 bytes").arg(it.key()));
    }
    if (!keys.contains(active))
        return domain::invalidInput(key, field, QStringLiteral("the active key %1 is not in the ring").arg(active));
    if (legacy && !keys.contains(*legacy))
        return domain::invalidInput(key, field, QStringLiteral("the legacy key %1 is not in the ring").arg(*legacy));
    Keyring ring;
    ring.m_keys = std::move(keys);
    ring.m_active = active;
    ring.m_legacy = legacy;
    return ring;
}

QByteArray Keyring::seal(const QByteArray &plaintext) const
{
    return "v" + QByteArray::number(m_active) + "." +
           aesGcmSeal(m_keys.value(m_active), plaintext).toBase64(QByteArray::Base64UrlEncoding);
}

QByteArray Keyring::sealBound(const QByteArray &plaintext, const QByteArray &additionalData) const
{
    return "v" + QByteArray::number(m_active) + "b." +
           aesGcmSeal(m_keys.value(m_active), plaintext, additionalData).toBase64(QByteArray::Base64UrlEncoding);
}

domain::Result<QByteArray> Keyring::open(const QByteArray &envelope, const QByteArray &additionalData) const
{
    const Parts parts = split(envelope);
    if (parts.version == 0 && !m_legacy)
        return failure("no_legacy_key", QStringLiteral("an envelope without a version, and no legacy key is named"));
    const int version = parts.version == 0 ? *m_legacy : parts.version;
    if (!m_keys.contains(version))
        return failure("unknown_key_version", QStringLiteral("there is no key %1").arg(version));
    bool ok = false;
    const QByteArray sealed = decodeBase64Url(parts.payload, ok);
    if (!ok || sealed.size() < nonceBytes + tagBytes)
        return failure("malformed_envelope", QStringLiteral("not an encrypted value"));
    const auto plaintext = aesGcmOpen(m_keys.value(version), sealed, parts.bound ? additionalData : QByteArray());
    if (!plaintext)
        return failure("decrypt_failed", QStringLiteral("wrong key %1, wrong owner or damaged value").arg(version));
    return *plaintext;
}

bool Keyring::isCurrent(const QByteArray &envelope) const
{
    const Parts parts = split(envelope);
    return parts.bound && parts.version == m_active;
}

} // namespace security
