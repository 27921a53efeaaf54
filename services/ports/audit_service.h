#pragma once
#include "models/domain/audit.h"
#include "models/domain/result.h"
#include "services/ports/call_context.h"
#include "services/ports/page.h"

#include <QFuture>

#include <functional>

namespace ports {

struct AuditFilter {
    QString kind;  ///< exact, or a prefix when it ends in `*` or `.` (`admin.`, `payment.grace*`)
    QString actor; ///< exact: agent, user, system, cli, admin
    std::optional<domain::TeamId> team;
    std::optional<QUuid> resource;
    std::optional<QDateTime> from, until; ///< UTC, [from, until)
    QString text;                         ///< case-insensitive substring of summary or metadata; `%` and `_` literal
    bool faults = false;                  ///< only domain::isFaultKind(): operator alerts and failures
    bool operator==(const AuditFilter &) const = default;
};

struct AuditQuery {
    AuditFilter filter;
    int limit = defaultPageSize;
    QString cursor; ///< from Page::next
    bool operator==(const AuditQuery &) const = default;
};

enum class ExportFormat { Csv, JsonLines };

/// Receives an export piece by piece on a worker thread; returning false stops it (Cancelled).
using ExportSink = std::function<bool(const QByteArray &piece)>;

struct ExportSummary {
    qint64 rows = 0;
    bool operator==(const ExportSummary &) const = default;
};

/// All methods: callable from any thread, answer on an unspecified thread, never block, never throw.
class AuditService {
public:
    virtual ~AuditService() = default;
    /// Newest first by (created_at, id), so rows that share a timestamp are neither lost nor doubled.
    /// Errors: `invalid_cursor`, `invalid_limit`, `db_failed`. Page::total is not set: counting is not free.
    virtual QFuture<domain::Result<Page<domain::AuditEntry>>> search(CallContext context, AuditQuery query) = 0;
    /// Streams everything the filter matches in constant memory. CSV per 06-screens §1 "Export": a comment line with
    /// filter, as-of; header; ISO-8601 UTC times; cells that begin with = + - @ are escaped with a leading apostrophe.
    virtual QFuture<domain::Result<ExportSummary>> exportRows(CallContext context, AuditFilter filter,
                                                              ExportFormat format, ExportSink sink) = 0;
};

} // namespace ports
