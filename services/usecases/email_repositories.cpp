#include "services/usecases/email_repositories.h"

namespace usecases {

QUuid EventRow::id() const
{
    // Fixed for ever: stored ids are made with it.
    static constexpr QUuid ours(0x6f2c1b5e, 0x93d4, 0x4c07, 0x8a, 0x1e, 0x5b, 0xd0, 0x27, 0xe6, 0x9c, 0x41);
    if (!stored.isNull())
        return stored;
    const QStringList parts{provider, messageId, domain::normalizedAddress(address), domain::deliveryEventName(event),
                            QString::number(at.toMSecsSinceEpoch())};
    return QUuid::createUuidV5(ours, parts.join(QLatin1Char('|')));
}

} // namespace usecases
