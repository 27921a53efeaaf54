#include "tests/support/certificate.h"

#include <functional>
#include <memory>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace test {

namespace {

QByteArray pemOf(const std::function<int(BIO *)> &write)
{
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new(BIO_s_mem()), BIO_free);
    if (write(bio.get()) != 1)
        return {};
    char *data = nullptr;
    const auto size = static_cast<qsizetype>(BIO_get_mem_data(bio.get(), &data));
    return QByteArray(data, size);
}

void addExtension(X509 *certificate, int nid, const QByteArray &value)
{
    const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension(
        X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.constData()), X509_EXTENSION_free);
    X509_add_ext(certificate, extension.get(), -1);
}

} // namespace

Certificate makeCertificate(const QByteArray &commonName)
{
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), X509_free);
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 86400);
    X509_set_pubkey(certificate.get(), key.get());
    X509_NAME *name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char *>(commonName.constData()), -1, -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    addExtension(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    const bool address = !commonName.isEmpty() && commonName.front() >= '0' && commonName.front() <= '9';
    addExtension(certificate.get(), NID_subject_alt_name, (address ? "IP:" : "DNS:") + commonName);
    X509_sign(certificate.get(), key.get(), EVP_sha256());
    return {pemOf([&](BIO *bio) { return PEM_write_bio_X509(bio, certificate.get()); }), pemOf([&](BIO *bio) {
                return PEM_write_bio_PrivateKey(bio, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
            })};
}

} // namespace test
