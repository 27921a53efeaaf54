#include "services/wire/audit_codec.h"

#include "services/wire/audit_entry_codec.h"
#include "services/wire/body.h"
#include "services/wire/raw_json.h"

namespace wire {

QByteArray encodeAuditPage(const ports::Page<domain::AuditEntry> &page)
{
    QByteArray body =
        okBody({{QStringLiteral("next_cursor"), page.next.isEmpty() ? QJsonValue() : QJsonValue(page.next)}});
    appendMember(body, "entries", encodeAuditEntries(page.rows));
    return body;
}

domain::Result<ports::Page<domain::AuditEntry>> decodeAuditPage(const QByteArray &body)
{
    const JsonReader reader = JsonReader::fromBody(body);
    ports::Page<domain::AuditEntry> page;
    page.next = reader.optionalText(QLatin1StringView("next_cursor"));
    if (!reader.failed())
        page.rows = readAuditEntries(reader, "entries", memberText(body, "entries"));
    return reader.finish(std::move(page));
}

QString exportFormatName(ports::ExportFormat format)
{
    switch (format) {
    case ports::ExportFormat::Csv:
        return QStringLiteral("csv");
    case ports::ExportFormat::JsonLines:
        return QStringLiteral("jsonl");
    }
    return {};
}

std::optional<ports::ExportFormat> parseExportFormat(QStringView name)
{
    for (const ports::ExportFormat format : {ports::ExportFormat::Csv, ports::ExportFormat::JsonLines}) {
        if (name == exportFormatName(format))
            return format;
    }
    return std::nullopt;
}

QByteArray exportContentType(ports::ExportFormat format)
{
    switch (format) {
    case ports::ExportFormat::Csv:
        return QByteArrayLiteral("text/csv; charset=utf-8");
    case ports::ExportFormat::JsonLines:
        return QByteArrayLiteral("application/x-ndjson");
    }
    return {};
}

QByteArray exportSeal()
{
    return QByteArray("\0complete\n", 10);
}

} // namespace wire
