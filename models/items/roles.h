#pragma once
#include <Qt>

/// What the item models offer beside Qt's own roles; the tables' delegates are given these numbers.
namespace items {

enum Role : int {
    IdRole = Qt::UserRole + 1, ///< QString: identifier of the row's object
    SecondaryRole,             ///< QString: quiet text beside the display text (e-mail beside the name)
    UsedRole,                  ///< qint64 used
    LimitRole,                 ///< qint64 limit in the same unit; −1 unlimited, 0 none
    TimeRole,                  ///< QDateTime UTC; invalid = never
    CentsRole,                 ///< qint64
    StateRole,                 ///< QString: raw status or tier word, for the tone of a badge
    IconRole,                  ///< QString: name of an icon of resources/icons
    PlaceholderRole,           ///< bool: the row is known to exist, its values are being fetched again
};

} // namespace items
