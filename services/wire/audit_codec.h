#pragma once
#include "services/ports/audit_service.h"

namespace wire {

/// `{ok, entries[], next_cursor}`; the total is not counted.
QByteArray encodeAuditPage(const ports::Page<domain::AuditEntry> &page);
domain::Result<ports::Page<domain::AuditEntry>> decodeAuditPage(const QByteArray &body);

QString exportFormatName(ports::ExportFormat format); ///< csv, jsonl
std::optional<ports::ExportFormat> parseExportFormat(QStringView name);
QByteArray exportContentType(ports::ExportFormat format);

/// Ends the body of an export that was asked for with `sealed=1`: a client whose HTTP library takes a broken chunked
/// stream for a complete one can still tell. Begins with a NUL, which no export holds; not part of the file.
QByteArray exportSeal();

} // namespace wire
