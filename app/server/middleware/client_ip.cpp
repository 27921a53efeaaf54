#include "app/server/middleware/client_ip.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

namespace server {

namespace {

constexpr std::array<quint8, 12> mappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

bool isIpv4(const IpAddress &address) {
    return std::equal(mappedPrefix.begin(), mappedPrefix.end(), address.bytes.begin());
}

/// Cuts ":port" and brackets; an IPv6 address without brackets keeps its colons.
QByteArrayView withoutPort(QByteArrayView text) {
    if (text.startsWith('[')) {
        const qsizetype end = text.indexOf(']');
        return end < 0 ? QByteArrayView() : text.sliced(1, end - 1);
    }
    const qsizetype colon = text.indexOf(':');
    return colon >= 0 && text.lastIndexOf(':') == colon ? text.first(colon) : text;
}

bool isTrusted(const IpAddress &address, const QList<Cidr> &trusted) {
    return std::any_of(trusted.begin(), trusted.end(), [&](const Cidr &one) { return one.contains(address); });
}

/// The entries of all X-Forwarded-For fields, left to right.
QList<QByteArray> forwardedFor(const Headers &headers) {
    QList<QByteArray> entries;
    for (const QByteArrayView field : headers.values("X-Forwarded-For"))
        entries += field.toByteArray().split(',');
    return entries;
}

} // namespace

std::optional<IpAddress> IpAddress::parse(QByteArrayView text) {
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

QByteArray IpAddress::toByteArray() const {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (isIpv4(*this))
        inet_ntop(AF_INET, bytes.data() + 12, text.data(), static_cast<socklen_t>(text.size()));
    else
        inet_ntop(AF_INET6, bytes.data(), text.data(), static_cast<socklen_t>(text.size()));
    return QByteArray(text.data());
}

std::optional<Cidr> Cidr::parse(QByteArrayView text) {
    text = text.trimmed();
    const qsizetype slash = text.indexOf('/');
    const QByteArrayView host = slash < 0 ? text : text.first(slash);
    const std::optional<IpAddress> network = IpAddress::parse(host);
    if (!network || host.contains('['))
        return std::nullopt;
    const bool v4 = host.indexOf(':') < 0;
    int bits = v4 ? 32 : 128;
    if (slash >= 0) {
        const QByteArrayView digits = text.sliced(slash + 1);
        int value = -1;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (error != std::errc() || end != digits.data() + digits.size() || value < 0 || value > bits)
            return std::nullopt;
        bits = value;
    }
    return Cidr{*network, v4 ? bits + 96 : bits};
}

bool Cidr::contains(const IpAddress &address) const {
    const auto whole = static_cast<std::size_t>(prefix / 8);
    if (!std::equal(network.bytes.begin(), network.bytes.begin() + static_cast<std::ptrdiff_t>(whole),
                    address.bytes.begin()))
        return false;
    const int rest = prefix % 8;
    if (rest == 0)
        return true;
    const auto mask = static_cast<quint8>(0xff << (8 - rest));
    return (network.bytes[whole] & mask) == (address.bytes[whole] & mask);
}

std::optional<QList<Cidr>> parseCidrList(QStringView text, QString *bad) {
    QList<Cidr> list;
    for (const QStringView part : text.split(u',')) {
        const QStringView trimmed = part.trimmed();
        if (trimmed.isEmpty())
            continue;
        const std::optional<Cidr> cidr = Cidr::parse(trimmed.toUtf8());
        if (!cidr) {
            if (bad)
                *bad = trimmed.toString();
            return std::nullopt;
        }
        list.append(*cidr);
    }
    return list;
}

QByteArray clientIp(QByteArrayView peer, const Headers &headers, const QList<Cidr> &trusted) {
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
