#include "app/server/admin/fingerprint.h"

#include "app/server/middleware/client_ip.h"

#include <QCryptographicHash>

#include <algorithm>

namespace server {

QByteArray clientFingerprint(QByteArrayView clientIp)
{
    constexpr std::array<quint8, 12> mappedIpv4{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    const IpAddress address = IpAddress::parse(clientIp).value_or(IpAddress::parse("0.0.0.0").value());
    const auto *bytes = reinterpret_cast<const char *>(address.bytes.data());
    const bool ipv4 = std::equal(mappedIpv4.begin(), mappedIpv4.end(), address.bytes.begin());
    const QByteArray network = ipv4 ? QByteArray(bytes + 12, 3) + '\0' : QByteArray(bytes, 6) + QByteArray(10, '\0');
    return QCryptographicHash::hash(network + '0', QCryptographicHash::Sha256).first(16).toHex();
}

} // namespace server
