#pragma once
#include "models/domain/delivery.h"
#include "models/domain/ids.h"
#include "models/domain/result.h"
#include "services/storage/demo/bulk_insert.h"

#include <QList>

/// Ledger rows, delivery events and webhooks by the thousand, written as plain SQL: nothing of the repositories under
/// test takes part.
namespace test {

struct MailRow {
    QString id;
    QDateTime sentAt;
    std::optional<QDateTime> acceptedAt, intendedAt, repairedAt;
    QString templateKind = QStringLiteral("subscription.upgraded"), subject;
    QString address = QStringLiteral("ada@example.com"); ///< empty: a row of the reference, without hash and domain
    QString provider = QStringLiteral("brevo"), providerId;
    QString ledgerClass; ///< empty: what the fold says
    domain::DeliveryFold fold;
    QString reason, lastError;
    int attempts = 1;
    std::optional<domain::TeamId> team;
    std::optional<domain::AuditId> audit;

    /// domain::outcomeAt() of an accepted one; Rejected for a dropped one; nullopt for the others.
    std::optional<domain::DeliveryOutcome> outcome(const QDateTime &now) const;
    QString recipientDomain() const { return domain::addressDomain(address); }
};
/// An accepted one.
MailRow acceptedMail(const QString &id, const QDateTime &acceptedAt);
/// One that was not.
MailRow unsentMail(const QString &id, const QDateTime &at, domain::LedgerClass ledgerClass);

struct MailEvent {
    QString message; ///< empty: parked
    domain::DeliveryEvent event = domain::DeliveryEvent::Delivered;
    QDateTime at;
    QString provider = QStringLiteral("brevo"), reason = {};
    std::optional<domain::WebhookId> webhook = {};
    bool repaired = false;
};

struct InboxRow {
    domain::WebhookId id = domain::WebhookId::random();
    QString provider = QStringLiteral("brevo");
    QDateTime receivedAt;
    QByteArray body = QByteArrayLiteral("{}");
    QString headers = QStringLiteral("[]"), effects;
    QString signature = QStringLiteral("current"), eventType = QStringLiteral("delivered"), objectId;
    QString outcome = QStringLiteral("applied"), error, requestId;
    int eventCount = 1, matched = 0, changed = 0, replays = 0;
    qint64 processingUs = 0;
    std::optional<domain::TeamId> team;
    std::optional<domain::WebhookId> duplicateOf;
    std::optional<QDateTime> lastReplayedAt;
};

/// Collects and writes in batches, messages before events. Throws std::runtime_error when that fails.
class MailRowWriter {
public:
    explicit MailRowWriter(storage::Connection &connection);
    void add(const MailRow &row);
    void add(const MailEvent &event);
    void add(const InboxRow &row);
    /// For a row that is made of columns already, as fast as it gets.
    void addMessage(QVariantList columns) { m_messages.add(std::move(columns)); }
    void addEvent(QVariantList columns) { m_events.add(std::move(columns)); }
    bool isFull() const { return m_messages.isFull() || m_events.isFull(); }
    void flush();

private:
    storage::BulkInsert m_messages, m_events, m_webhooks;
};

/// `count` repeatable rows of every class and outcome over the `days` before `now`, many of them around the end of the
/// 72 hours and some at the very same moment; eight templates, six domains, two providers. Ids are `m-00001`….
QList<MailRow> randomMail(int count, quint32 seed, const QDateTime &now, int days);
/// The events that their folds are made of, one each; a few of them twice.
QList<MailEvent> eventsOf(const QList<MailRow> &rows);

} // namespace test
