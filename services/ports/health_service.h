#pragma once
#include "models/domain/result.h"
#include "services/ports/call_context.h"

#include <QDateTime>
#include <QFuture>
#include <QList>

namespace ports {

enum class CheckStatus { Ok, Degraded, Failed };
QString checkStatusName(CheckStatus status); ///< ok, degraded, failed

/// One row of /readyz (spec 03 §3.2).
struct HealthCheck {
    QString name;
    CheckStatus status = CheckStatus::Ok;
    qint64 latencyMs = 0;
    QString lastError; ///< short fixed token, never a secret; empty when ok
    QDateTime lastCheckAt;
    bool critical = false;
    bool operator==(const HealthCheck &) const = default;
};

struct HealthReport {
    CheckStatus overall = CheckStatus::Ok;
    QString service, version, commit;
    QString backend;          ///< "SQLite 3.40.1 · /path", "PostgreSQL 15.18 · db@host"; no secret
    QString migrationVersion; ///< numeric prefix: "0004"
    int migrationCount = 0;
    QString migrationStatus; ///< ok, unknown
    qint64 uptimeSeconds = 0;
    int poolInUse = 0, poolIdle = 0, poolMax = 0;
    qint64 poolWaitCount = 0;
    qint64 databaseBytes = -1; ///< −1 unknown
    QList<HealthCheck> checks; ///< sorted by name
    QDateTime asOf;
    bool operator==(const HealthReport &) const = default;
};

/// Callable from any thread, answers on an unspecified thread, never blocks, never throws.
class HealthService {
public:
    virtual ~HealthService() = default;
    /// A failed check is a value of the report, not an error; an error means that nobody answered.
    virtual QFuture<domain::Result<HealthReport>> report(CallContext context) = 0;
};

} // namespace ports
