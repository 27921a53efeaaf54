#pragma once
#include "views/widgets/theme.h"

namespace widgets {

/// The application style sheet for one set of colours.
QString styleSheetFor(const Colors &colors);

} // namespace widgets
