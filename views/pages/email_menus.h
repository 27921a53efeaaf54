#pragma once
#include "views/pages/list_menus.h"

namespace pages {

/// What the delivery list can be asked from its menu.
QList<FilterGroup> emailFilters();

} // namespace pages
