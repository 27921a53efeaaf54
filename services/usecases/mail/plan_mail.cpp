#include "services/usecases/mail/plan_mail.h"

#include <QHash>
#include <QJsonDocument>
#include <QSet>

namespace usecases {

using domain::AuditEntry;
using domain::Done;
using domain::LedgerClass;
using domain::Result;

QString recipientOf(const RecipientRepository::Entry &entry)
{
    if (!entry.ownerEmail.trimmed().isEmpty())
        return entry.ownerEmail.trimmed();
    const QJsonObject metadata = QJsonDocument::fromJson(entry.audit.metadata).object();
    return metadata.value(QLatin1StringView("email")).toString().trimmed();
}

Result<SuppressedAddresses> suppressedAmong(const Env &env, const QStringList &addresses)
{
    SuppressedAddresses answer;
    if (addresses.isEmpty())
        return answer;
    auto unsubscribed = env.work.suppressions().unsubscribed(addresses);
    if (!unsubscribed)
        return unsubscribed.error();
    answer.addresses = *unsubscribed;
    auto bounced = env.work.suppressions().bouncedOrComplained(addresses, env.clock.now().addDays(-suppressionDays));
    if (bounced)
        answer.addresses += *bounced;
    else
        answer.failedOpen = true;
    return answer;
}

namespace {

using Recipients = QHash<domain::AuditId, RecipientRepository::Entry>;

struct Decision {
    LedgerClass ledgerClass;
    QString error;
};

struct Batch {
    QList<AuditEntry> entries;
    Recipients recipients;
    QSet<QString> suppressed;
    QDateTime floor;
};

Result<Recipients> recipientsOf(const Env &env, const QList<AuditEntry> &entries)
{
    QList<domain::AuditId> ids;
    for (const AuditEntry &entry : entries)
        ids.append(entry.id);
    auto resolved = env.work.recipients().resolve(ids);
    if (!resolved)
        return resolved.error();
    Recipients byId;
    for (RecipientRepository::Entry &entry : resolved.value())
        byId.insert(entry.audit.id, std::move(entry));
    return byId;
}

Decision decide(const AuditEntry &entry, const QString &address, const Batch &batch, const QSet<QString> &templates)
{
    if (entry.createdAt <= batch.floor)
        return {LedgerClass::Expired, QStringLiteral("older than 48 hours before it could be sent")};
    if (address.isEmpty())
        return {LedgerClass::NoRecipient, QStringLiteral("no_owner_email")};
    if (batch.suppressed.contains(domain::normalizedAddress(address)))
        return {LedgerClass::Suppressed, QStringLiteral("unsubscribed, bounced or complained")};
    if (!templates.contains(entry.kind))
        return {LedgerClass::PermanentDrop, QStringLiteral("missing_renderer")};
    return {LedgerClass::Intended, {}};
}

void count(LedgerClass decided, const QString &kind, PlanReport &report)
{
    if (decided == LedgerClass::Intended)
        ++report.intended;
    else if (decided == LedgerClass::Suppressed)
        ++report.suppressed;
    else if (decided == LedgerClass::Expired)
        ++report.expired;
    else if (decided == LedgerClass::NoRecipient)
        ++report.noRecipient;
    else
        report.withoutTemplate.append(kind);
}

QList<LedgerEntry> ledgerRows(const Env &env, const Batch &batch, const MailComposer &composer, PlanReport &report)
{
    const QStringList known = composer.kinds();
    const QSet<QString> templates(known.begin(), known.end());
    QList<LedgerEntry> rows;
    for (const AuditEntry &entry : batch.entries) {
        const auto recipient = batch.recipients.constFind(entry.id);
        const QString address = recipient == batch.recipients.cend() ? QString() : recipientOf(*recipient);
        const Decision decision = decide(entry, address, batch, templates);
        count(decision.ledgerClass, entry.kind, report);
        LedgerEntry row;
        row.id = entry.id.toString();
        row.audit = entry.id;
        row.team = entry.team;
        row.templateKind = entry.kind;
        row.address = address;
        row.ledgerClass = decision.ledgerClass;
        row.lastError = decision.error;
        row.at = env.clock.now();
        if (decision.ledgerClass == LedgerClass::PermanentDrop)
            row.providerId = decision.error;
        rows.append(row);
    }
    return rows;
}

QStringList mailedKinds()
{
    QStringList kinds;
    for (const domain::AuditKind &kind : domain::auditKinds()) {
        if (kind.mailsCustomer)
            kinds.append(QString::fromLatin1(kind.kind));
    }
    return kinds;
}

bool isLater(const JobRepository::Cursor &a, const JobRepository::Cursor &b)
{
    return a.at != b.at ? a.at > b.at : a.id > b.id;
}

/// Reads the next batch; leaves `entries` empty when there is nothing new.
Result<JobRepository::Cursor> readCursor(const Env &env, const PlanSettings &settings)
{
    auto cursor = env.work.jobs().cursor(forwarderJob);
    if (!cursor)
        return cursor.error();
    if (*cursor)
        return **cursor;
    // Reading begins `overlapMs` behind the cursor, so the seed stands that much later.
    const JobRepository::Cursor seed{env.clock.now().addMSecs(settings.overlapMs - settings.seedMs), {}};
    if (auto kept = env.work.jobs().setCursor(forwarderJob, seed, env.clock.now()); !kept)
        return kept.error();
    return seed;
}

Result<Done> write(const Env &env, const QList<LedgerEntry> &rows, const JobRepository::Cursor &from,
                   const Batch &batch)
{
    return env.work.transaction([&]() -> Result<Done> {
        if (auto written = env.work.ledger().insert(rows); !written)
            return written.error();
        const JobRepository::Cursor last{batch.entries.last().createdAt, batch.entries.last().id.toString()};
        if (isLater(last, from)) {
            if (auto moved = env.work.jobs().setCursor(forwarderJob, last, env.clock.now()); !moved)
                return moved;
        }
        return env.work.announce(QStringLiteral("email"), {});
    });
}

} // namespace

Result<PlanReport> planMail(const Env &env, const MailComposer &composer, const PlanSettings &settings)
{
    const auto cursor = readCursor(env, settings);
    if (!cursor)
        return cursor.error();
    const QDateTime now = env.clock.now();
    Batch batch;
    batch.floor = now.addMSecs(-settings.floorMs);
    auto entries = env.work.ledger().unledgered(mailedKinds(), cursor->at.addMSecs(-settings.overlapMs), {},
                                                now.addMSecs(settings.overlapMs), settings.batch);
    if (!entries)
        return entries.error();
    PlanReport report;
    batch.entries = *entries;
    report.read = int(batch.entries.size());
    report.more = report.read >= settings.batch;
    if (batch.entries.isEmpty())
        return report;
    auto recipients = recipientsOf(env, batch.entries);
    if (!recipients)
        return recipients.error();
    batch.recipients = *recipients;
    QStringList addresses;
    for (const RecipientRepository::Entry &entry : std::as_const(batch.recipients))
        addresses.append(domain::normalizedAddress(recipientOf(entry)));
    addresses.removeAll(QString());
    addresses.removeDuplicates();
    auto suppressed = suppressedAmong(env, addresses);
    if (!suppressed) {
        report.held = QStringLiteral("unsubscribe_lookup_failed");
        return report;
    }
    report.failedOpen = suppressed->failedOpen;
    batch.suppressed = QSet<QString>(suppressed->addresses.cbegin(), suppressed->addresses.cend());
    const QList<LedgerEntry> rows = ledgerRows(env, batch, composer, report);
    if (auto written = write(env, rows, *cursor, batch); !written)
        return written.error();
    return report;
}

} // namespace usecases
