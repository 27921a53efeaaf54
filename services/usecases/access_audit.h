#pragma once
#include "services/usecases/env.h"

namespace usecases {

/// Writes the `admin.access` row (spec 01 §2.1 layer D). Not announced to the change feed: a console that follows the
/// audit log would otherwise trigger itself. A team that does not exist is left out of the row.
domain::Result<domain::Done> recordAccess(const Env &env, const ports::AdminAccess &access);

} // namespace usecases
