#pragma once
#include "models/domain/result.h"

#include <QString>

#include <boost/asio/ssl/context.hpp>

#include <memory>

namespace server {

/// TLS 1.2 and 1.3, no renegotiation, ALPN http/1.1. `tls_config_invalid` names the file and what is wrong with it.
domain::Result<std::shared_ptr<boost::asio::ssl::context>> makeTlsContext(const QString &certificateFile,
                                                                          const QString &privateKeyFile);

} // namespace server
