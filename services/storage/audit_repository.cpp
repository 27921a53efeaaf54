#include "services/storage/audit_repository.h"

#include "services/storage/audit_rows.h"
#include "services/storage/keyset.h"
#include "services/storage/sql_helpers.h"

namespace storage {

using domain::AuditEntry;
using domain::Done;
using domain::Result;

namespace {

constexpr int exportBatch = 1000;

struct Condition {
    QStringList parts;
    QVariantList values;
    void add(const QString &sql, const QVariantList &bound)
    {
        parts.append(sql);
        values.append(bound);
    }
};

/// The prefix that a kind stands for when it ends in `*` or `.`; empty matches every kind.
std::optional<QString> kindPrefix(const ports::AuditFilter &filter)
{
    if (filter.kind.endsWith(QLatin1Char('*')))
        return filter.kind.chopped(1);
    return filter.kind.endsWith(QLatin1Char('.')) ? std::optional(filter.kind) : std::nullopt;
}

bool kindsMustBeLookedUp(const ports::AuditFilter &filter)
{
    const auto prefix = kindPrefix(filter);
    return filter.faults || (prefix && !prefix->isEmpty());
}

bool kindFits(const ports::AuditFilter &filter, const QString &kind)
{
    // Here and not by LIKE, because SQLite's ignores case.
    const auto prefix = kindPrefix(filter);
    const bool named = prefix ? kind.startsWith(*prefix) : filter.kind.isEmpty() || kind == filter.kind;
    return named && (!filter.faults || domain::isFaultKind(kind));
}

Condition conditionOf(const ports::AuditFilter &filter, const Connection &connection)
{
    Condition where;
    if (!filter.kind.isEmpty() && !kindPrefix(filter))
        where.add(QStringLiteral("a.kind = ?"), {filter.kind});
    if (!filter.actor.isEmpty())
        where.add(QStringLiteral("a.actor = ?"), {filter.actor});
    if (filter.team)
        where.add(QStringLiteral("a.team_id = ?"), {filter.team->toString()});
    if (filter.resource)
        where.add(QStringLiteral("a.resource_id = ?"), {filter.resource->toString(QUuid::WithoutBraces)});
    const QString time = timeParameter(connection);
    if (filter.from)
        where.add(QStringLiteral("a.created_at >= ") + time, {toSqlTime(*filter.from)});
    if (filter.until)
        where.add(QStringLiteral("a.created_at < ") + time, {toSqlTime(*filter.until)});
    if (!filter.text.isEmpty()) {
        const QString pattern = connection.textPattern(filter.text);
        where.add(QStringLiteral("(%1 OR %2)")
                      .arg(connection.containsText(QStringLiteral("lower(a.summary)")),
                           connection.containsText(QStringLiteral("lower(CAST(a.metadata AS text))"))),
                  {pattern, pattern});
    }
    return where;
}

QByteArray fingerprintOf(const ports::AuditFilter &f)
{
    const auto time = [](const std::optional<QDateTime> &t) { return t ? toSqlTime(*t) : QString(); };
    return listFingerprint({QStringLiteral("audit"), f.kind, f.actor, f.team ? f.team->toString() : QString(),
                            f.resource ? f.resource->toString() : QString(), time(f.from), time(f.until), f.text,
                            f.faults});
}

QString selectAudit(const Connection &connection)
{
    return QStringLiteral("SELECT %1 FROM audit_log a").arg(auditColumns(connection));
}

QString orderAndLimit()
{
    return QStringLiteral(" ORDER BY a.created_at DESC, a.id DESC LIMIT ?");
}

} // namespace

Result<Done> SqlAuditRepository::insert(const AuditEntry &entry)
{
    auto done = m_connection.execute(
        QStringLiteral("INSERT INTO audit_log (id, team_id, user_id, actor, kind, resource_type, resource_id, summary, "
                       "metadata, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        {entry.id.toString(), entry.team ? QVariant(entry.team->toString()) : QVariant(),
         entry.user ? QVariant(entry.user->toString()) : QVariant(),
         entry.actor.isEmpty() ? QStringLiteral("agent") : entry.actor, entry.kind, textOrNull(entry.resourceType),
         uuidOrNull(entry.resource), entry.summary, textOrNull(QString::fromUtf8(entry.metadata)),
         toSqlTime(entry.createdAt)});
    if (!done)
        return done.error();
    return Done{};
}

Result<QStringList> SqlAuditRepository::storedKinds(const ports::AuditFilter &filter)
{
    QStringList kinds;
    const QString sql = QStringLiteral("WITH RECURSIVE step(kind) AS (SELECT min(kind) FROM audit_log UNION ALL "
                                       "SELECT (SELECT min(kind) FROM audit_log WHERE kind > step.kind) "
                                       "FROM step WHERE step.kind IS NOT NULL) "
                                       "SELECT kind FROM step WHERE kind IS NOT NULL");
    auto done = m_connection.select(sql, {}, [&](const Row &row) {
        if (kindFits(filter, row.text(0)))
            kinds.append(row.text(0));
        return true;
    });
    if (!done)
        return done.error();
    return kinds;
}

Result<SqlAuditRepository::Batch> SqlAuditRepository::batch(const ports::AuditFilter &filter, const QJsonArray &after,
                                                            int limit)
{
    Condition where = conditionOf(filter, m_connection);
    if (kindsMustBeLookedUp(filter)) {
        auto kinds = storedKinds(filter);
        if (!kinds)
            return kinds.error();
        if (kinds->isEmpty())
            return Batch{};
        const QVariantList values(kinds->cbegin(), kinds->cend());
        where.add(QStringLiteral("a.kind IN (%1)").arg(placeholders(values.size())), values);
    }
    if (!after.isEmpty()) {
        const QString id = m_connection.isSqlite() ? QStringLiteral("?") : QStringLiteral("CAST(? AS uuid)");
        where.add(QStringLiteral("(a.created_at, a.id) < (%1, %2)").arg(timeParameter(m_connection), id),
                  {after.at(0).toString(), after.at(1).toString()});
    }
    QString sql = selectAudit(m_connection);
    if (!where.parts.isEmpty())
        sql += QStringLiteral(" WHERE ") + where.parts.join(QStringLiteral(" AND "));
    sql += orderAndLimit();
    where.values.append(limit + 1);

    Batch found;
    auto done = m_connection.select(sql, where.values, [&](const Row &row) {
        if (found.rows.size() == limit) {
            found.more = true;
            return false;
        }
        found.rows.append(auditEntryOf(row));
        found.end = {row.text(11), found.rows.constLast().id.toString()};
        return true;
    });
    if (!done)
        return done.error();
    return found;
}

Result<ports::Page<AuditEntry>> SqlAuditRepository::search(const ports::AuditQuery &query)
{
    const QByteArray fingerprint = fingerprintOf(query.filter);
    QJsonArray after;
    if (!query.cursor.isEmpty()) {
        auto position = decodeCursor(query.cursor, fingerprint, 2);
        if (!position)
            return position.error();
        if (!looksLikeTime(position->at(0).toString()) || !domain::AuditId::parse(position->at(1).toString()))
            return invalidCursor();
        after = *position;
    }
    auto found = batch(query.filter, after, query.limit);
    if (!found)
        return found.error();
    ports::Page<AuditEntry> page;
    page.rows = std::move(found->rows);
    if (found->more)
        page.next = encodeCursor(fingerprint, found->end);
    return page;
}

Result<Done> SqlAuditRepository::each(const ports::AuditFilter &filter,
                                      const std::function<bool(const AuditEntry &)> &onRow)
{
    QJsonArray after;
    while (true) {
        auto found = batch(filter, after, exportBatch);
        if (!found)
            return found.error();
        for (const AuditEntry &entry : found->rows) {
            if (!onRow(entry))
                return Done{};
        }
        if (!found->more)
            return Done{};
        after = found->end;
    }
}

Result<QList<AuditEntry>> SqlAuditRepository::newestOfTeam(domain::TeamId team, int limit, bool withOperatorRows)
{
    QString sql = selectAudit(m_connection) + QStringLiteral(" WHERE a.team_id = ?");
    if (!withOperatorRows)
        sql += QStringLiteral(" AND substr(a.kind, 1, 6) <> 'admin.'");
    QList<AuditEntry> rows;
    auto done = m_connection.select(sql + orderAndLimit(), {team.toString(), limit}, [&](const Row &row) {
        rows.append(auditEntryOf(row));
        return true;
    });
    if (!done)
        return done.error();
    return rows;
}

} // namespace storage
