#pragma once
#include "models/domain/result.h"

#include <QString>

namespace dialogs {

/// What happened and what to do, in the words of the console; by key, then by code. Never the developers' detail.
QString errorText(const domain::Error &error);

} // namespace dialogs
