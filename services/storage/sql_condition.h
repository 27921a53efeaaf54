#pragma once
#include <QString>
#include <QStringList>
#include <QVariantList>

namespace storage {

/// A piece of a WHERE clause with what it binds.
struct SqlCondition {
    QString sql; ///< empty = everything
    QVariantList values;
};

/// Parts joined by AND, empty ones left out.
SqlCondition both(const SqlCondition &a, const SqlCondition &b);
/// The column holds one of the texts; everything when there are none.
SqlCondition oneOf(const QString &column, const QStringList &texts);
/// ` WHERE …`, or nothing.
QString whereClause(const SqlCondition &condition);

} // namespace storage
