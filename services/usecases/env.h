#pragma once
#include "models/domain/audit.h"
#include "models/domain/audit_kind_names.h"
#include "models/domain/plan.h"
#include "models/domain/principal.h"
#include "services/platform/clock.h"
#include "services/ports/call_context.h"
#include "services/usecases/repositories.h"

#include <QJsonObject>

/// The business rules and their authorization. Synchronous, on the caller's (worker) thread, over one UnitOfWork; every
/// front end and both engines go through them. A failure is always a Result.
namespace usecases {

/// What one call of a use case stands on; all of it outlives the call.
struct Env {
    UnitOfWork &work;
    const domain::PlanRegistry &plans;
    const platform::Clock &clock;
    const ports::CallContext &call;
};

/// Forbidden `forbidden` without the permission.
domain::Result<domain::Done> mayRead(const Env &env, domain::Permission permission);
/// As mayRead(); and Forbidden `read_only_session` for a read-only session (spec 01 §2.9).
domain::Result<domain::Done> mayWrite(const Env &env, domain::Permission permission);

/// InvalidInput `invalid_text` when a text holds U+0000, which PostgreSQL cannot store.
domain::Result<domain::Done> checkText(const QString &field, const QString &text);
/// Trimmed; InvalidInput `missing_reason`, `reason_too_long`, `invalid_text`.
domain::Result<QString> checkedReason(const QString &text);
/// InvalidInput `invalid_limit` for a page size outside 1…`most`.
domain::Result<domain::Done> checkLimit(int limit, int most = ports::maxPageSize);

/// A row with a fresh id and the clock's time, actor `admin`.
domain::AuditEntry operatorEntry(const Env &env, QLatin1StringView kind, std::optional<domain::TeamId> team,
                                 QString summary, QJsonObject metadata);
/// Writes the row and announces it (`audit`).
domain::Result<domain::Done> writeAudit(const Env &env, const domain::AuditEntry &entry);

} // namespace usecases
