#include "models/domain/delivery_health.h"

namespace domain {

Verdict receiverVerdict(const std::optional<QDateTime> &lastEvent, qint64 accepted, const QDateTime &now)
{
    if (accepted <= 0)
        return Verdict::None;
    if (!lastEvent)
        return Verdict::Red;
    const qint64 silent = lastEvent->secsTo(now);
    if (silent <= receiverSilentSeconds)
        return Verdict::Good;
    return silent > receiverDeadSeconds ? Verdict::Red : Verdict::Amber;
}

} // namespace domain
