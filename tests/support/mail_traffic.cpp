#include "tests/support/mail_traffic.h"

#include "models/domain/audit_kind_names.h"

#include <QRandomGenerator>

namespace test {

namespace {
namespace kinds = domain::kinds;
using domain::DeliveryEvent;
using usecases::EventRow;

constexpr int messages = 3600;
constexpr int minutesApart = 12;

struct Template {
    QLatin1StringView kind;
    const char *subject;
    int weight;
};
const QList<Template> &templates()
{
    static const QList<Template> all{{kinds::subscriptionUpgraded, "Your plan is active", 24},
                                     {kinds::digestWeekly, "Your week on InstaNode", 30},
                                     {kinds::deployHealthy, "Your deployment is live", 22},
                                     {kinds::paymentGraceStarted, "We could not charge your card", 8},
                                     {kinds::deployFailed, "Your deployment failed", 9},
                                     {kinds::nearQuotaWall, "You are close to your limit", 7}};
    return all;
}

struct Domain {
    const char *name;
    int weight;
};
constexpr Domain domains[] = {{"gmail.example", 46},  {"outlook.example", 24},  {"proton.example", 14},
                              {"kestrel.example", 8}, {"northwind.example", 5}, {"ferrous.example", 3}};

class TrafficBuilder {
public:
    explicit TrafficBuilder(const Dataset &data) : m_data(data), m_random(20'261'122) { m_seed.now = data.now; }

    MailSeed take()
    {
        for (int i = 0; i < messages; ++i)
            add(i);
        suppress();
        receive();
        m_seed.forwarderAt = m_seed.now.addSecs(-20);
        m_seed.repairAt = m_seed.now.addSecs(-7 * 3600);
        return std::move(m_seed);
    }

private:
    int roll(int sides) { return m_random.bounded(sides); }

    template <typename List>
    const auto &pick(const List &list)
    {
        int at = roll(100);
        for (const auto &one : list) {
            at -= one.weight;
            if (at < 0)
                return one;
        }
        return *std::begin(list);
    }

    void event(SeedMessage &message, DeliveryEvent kind, int ms, const char *reason = "")
    {
        EventRow row;
        row.provider = message.provider;
        row.messageId = domain::normalizedMessageId(message.providerId);
        row.event = kind;
        row.at = message.acceptedAt->addMSecs(ms);
        row.receivedAt = row.at.addSecs(2);
        row.address = message.address;
        row.reason = QString::fromLatin1(reason);
        row.ledgerId = message.id;
        row.stored = uuid(0xE0000000 + ++m_events);
        if (row.at > m_seed.now)
            return; // it has not happened yet
        message.events.append(row);
        if (*reason || message.reason.isEmpty())
            message.reason = *reason ? row.reason : QStringLiteral("250 ok");
    }

    void add(int i)
    {
        SeedMessage message;
        const Template &kind = pick(templates());
        const Domain &domain = pick(domains);
        const SeedTeam &team = m_data.teams.at(roll(static_cast<int>(m_data.teams.size())));
        message.intendedAt = m_seed.now.addSecs(-60 * qint64(i) * minutesApart - 40 - roll(600));
        const QUuid id = uuid(0xF0000000 + quint32(i));
        message.id = id.toString(QUuid::WithoutBraces);
        message.team = team.id;
        const QString local = team.name.section(QLatin1Char(' '), 0, 0).toLower();
        message.address =
            (local.isEmpty() ? QStringLiteral("ops") : local) + QLatin1Char('@') + QString::fromLatin1(domain.name);
        message.templateKind = kind.kind;
        message.subject = QString::fromLatin1(kind.subject);
        message.provider = roll(20) == 0 ? QStringLiteral("smtp") : QStringLiteral("brevo");
        message.providerId =
            QStringLiteral("<2026%1.%2@relay.example>").arg(i, 5, 10, QLatin1Char('0')).arg(roll(9999));
        entry(message, id);
        if (i > 0 && i < 4) {
            message.provider = QStringLiteral("none");
            message.providerId.clear();
            message.attempts = 0;
        } else {
            message.acceptedAt = message.intendedAt.addSecs(1);
            happen(message, domain);
        }
        m_seed.messages.append(message);
    }

    void entry(SeedMessage &message, const QUuid &id)
    {
        domain::AuditEntry entry;
        entry.id = domain::AuditId(id);
        entry.team = message.team;
        entry.actor = QStringLiteral("system");
        entry.kind = message.templateKind;
        entry.summary = message.subject;
        entry.createdAt = message.intendedAt.addSecs(-20);
        m_seed.audit.append(entry);
        message.audit = entry.id;
    }

    void happen(SeedMessage &message, const Domain &domain)
    {
        const bool blocking = QLatin1StringView(domain.name) == traffic::blockingDomain &&
                              message.acceptedAt->secsTo(m_seed.now) < traffic::blockingHours * 3600;
        const int fate = roll(1000);
        const int quick = 700 + roll(5200);
        if (blocking && fate < 940)
            return event(message, DeliveryEvent::Blocked, 900, "550 5.7.1 sender not allowed");
        if (fate < 4)
            return event(message, DeliveryEvent::HardBounce, 1500, "550 5.1.1 no such user");
        if (fate < 7)
            return event(message, DeliveryEvent::SoftBounce, 2500, "452 4.2.2 mailbox full");
        if (fate < 9)
            return event(message, DeliveryEvent::Error, 800, "provider error");
        if (fate < 22)
            return; // nobody ever hears of it
        if (fate < 60) {
            event(message, DeliveryEvent::Deferred, 1200, "421 4.7.0 try again later");
            if (fate < 40)
                event(message, DeliveryEvent::Deferred, 300'000, "421 4.7.0 still busy");
            return event(message, DeliveryEvent::Delivered, 900'000 + roll(1'200'000));
        }
        event(message, DeliveryEvent::Delivered, fate > 985 ? 30'000 + roll(90'000) : quick);
        if (fate > 700)
            event(message, DeliveryEvent::Opened, 3'600'000 + roll(40'000'000));
        if (fate == 999)
            event(message, DeliveryEvent::HardBounce, 90'000'000, "550 5.7.1 refused afterwards");
        if (fate % 97 == 0) {
            message.repairedAt = message.acceptedAt->addDays(1);
            for (EventRow &row : message.events)
                row.repaired = true;
        }
    }

    void suppress()
    {
        const auto add = [this](const char *type, const char *address, int days, const char *reason = "") {
            usecases::SuppressionEvent event;
            event.provider = QStringLiteral("brevo");
            event.eventType = QString::fromLatin1(type);
            event.address = QString::fromLatin1(address);
            event.reason = QString::fromLatin1(reason);
            event.raw = "{}";
            event.at = m_seed.now.addDays(-days);
            m_seed.suppressions.append(event);
        };
        add("bounce", "billing@halcyon.example", 2, "550 5.1.1 no such user");
        add("unsubscribe", "ops@kestrel.example", 11);
        add("spam_complaint", "hello@tidewater.example", 19, "abuse report");
        add("bounce", "it@ferrous.example", 34, "550 5.1.1 user unknown");
        add("unsubscribe", "marta@northwind.example", 61);
        add("bounce", "team@juniper.example", 88, "554 5.4.14 hop count exceeded");
    }

    void receive()
    {
        SeedWebhook webhook;
        webhook.entry.id = domain::WebhookId(uuid(0xC0FFEE));
        webhook.entry.provider = QStringLiteral("brevo");
        webhook.entry.receivedAt = m_seed.now.addSecs(-40);
        webhook.entry.eventType = QStringLiteral("delivered");
        webhook.entry.body = "{}";
        m_seed.webhooks.append(webhook);
    }

    const Dataset &m_data;
    QRandomGenerator m_random;
    MailSeed m_seed;
    quint32 m_events = 0;
};
} // namespace

MailSeed mailTraffic(const Dataset &data)
{
    return TrafficBuilder(data).take();
}

} // namespace test
