#pragma once
#include "models/items/roles.h"

#include <QString>
#include <QVariant>

#include <functional>

namespace items {

/// One column of a table model: its header, and what it says of a row.
template <typename Row>
struct TableColumn {
    QString title;
    std::function<QString(const Row &)> text;
    Qt::Alignment alignment = Qt::AlignLeft;                   ///< what stands right is drawn in tabular digits
    std::function<QVariant(const Row &, int role)> extra = {}; ///< items::Role values and tooltips
    QString tip = {};                                          ///< of the header
    QString sort = {}; ///< `last_seen`, as in SavedView::sort; empty = the list cannot be sorted by this column

    QVariant cell(const Row &row, int role) const
    {
        if (role == Qt::DisplayRole)
            return text(row);
        if (role == Qt::TextAlignmentRole)
            return aligned();
        return extra ? extra(row, role) : QVariant();
    }
    QVariant aligned() const { return QVariant::fromValue(int(alignment | Qt::AlignVCenter)); }
    QVariant header(int role) const
    {
        if (role == Qt::DisplayRole)
            return title;
        if (role == Qt::TextAlignmentRole)
            return aligned();
        const bool explains = role == Qt::ToolTipRole || role == Qt::AccessibleDescriptionRole;
        return explains && !tip.isEmpty() ? QVariant(tip) : QVariant();
    }
};

/// The `extra` of a column that answers one role.
template <typename Row, typename Get>
std::function<QVariant(const Row &, int)> onRole(int wanted, Get get)
{
    return [wanted, get](const Row &row, int role) { return role == wanted ? QVariant(get(row)) : QVariant(); };
}

} // namespace items
