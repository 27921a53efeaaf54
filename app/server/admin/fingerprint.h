#pragma once
#include <QByteArray>
#include <QByteArrayView>

namespace server {

/// Who a request comes from, coarsely (spec 04 §3.2): IPv4 cut to /24, IPv6 to /48, SHA-256 over the network bytes and
/// the ASN ("0": there is no ASN source), 32 hex characters. An unreadable address counts as 0.0.0.0.
QByteArray clientFingerprint(QByteArrayView clientIp);

} // namespace server
