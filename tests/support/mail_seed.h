#pragma once
#include "services/usecases/email_repositories.h"
#include "tests/support/seed.h"

/// Mail for tests: a value that tests can count in, and the plain SQL that writes it to either engine. It stands on the
/// teams of smallDataset().
namespace test {

struct SeedMessage {
    QString id;
    std::optional<domain::AuditId> audit; ///< empty: its entry was deleted, or it never had one
    std::optional<domain::TeamId> team;
    QString address; ///< empty: nobody to send it to
    QString templateKind, subject;
    QString provider, providerId;
    QDateTime intendedAt;
    std::optional<QDateTime> acceptedAt, repairedAt;
    domain::LedgerClass unsent = domain::LedgerClass::Intended; ///< of one that was not accepted
    int attempts = 1;
    QString lastError, reason;
    bool ofReference = false; ///< a row with the reference's columns only: no hash, no subject, no team
    QList<usecases::EventRow> events;

    QDateTime sentAt() const { return acceptedAt.value_or(intendedAt); }
    domain::DeliveryFold fold() const;
    domain::LedgerClass ledgerClass() const;
    domain::DeliveryOutcome outcome(const QDateTime &now) const;
};

struct SeedLift {
    QString address, reason;
    QDateTime at;
};

struct SeedWebhook {
    usecases::InboxEntry entry;
    int replays = 0;
    std::optional<QDateTime> lastReplayedAt;
};

struct MailSeed {
    QDateTime now;
    QList<domain::AuditEntry> audit; ///< what the messages came from
    QList<SeedMessage> messages;     ///< newest first
    QList<usecases::EventRow> parked;
    QList<usecases::SuppressionEvent> suppressions;
    QList<SeedLift> lifts;
    QList<SeedWebhook> webhooks;
    QList<usecases::WebhookInboxRepository::Refusal> refusals;
    std::optional<QDateTime> forwarderAt, repairAt; ///< the last runs
};

/// 200 messages over the 20 days before `now`, ten a day: six recipients at six domains, seven templates, two
/// providers; every ledger class and outcome, inferred and repaired ones; events without a message; suppressions of
/// every kind, some lifted or run out; webhooks of every outcome, one with bytes that are no UTF-8, a batch,
/// duplicates, a previous secret, replays; refusals.
MailSeed mailSeed(const QDateTime &now = seedNow());

/// The webhook inbox of mailSeed(); its messages are there already.
void addWebhooks(MailSeed &seed);

/// Writes everything in one transaction. Teams that are not there become NULL.
domain::Result<domain::Done> writeMail(storage::Connection &connection, const MailSeed &seed);
/// As writeMail(mailSeed(now)); throws std::runtime_error when that fails. For FakeBackend::editMail().
void seedMail(storage::Connection &connection, const QDateTime &now = seedNow());

namespace mail {
inline constexpr int olivia = 0, bob = 1, mia = 2, noah = 3, eve = 4, dana = 5; ///< recipient of message i: i % 6
inline const QString unsubscribed = QStringLiteral("una@example.org");
inline const QString complained = QStringLiteral("carl@complaints.test");
inline const QString bounced = QStringLiteral("noah@snake.test"); ///< stored as `Noah@Snake.test`
inline const QString lifted = QStringLiteral("liz@lifted.test");
inline const QString bouncedAgain = QStringLiteral("rex@again.test");  ///< lifted, then bounced again
inline const QString bouncedLongAgo = QStringLiteral("olaf@old.test"); ///< ran out
} // namespace mail

} // namespace test
