#include "services/storage/email_ledger_repository.h"

#include "models/domain/mask.h"
#include "services/security/tokens.h"
#include "services/storage/audit_rows.h"
#include "services/storage/multi_row.h"
#include "services/storage/sql_helpers.h"

#include <QSet>

#include <algorithm>

namespace storage {

using domain::AuditEntry;
using domain::Done;
using domain::LedgerClass;
using domain::Result;
using usecases::DueMail;
using usecases::LedgerEntry;

namespace {

QVariantList valuesOf(const LedgerEntry &entry)
{
    const QString address = storable(entry.address);
    const QString normalized = domain::normalizedAddress(address);
    const QVariant at = toSqlTime(entry.at);
    return {entry.id,
            entry.audit ? QVariant(entry.audit->toString()) : QVariant(),
            entry.team ? QVariant(entry.team->toString()) : QVariant(),
            at,
            entry.provider,
            storable(entry.providerId),
            domain::maskLedgerEmail(address.trimmed()),
            normalized.isEmpty() ? QString() : QString::fromLatin1(security::sha256Hex(normalized.toUtf8())),
            domain::addressDomain(address),
            entry.templateKind,
            storable(entry.subject),
            domain::ledgerClassName(entry.ledgerClass),
            entry.ledgerClass == LedgerClass::Intended ? at : QVariant(),
            domain::isAccepted(entry.ledgerClass) ? at : QVariant(),
            storable(entry.lastError)};
}

/// In the order of their ids, so that two writers wait for each other instead of locking each other out.
template <typename T>
QList<T> inOrder(QList<T> rows)
{
    std::sort(rows.begin(), rows.end(), [](const T &a, const T &b) { return a.id < b.id; });
    return rows;
}

Result<Done> withoutCount(const Result<qint64> &result)
{
    return result.map([](qint64) { return Done{}; });
}

} // namespace

Result<QStringList> SqlEmailLedgerRepository::insert(const QList<LedgerEntry> &entries)
{
    // An entry or a team that went away meanwhile leaves an empty link behind, not a batch that fails.
    static const MultiRow statement{
        QStringLiteral("WITH v (id, audit, team, at, provider, provider_id, recipient, sha, domain, kind, subject, "
                       "class, next_at, accepted_at, error) AS (VALUES %1) "
                       "INSERT INTO forwarder_sent (audit_id, audit_log_id, team_id, sent_at, intended_at, provider, "
                       "provider_id, recipient, recipient_sha256, recipient_domain, template_kind, subject, "
                       "classification, next_attempt_at, accepted_at, last_error) "
                       "SELECT v.id, a.id, t.id, v.at, v.at, v.provider, v.provider_id, v.recipient, v.sha, v.domain, "
                       "v.kind, v.subject, v.class, v.next_at, v.accepted_at, v.error "
                       "FROM v LEFT JOIN audit_log a ON a.id = v.audit LEFT JOIN teams t ON t.id = v.team "
                       "WHERE v.id IS NOT NULL ON CONFLICT (audit_id) DO NOTHING RETURNING audit_id"),
        {"text", "uuid", "uuid", "timestamptz", "text", "text", "text", "text", "text", "text", "text", "text",
         "timestamptz", "timestamptz", "text"}};
    QList<QVariantList> rows;
    for (const LedgerEntry &entry : inOrder(entries))
        rows.append(valuesOf(entry));
    QStringList written;
    auto done = selectRows(m_connection, statement, rows, [&](const Row &row) { written.append(row.text(0)); });
    if (!done)
        return done.error();
    return written;
}

Result<QList<AuditEntry>> SqlEmailLedgerRepository::unledgered(const QStringList &kinds, const QDateTime &after,
                                                               const QString &afterId, const QDateTime &until,
                                                               int limit)
{
    QList<AuditEntry> found;
    if (kinds.isEmpty())
        return found;
    const QString time = timeParameter(m_connection);
    const QString id = m_connection.isSqlite() ? QStringLiteral("a.id") : QStringLiteral("CAST(a.id AS text)");
    // An expression instead of the column keeps both engines on the index of the order: the one of the kinds would have
    // its rows sorted for every batch.
    const QString sql =
        QStringLiteral(
            "SELECT %1 FROM audit_log a WHERE (a.kind || '') IN (%2) AND a.created_at >= %3 AND a.created_at < %3 "
            "AND (a.created_at > %3 OR %4 > ?) "
            "AND NOT EXISTS (SELECT 1 FROM forwarder_sent f WHERE f.audit_id = %4) "
            "ORDER BY a.created_at, a.id LIMIT ?")
            .arg(auditColumns(m_connection), placeholders(kinds.size()), time, id);
    QVariantList values(kinds.cbegin(), kinds.cend());
    values << toSqlTime(after) << toSqlTime(until) << toSqlTime(after) << afterId << limit;
    auto done = m_connection.select(sql, values, [&](const Row &row) {
        found.append(auditEntryOf(row));
        return true;
    });
    if (!done)
        return done.error();
    return found;
}

Result<QList<DueMail>> SqlEmailLedgerRepository::due(const QDateTime &now, int limit)
{
    // Two walks of the index of what is due: rows that nobody gave a time come before all others.
    const QString part = QStringLiteral("SELECT * FROM (SELECT audit_id, audit_log_id, attempts, %1, next_attempt_at, "
                                        "intended_at FROM forwarder_sent WHERE classification = 'intended' AND %2 "
                                        "ORDER BY next_attempt_at, intended_at LIMIT ?) %3")
                             .arg(m_connection.millis(QStringLiteral("COALESCE(intended_at, sent_at)")));
    const QString sql =
        part.arg(QStringLiteral("next_attempt_at IS NULL"), QStringLiteral("a")) + QStringLiteral(" UNION ALL ") +
        part.arg(QStringLiteral("next_attempt_at <= ") + timeParameter(m_connection), QStringLiteral("b")) +
        QStringLiteral(" ORDER BY next_attempt_at NULLS FIRST, intended_at LIMIT ?");
    QList<DueMail> mails;
    auto done = m_connection.select(sql, {limit, toSqlTime(now), limit, limit}, [&](const Row &row) {
        DueMail mail{row.text(0), {}, int(row.integer(2)), row.time(3)};
        if (const auto audit = row.optionalUuid(1))
            mail.audit = domain::AuditId(*audit);
        mails.append(mail);
        return true;
    });
    if (!done)
        return done.error();
    return mails;
}

Result<std::optional<QDateTime>> SqlEmailLedgerRepository::nextDue()
{
    std::optional<QDateTime> next;
    const QString sql =
        QStringLiteral("SELECT %1 FROM forwarder_sent WHERE classification = 'intended'")
            .arg(m_connection.millis(QStringLiteral("min(COALESCE(next_attempt_at, intended_at, sent_at))")));
    auto done = m_connection.select(sql, {}, [&](const Row &row) {
        next = row.optionalTime(0);
        return false;
    });
    if (!done)
        return done.error();
    return next;
}

Result<Done> SqlEmailLedgerRepository::markAccepted(const QList<Accepted> &rows)
{
    // An expression keeps PostgreSQL from walking the index of everything that waits instead of looking these rows up.
    static const MultiRow statement{
        QStringLiteral(
            "WITH v (id, provider, provider_id, subject, at) AS (VALUES %1) "
            "UPDATE forwarder_sent SET classification = 'success', provider = v.provider, "
            "provider_id = v.provider_id, subject = COALESCE(NULLIF(v.subject, ''), forwarder_sent.subject), "
            "accepted_at = v.at, sent_at = v.at, attempts = attempts + 1, next_attempt_at = NULL "
            "FROM v WHERE audit_id = v.id AND v.id IS NOT NULL AND (classification || '') = 'intended'"),
        {"text", "text", "text", "text", "timestamptz"}};
    QList<QVariantList> values;
    for (const Accepted &row : inOrder(rows))
        values.append({row.id, row.provider, storable(row.providerId), storable(row.subject), toSqlTime(row.at)});
    return withoutCount(executeRows(m_connection, statement, values));
}

Result<Done> SqlEmailLedgerRepository::markDropped(const QList<Dropped> &rows)
{
    static const MultiRow statement{
        QStringLiteral("WITH v (id, class, provider, provider_id, error, attempts, at) AS (VALUES %1) "
                       "UPDATE forwarder_sent SET classification = v.class, "
                       "provider = COALESCE(NULLIF(v.provider, ''), forwarder_sent.provider), "
                       "provider_id = v.provider_id, last_error = v.error, sent_at = v.at, "
                       "attempts = forwarder_sent.attempts + v.attempts, next_attempt_at = NULL "
                       "FROM v WHERE audit_id = v.id AND v.id IS NOT NULL AND (classification || '') = 'intended'"),
        {"text", "text", "text", "text", "text", "integer", "timestamptz"}};
    QList<QVariantList> values;
    for (const Dropped &row : inOrder(rows)) {
        values.append({row.id, domain::ledgerClassName(row.ledgerClass), row.provider, storable(row.providerId),
                       storable(row.error), row.attempted ? 1 : 0, toSqlTime(row.at)});
    }
    return withoutCount(executeRows(m_connection, statement, values));
}

Result<Done> SqlEmailLedgerRepository::markTransient(const QString &id, const QString &error,
                                                     const QDateTime &nextAttempt)
{
    return withoutCount(m_connection.execute(
        QStringLiteral("UPDATE forwarder_sent SET attempts = attempts + 1, last_error = ?, next_attempt_at = %1 "
                       "WHERE audit_id = ? AND classification = 'intended'")
            .arg(timeParameter(m_connection)),
        {storable(error), toSqlTime(nextAttempt), id}));
}

Result<std::optional<QDateTime>>
SqlEmailLedgerRepository::lastSend(const QString &templateKind, const QString &addressSha256, const QString &exceptId)
{
    std::optional<QDateTime> last;
    if (addressSha256.isEmpty())
        return last;
    const QString sql =
        QStringLiteral("SELECT %1 FROM forwarder_sent WHERE recipient_sha256 = ? AND recipient_sha256 <> '' "
                       "AND template_kind = ? AND audit_id <> ?")
            .arg(m_connection.millis(QStringLiteral("max(accepted_at)")));
    auto done = m_connection.select(sql, {addressSha256, templateKind, exceptId}, [&](const Row &row) {
        last = row.optionalTime(0);
        return false;
    });
    if (!done)
        return done.error();
    return last;
}

Result<QHash<QString, qint64>> SqlEmailLedgerRepository::countByClass()
{
    QHash<QString, qint64> counts;
    auto done = m_connection.select(
        QStringLiteral("SELECT classification, count(*) FROM forwarder_sent GROUP BY classification"), {},
        [&](const Row &row) {
            counts.insert(row.text(0), row.integer(1));
            return true;
        });
    if (!done)
        return done.error();
    return counts;
}

} // namespace storage
