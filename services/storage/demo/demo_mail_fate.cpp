#include "services/storage/demo/demo_mail_fate.h"

#include "services/storage/demo/demo_addresses.h"
#include "services/storage/demo/demo_life_builder.h"

#include <algorithm>
#include <array>

namespace storage::demo {

using domain::DeliveryEvent;

namespace {

constexpr qint64 secondMs = 1000;

struct Quantile {
    double share, ms;
};

/// By straight lines between the quantiles: the same on every platform, unlike logarithms.
qint64 between(const auto &quantiles, double share)
{
    for (std::size_t i = 1; i < quantiles.size(); ++i) {
        const Quantile &low = quantiles[i - 1];
        const Quantile &high = quantiles[i];
        if (share <= high.share)
            return static_cast<qint64>(low.ms + (high.ms - low.ms) * (share - low.share) / (high.share - low.share));
    }
    return static_cast<qint64>(quantiles.back().ms);
}

qint64 deliveryDelay(Random &random)
{
    static constexpr std::array quantiles{
        Quantile{0, 700},        Quantile{0.25, 1600},     Quantile{0.5, 2500},
        Quantile{0.75, 4300},    Quantile{0.9, 9000},      Quantile{0.97, 38'000},
        Quantile{0.99, 130'000}, Quantile{0.999, 640'000}, Quantile{1, 1'500'000},
    };
    return between(quantiles, random.real());
}

qint64 openingDelay(Random &random)
{
    static constexpr std::array quantiles{
        Quantile{0, 25'000},       Quantile{0.3, 420'000},   Quantile{0.6, 5'400'000},
        Quantile{0.9, 40'000'000}, Quantile{1, 130'000'000},
    };
    return between(quantiles, random.real());
}

template <typename... T>
QString anyOf(Random &random, T... texts)
{
    const std::initializer_list<const char *> all{texts...};
    return QString::fromLatin1(all.begin()[random.below(static_cast<qint64>(all.size()))]);
}

class EventTeller {
public:
    EventTeller(MailRow &mail, const MailCalendar &calendar, Random &random)
        : m_mail(mail)
        , m_calendar(calendar)
        , m_random(random)
        , m_domain(domain::addressDomain(mail.address))
    {
    }
    void tell(MailFate fate);

private:
    void add(DeliveryEvent event, qint64 atMs);
    qint64 deliver();
    qint64 defer(int times);
    void open(qint64 deliveredMs);
    bool incident() const
    {
        return m_domain == incidentDomain && m_mail.acceptedMs >= m_calendar.incidentFromMs &&
               m_mail.acceptedMs < m_calendar.incidentUntilMs;
    }

    MailRow &m_mail;
    const MailCalendar &m_calendar;
    Random &m_random;
    QString m_domain;
    bool m_lost = false; ///< webhooks of this message do not arrive
};

void EventTeller::add(DeliveryEvent event, qint64 atMs)
{
    MailEvent told;
    told.event = event;
    told.atMs = atMs;
    told.receivedMs = atMs + m_random.between(280, 2300);
    told.reason = bounceReason(event, m_domain, incident(), m_random);
    const bool deaf = atMs >= m_calendar.deafFromMs && atMs < m_calendar.deafUntilMs;
    if (m_lost || deaf) {
        // Repair asks only about messages without an outcome: what else was lost stays lost.
        if (m_mail.fold().storedOutcome() != QLatin1StringView("none"))
            return;
        told.repaired = true;
        told.receivedMs =
            MailCalendar::nightAfter(std::max(atMs, m_mail.acceptedMs + hourMs)) + m_random.between(6, 40) * secondMs;
    }
    const bool overtakes = std::any_of(m_mail.events.cbegin(), m_mail.events.cend(), [&told](const MailEvent &before) {
        return before.repaired && before.receivedMs > told.receivedMs;
    });
    if (told.receivedMs > m_calendar.nowMs || overtakes)
        return;
    m_mail.events << told;
}

qint64 EventTeller::deliver()
{
    const qint64 atMs = m_mail.acceptedMs + deliveryDelay(m_random);
    add(DeliveryEvent::Delivered, atMs);
    return atMs;
}

qint64 EventTeller::defer(int times)
{
    qint64 atMs = m_mail.acceptedMs;
    for (int i = 0; i < times; ++i) {
        atMs += m_random.between(2, i == 0 ? 9 : 900) * secondMs;
        add(DeliveryEvent::Deferred, atMs);
    }
    return atMs;
}

void EventTeller::open(qint64 deliveredMs)
{
    if (!m_calendar.detailed || !m_random.chance(190))
        return;
    const qint64 atMs = deliveredMs + openingDelay(m_random);
    add(DeliveryEvent::Opened, atMs);
    if (m_random.chance(220))
        add(DeliveryEvent::Click, atMs + m_random.between(4, 90) * secondMs);
}

void EventTeller::tell(MailFate fate)
{
    const qint64 soonMs = m_mail.acceptedMs + m_random.between(1, 14) * secondMs + m_random.below(secondMs);
    switch (fate) {
    case MailFate::Delivered:
        return open(deliver());
    case MailFate::Deferred: {
        const qint64 atMs = defer(m_random.chance(300) ? 2 : 1) + m_random.between(240, 2700) * secondMs;
        add(DeliveryEvent::Delivered, atMs);
        return open(atMs);
    }
    case MailFate::Soft:
        return add(DeliveryEvent::SoftBounce, defer(1) + m_random.between(20, 5400) * secondMs);
    case MailFate::Hard:
        return add(DeliveryEvent::HardBounce, soonMs);
    case MailFate::Blocked:
        if (incident() && m_random.chance(250))
            return add(DeliveryEvent::Blocked, defer(1) + m_random.between(60, 600) * secondMs);
        return add(DeliveryEvent::Blocked, soonMs);
    case MailFate::Error:
        return add(DeliveryEvent::Error, soonMs);
    case MailFate::Complaint:
        return add(DeliveryEvent::Complaint, deliver() + m_random.between(20, 1500) * minuteMs);
    case MailFate::Unsubscribed: {
        const qint64 openedMs = deliver() + m_random.between(3, 900) * minuteMs;
        add(DeliveryEvent::Opened, openedMs);
        return add(DeliveryEvent::Unsubscribed, openedMs + m_random.between(8, 120) * secondMs);
    }
    case MailFate::Inferred:
        return add(DeliveryEvent::Opened, m_mail.acceptedMs + openingDelay(m_random));
    case MailFate::BouncedLater:
        return add(DeliveryEvent::HardBounce, deliver() + m_random.between(3, 180) * minuteMs);
    case MailFate::Repaired:
        m_lost = true;
        deliver();
        return;
    case MailFate::Lost:
    case MailFate::Refused:
        return;
    }
    Q_UNREACHABLE();
}

} // namespace

MailFate drawFate(const MailCalendar &calendar, const QString &domain, qint64 acceptedMs, Random &random)
{
    // Drawn in any case, so that the incident moves nothing else.
    const int drawn = static_cast<int>(random.below(10'000));
    if (domain == incidentDomain && acceptedMs >= calendar.incidentFromMs && acceptedMs < calendar.incidentUntilMs)
        return MailFate::Blocked;
    const bool young = calendar.nowMs - acceptedMs < domain::settleMs;
    const bool yesterday =
        acceptedMs < calendar.lastNightMs - hourMs && acceptedMs > calendar.lastNightMs - 25 * hourMs;
    struct Share {
        MailFate fate;
        int perTenThousand;
    };
    const Share shares[] = {
        {MailFate::Hard, 60},
        {MailFate::Soft, 40},
        {MailFate::Blocked, 20},
        {MailFate::Error, 8},
        {MailFate::Complaint, 5},
        {MailFate::Unsubscribed, 12},
        {MailFate::Inferred, 30},
        {MailFate::BouncedLater, 10},
        {MailFate::Refused, 6},
        {MailFate::Repaired, yesterday ? 260 : 30},
        {MailFate::Lost, young ? 90 : 50},
        {MailFate::Deferred, 310},
    };
    int left = drawn;
    for (const Share &share : shares) {
        left -= share.perTenThousand;
        if (left < 0)
            return share.fate;
    }
    return MailFate::Delivered;
}

void addEvents(MailRow &mail, MailFate fate, const MailCalendar &calendar, Random &random)
{
    EventTeller(mail, calendar, random).tell(fate);
    for (const MailEvent &event : std::as_const(mail.events)) {
        if (event.repaired && (mail.repairedMs == 0 || event.receivedMs < mail.repairedMs))
            mail.repairedMs = event.receivedMs;
    }
}

QString bounceReason(DeliveryEvent event, const QString &domain, bool incident, Random &random)
{
    switch (event) {
    case DeliveryEvent::HardBounce:
        return anyOf(random, "550 5.1.1 The email account that you tried to reach does not exist",
                     "550 5.1.1 User unknown", "550 5.1.10 Recipient not found by address lookup",
                     "554 5.4.14 Hop count exceeded, possible mail loop", "550 5.2.1 The mailbox is disabled");
    case DeliveryEvent::SoftBounce:
        return anyOf(random, "452 4.2.2 The recipient's mailbox is full", "451 4.3.0 Temporary lookup failure",
                     "421 4.4.2 Connection dropped after data");
    case DeliveryEvent::Blocked:
        if (incident)
            return QStringLiteral("550 5.7.1 Service unavailable, sender domain not accepted");
        return anyOf(random, "550 5.7.1 Message refused by the content filter",
                     "554 5.7.1 Sending address listed by the receiver's block list",
                     "550 5.7.26 Unauthenticated mail is not accepted");
    case DeliveryEvent::Deferred:
        if (incident)
            return QStringLiteral("451 4.7.500 Server busy, please try again later");
        return anyOf(random, "421 4.7.28 Unusual rate of mail, please slow down",
                     "451 4.7.1 Greylisted, try again later", "421 4.3.2 Server is shutting down");
    case DeliveryEvent::Error:
        return QStringLiteral("No mail server answers for ") + domain;
    case DeliveryEvent::Complaint:
    case DeliveryEvent::Delivered:
    case DeliveryEvent::Unsubscribed:
    case DeliveryEvent::Invalid:
    case DeliveryEvent::Request:
    case DeliveryEvent::Opened:
    case DeliveryEvent::Click:
        return {};
    }
    Q_UNREACHABLE();
}

} // namespace storage::demo
