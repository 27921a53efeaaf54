#pragma once
#include "models/domain/result.h"
#include "services/storage/connection.h"

#include <QList>
#include <QVariantList>

#include <functional>

namespace storage {

/// One statement over many rows, in as few round trips as a handful of prepared texts allows.
struct MultiRow {
    /// `%1` stands for the VALUES list, most often inside `WITH v (…) AS (VALUES %1)`. Sizes are rounded up with rows
    /// of NULL, so the statement must drop those: `WHERE v.id IS NOT NULL`.
    QString sql;
    /// PostgreSQL type of each column: `text`, `uuid`, `timestamptz`, …
    QList<const char *> types;
};

/// Affected rows of all pieces. `rows` have one value per type.
domain::Result<qint64> executeRows(Connection &connection, const MultiRow &statement, const QList<QVariantList> &rows);
/// For statements that return rows (`RETURNING`).
domain::Result<domain::Done> selectRows(Connection &connection, const MultiRow &statement,
                                        const QList<QVariantList> &rows, const std::function<void(const Row &)> &onRow);

} // namespace storage
