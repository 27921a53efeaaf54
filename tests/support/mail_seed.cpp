#include "tests/support/mail_seed.h"

#include "models/domain/audit_kind_names.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace test {

namespace kinds = domain::kinds;
using domain::DeliveryEvent;
using domain::LedgerClass;
using usecases::EventRow;

domain::DeliveryFold SeedMessage::fold() const
{
    domain::DeliveryFold fold;
    for (const EventRow &event : events)
        fold.add(event.event, event.at);
    return fold;
}

LedgerClass SeedMessage::ledgerClass() const
{
    return acceptedAt ? fold().ledgerClass() : unsent;
}

domain::DeliveryOutcome SeedMessage::outcome(const QDateTime &now) const
{
    return acceptedAt ? domain::outcomeAt(fold().storedOutcome(), *acceptedAt, now) : domain::DeliveryOutcome::Rejected;
}

namespace {

constexpr int messageCount = 200, minutesApart = 144;

struct Recipient {
    quint32 team;
    const char *address;
};
constexpr Recipient recipients[] = {
    {seed::acme, "olivia@acme.test"},      {seed::bravo, "bob@bravo.test"}, {seed::percent, "mia@cotton.test"},
    {seed::underscore, "noah@snake.test"}, {0, "eve@example.org"},          {0, "dana@mail.example"}};

QString templateOf(int i)
{
    static const QStringList all{kinds::onboardingClaimed,   kinds::deployHealthy, kinds::deployFailed,
                                 kinds::paymentGraceStarted, kinds::digestWeekly,  kinds::nearQuotaWall,
                                 kinds::subscriptionUpgraded};
    return all.at((i * 5 + i / 7) % all.size());
}

/// One message after the other; what becomes of message i follows from i % 20.
class MailBuilder {
public:
    explicit MailBuilder(const QDateTime &now)
    {
        m_seed.now = now;
        m_seed.forwarderAt = now.addSecs(-30);
        m_seed.repairAt = now.addSecs(-9 * 3600);
    }

    MailSeed take()
    {
        for (int i = 0; i < messageCount; ++i)
            addMessage(i);
        addParked();
        return std::move(m_seed);
    }

private:
    void event(SeedMessage &message, DeliveryEvent kind, int secondsLater, const char *reason = "")
    {
        EventRow row;
        row.provider = message.provider;
        row.messageId = domain::normalizedMessageId(message.providerId);
        row.event = kind;
        row.at = message.acceptedAt->addSecs(secondsLater);
        row.receivedAt = row.at.addSecs(3);
        row.address = message.address;
        row.reason = QString::fromLatin1(reason);
        row.ledgerId = message.id;
        row.stored = uuid(0xB00000 + ++m_events);
        message.events.append(row);
        if (*reason)
            message.reason = row.reason;
    }

    void addMessage(int i)
    {
        const Recipient &recipient = recipients[i % 6];
        SeedMessage message;
        message.intendedAt = m_seed.now.addSecs(-60 * (i * minutesApart + 5) - 2);
        message.id = uuid(0xA00000 + quint32(i)).toString(QUuid::WithoutBraces);
        message.address = QString::fromLatin1(recipient.address);
        if (recipient.team != 0)
            message.team = teamId(recipient.team);
        message.templateKind = i == 110 ? QStringLiteral("legacy.newsletter") : templateOf(i);
        message.subject = QStringLiteral("Message %1 about %2").arg(i).arg(message.templateKind);
        message.provider = i % 9 == 4 ? QStringLiteral("smtp") : QStringLiteral("brevo");
        const QString bare = QStringLiteral("2026.%1@relay.example").arg(i, 4, 10, QLatin1Char('0'));
        message.providerId = i % 2 == 0 ? QLatin1Char('<') + bare + QLatin1Char('>') : bare;
        addEntry(i, message);
        if (i % 20 == 19) {
            holdBack(i, message);
        } else {
            message.acceptedAt = message.intendedAt.addSecs(2);
            addEvents(i, message);
        }
        if (i == 150) {
            message.ofReference = true;
            message.team.reset();
        }
        m_seed.messages.append(message);
    }

    /// The audit entry; every fiftieth one was deleted meanwhile, and one message is a reminder without an entry.
    void addEntry(int i, SeedMessage &message)
    {
        if (i == 70) {
            message.id = QStringLiteral("reminder-%1-stage_6h").arg(message.id);
            return;
        }
        if (i % 50 == 49)
            return;
        domain::AuditEntry entry;
        entry.id = domain::AuditId(uuid(0xA00000 + quint32(i)));
        entry.team = message.team;
        entry.actor = QStringLiteral("system");
        entry.kind = i == 110 ? QString(kinds::onboardingClaimed) : message.templateKind;
        entry.summary = message.subject;
        entry.createdAt = message.intendedAt.addSecs(-30);
        if (!message.team)
            entry.metadata =
                QJsonDocument(QJsonObject{{QStringLiteral("email"), message.address}}).toJson(QJsonDocument::Compact);
        m_seed.audit.append(entry);
        message.audit = entry.id;
    }

    static void holdBack(int i, SeedMessage &message)
    {
        static const LedgerClass classes[] = {LedgerClass::Suppressed, LedgerClass::Expired, LedgerClass::NoRecipient,
                                              LedgerClass::PermanentDrop};
        message.provider = QStringLiteral("none");
        message.providerId.clear();
        message.attempts = 0;
        message.unsent = i < 20 ? LedgerClass::Intended : classes[(i / 20 - 1) % 4];
        if (message.unsent == LedgerClass::NoRecipient)
            message.address.clear();
        if (message.unsent == LedgerClass::PermanentDrop)
            message.lastError = QStringLiteral("missing_renderer");
        if (message.unsent == LedgerClass::Intended) {
            message.attempts = 3;
            message.lastError = QStringLiteral("429 too many requests");
        }
    }

    void addEvents(int i, SeedMessage &message)
    {
        constexpr int day = 24 * 3600;
        const bool first = i % 40 < 20;
        switch (i % 20) {
        case 3:
            event(message, DeliveryEvent::Deferred, 10, "421 4.7.0 try again later");
            event(message, DeliveryEvent::Delivered, 600);
            break;
        case 11:
            event(message, DeliveryEvent::Deferred, 10, "421 4.7.0 try again later");
            event(message, DeliveryEvent::Deferred, 300, "421 4.7.0 still busy");
            event(message, DeliveryEvent::Delivered, 3600);
            break;
        case 12:
            event(message, DeliveryEvent::HardBounce, 8, "550 5.1.1 no such user");
            break;
        case 13:
            event(message, DeliveryEvent::SoftBounce, 12, "452 4.2.2 mailbox full");
            break;
        case 14:
            event(message, first ? DeliveryEvent::Blocked : DeliveryEvent::Invalid, 5, "blocked by 100% of_policy");
            break;
        case 15:
            event(message, DeliveryEvent::Error, 4, "provider error");
            break;
        case 16:
            event(message, DeliveryEvent::Delivered, 20);
            event(message, DeliveryEvent::HardBounce, day, "550 5.7.1 refused afterwards");
            break;
        case 17:
            break;
        case 18:
            if (first)
                event(message, DeliveryEvent::Opened, day);
            else
                event(message, DeliveryEvent::Deferred, 10, "421 4.7.0 try again later");
            break;
        default:
            event(message, DeliveryEvent::Delivered, 20 + i % 50);
            break;
        }
        addAftermath(i, message, first);
    }

    void addAftermath(int i, SeedMessage &message, bool first)
    {
        if (i % 20 == 5)
            event(message, DeliveryEvent::Opened, 900);
        if (i % 20 == 8)
            event(message, first ? DeliveryEvent::Complaint : DeliveryEvent::Click, 1800);
        if (i % 40 == 9)
            event(message, DeliveryEvent::Unsubscribed, 2000);
        if (i % 20 == 10) {
            message.events.last().repaired = true;
            // The newest one was recovered by the last run.
            message.repairedAt = i == 10 ? m_seed.repairAt->addSecs(-1) : message.acceptedAt->addDays(1);
        }
    }

    void addParked()
    {
        for (int i = 0; i < 4; ++i) {
            EventRow row;
            row.provider = QStringLiteral("brevo");
            row.messageId = QStringLiteral("nobody-knows-%1@relay.example").arg(i);
            row.event = i == 3 ? DeliveryEvent::Blocked : DeliveryEvent::Delivered;
            row.at = m_seed.now.addSecs(-3600 * (2 + 10 * i));
            row.receivedAt = row.at.addSecs(3);
            row.address = QStringLiteral("stranger@parked.test");
            row.stored = uuid(0xB80000 + quint32(i));
            m_seed.parked.append(row);
        }
    }

    MailSeed m_seed;
    quint32 m_events = 0;
};

void addSuppressions(MailSeed &seed)
{
    const auto add = [&seed](const char *type, const QString &address, int daysAgo, const char *reason = "") {
        usecases::SuppressionEvent event;
        event.provider = seed.suppressions.size() % 4 == 3 ? QStringLiteral("ses") : QStringLiteral("brevo");
        event.eventType = QString::fromLatin1(type);
        event.address = address;
        event.reason = QString::fromLatin1(reason);
        event.messageId = QStringLiteral("suppression-%1@relay.example").arg(seed.suppressions.size());
        event.raw = QJsonDocument(QJsonObject{{QStringLiteral("event"), event.eventType},
                                              {QStringLiteral("message_id"), event.messageId}})
                        .toJson(QJsonDocument::Compact);
        event.at = seed.now.addDays(-daysAgo);
        seed.suppressions.append(event);
    };
    add("unsubscribe", mail::unsubscribed, 700);
    add("bounce", QStringLiteral("Noah@Snake.test"), 3, "550 5.1.1 no such user");
    add("spam_complaint", mail::complained, 40, "abuse report");
    add("soft_bounce", QStringLiteral("sam@soft.test"), 2, "mailbox full");
    add("bounce", mail::bouncedLongAgo, 366);
    add("bounce", mail::lifted, 10);
    add("bounce", mail::bouncedAgain, 20);
    add("bounce", mail::bouncedAgain, 5, "bounced again");
    // The strongest one in force counts, and an unsubscription is stronger than a later bounce.
    add("unsubscribe", QStringLiteral("both@example.org"), 90);
    add("bounce", QStringLiteral("both@example.org"), 1);
    // Many at one instant: no page may lose or double one.
    for (int i = 0; i < 12; ++i)
        add("bounce", QStringLiteral("crowd_%1@pages.test").arg(i), 30);
    seed.lifts = {{mail::lifted, QStringLiteral("mailbox was repaired"), seed.now.addDays(-9)},
                  {mail::bouncedAgain, QStringLiteral("they asked for it"), seed.now.addDays(-19)}};
}

void addRefusals(MailSeed &seed)
{
    const auto add = [&seed](const char *provider, const char *subnet, int hoursAgo, qint64 count) {
        usecases::WebhookInboxRepository::Refusal refusal;
        refusal.provider = QString::fromLatin1(provider);
        refusal.subnet = QString::fromLatin1(subnet);
        refusal.lastAt = seed.now.addSecs(-3600 * hoursAgo);
        refusal.firstAt = refusal.lastAt.addSecs(-60);
        refusal.count = count;
        seed.refusals.append(refusal);
    };
    add("brevo", "203.0.113.0/24", 1, 7);
    add("ses", "2001:db8:1::/48", 2, 1);
    add("brevo", "198.51.100.0/24", 72, 100);
}

} // namespace

MailSeed mailSeed(const QDateTime &now)
{
    MailSeed seed = MailBuilder(now).take();
    addSuppressions(seed);
    addWebhooks(seed);
    addRefusals(seed);
    return seed;
}

} // namespace test
