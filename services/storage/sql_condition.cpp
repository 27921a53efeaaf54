#include "services/storage/sql_condition.h"

#include "services/storage/sql_helpers.h"

namespace storage {

SqlCondition both(const SqlCondition &a, const SqlCondition &b)
{
    if (a.sql.isEmpty())
        return b;
    if (b.sql.isEmpty())
        return a;
    return {a.sql + QStringLiteral(" AND ") + b.sql, a.values + b.values};
}

SqlCondition oneOf(const QString &column, const QStringList &texts)
{
    if (texts.isEmpty())
        return {};
    const QVariantList values(texts.cbegin(), texts.cend());
    if (texts.size() == 1)
        return {column + QStringLiteral(" = ?"), values};
    return {QStringLiteral("%1 IN (%2)").arg(column, placeholders(texts.size())), values};
}

QString whereClause(const SqlCondition &condition)
{
    return condition.sql.isEmpty() ? QString() : QStringLiteral(" WHERE ") + condition.sql;
}

} // namespace storage
