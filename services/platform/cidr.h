#pragma once
#include <QHostAddress>
#include <QString>

#include <optional>

namespace platform {

/// A network such as `10.0.0.0/8` or `fd00::/8`; a bare address is the network of that one address. Host bits are
/// ignored. An IPv4 address that arrives as `::ffff:a.b.c.d` is the IPv4 address.
class Cidr {
public:
    static std::optional<Cidr> parse(const QString &text);
    bool contains(const QHostAddress &address) const;
    QString toString() const;
    bool operator==(const Cidr &) const = default;

private:
    QHostAddress m_network;
    int m_bits = 0;
};

} // namespace platform
