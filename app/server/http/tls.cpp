#include "app/server/http/tls.h"

#include <QFileInfo>

#include <openssl/ssl.h>

#include <string_view>

namespace server {

namespace {

constexpr std::string_view http11Protocol = "\x08http/1.1";

domain::Error invalid(const QString &detail)
{
    return domain::makeError(domain::ErrorCode::InvalidInput, QStringLiteral("tls_config_invalid"), detail);
}

int selectProtocol(SSL *, const unsigned char **out, unsigned char *outSize, const unsigned char *offered,
                   unsigned int offeredSize, void *)
{
    unsigned char *chosen = nullptr;
    const auto *mine = reinterpret_cast<const unsigned char *>(http11Protocol.data());
    if (SSL_select_next_proto(&chosen, outSize, mine, static_cast<unsigned int>(http11Protocol.size()), offered,
                              offeredSize) != OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_NOACK;
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

} // namespace

domain::Result<std::shared_ptr<boost::asio::ssl::context>> makeTlsContext(const QString &certificateFile,
                                                                          const QString &privateKeyFile)
{
    namespace ssl = boost::asio::ssl;
    for (const QString &file : {certificateFile, privateKeyFile}) {
        if (file.isEmpty())
            return invalid(QStringLiteral("TLS needs both a certificate file and a private key file"));
        if (!QFileInfo(file).isReadable())
            return invalid(QStringLiteral("%1 cannot be read").arg(file));
    }
    auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
    SSL_CTX *native = context->native_handle();
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_alpn_select_cb(native, selectProtocol, nullptr);
    boost::system::error_code error;
    context->use_certificate_chain_file(certificateFile.toStdString(), error);
    if (error)
        return invalid(QStringLiteral("%1 holds no usable certificate chain: %2")
                           .arg(certificateFile, QString::fromStdString(error.message())));
    context->use_private_key_file(privateKeyFile.toStdString(), ssl::context::pem, error);
    if (error)
        return invalid(QStringLiteral("%1 holds no usable private key for %2: %3")
                           .arg(privateKeyFile, certificateFile, QString::fromStdString(error.message())));
    if (SSL_CTX_check_private_key(native) != 1)
        return invalid(QStringLiteral("the key in %1 does not belong to the certificate in %2")
                           .arg(privateKeyFile, certificateFile));
    return context;
}

} // namespace server
