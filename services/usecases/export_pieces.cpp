#include "services/usecases/export_pieces.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <utility>

namespace usecases {

using domain::ErrorCode;
using domain::Result;
using ports::ExportFormat;

namespace {
constexpr qsizetype pieceBytes = 64 * 1024;
} // namespace

QString exportFormatName(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Csv:
        return QStringLiteral("csv");
    case ExportFormat::JsonLines:
        return QStringLiteral("jsonl");
    }
    Q_UNREACHABLE();
}

QByteArray csvCell(const QString &text)
{
    static const QString dangerous = QStringLiteral("=+-@\t\r");
    QString cell = text;
    if (!cell.isEmpty() && dangerous.contains(cell.at(0)))
        cell.prepend(QLatin1Char('\''));
    const bool quote = cell.contains(QLatin1Char('"')) || cell.contains(QLatin1Char(',')) ||
                       cell.contains(QLatin1Char('\n')) || cell.contains(QLatin1Char('\r'));
    if (quote) {
        cell.replace(QLatin1Char('"'), QStringLiteral("\"\""));
        cell = QLatin1Char('"') + cell + QLatin1Char('"');
    }
    return cell.toUtf8();
}

QByteArray csvComment(const QString &what, const QString &filter, const QDateTime &asOf)
{
    QString comment = QStringLiteral("# %1 export; filter: %2; as of: %3").arg(what, filter, exportTime(asOf));
    comment.replace(QLatin1Char('\n'), QLatin1Char(' ')).replace(QLatin1Char('\r'), QLatin1Char(' '));
    return comment.toUtf8() + "\r\n";
}

QString exportTime(const std::optional<QDateTime> &time)
{
    return time ? time->toUTC().toString(Qt::ISODateWithMs) : QString();
}

QByteArray jsonText(const QString &text)
{
    const QByteArray array = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return array.mid(1, array.size() - 2);
}

QByteArray jsonTextOrNull(const QString &text)
{
    return text.isEmpty() ? QByteArrayLiteral("null") : jsonText(text);
}

bool ExportPieces::add(const QByteArray &row)
{
    m_piece += row;
    ++m_summary.rows;
    if (m_wanted && m_piece.size() >= pieceBytes)
        m_wanted = m_sink(std::exchange(m_piece, {}));
    return m_wanted;
}

Result<ports::ExportSummary> ExportPieces::finish()
{
    if (m_wanted && !m_piece.isEmpty())
        m_wanted = m_sink(std::exchange(m_piece, {}));
    if (!m_wanted)
        return domain::makeError(ErrorCode::Cancelled, QStringLiteral("cancelled"),
                                 QStringLiteral("the receiver stopped the export"));
    return m_summary;
}

} // namespace usecases
