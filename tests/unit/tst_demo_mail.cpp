#include "models/domain/audit.h"
#include "models/domain/audit_kind_names.h"
#include "services/platform/plan_loader.h"
#include "services/storage/demo/demo_addresses.h"
#include "services/storage/demo/demo_inbox.h"
#include "services/usecases/mail/template_composer.h"
#include "services/usecases/webhooks/brevo_payload.h"
#include "tests/support/test_main.h"

#include <QSet>
#include <QTest>

using namespace storage::demo;
using domain::DeliveryEvent;
using domain::LedgerClass;

namespace {

constexpr qint64 now = 1'795'000'000'000;
constexpr qint64 hour = 3'600'000;
constexpr qint64 day = 24 * hour;

QString dump(const MailStory &story)
{
    QStringList out;
    for (const AuditRow &row : story.audit)
        out << row.id.toString() << row.kind << QString::number(row.atMs);
    for (const MailRow &mail : story.mails) {
        out << mail.id << mail.subject << mail.providerId << mail.error << QString::number(mail.acceptedMs);
        for (const MailEvent &event : mail.events)
            out << domain::deliveryEventName(event.event) << event.reason << QString::number(event.atMs);
    }
    for (const SuppressionRow &row : story.suppressions)
        out << row.address << row.type;
    for (const LiftRow &lift : story.lifts)
        out << lift.address << lift.by;
    return out.join(QLatin1Char('|'));
}

} // namespace

class TstDemoMail : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_plans = platform::loadEmbeddedPlans().value();
        m_composer = usecases::TemplateComposer::load({}).value();
        m_settings.seed = 2026;
        m_settings.nowMs = now;
        m_settings.startMs = now - 540 * day;
        m_settings.plans = &m_plans;
        for (int i = 0; i < 1000; ++i) {
            m_lives << makeLife(m_settings, i);
            m_stories << makeMail(m_settings, calendar(), *m_composer, m_lives.last(), i);
        }
    }

    void sameInputGivesSameMail()
    {
        for (int i = 0; i < 40; ++i)
            QCOMPARE(dump(makeMail(m_settings, calendar(), *m_composer, m_lives.at(i), i)), dump(m_stories.at(i)));
    }

    void mailboxNamesAreDistinct()
    {
        QSet<QString> names;
        const Person who{QStringLiteral("Maya"), QStringLiteral("Rossi")};
        for (int i = 0; i < 100'000; ++i)
            names << mailboxName(who, i);
        QCOMPARE(names.size(), 100'000);
    }

    void smallCustomersUseMailboxProviders()
    {
        QHash<QString, int> customers;
        int own = 0;
        for (const CustomerLife &life : m_lives) {
            const QString at = domain::addressDomain(life.users.first().email);
            const bool large =
                life.team.tier == QLatin1StringView("growth") || life.team.tier == QLatin1StringView("team");
            if (large)
                QCOMPARE(at, life.domain);
            if (at == life.domain)
                ++own;
            else
                ++customers[at];
        }
        QCOMPARE(customers.size(), 6);
        QVERIFY(own > 150);
        QVERIFY(customers.value(QStringLiteral("gmail.example")) > 200);
        QVERIFY(customers.value(QString(incidentDomain)) > 100);
    }

    void everyMailedEntryHasItsMail()
    {
        for (int i = 0; i < m_lives.size(); ++i) {
            QSet<QUuid> told;
            for (const MailRow &mail : m_stories.at(i).mails)
                told << mail.audit;
            for (const AuditRow &row : m_lives.at(i).audit + m_stories.at(i).audit) {
                const bool mailed = domain::findAuditKind(row.kind)->mailsCustomer;
                const bool expected = mailed && row.atMs >= calendar().ledgerFromMs;
                QCOMPARE(told.contains(row.id), expected);
            }
        }
    }

    void timesAreInOrder()
    {
        for (const MailStory &story : m_stories) {
            for (const AuditRow &row : story.audit)
                QVERIFY(row.atMs <= now);
            for (const MailRow &mail : story.mails) {
                QVERIFY(mail.intendedMs <= mail.sentMs && mail.sentMs <= now);
                QCOMPARE(mail.acceptedMs != 0, domain::isAccepted(mail.decided));
                QVERIFY(mail.acceptedMs != 0 || mail.events.isEmpty());
                for (const MailEvent &event : mail.events) {
                    QVERIFY(event.atMs >= mail.acceptedMs);
                    QVERIFY(event.receivedMs >= event.atMs && event.receivedMs <= now);
                }
            }
        }
    }

    void digestsGoOutOnMondays()
    {
        int digests = 0;
        for (const MailStory &story : m_stories) {
            for (const AuditRow &row : story.audit) {
                if (row.kind != domain::kinds::digestWeekly)
                    continue;
                ++digests;
                const QDateTime at = QDateTime::fromMSecsSinceEpoch(row.atMs, Qt::UTC);
                QCOMPARE(at.date().dayOfWeek(), 1);
                QCOMPARE(at.time().hour(), 8);
            }
        }
        QVERIFY(digests > 1000);
    }

    void digestsDoNotMakeLostCustomersLookAlive()
    {
        for (int i = 0; i < m_lives.size(); ++i) {
            for (const AuditRow &row : m_stories.at(i).audit) {
                const bool byOperator = domain::isOperatorKind(row.kind);
                if (!byOperator && i != 0 && !m_lives.at(i).visits.isEmpty())
                    QVERIFY(row.atMs <= m_lives.at(i).visits.first() + 2 * day + hour);
            }
        }
    }

    void theIncidentDomainRefusesEverything()
    {
        int refused = 0, others = 0, othersRefused = 0;
        for (const MailStory &story : m_stories) {
            for (const MailRow &mail : story.mails) {
                if (mail.acceptedMs < calendar().incidentFromMs || mail.acceptedMs >= calendar().incidentUntilMs)
                    continue;
                const bool blocked = mail.fold().ledgerClass() == LedgerClass::Rejected;
                if (domain::addressDomain(mail.address) == incidentDomain) {
                    QVERIFY(blocked);
                    ++refused;
                } else {
                    ++others;
                    othersRefused += blocked ? 1 : 0;
                }
            }
        }
        QVERIFY2(refused >= 10 && others > 100, qPrintable(QStringLiteral("%1 %2").arg(refused).arg(others)));
        QVERIFY(othersRefused * 50 < others);
    }

    void nobodyIsWrittenToWhileSuppressed()
    {
        int suppressed = 0, lifts = 0;
        for (const MailStory &story : m_stories) {
            lifts += story.lifts.isEmpty() ? 0 : 1;
            for (const MailRow &mail : story.mails) {
                bool closed = false;
                for (const SuppressionRow &row : story.suppressions) {
                    const bool lifted = std::any_of(story.lifts.cbegin(), story.lifts.cend(), [&](const LiftRow &lift) {
                        return lift.atMs >= row.atMs && lift.atMs <= mail.intendedMs;
                    });
                    const bool counts = row.type == QLatin1StringView("unsubscribe") ||
                                        (row.type != QLatin1StringView("soft_bounce") && !lifted);
                    closed = closed || (counts && row.atMs < mail.intendedMs);
                }
                if (mail.decided == LedgerClass::Suppressed)
                    QVERIFY(closed);
                if (mail.acceptedMs != 0)
                    QVERIFY2(!closed, qPrintable(mail.id));
                suppressed += mail.decided == LedgerClass::Suppressed ? 1 : 0;
            }
        }
        QVERIFY(suppressed >= 10);
        QVERIFY(lifts >= 3);
    }

    void theFirstCustomersShowEveryFate()
    {
        QSet<QString> outcomes;
        QSet<LedgerClass> classes;
        bool inferred = false, repaired = false, waiting = false, failedOnce = false;
        for (int i = 0; i < 24; ++i) {
            for (const MailRow &mail : m_stories.at(i).mails) {
                const domain::DeliveryFold fold = mail.fold();
                classes << (mail.events.isEmpty() ? mail.decided : fold.ledgerClass());
                outcomes << fold.storedOutcome();
                inferred = inferred || fold.isInferred();
                repaired = repaired || mail.repairedMs != 0;
                waiting = waiting || mail.decided == LedgerClass::Intended;
                failedOnce = failedOnce || (mail.decided == LedgerClass::Intended && !mail.error.isEmpty());
            }
        }
        for (const char *outcome : {"delivered", "hard", "soft", "blocked", "error", "bounced_later", "none"})
            QVERIFY2(outcomes.contains(QLatin1StringView(outcome)), outcome);
        for (const LedgerClass wanted :
             {LedgerClass::Complaint, LedgerClass::Unsubscribed, LedgerClass::PermanentDrop, LedgerClass::Suppressed})
            QVERIFY2(classes.contains(wanted), qPrintable(domain::ledgerClassName(wanted)));
        QVERIFY(inferred && repaired && waiting && failedOnce);
    }

    void webhooksSayWhatTheEventsSay()
    {
        QList<MailRow> mails;
        for (int i = 0; i < 60; ++i)
            mails += m_stories.at(i).mails;
        const Inbox inbox = fillInbox(2026, calendar(), mails);
        QVERIFY(inbox.calls.size() > 50);
        QHash<QUuid, usecases::InboxEntry> byId;
        for (const usecases::InboxEntry &call : inbox.calls)
            byId.insert(call.id.value(), call);
        QHash<QUuid, int> expected;
        int batched = 0;
        for (const MailRow &mail : std::as_const(mails)) {
            for (const MailEvent &event : mail.events) {
                if (event.webhook.isNull()) {
                    QVERIFY(event.repaired || event.receivedMs < calendar().inboxFromMs);
                    continue;
                }
                const usecases::InboxEntry call = byId.value(event.webhook);
                const auto parsed = usecases::parseBrevoEvents(call.body, call.receivedAt);
                QVERIFY(parsed.ok());
                batched += parsed->size() > 1 ? 1 : 0;
                QCOMPARE(parsed->size(), call.eventCount);
                const usecases::EventRow row = eventRow(mail, event);
                QVERIFY(std::any_of(parsed->cbegin(), parsed->cend(), [&row](const usecases::BrevoEvent &told) {
                    return told.event == row.event && told.at == row.at && told.address == row.address &&
                           told.reason == row.reason && domain::normalizedMessageId(told.messageId) == row.messageId;
                }));
                ++expected[event.webhook];
            }
        }
        for (auto it = expected.cbegin(); it != expected.cend(); ++it)
            QCOMPARE(byId.value(it.key()).eventCount, it.value());
        QVERIFY(batched > 0);
        QSet<ports::WebhookOutcome> outcomes;
        for (const usecases::InboxEntry &call : inbox.calls) {
            outcomes << call.outcome;
            const auto parsed = usecases::parseBrevoEvents(call.body, call.receivedAt);
            QCOMPARE(parsed.ok(), call.outcome != ports::WebhookOutcome::Unparseable);
            if (!parsed)
                QCOMPARE(call.error, parsed.error().key + QStringLiteral(": ") + parsed.error().detail);
            if (call.duplicateOf)
                QCOMPARE(byId.value(call.duplicateOf->value()).body, call.body);
        }
        QVERIFY(outcomes.contains(ports::WebhookOutcome::Applied));
        QVERIFY(outcomes.contains(ports::WebhookOutcome::Unmatched));
        QVERIFY(outcomes.contains(ports::WebhookOutcome::Skipped));
        QVERIFY(outcomes.contains(ports::WebhookOutcome::Failed));
        QVERIFY(outcomes.contains(ports::WebhookOutcome::Unparseable));
        QVERIFY(inbox.parked.size() >= 3 && inbox.parked.size() <= 6);
    }

private:
    MailCalendar calendar() const { return MailCalendar(m_settings); }

    domain::PlanRegistry m_plans;
    std::shared_ptr<const usecases::TemplateComposer> m_composer;
    LifeSettings m_settings;
    QList<CustomerLife> m_lives;
    QList<MailStory> m_stories;
};

REGISTER_SUITE(demo_mail, TstDemoMail)
#include "tst_demo_mail.moc"
