#include "services/storage/multi_row.h"

#include <QStringList>

namespace storage {

using domain::Done;
using domain::Result;

namespace {

/// The size of the next piece of `left` rows: rounded up when that fills more than half of it, else down.
qsizetype pieceOf(qsizetype left)
{
    static constexpr qsizetype sizes[] = {1, 4, 16, 64, 256};
    qsizetype smaller = 1;
    for (const qsizetype size : sizes) {
        if (left <= size)
            return 2 * left > size ? size : smaller;
        smaller = size;
    }
    return smaller;
}

/// PostgreSQL wants the types named, but the first row speaks for its column.
QString valuesList(const Connection &connection, const QList<const char *> &types, qsizetype rows)
{
    QStringList first;
    for (const char *type : types) {
        first.append(connection.isSqlite() ? QStringLiteral("?")
                                           : QStringLiteral("CAST(? AS %1)").arg(QLatin1StringView(type)));
    }
    const QString other = QStringList(types.size(), QStringLiteral("?")).join(QStringLiteral(", "));
    QStringList tuples(rows, QLatin1Char('(') + other + QLatin1Char(')'));
    tuples.first() = QLatin1Char('(') + first.join(QStringLiteral(", ")) + QLatin1Char(')');
    return tuples.join(QStringLiteral(", "));
}

Result<Done> inPieces(const Connection &connection, const MultiRow &statement, const QList<QVariantList> &rows,
                      const std::function<Result<Done>(const QString &, const QVariantList &)> &run)
{
    for (qsizetype at = 0; at < rows.size();) {
        const qsizetype size = pieceOf(rows.size() - at);
        QVariantList values;
        values.reserve(size * statement.types.size());
        for (qsizetype i = at; i < at + size && i < rows.size(); ++i) {
            Q_ASSERT(rows.at(i).size() == statement.types.size());
            values.append(rows.at(i));
        }
        values.resize(size * statement.types.size());
        if (auto done = run(statement.sql.arg(valuesList(connection, statement.types, size)), values); !done)
            return done;
        at += size;
    }
    return Done{};
}

} // namespace

Result<qint64> executeRows(Connection &connection, const MultiRow &statement, const QList<QVariantList> &rows)
{
    qint64 affected = 0;
    auto done =
        inPieces(connection, statement, rows, [&](const QString &sql, const QVariantList &values) -> Result<Done> {
            auto count = connection.execute(sql, values);
            if (!count)
                return count.error();
            affected += *count;
            return Done{};
        });
    if (!done)
        return done.error();
    return affected;
}

Result<Done> selectRows(Connection &connection, const MultiRow &statement, const QList<QVariantList> &rows,
                        const std::function<void(const Row &)> &onRow)
{
    return inPieces(connection, statement, rows, [&](const QString &sql, const QVariantList &values) {
        return connection.select(sql, values, [&](const Row &row) {
            onRow(row);
            return true;
        });
    });
}

} // namespace storage
