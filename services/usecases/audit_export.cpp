#include "services/usecases/audit_export.h"

#include "services/usecases/audit_search.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace usecases {

using domain::Done;
using domain::ErrorCode;
using domain::Permission;
using domain::Result;
using ports::ExportFormat;

namespace {

constexpr qsizetype pieceBytes = 64 * 1024;

QString utcText(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODateWithMs);
}

QByteArray jsonString(const QString &text)
{
    const QByteArray array = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return array.mid(1, array.size() - 2);
}

QByteArray jsonOrNull(const QString &text)
{
    return text.isEmpty() ? QByteArrayLiteral("null") : jsonString(text);
}

/// The stored text itself, so that no number changes; line breaks between its tokens would end the line.
QByteArray oneLine(QByteArray json)
{
    if (json.isEmpty())
        return QByteArrayLiteral("null");
    return json.replace('\n', ' ').replace('\r', ' ');
}

struct Fields {
    QString id, createdAt, actor, kind, team, teamName, user, resourceType, resource, summary;
};

Fields fieldsOf(const domain::AuditEntry &e)
{
    return {e.id.toString(),
            utcText(e.createdAt),
            e.actor,
            e.kind,
            e.team ? e.team->toString() : QString(),
            e.teamName,
            e.user ? e.user->toString() : QString(),
            e.resourceType,
            e.resource ? e.resource->toString(QUuid::WithoutBraces) : QString(),
            e.summary};
}

Result<Done> mayExport(const Env &env)
{
    if (auto allowed = mayRead(env, Permission::ViewAudit); !allowed)
        return allowed;
    return mayRead(env, Permission::ExportData);
}

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

QString describeAuditFilter(const ports::AuditFilter &filter)
{
    QStringList parts;
    const auto add = [&parts](const char *name, const QString &value) {
        if (!value.isEmpty())
            parts.append(QString::fromLatin1(name) + QLatin1Char('=') + value);
    };
    add("kind", filter.kind);
    add("actor", filter.actor);
    add("team", filter.team ? filter.team->toString() : QString());
    add("resource", filter.resource ? filter.resource->toString(QUuid::WithoutBraces) : QString());
    add("from", filter.from ? utcText(*filter.from) : QString());
    add("until", filter.until ? utcText(*filter.until) : QString());
    add("text", filter.text);
    add("faults", filter.faults ? QStringLiteral("yes") : QString());
    return parts.isEmpty() ? QStringLiteral("all") : parts.join(QStringLiteral("; "));
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

QByteArray auditExportHead(const ports::AuditFilter &filter, ExportFormat format, const QDateTime &asOf)
{
    switch (format) {
    case ExportFormat::Csv: {
        QString comment =
            QStringLiteral("# audit export; filter: %1; as of: %2").arg(describeAuditFilter(filter), utcText(asOf));
        comment.replace(QLatin1Char('\n'), QLatin1Char(' ')).replace(QLatin1Char('\r'), QLatin1Char(' '));
        return comment.toUtf8() +
               "\r\nid,created_at,actor,kind,team_id,team_name,user_id,resource_type,resource_id,summary,metadata\r\n";
    }
    case ExportFormat::JsonLines:
        return {};
    }
    Q_UNREACHABLE();
}

QByteArray auditExportRow(const domain::AuditEntry &entry, ExportFormat format)
{
    const Fields f = fieldsOf(entry);
    switch (format) {
    case ExportFormat::Csv: {
        QByteArray line;
        for (const QString &cell :
             {f.id, f.createdAt, f.actor, f.kind, f.team, f.teamName, f.user, f.resourceType, f.resource, f.summary})
            line += csvCell(cell) + ',';
        return line + csvCell(QString::fromUtf8(entry.metadata)) + "\r\n";
    }
    case ExportFormat::JsonLines:
        return "{\"id\":" + jsonString(f.id) + ",\"created_at\":" + jsonString(f.createdAt) +
               ",\"actor\":" + jsonString(f.actor) + ",\"kind\":" + jsonString(f.kind) +
               ",\"team_id\":" + jsonOrNull(f.team) + ",\"team_name\":" + jsonOrNull(f.teamName) +
               ",\"user_id\":" + jsonOrNull(f.user) + ",\"resource_type\":" + jsonOrNull(f.resourceType) +
               ",\"resource_id\":" + jsonOrNull(f.resource) + ",\"summary\":" + jsonString(f.summary) +
               ",\"metadata\":" + oneLine(entry.metadata) + "}\n";
    }
    Q_UNREACHABLE();
}

Result<Done> openAuditExport(const Env &env, const ports::AuditFilter &filter, ExportFormat format)
{
    if (auto allowed = mayExport(env); !allowed)
        return allowed;
    auto clean = normalisedAuditFilter(filter);
    if (!clean)
        return clean.error();
    const QString what = describeAuditFilter(*clean);
    const auto entry =
        operatorEntry(env, domain::kinds::adminAuditExported, std::nullopt,
                      QStringLiteral("Audit log exported as %1 (%2)").arg(exportFormatName(format), what),
                      {{QStringLiteral("filter"), what},
                       {QStringLiteral("format"), exportFormatName(format)},
                       {QStringLiteral("by_admin_email"), env.call.principal.email}});
    return env.work.transaction([&] { return writeAudit(env, entry); });
}

Result<ports::ExportSummary> streamAudit(const Env &env, const ports::AuditFilter &filter, ExportFormat format,
                                         const ports::ExportSink &sink)
{
    if (auto allowed = mayExport(env); !allowed)
        return allowed.error();
    auto clean = normalisedAuditFilter(filter);
    if (!clean)
        return clean.error();
    const auto stopped = [] {
        return domain::makeError(ErrorCode::Cancelled, QStringLiteral("cancelled"),
                                 QStringLiteral("the receiver stopped the export"));
    };
    ports::ExportSummary summary;
    QByteArray piece = auditExportHead(*clean, format, env.clock.now());
    bool wanted = true;
    auto done = env.work.audit().each(*clean, [&](const domain::AuditEntry &entry) {
        piece += auditExportRow(entry, format);
        ++summary.rows;
        if (piece.size() >= pieceBytes) {
            wanted = sink(piece);
            piece.clear();
        }
        return wanted;
    });
    if (!done)
        return done.error();
    if (wanted && !piece.isEmpty())
        wanted = sink(piece);
    if (!wanted)
        return stopped();
    return summary;
}

} // namespace usecases
