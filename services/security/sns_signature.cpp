#include "services/security/sns_signature.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <QRegularExpression>

#include <memory>

namespace security {

namespace {

template <auto Free>
struct Freed {
    template <typename T>
    void operator()(T *object) const
    {
        Free(object);
    }
};
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Bio = std::unique_ptr<BIO, Freed<BIO_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;

constexpr const char *issuedTo = "sns.amazonaws.com";

bool isInForce(const X509 *certificate, const QDateTime &now)
{
    time_t at = static_cast<time_t>(now.toSecsSinceEpoch());
    return X509_cmp_time(X509_get0_notBefore(certificate), &at) < 0 &&
           X509_cmp_time(X509_get0_notAfter(certificate), &at) > 0;
}

} // namespace

bool isSnsCertificateUrl(const QString &url)
{
    static const QRegularExpression allowed(
        QStringLiteral("^https://sns\\.[a-z0-9-]{4,30}\\.amazonaws\\.com(\\.cn)?/[A-Za-z0-9._-]+\\.pem$"));
    return allowed.match(url).hasMatch();
}

QByteArray snsCanonicalText(const QJsonObject &message)
{
    const QString type = message.value(QLatin1StringView("Type")).toString();
    QList<const char *> names;
    if (type == QLatin1StringView("Notification"))
        names = {"Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"};
    else if (type == QLatin1StringView("SubscriptionConfirmation") ||
             type == QLatin1StringView("UnsubscribeConfirmation"))
        names = {"Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"};
    QByteArray text;
    for (const char *name : names) {
        const QJsonValue value = message.value(QLatin1StringView(name));
        if (value.isString())
            text += QByteArray(name) + '\n' + value.toString().toUtf8() + '\n';
    }
    return text;
}

bool verifySnsSignature(const QJsonObject &message, const QByteArray &certificatePem, const QDateTime &now)
{
    const QByteArray text = snsCanonicalText(message);
    const QByteArray signature =
        QByteArray::fromBase64(message.value(QLatin1StringView("Signature")).toString().toLatin1());
    const QString version = message.value(QLatin1StringView("SignatureVersion")).toString();
    const EVP_MD *digest = version == QLatin1StringView("1")   ? EVP_sha1()
                           : version == QLatin1StringView("2") ? EVP_sha256()
                                                               : nullptr;
    if (text.isEmpty() || signature.isEmpty() || !digest)
        return false;
    const Bio bio(BIO_new_mem_buf(certificatePem.constData(), static_cast<int>(certificatePem.size())));
    const Certificate certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    if (!certificate || !isInForce(certificate.get(), now) ||
        X509_check_host(certificate.get(), issuedTo, 0, 0, nullptr) != 1)
        return false;
    const Key key(X509_get_pubkey(certificate.get()));
    const Digest context(EVP_MD_CTX_new());
    return key && context && EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, key.get()) == 1 &&
           EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char *>(signature.constData()),
                            static_cast<size_t>(signature.size()),
                            reinterpret_cast<const unsigned char *>(text.constData()),
                            static_cast<size_t>(text.size())) == 1;
}

} // namespace security
