#pragma once
#include "services/ports/overview_service.h"
#include "views/pages/page.h"

namespace pages {

/// Where "Open" of an attention item leads: the customer, or the screen that shows the rows it speaks of. count: how
/// many alike items stand behind the row.
Location attentionTarget(const ports::AttentionItem &item, int count);

} // namespace pages
