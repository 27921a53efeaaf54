#include "services/storage/sql_errors.h"

#include <QRegularExpression>

namespace storage {

using domain::Error;
using domain::ErrorCode;

namespace {

QString failedKey()
{
    return QStringLiteral("db_failed");
}

/// `ERROR:  duplicate key value violates unique constraint "users_email_key"` → `users_email_key`.
QString constraintName(const QString &text)
{
    static const QRegularExpression quoted(QStringLiteral("constraint \"([^\"]+)\""));
    static const QRegularExpression column(QStringLiteral("column \"([^\"]+)\" of relation \"([^\"]+)\""));
    static const QRegularExpression lite(QStringLiteral("constraint failed:? *([^\\n]*)"));
    if (const auto m = quoted.match(text); m.hasMatch())
        return m.captured(1);
    if (const auto m = column.match(text); m.hasMatch())
        return m.captured(2) + QLatin1Char('.') + m.captured(1);
    if (const auto m = lite.match(text); m.hasMatch()) {
        QString name = m.captured(1);
        name.remove(QStringLiteral("Unable to fetch row"));
        return name.trimmed();
    }
    return {};
}

/// The first line only: later lines quote row values.
QString firstLine(const QString &text)
{
    return text.section(QLatin1Char('\n'), 0, 0).trimmed();
}

Error constraint(const QString &text)
{
    const QString name = constraintName(text);
    return domain::makeError(ErrorCode::Conflict, QStringLiteral("constraint_violation"),
                             name.isEmpty() ? firstLine(text) : name);
}

} // namespace

QString connectionLostKey()
{
    return QStringLiteral("db_connection_lost");
}

Error fromSqlState(const QString &sqlState, const QString &text, bool stillOpen)
{
    const QString state = sqlState.left(5);
    const auto begins = [&state](const char *prefix) { return state.startsWith(QLatin1StringView(prefix)); };
    if (begins("23"))
        return constraint(text);
    // Every error of the server has a state; one without comes from libpq, which lost the server.
    if (!stillOpen || state.isEmpty() || begins("08") || begins("57P0"))
        return domain::unavailable(connectionLostKey(), firstLine(text));
    // Somebody migrated, or a connection pooler swapped the session: the statement is prepared anew by the next call.
    if (begins("26000") || (begins("0A000") && text.contains(QLatin1StringView("cached plan"))))
        return domain::unavailable(failedKey(), firstLine(text));
    // 53 resources, 57 operator intervention and time-outs, 55P03 lock time-out, 40 serialization and deadlock,
    // 25006 a standby that cannot write, 58 input or output error of the server.
    if (begins("53") || begins("57") || begins("55P03") || begins("40") || begins("25006") || begins("58"))
        return domain::unavailable(failedKey(), firstLine(text));
    return domain::makeError(ErrorCode::Internal, failedKey(), firstLine(text));
}

Error fromSqliteCode(int code, const QString &text)
{
    constexpr int busy = 5, locked = 6, readOnly = 8, interrupt = 9, ioError = 10, full = 13, cantOpen = 14,
                  constraintFailed = 19;
    switch (code & 0xff) {
    case constraintFailed:
        return constraint(text);
    case busy:
    case locked:
    case readOnly:
    case interrupt:
    case ioError:
    case full:
    case cantOpen:
        return domain::unavailable(failedKey(), firstLine(text));
    default:
        return domain::makeError(ErrorCode::Internal, failedKey(), firstLine(text));
    }
}

Error fromSqlError(Engine engine, const QSqlError &error, bool stillOpen)
{
    const QString text = error.databaseText().isEmpty() ? error.text() : error.databaseText();
    switch (engine) {
    case Engine::Sqlite:
        return fromSqliteCode(error.nativeErrorCode().toInt(), text);
    case Engine::PostgreSql:
        return fromSqlState(error.nativeErrorCode(), text, stillOpen);
    }
    return domain::makeError(ErrorCode::Internal, failedKey(), text);
}

} // namespace storage
