#include "services/remote/row_counter.h"

namespace remote {

void RowCounter::feed(const QByteArray &piece)
{
    for (const char c : piece) {
        if (m_lineStart)
            m_comment = m_csv && m_rows == 0 && c == '#';
        m_lineStart = false;
        if (m_csv && !m_comment && c == '"')
            m_quoted = !m_quoted; // a doubled quote turns it twice
        if (c == '\n' && !m_quoted) {
            m_rows += m_comment ? 0 : 1;
            m_lineStart = true;
        }
    }
}

} // namespace remote
