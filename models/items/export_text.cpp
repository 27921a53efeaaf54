#include "models/items/export_text.h"

#include "models/domain/format.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace items {

namespace {
QString localText(const QDateTime &utc, const QTimeZone &zone)
{
    return utc.isValid() ? utc.toTimeZone(zone).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")) : QString();
}
QString isoOrEmpty(const QDateTime &utc)
{
    return utc.isValid() ? domain::isoText(utc) : QString();
}
} // namespace

QByteArray csvCell(const QString &text)
{
    QString cell = text;
    static const QString dangerous = QStringLiteral("=+-@\t\r");
    if (!cell.isEmpty() && dangerous.contains(cell.front()))
        cell.prepend(QLatin1Char('\''));
    const bool quote = cell.contains(QLatin1Char(',')) || cell.contains(QLatin1Char('"')) ||
                       cell.contains(QLatin1Char('\n')) || cell.contains(QLatin1Char('\r'));
    if (quote)
        cell = QLatin1Char('"') + cell.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
    return cell.toUtf8();
}

QByteArray csvLine(const QStringList &cells)
{
    QByteArray line;
    for (qsizetype i = 0; i < cells.size(); ++i)
        line += (i == 0 ? QByteArray() : QByteArray(",")) + csvCell(cells.at(i));
    return line + "\r\n";
}

QByteArray customerExportHeader(ports::ExportFormat format, const QString &filterText, qint64 count,
                                const QDateTime &asOfUtc, const QTimeZone &zone)
{
    const QString filter = filterText.isEmpty() ? QStringLiteral("none") : filterText.simplified();
    switch (format) {
    case ports::ExportFormat::Csv: {
        const QString comment = QStringLiteral("# customers; filter: %1; count: %2; as of: %3")
                                    .arg(filter, QString::number(count), domain::isoText(asOfUtc));
        const QString local = QString::fromLatin1(zone.id());
        return csvCell(comment) + "\r\n" +
               csvLine({QStringLiteral("id"), QStringLiteral("name"), QStringLiteral("email"), QStringLiteral("tier"),
                        QStringLiteral("status"), QStringLiteral("mrr_list_cents"), QStringLiteral("storage_bytes"),
                        QStringLiteral("storage_limit_bytes"), QStringLiteral("resources"),
                        QStringLiteral("deployments_active"), QStringLiteral("users"), QStringLiteral("has_notes"),
                        QStringLiteral("last_seen_utc"), QStringLiteral("last_seen ") + local,
                        QStringLiteral("created_utc"), QStringLiteral("created ") + local});
    }
    case ports::ExportFormat::JsonLines:
        return QJsonDocument(QJsonObject{{QStringLiteral("export"), QStringLiteral("customers")},
                                         {QStringLiteral("filter"), filter},
                                         {QStringLiteral("count"), count},
                                         {QStringLiteral("as_of"), domain::isoText(asOfUtc)}})
                   .toJson(QJsonDocument::Compact) +
               '\n';
    }
    return {};
}

QByteArray customerExportRow(ports::ExportFormat format, const ports::CustomerRow &row, const QTimeZone &zone)
{
    const QDateTime seen = row.lastSeenAt.value_or(QDateTime());
    switch (format) {
    case ports::ExportFormat::Csv:
        return csvLine({row.id.toString(), row.name, row.primaryEmail, row.tier, row.status,
                        QString::number(row.mrrListCents), QString::number(row.storageBytes),
                        QString::number(row.storageLimitBytes), QString::number(row.resourceCount),
                        QString::number(row.deploymentsActive), QString::number(row.userCount),
                        row.hasNotes ? QStringLiteral("true") : QStringLiteral("false"), isoOrEmpty(seen),
                        localText(seen, zone), isoOrEmpty(row.createdAt), localText(row.createdAt, zone)});
    case ports::ExportFormat::JsonLines: {
        const QJsonObject object{
            {QStringLiteral("id"), row.id.toString()},
            {QStringLiteral("name"), row.name},
            {QStringLiteral("email"), row.primaryEmail},
            {QStringLiteral("tier"), row.tier},
            {QStringLiteral("status"), row.status},
            {QStringLiteral("mrr_list_cents"), row.mrrListCents},
            {QStringLiteral("storage_bytes"), row.storageBytes},
            {QStringLiteral("storage_limit_bytes"), row.storageLimitBytes},
            {QStringLiteral("resources"), row.resourceCount},
            {QStringLiteral("deployments_active"), row.deploymentsActive},
            {QStringLiteral("users"), row.userCount},
            {QStringLiteral("has_notes"), row.hasNotes},
            {QStringLiteral("last_seen"), seen.isValid() ? QJsonValue(domain::isoText(seen)) : QJsonValue()},
            {QStringLiteral("created"), domain::isoText(row.createdAt)}};
        return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
    }
    }
    return {};
}

} // namespace items
