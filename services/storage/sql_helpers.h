#pragma once
#include "models/domain/ids.h"
#include "services/storage/connection.h"

#include <QStringList>
#include <QVariantList>

/// Small pieces that several repositories bind and read with.
namespace storage {

/// Placeholder of a bound time: PostgreSQL wants to know the type, SQLite compares text.
inline QString timeParameter(const Connection &connection)
{
    return connection.isSqlite() ? QStringLiteral("?") : QStringLiteral("CAST(? AS timestamptz)");
}

/// NULL instead of an empty text.
inline QVariant textOrNull(const QString &text)
{
    return text.isEmpty() ? QVariant() : QVariant(text);
}

inline QVariant uuidOrNull(const std::optional<QUuid> &id)
{
    return id ? QVariant(id->toString(QUuid::WithoutBraces)) : QVariant();
}

/// Text from outside as both engines can store it, in a column and inside JSON: U+0000 and halves of surrogate pairs
/// become U+FFFD, so that one mail cannot lose its batch.
QString storable(QString text);

/// Value of a listCondition() or listRows(): texts as one parameter, so that lists of any length share a statement.
QString listValue(const QStringList &texts);

/// `column` is one of the texts that listValue() was given. `type` is the column's on PostgreSQL.
inline QString listCondition(const Connection &connection, const QString &column, const char *type = "text")
{
    if (connection.isSqlite())
        return column + QStringLiteral(" IN (SELECT value FROM json_each(?))");
    return QStringLiteral("%1 = ANY (CAST(ARRAY(SELECT jsonb_array_elements_text(CAST(? AS jsonb))) AS %2[]))")
        .arg(column, QLatin1StringView(type));
}

/// For FROM: the texts that listValue() was given as rows of `v (value)`.
inline QString listRows(const Connection &connection)
{
    return connection.isSqlite() ? QStringLiteral("json_each(?) v")
                                 : QStringLiteral("jsonb_array_elements_text(CAST(? AS jsonb)) AS v (value)");
}

/// In front of a grouped column: keeps SQLite from walking the column's index and fetching every row out of order.
inline QString groupedByScan(const Connection &connection)
{
    return connection.isSqlite() ? QStringLiteral("+") : QString();
}

/// Behind a table that is read whole: keeps SQLite from walking an index of it for the sake of a later DISTINCT.
inline QString readWhole(const Connection &connection)
{
    return connection.isSqlite() ? QStringLiteral(" NOT INDEXED") : QString();
}

/// `?, ?, ?`
inline QString placeholders(qsizetype count)
{
    return QStringList(count, QStringLiteral("?")).join(QStringLiteral(", "));
}

/// 'it''s': for constants of the plan table that become part of a statement's text.
inline QString quoted(const QString &text)
{
    QString copy = text;
    return QLatin1Char('\'') + copy.replace(QLatin1Char('\''), QStringLiteral("''")) + QLatin1Char('\'');
}

inline QString quotedList(const QStringList &texts)
{
    QStringList all;
    for (const QString &text : texts)
        all.append(quoted(text));
    return all.join(QStringLiteral(", "));
}

} // namespace storage
