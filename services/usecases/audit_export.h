#pragma once
#include "services/usecases/env.h"
#include "services/usecases/export_pieces.h"

/// Export of audit rows (06-screens §1 "Export").
namespace usecases {

/// ViewAudit and ExportData; records `admin.audit_exported` before the first row leaves. Run it in a job that may
/// write, then streamAudit() in one that only reads.
domain::Result<domain::Done> openAuditExport(const Env &env, const ports::AuditFilter &filter,
                                             ports::ExportFormat format);
/// Streams everything that the filter matches, newest first, in constant memory. Cancelled when the sink returns false.
/// Permissions as openAuditExport(), nothing is recorded.
domain::Result<ports::ExportSummary> streamAudit(const Env &env, const ports::AuditFilter &filter,
                                                 ports::ExportFormat format, const ports::ExportSink &sink);

/// The lines before the rows: CSV a comment line with filter and as-of and the column names, JSON Lines nothing.
QByteArray auditExportHead(const ports::AuditFilter &filter, ports::ExportFormat format, const QDateTime &asOf);
QByteArray auditExportRow(const domain::AuditEntry &entry, ports::ExportFormat format);
/// `kind=admin.*; actor=admin`, in a fixed order; `all` for an empty filter.
QString describeAuditFilter(const ports::AuditFilter &filter);

} // namespace usecases
