#pragma once
#include "services/ports/view_service.h"
#include "views/dialogs/connection_profile.h"
#include "views/widgets/environment.h"

/// What the pictures show beside the data of their backend.
namespace shell {

widgets::Environment environmentFor(bool production, bool unlocked);
QList<dialogs::ConnectionProfile> sampleProfiles();
QList<ports::SavedView> sampleViews(); ///< to be saved and pinned

} // namespace shell
