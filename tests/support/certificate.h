#pragma once
#include <QByteArray>

namespace test {

struct Certificate {
    QByteArray certificate, key; ///< PEM
};

/// A self-signed certificate of a fresh key, for a day. `commonName` is its subject and, when it is 127.0.0.1 or a
/// name, its only alternative name too.
Certificate makeCertificate(const QByteArray &commonName = "localhost");

} // namespace test
