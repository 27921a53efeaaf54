#pragma once
#include "services/usecases/env.h"
#include "services/usecases/export_pieces.h"

/// Export of delivery messages (06-screens §1 "Export").
namespace usecases {

/// ViewEmail and ExportData; records `admin.email_exported` before the first row leaves. Run it in a job that may
/// write, then streamMessages() in one that only reads.
domain::Result<domain::Done> openMessageExport(const Env &env, const ports::MessageFilter &filter,
                                               ports::ExportFormat format);
/// Streams everything that the filter matches, newest first, in constant memory. Cancelled when the sink returns false.
/// Permissions as openMessageExport(), nothing is recorded.
domain::Result<ports::ExportSummary> streamMessages(const Env &env, const ports::MessageFilter &filter,
                                                    ports::ExportFormat format, const ports::ExportSink &sink);

/// The lines before the rows: CSV a comment line with filter and as-of and the column names, JSON Lines nothing.
QByteArray messageExportHead(const ports::MessageFilter &filter, ports::ExportFormat format, const QDateTime &asOf);
/// Recipients are masked, as everywhere; times are UTC.
QByteArray messageExportRow(const ports::MessageRow &row, ports::ExportFormat format);

} // namespace usecases
