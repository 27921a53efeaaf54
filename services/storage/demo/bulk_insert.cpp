#include "services/storage/demo/bulk_insert.h"

namespace storage {

using domain::Done;
using domain::Result;

BulkInsert::BulkInsert(Connection &connection, const QString &table, QStringList columns)
    : m_connection(connection)
    , m_width(columns.size())
{
    m_head = QStringLiteral("INSERT INTO %1 (%2) VALUES ").arg(table, columns.join(QStringLiteral(", ")));
    m_tuple =
        QLatin1Char('(') + QStringList(m_width, QStringLiteral("?")).join(QStringLiteral(", ")) + QLatin1Char(')');
}

void BulkInsert::add(QVariantList row)
{
    Q_ASSERT(row.size() == m_width);
    m_rows << std::move(row);
}

QString BulkInsert::statement(int rows) const
{
    return m_head + QStringList(rows, m_tuple).join(QStringLiteral(", "));
}

Result<Done> BulkInsert::flush()
{
    // Few distinct sizes, so that every statement is prepared once.
    static constexpr int sizes[] = {128, 16, 1};
    qsizetype at = 0;
    for (const int size : sizes) {
        if (m_rows.size() - at < size)
            continue;
        const QString sql = statement(size);
        while (m_rows.size() - at >= size) {
            QVariantList values;
            values.reserve(size * m_width);
            for (int i = 0; i < size; ++i)
                values << m_rows.at(at + i);
            if (auto done = m_connection.execute(sql, values); !done)
                return done.error();
            at += size;
            m_written += size;
        }
    }
    m_rows.clear();
    return Done{};
}

} // namespace storage
