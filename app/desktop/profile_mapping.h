#pragma once
#include "services/platform/profiles.h"
#include "views/dialogs/connection_profile.h"

/// The stored profile and what the dialogs edit are two values, because views do not know the platform room.
namespace desktop {

dialogs::ConnectionProfile toView(const platform::ConnectionProfile &stored);
/// Keeps what the dialog does not show (unknown fields) from `before`.
platform::ConnectionProfile toStored(const dialogs::ConnectionProfile &view, const platform::ConnectionProfile &before);

} // namespace desktop
