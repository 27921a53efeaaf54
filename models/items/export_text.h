#pragma once
#include "services/ports/audit_service.h"
#include "services/ports/customer_service.h"

#include <QByteArray>
#include <QTimeZone>

/// The bytes of an export (06-screens §1 "Export"): ISO-8601 UTC beside the viewer's time, cells that a spreadsheet
/// would run are escaped. Pure functions, any thread.
namespace items {

/// Quoted where needed; a cell that begins with = + - @ tab or return gets a leading apostrophe.
QByteArray csvCell(const QString &text);
QByteArray csvLine(const QStringList &cells);

/// "# customers; filter: …; count: 214; as of: 2026-11-22T09:14:07.000Z" and the column line; JSON Lines: one object.
QByteArray customerExportHeader(ports::ExportFormat format, const QString &filterText, qint64 count,
                                const QDateTime &asOfUtc, const QTimeZone &zone);
QByteArray customerExportRow(ports::ExportFormat format, const ports::CustomerRow &row, const QTimeZone &zone);

} // namespace items
