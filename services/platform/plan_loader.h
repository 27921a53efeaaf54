#pragma once
#include "models/domain/plan.h"

#include <QByteArray>

namespace platform {

/// Reads a plan table (resources/plans.yaml is the shape) by the load rules of spec 01 §1.1: `queue_count` 0 or missing
/// is unlimited; `team_members` 0 or missing is team −1, pro 5, growth 10, every other plan 1; `audience` is ignored.
/// Errors (ErrorCode::Internal; `detail` names the plan, the key and the line):
/// `plans_invalid_yaml`, `plans_unavailable` (no plans, no anonymous, one twice), `plans_unknown_key`,
/// `plans_invalid_value`. Thread-safe.
domain::Result<domain::PlanRegistry> loadPlans(const QByteArray &yaml);
/// The table that this program carries (":/resources/plans.yaml"); initResources() must have run.
domain::Result<domain::PlanRegistry> loadEmbeddedPlans();

} // namespace platform
