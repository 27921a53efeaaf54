#pragma once
#include <QByteArray>
#include <QDateTime>
#include <QJsonObject>

namespace security {

/// Where a message's certificate may come from: `https://sns.<region>.amazonaws.com/….pem` and nowhere else.
bool isSnsCertificateUrl(const QString &url);

/// Whether the message carries a valid signature (version 1: SHA-1, 2: SHA-256) of this certificate, which must be in
/// force at `now` and issued to the service. Says nothing about where the certificate came from.
bool verifySnsSignature(const QJsonObject &message, const QByteArray &certificatePem, const QDateTime &now);

/// The text that the service signs; empty for a message of an unknown type.
QByteArray snsCanonicalText(const QJsonObject &message);

} // namespace security
