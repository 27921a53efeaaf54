#pragma once
#include "models/domain/result.h"
#include "services/ports/audit_service.h"

#include <QByteArray>

/// What the exports share: cells, JSON values, and handing rows on in pieces of constant memory.
namespace usecases {

QString exportFormatName(ports::ExportFormat format); ///< csv, jsonl
/// One CSV cell: quoted where RFC 4180 asks for it; a leading = + - @ tab or return is made harmless by an apostrophe.
QByteArray csvCell(const QString &text);
/// `# <what> export; filter: …; as of: …` and the line's end, on one line whatever the filter holds.
QByteArray csvComment(const QString &what, const QString &filter, const QDateTime &asOf);
/// RFC 3339 with milliseconds and `Z`; empty for an absent time.
QString exportTime(const std::optional<QDateTime> &time);
QByteArray jsonText(const QString &text);       ///< a JSON string
QByteArray jsonTextOrNull(const QString &text); ///< null when empty

/// Collects rows and gives them to the sink in pieces.
class ExportPieces {
public:
    ExportPieces(const ports::ExportSink &sink, QByteArray head) : m_sink(sink), m_piece(std::move(head)) {}
    /// False: the receiver wants no more.
    bool add(const QByteArray &row);
    /// Hands the rest over. Cancelled `cancelled` when the receiver stopped.
    domain::Result<ports::ExportSummary> finish();

private:
    const ports::ExportSink &m_sink;
    QByteArray m_piece;
    ports::ExportSummary m_summary;
    bool m_wanted = true;
};

} // namespace usecases
