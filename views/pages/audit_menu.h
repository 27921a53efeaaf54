#pragma once
#include "views/pages/list_menus.h"

namespace pages {

/// What "+ Filter" of the audit log offers: action groups, actors, time.
QList<FilterGroup> auditFilters();

} // namespace pages
