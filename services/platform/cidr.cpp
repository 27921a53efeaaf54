#include "services/platform/cidr.h"

#include <QAbstractSocket>

#include <algorithm>

namespace platform {
namespace {

/// The IPv4 address inside ::ffff:0:0/96, else the address itself.
QHostAddress unmapped(const QHostAddress &address)
{
    bool isIpv4 = false;
    const quint32 ipv4 = address.toIPv4Address(&isIpv4);
    return isIpv4 ? QHostAddress(ipv4) : address;
}

bool isWholeNumber(const QString &text)
{
    return !text.isEmpty() && text.size() <= 3 && std::all_of(text.begin(), text.end(), [](QChar c) {
        return c >= QLatin1Char('0') && c <= QLatin1Char('9');
    });
}

/// QHostAddress also reads "10.1" and "0x7f.1", which nobody means in a configuration.
bool isPlainAddress(const QString &text, const QHostAddress &address)
{
    if (address.isNull() || !address.scopeId().isEmpty())
        return false;
    return address.protocol() == QAbstractSocket::IPv6Protocol || address.toString() == text;
}

} // namespace

std::optional<Cidr> Cidr::parse(const QString &text)
{
    const QString trimmed = text.trimmed();
    const qsizetype slash = trimmed.indexOf(QLatin1Char('/'));
    const QString addressText = slash < 0 ? trimmed : trimmed.first(slash);
    const QHostAddress address(addressText);
    if (!isPlainAddress(addressText, address))
        return std::nullopt;
    const int width = address.protocol() == QAbstractSocket::IPv4Protocol ? 32 : 128;
    int bits = width;
    if (slash >= 0) {
        const QString bitsText = trimmed.sliced(slash + 1);
        if (!isWholeNumber(bitsText) || bitsText.toInt() > width)
            return std::nullopt;
        bits = bitsText.toInt();
    }
    Cidr cidr;
    cidr.m_network = address;
    cidr.m_bits = bits;
    const QHostAddress plain = unmapped(address);
    if (width == 128 && plain.protocol() == QAbstractSocket::IPv4Protocol && bits >= 96) {
        cidr.m_network = plain;
        cidr.m_bits = bits - 96;
    }
    return cidr;
}

bool Cidr::contains(const QHostAddress &address) const
{
    const QHostAddress plain = unmapped(address);
    if (plain.protocol() != m_network.protocol())
        return false;
    return m_bits == 0 || plain.isInSubnet(m_network, m_bits);
}

QString Cidr::toString() const
{
    return m_network.toString() + QLatin1Char('/') + QString::number(m_bits);
}

} // namespace platform
