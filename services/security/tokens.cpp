#include "services/security/tokens.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <limits>

namespace security {
namespace {

constexpr QLatin1StringView operatorPrefix("ink_");
constexpr qsizetype operatorSecretBytes = 32;
constexpr qsizetype operatorSecretChars = 43;
constexpr int sha256Bytes = 32;

const unsigned char *bytesOf(const QByteArray &data)
{
    return reinterpret_cast<const unsigned char *>(data.constData());
}

unsigned char *bytesOf(QByteArray &data)
{
    return reinterpret_cast<unsigned char *>(data.data());
}

bool isBase64Url(QChar c)
{
    return (c >= QLatin1Char('A') && c <= QLatin1Char('Z')) || (c >= QLatin1Char('a') && c <= QLatin1Char('z')) ||
           (c >= QLatin1Char('0') && c <= QLatin1Char('9')) || c == QLatin1Char('-') || c == QLatin1Char('_');
}

} // namespace

QByteArray randomBytes(qsizetype count)
{
    Q_ASSERT(count >= 0 && count <= std::numeric_limits<int>::max());
    QByteArray bytes(count, Qt::Uninitialized);
    if (RAND_bytes(bytesOf(bytes), static_cast<int>(count)) != 1)
        qFatal("The system's random generator failed");
    return bytes;
}

QByteArray base64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QString newOperatorSecret()
{
    return operatorPrefix + QString::fromLatin1(base64Url(randomBytes(operatorSecretBytes)));
}

bool looksLikeOperatorSecret(QStringView text)
{
    if (!text.startsWith(operatorPrefix) || text.size() != operatorPrefix.size() + operatorSecretChars)
        return false;
    const QStringView random = text.sliced(operatorPrefix.size());
    return std::all_of(random.begin(), random.end(), isBase64Url);
}

QByteArray sha256(const QByteArray &data)
{
    QByteArray digest(sha256Bytes, Qt::Uninitialized);
    unsigned int length = 0;
    if (EVP_Digest(data.constData(), static_cast<size_t>(data.size()), bytesOf(digest), &length, EVP_sha256(),
                   nullptr) != 1 ||
        length != static_cast<unsigned int>(sha256Bytes))
        qFatal("SHA-256 is not available");
    return digest;
}

QByteArray sha256Hex(const QByteArray &data)
{
    return sha256(data).toHex();
}

QByteArray hmacSha256(const QByteArray &key, const QByteArray &data)
{
    QByteArray mac(sha256Bytes, Qt::Uninitialized);
    size_t length = 0;
    if (!EVP_Q_mac(nullptr, "HMAC", nullptr, "SHA256", nullptr, key.constData(), static_cast<size_t>(key.size()),
                   bytesOf(data), static_cast<size_t>(data.size()), bytesOf(mac), static_cast<size_t>(mac.size()),
                   &length) ||
        length != static_cast<size_t>(sha256Bytes))
        qFatal("HMAC-SHA-256 is not available");
    return mac;
}

bool constantTimeEqual(const QByteArray &a, const QByteArray &b)
{
    return a.size() == b.size() && CRYPTO_memcmp(a.constData(), b.constData(), static_cast<size_t>(a.size())) == 0;
}

} // namespace security
