#pragma once
#include "services/usecases/env.h"

namespace usecases {

/// What changeTier() would do; changes nothing. ChangeTier permission is not needed, ViewCustomers is.
domain::Result<ports::TierChangePreview> previewTierChange(const Env &env, ports::TierChange change);

/// Sets a customer's tier (spec 01 §2.6, 00-decisions rows 3, 4 and 17). One transaction: the team's row is locked; a
/// promotion lifts live resources, active deployments and stacks and takes their expiry away; a demotion leaves them as
/// they are and additionally records `subscription.canceled_by_admin` with cancel_attempted false. From an unknown tier
/// (rank −1) there is no direction, so nothing is lifted (spec 01 §7.2 no. 10).
domain::Result<ports::TierChangeResult> changeTier(const Env &env, ports::TierChange change);

} // namespace usecases
