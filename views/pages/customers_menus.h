#pragma once
#include "views/pages/list_menus.h"

namespace pages {

/// What "+ Filter" of the customers offers: tiers, MRR, last seen and created.
QList<FilterGroup> customerFilters();

} // namespace pages
