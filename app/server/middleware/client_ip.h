#pragma once
#include "app/server/request.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

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

struct Cidr {
    IpAddress network;
    int prefix = 128; ///< bits of the 16-byte form
    /// "10.0.0.0/8", "::1/128", or a single address.
    static std::optional<Cidr> parse(QByteArrayView text);
    bool contains(const IpAddress &address) const;
    bool operator==(const Cidr &) const = default;
};

/// Comma list as in TRUSTED_PROXY_CIDRS; empty parts are skipped. nullopt when one part is wrong; `bad` names it.
std::optional<QList<Cidr>> parseCidrList(QStringView text, QString *bad = nullptr);

/// Spec 04 §1.1: the peer, unless it is a trusted proxy: then the right-most X-Forwarded-For entry that is not one.
/// An entry that is no address ends the search: what stands left of it cannot be believed.
QByteArray clientIp(QByteArrayView peer, const Headers &headers, const QList<Cidr> &trusted);

} // namespace server
