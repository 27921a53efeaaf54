#pragma once
#include "models/domain/audit_kind_names.h"
#include "services/storage/connection.h"
#include "services/usecases/email_repositories.h"
#include "tests/support/seed.h"

/// What the suites around the mail ledger have in common.
namespace test {

/// Empty when it went well, else what went wrong.
template <typename T>
QString failure(const domain::Result<T> &result)
{
    return result ? QString() : result.error().key + QStringLiteral(": ") + result.error().detail;
}

/// The columns of each row joined by `|`; NULL is `-`. One row that names the failure when the query failed.
inline QStringList rowsOf(storage::Connection &connection, const QString &sql, int columns = 1,
                          const QVariantList &values = {})
{
    QStringList rows;
    const auto read = connection.select(sql, values, [&](const storage::Row &row) {
        QStringList texts;
        for (int i = 0; i < columns; ++i)
            texts.append(row.isNull(i) ? QStringLiteral("-") : row.text(i));
        rows.append(texts.join(QLatin1Char('|')));
        return true;
    });
    return read ? rows : QStringList{failure(read)};
}
inline QString rowOf(storage::Connection &connection, const QString &sql, int columns = 1,
                     const QVariantList &values = {})
{
    return rowsOf(connection, sql, columns, values).join(QLatin1Char('\n'));
}

inline QDateTime after(qint64 seconds)
{
    return seedNow().addSecs(seconds);
}

inline QString idText(quint32 number)
{
    return uuid(number).toString(QUuid::WithoutBraces);
}

inline domain::Result<domain::Done> addTeam(storage::Connection &connection, quint32 number)
{
    return connection
        .execute(QStringLiteral("INSERT INTO teams (id, name, plan_tier) VALUES (?, ?, 'pro')"),
                 {idText(number), QStringLiteral("Team %1").arg(number)})
        .map([](qint64) { return domain::Done{}; });
}

inline domain::Result<domain::Done> addAudit(storage::Connection &connection, quint32 number,
                                             const QDateTime &createdAt, const QString &kind,
                                             std::optional<quint32> team = std::nullopt,
                                             const QString &metadata = QStringLiteral("{}"))
{
    return connection
        .execute(QStringLiteral("INSERT INTO audit_log (id, team_id, actor, kind, summary, metadata, created_at) "
                                "VALUES (?, ?, 'system', ?, 'x', ?, ?)"),
                 {idText(number), team ? QVariant(idText(*team)) : QVariant(), kind, metadata,
                  storage::toSqlTime(createdAt)})
        .map([](qint64) { return domain::Done{}; });
}

inline usecases::LedgerEntry ledgerEntry(const QString &id)
{
    usecases::LedgerEntry entry;
    entry.id = id;
    entry.templateKind = QStringLiteral("onboarding.claimed");
    entry.subject = QStringLiteral("Welcome");
    entry.address = QStringLiteral("Alice@Example.com");
    entry.at = seedNow();
    return entry;
}

inline usecases::EmailLedgerRepository::Accepted acceptance(const QString &id, const QString &providerId,
                                                            const QDateTime &at = seedNow(),
                                                            const QString &provider = QStringLiteral("brevo"))
{
    return {id, provider, providerId, QString(), at};
}

/// Counts the statements that a connection with this configuration runs.
inline storage::DatabaseConfig counted(storage::DatabaseConfig config, int &statements)
{
    config.faults = [&statements](storage::FaultPoint point, const QString &) -> std::optional<domain::Error> {
        statements += point == storage::FaultPoint::Statement ? 1 : 0;
        return std::nullopt;
    };
    return config;
}

} // namespace test
