#pragma once
#include <QByteArrayView>
#include <QString>

namespace server {

/// What may be kept of an address that did wrong (spec 02 §4.1): IPv4 its /24, IPv6 its /48, v4-mapped as IPv4; a port
/// or brackets are ignored. Empty for anything that is no address.
QString maskedSubnet(QByteArrayView address);

} // namespace server
