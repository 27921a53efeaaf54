#include "app/server/middleware/client_ip.h"

#include <arpa/inet.h>

#include <algorithm>

namespace server {

namespace {

constexpr std::array<quint8, 12> mappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

bool isIpv4(const IpAddress &address)
{
    return std::equal(mappedPrefix.begin(), mappedPrefix.end(), address.bytes.begin());
}

/// Cuts ":port" and brackets; an IPv6 address without brackets keeps its colons.
QByteArrayView withoutPort(QByteArrayView text)
{
    if (text.startsWith('[')) {
        const qsizetype end = text.indexOf(']');
        return end < 0 ? QByteArrayView() : text.sliced(1, end - 1);
    }
    const qsizetype colon = text.indexOf(':');
    return colon >= 0 && text.lastIndexOf(':') == colon ? text.first(colon) : text;
}

bool isTrusted(const IpAddress &address, const QList<platform::Cidr> &trusted)
{
    const QHostAddress host(address.bytes.data());
    return std::any_of(trusted.begin(), trusted.end(), [&](const platform::Cidr &one) { return one.contains(host); });
}

/// The entries of all X-Forwarded-For fields, left to right.
QList<QByteArray> forwardedFor(const Headers &headers)
{
    QList<QByteArray> entries;
    for (const QByteArrayView field : headers.values("X-Forwarded-For"))
        entries += field.toByteArray().split(',');
    return entries;
}

} // namespace

std::optional<IpAddress> IpAddress::parse(QByteArrayView text)
{
    const QByteArray plain = withoutPort(text.trimmed()).toByteArray();
    IpAddress address;
    if (plain.isEmpty() || plain.size() > 45 || plain.contains('\0'))
        return std::nullopt;
    in_addr v4{};
    if (inet_pton(AF_INET, plain.constData(), &v4) == 1) {
        std::copy(mappedPrefix.begin(), mappedPrefix.end(), address.bytes.begin());
        const auto *raw = reinterpret_cast<const quint8 *>(&v4);
        std::copy(raw, raw + 4, address.bytes.begin() + 12);
        return address;
    }
    if (inet_pton(AF_INET6, plain.constData(), address.bytes.data()) == 1)
        return address;
    return std::nullopt;
}

QByteArray IpAddress::toByteArray() const
{
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (isIpv4(*this))
        inet_ntop(AF_INET, bytes.data() + 12, text.data(), static_cast<socklen_t>(text.size()));
    else
        inet_ntop(AF_INET6, bytes.data(), text.data(), static_cast<socklen_t>(text.size()));
    return QByteArray(text.data());
}

QByteArray clientIp(QByteArrayView peer, const Headers &headers, const QList<platform::Cidr> &trusted)
{
    const std::optional<IpAddress> peerAddress = IpAddress::parse(peer);
    if (trusted.isEmpty() || !peerAddress || !isTrusted(*peerAddress, trusted))
        return peer.toByteArray();
    IpAddress client = *peerAddress;
    const QList<QByteArray> entries = forwardedFor(headers);
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
        const std::optional<IpAddress> address = IpAddress::parse(*entry);
        if (!address)
            break;
        client = *address;
        if (!isTrusted(client, trusted))
            break;
    }
    return client.toByteArray();
}

} // namespace server
