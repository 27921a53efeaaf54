#pragma once
#include "services/ports/audit_service.h"

namespace remote {

/// Counts the rows of an export while its bytes pass by in any pieces. JSON lines: one a line. CSV: records, without
/// the leading `#` comment lines and the header; a line break inside quotes does not end a record.
class RowCounter {
public:
    explicit RowCounter(ports::ExportFormat format) : m_csv(format == ports::ExportFormat::Csv) {}
    void feed(const QByteArray &piece);
    qint64 rows() const { return m_csv && m_rows > 0 ? m_rows - 1 : m_rows; }

private:
    bool m_csv;
    bool m_lineStart = true, m_comment = false, m_quoted = false;
    qint64 m_rows = 0;
};

} // namespace remote
