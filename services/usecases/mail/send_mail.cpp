#include "services/usecases/mail/send_mail.h"

#include "services/usecases/webhooks/apply_events.h"

#include <QHash>
#include <QSet>

#include <algorithm>

namespace usecases {

using domain::Done;
using domain::LedgerClass;
using domain::Result;

namespace {

constexpr qint64 firstPauseMs = 30'000, longestPauseMs = 3'600'000;
constexpr int maxErrorChars = 500;

EmailLedgerRepository::Dropped drop(const DueMail &due, LedgerClass why, const QString &error, const QDateTime &at)
{
    return {due.id, why, QStringLiteral("none"), {}, error, false, at};
}

using Entries = QHash<domain::AuditId, RecipientRepository::Entry>;

Result<Entries> entriesOf(const Env &env, const QList<DueMail> &due)
{
    QList<domain::AuditId> ids;
    for (const DueMail &row : due) {
        if (row.audit)
            ids.append(*row.audit);
    }
    auto resolved = env.work.recipients().resolve(ids);
    if (!resolved)
        return resolved.error();
    Entries byId;
    for (RecipientRepository::Entry &entry : resolved.value())
        byId.insert(entry.audit.id, std::move(entry));
    return byId;
}

QStringList addressesOf(const Entries &entries)
{
    QStringList addresses;
    for (const RecipientRepository::Entry &entry : entries) {
        const QString address = domain::normalizedAddress(recipientOf(entry));
        if (!address.isEmpty())
            addresses.append(address);
    }
    addresses.removeDuplicates();
    return addresses;
}

/// One row: a mail, or the reason why there is none.
void prepareOne(const DueMail &due, const Entries &entries, const QSet<QString> &suppressed,
                const MailComposer &composer, const PlanSettings &settings, const QDateTime &now, PreparedBatch &into)
{
    const auto entry = due.audit ? entries.constFind(*due.audit) : entries.cend();
    if (entry == entries.cend())
        return into.drops.append(drop(due, LedgerClass::PermanentDrop, QStringLiteral("its audit entry is gone"), now));
    if (due.intendedAt <= now.addMSecs(-settings.floorMs))
        return into.drops.append(
            drop(due, LedgerClass::Expired, QStringLiteral("older than 48 hours before it could be sent"), now));
    const QString address = recipientOf(*entry);
    if (address.isEmpty())
        return into.drops.append(drop(due, LedgerClass::NoRecipient, QStringLiteral("no_owner_email"), now));
    if (suppressed.contains(domain::normalizedAddress(address)))
        return into.drops.append(
            drop(due, LedgerClass::Suppressed, QStringLiteral("unsubscribed, bounced or complained"), now));
    const auto composed = composer.compose(entry->audit, entry->teamName);
    if (!composed) {
        auto missing = drop(due, LedgerClass::PermanentDrop, QStringLiteral("missing_renderer"), now);
        missing.providerId = missing.error;
        return into.drops.append(missing);
    }
    into.mails.append({due, OutgoingMail{entry->audit.kind, address, composed->subject, composed->html, composed->text,
                                         QStringLiteral("audit-") + due.id}});
}

/// Spec 02 §3.2 step 6: an accepted mail without an id of the provider's is known by ours.
QString storedProviderId(const SendReport &report)
{
    return report.result.messageId.isEmpty() ? report.sent.mail.idempotencyKey : report.result.messageId;
}

Result<Done> recordAccepted(const Env &env, const QList<EmailLedgerRepository::Accepted> &rows)
{
    if (rows.isEmpty())
        return Done{};
    if (auto marked = env.work.ledger().markAccepted(rows); !marked)
        return marked;
    QHash<QString, QStringList> byProvider;
    for (const EmailLedgerRepository::Accepted &row : rows)
        byProvider[row.provider].append(domain::normalizedMessageId(row.providerId));
    for (auto it = byProvider.cbegin(); it != byProvider.cend(); ++it) {
        if (auto matched = matchParked(env, it.key(), it.value()); !matched)
            return matched.error();
    }
    return Done{};
}

} // namespace

QDateTime nextAttempt(const QDateTime &now, int attempts, qint64 retryAfterMs)
{
    const qint64 doubled = firstPauseMs << std::clamp(attempts, 0, 10);
    return now.addMSecs(std::max(std::min(doubled, longestPauseMs), std::min(retryAfterMs, 4 * longestPauseMs)));
}

Result<PreparedBatch> prepareMail(const Env &env, const MailComposer &composer, const PlanSettings &settings, int limit)
{
    const QDateTime now = env.clock.now();
    auto due = env.work.ledger().due(now, limit);
    if (!due)
        return due.error();
    PreparedBatch batch;
    if (due->isEmpty())
        return batch;
    auto entries = entriesOf(env, *due);
    if (!entries)
        return entries.error();
    auto suppressed = suppressedAmong(env, addressesOf(*entries));
    if (!suppressed) {
        batch.held = QStringLiteral("unsubscribe_lookup_failed");
        return batch;
    }
    batch.failedOpen = suppressed->failedOpen;
    const QSet<QString> blocked(suppressed->addresses.cbegin(), suppressed->addresses.cend());
    for (const DueMail &row : *due)
        prepareOne(row, *entries, blocked, composer, settings, now, batch);
    return batch;
}

Result<Done> recordSends(const Env &env, const QList<SendReport> &reports)
{
    QList<EmailLedgerRepository::Accepted> accepted;
    QList<EmailLedgerRepository::Dropped> dropped;
    QList<SendReport> passing;
    for (const SendReport &report : reports) {
        switch (report.result.result) {
        case SendClass::Accepted:
            accepted.append({report.sent.due.id, report.result.provider, storedProviderId(report),
                             report.sent.mail.subject, report.at});
            break;
        case SendClass::Permanent:
        case SendClass::SkippedNoTemplate:
            dropped.append({report.sent.due.id, LedgerClass::PermanentDrop, report.result.provider,
                            report.sent.mail.idempotencyKey, report.result.error.left(maxErrorChars), true, report.at});
            break;
        case SendClass::Transient:
            passing.append(report);
            break;
        }
    }
    return env.work.transaction([&]() -> Result<Done> {
        if (auto done = recordAccepted(env, accepted); !done)
            return done;
        if (auto done = dropped.isEmpty() ? Result<Done>(Done{}) : env.work.ledger().markDropped(dropped); !done)
            return done;
        for (const SendReport &report : std::as_const(passing)) {
            const auto next = nextAttempt(report.at, report.sent.due.attempts, report.result.retryAfterMs);
            if (auto done =
                    env.work.ledger().markTransient(report.sent.due.id, report.result.error.left(maxErrorChars), next);
                !done)
                return done;
        }
        return env.work.announce(QStringLiteral("email"), {});
    });
}

Result<Done> recordDrops(const Env &env, const QList<EmailLedgerRepository::Dropped> &drops)
{
    if (drops.isEmpty())
        return Done{};
    return env.work.transaction([&]() -> Result<Done> {
        if (auto done = env.work.ledger().markDropped(drops); !done)
            return done;
        return env.work.announce(QStringLiteral("email"), {});
    });
}

} // namespace usecases
