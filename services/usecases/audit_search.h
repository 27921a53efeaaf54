#pragma once
#include "services/usecases/env.h"

namespace usecases {

/// ViewAudit. `invalid_limit`, `invalid_cursor`, `invalid_text`.
domain::Result<ports::Page<domain::AuditEntry>> searchAudit(const Env &env, ports::AuditQuery query);
/// Trims the texts; `invalid_text`.
domain::Result<ports::AuditFilter> normalisedAuditFilter(ports::AuditFilter filter);

} // namespace usecases
