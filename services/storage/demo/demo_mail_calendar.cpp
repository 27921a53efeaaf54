#include "services/storage/demo/demo_life_builder.h"
#include "services/storage/demo/demo_mail.h"

namespace storage::demo {

using domain::DeliveryEvent;

QString suppressionType(DeliveryEvent event)
{
    switch (event) {
    case DeliveryEvent::HardBounce:
    case DeliveryEvent::Blocked:
        return QStringLiteral("bounce");
    case DeliveryEvent::SoftBounce:
        return QStringLiteral("soft_bounce");
    case DeliveryEvent::Unsubscribed:
        return QStringLiteral("unsubscribe");
    case DeliveryEvent::Complaint:
        return QStringLiteral("spam_complaint");
    case DeliveryEvent::Delivered:
    case DeliveryEvent::Deferred:
    case DeliveryEvent::Error:
    case DeliveryEvent::Invalid:
    case DeliveryEvent::Request:
    case DeliveryEvent::Opened:
    case DeliveryEvent::Click:
        return {};
    }
    Q_UNREACHABLE();
}

domain::DeliveryFold MailRow::fold() const
{
    domain::DeliveryFold fold;
    for (const MailEvent &event : events)
        fold.add(event.event, QDateTime::fromMSecsSinceEpoch(event.atMs, Qt::UTC));
    return fold;
}

MailCalendar::MailCalendar(const LifeSettings &settings) : nowMs(settings.nowMs), detailed(settings.detailed)
{
    const qint64 today = nowMs / dayMs * dayMs;
    ledgerFromMs = nowMs - (detailed ? 180 : 90) * dayMs;
    digestsFromMs = nowMs - (detailed ? 180 : 28) * dayMs;
    deploysFromMs = detailed ? nowMs - 90 * dayMs : nowMs;
    inboxFromMs = nowMs - 30 * dayMs + hourMs;
    qint64 incidentDay = today / dayMs - 6; // 1970-01-01 was a Thursday
    while ((incidentDay + 3) % 7 > 2)       // its days are working days
        ++incidentDay;
    incidentFromMs = incidentDay * dayMs + 14 * hourMs + 10 * minuteMs;
    incidentUntilMs = incidentFromMs + 50 * hourMs;
    qint64 wednesday = today / dayMs - 75;
    while (wednesday % 7 != 6)
        --wednesday;
    outageFromMs = wednesday * dayMs + 9 * hourMs + 30 * minuteMs;
    outageUntilMs = outageFromMs + 50 * hourMs + 50 * minuteMs;
    deafFromMs = today - 20 * dayMs + 10 * hourMs + 40 * minuteMs;
    deafUntilMs = deafFromMs + 2 * hourMs;
    rotationMs = today - 21 * dayMs + 9 * hourMs;
    lastNightMs = nightAfter(nowMs - dayMs);
}

qint64 MailCalendar::nightAfter(qint64 ms)
{
    const qint64 night = ms / dayMs * dayMs + 2 * hourMs;
    return night > ms ? night : night + dayMs;
}

} // namespace storage::demo
