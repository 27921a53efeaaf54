#pragma once
#include "models/domain/audit.h"
#include "services/storage/connection.h"

namespace storage {

/// Columns 0…11 of `audit_log a` for auditEntryOf(); the last is the exact created_at as text, because PostgreSQL keeps
/// microseconds.
QString auditColumns(const Connection &connection);
inline constexpr int auditColumnCount = 12;
domain::AuditEntry auditEntryOf(const Row &row);

} // namespace storage
