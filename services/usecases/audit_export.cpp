#include "services/usecases/audit_export.h"

#include "services/usecases/audit_search.h"

namespace usecases {

using domain::Done;
using domain::Permission;
using domain::Result;
using ports::ExportFormat;

namespace {

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
            exportTime(e.createdAt),
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
    add("from", exportTime(filter.from));
    add("until", exportTime(filter.until));
    add("text", filter.text);
    add("faults", filter.faults ? QStringLiteral("yes") : QString());
    return parts.isEmpty() ? QStringLiteral("all") : parts.join(QStringLiteral("; "));
}

QByteArray auditExportHead(const ports::AuditFilter &filter, ExportFormat format, const QDateTime &asOf)
{
    switch (format) {
    case ExportFormat::Csv:
        return csvComment(QStringLiteral("audit"), describeAuditFilter(filter), asOf) +
               "id,created_at,actor,kind,team_id,team_name,user_id,resource_type,resource_id,summary,metadata\r\n";
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
        return "{\"id\":" + jsonText(f.id) + ",\"created_at\":" + jsonText(f.createdAt) +
               ",\"actor\":" + jsonText(f.actor) + ",\"kind\":" + jsonText(f.kind) +
               ",\"team_id\":" + jsonTextOrNull(f.team) + ",\"team_name\":" + jsonTextOrNull(f.teamName) +
               ",\"user_id\":" + jsonTextOrNull(f.user) + ",\"resource_type\":" + jsonTextOrNull(f.resourceType) +
               ",\"resource_id\":" + jsonTextOrNull(f.resource) + ",\"summary\":" + jsonText(f.summary) +
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
    ExportPieces pieces(sink, auditExportHead(*clean, format, env.clock.now()));
    auto done = env.work.audit().each(
        *clean, [&](const domain::AuditEntry &entry) { return pieces.add(auditExportRow(entry, format)); });
    if (!done)
        return done.error();
    return pieces.finish();
}

} // namespace usecases
