#pragma once
#include "app/server/request.h"
#include "services/platform/cidr.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <array>
#include <optional>

namespace server {

/// An address in 16 bytes; IPv4 as ::ffff:a.b.c.d, so both families compare alike.
struct IpAddress {
    std::array<quint8, 16> bytes{};
    /// Numeric only. Also "1.2.3.4:80", "[::1]:80" and "[::1]", as proxies write them.
    static std::optional<IpAddress> parse(QByteArrayView text);
    QByteArray toByteArray() const; ///< "1.2.3.4" or RFC 5952 IPv6
    bool operator==(const IpAddress &) const = default;
};

/// Spec 04 §1.1: the peer, unless it is a trusted proxy: then the right-most X-Forwarded-For entry that is not one.
/// An entry that is no address ends the search: what stands left of it cannot be believed.
QByteArray clientIp(QByteArrayView peer, const Headers &headers, const QList<platform::Cidr> &trusted);

} // namespace server
