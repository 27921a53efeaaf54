#pragma once
#include "views/pages/list_menus.h"

namespace pages {

/// What "+ Filter" of the webhook inbox offers: provider, event, outcome, secret, repetition, time.
QList<FilterGroup> webhookFilters();

} // namespace pages
