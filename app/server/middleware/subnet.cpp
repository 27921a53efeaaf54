#include "app/server/middleware/subnet.h"

#include "app/server/middleware/client_ip.h"

#include <algorithm>

namespace server {

namespace {

bool isMappedV4(const IpAddress &address)
{
    return std::all_of(address.bytes.begin(), address.bytes.begin() + 10, [](quint8 b) { return b == 0; }) &&
           address.bytes[10] == 0xff && address.bytes[11] == 0xff;
}

} // namespace

QString maskedSubnet(QByteArrayView text)
{
    auto address = IpAddress::parse(text.trimmed());
    if (!address)
        return {};
    const bool v4 = isMappedV4(*address);
    std::fill(address->bytes.begin() + (v4 ? 15 : 6), address->bytes.end(), quint8(0));
    return QString::fromLatin1(address->toByteArray()) + (v4 ? QLatin1StringView("/24") : QLatin1StringView("/48"));
}

} // namespace server
