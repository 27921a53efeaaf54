#include "models/items/audit_table_model.h"

#include "models/domain/format.h"

namespace items {

namespace {
using Entry = domain::AuditEntry;

QString targetText(const Entry &entry)
{
    if (!entry.teamName.isEmpty())
        return entry.teamName;
    if (entry.team)
        return domain::shortId(entry.team->toString());
    return entry.resourceType.isEmpty() ? QStringLiteral("—") : entry.resourceType;
}

/// The tooltip says in full what the cell may cut off.
TableColumn<Entry> textColumn(const QString &title, QString (*text)(const Entry &), int role,
                              QString (*value)(const Entry &))
{
    return {title, text, Qt::AlignLeft, [=](const Entry &entry, int asked) -> QVariant {
                if (asked == Qt::ToolTipRole)
                    return text(entry);
                return asked == role ? QVariant(value(entry)) : QVariant();
            }};
}

QList<TableColumn<Entry>> columnsFor(const QTimeZone &zone)
{
    const auto actor = [](const Entry &entry) { return entry.actor; };
    const auto kind = [](const Entry &entry) { return entry.kind; };
    const auto summary = [](const Entry &entry) { return entry.summary; };
    return {{QStringLiteral("Time (%1)").arg(domain::zoneText(zone, QDateTime::currentDateTimeUtc())),
             [zone](const Entry &entry) { return domain::exactText(entry.createdAt, zone); }, Qt::AlignRight,
             [](const Entry &entry, int role) -> QVariant {
                 if (role == Qt::ToolTipRole)
                     return domain::timeTip(entry.createdAt, QDateTime::currentDateTimeUtc());
                 return role == TimeRole ? QVariant(entry.createdAt) : QVariant();
             }},
            textColumn(QStringLiteral("Actor"), actor, StateRole, actor),
            textColumn(QStringLiteral("Action"), kind, StateRole, kind),
            textColumn(QStringLiteral("Target"), targetText, SecondaryRole,
                       [](const Entry &entry) { return entry.teamName.isEmpty() ? QString() : entry.resourceType; }),
            textColumn(QStringLiteral("Summary"), summary, StateRole, kind)};
}
} // namespace

AuditTableModel::AuditTableModel(ports::AuditService &service, NewCall newCall, QObject *parent)
    : QueryTableModel({auditQueryFields(), auditQueryWords(), auditFilter}, columnsFor, std::move(newCall), parent)
    , m_service(service)
{
    setNewestFirst(QStringLiteral("time:desc"));
}

QFuture<AuditTableModel::PageResult> AuditTableModel::fetch(const ports::CallContext &call, const Request &request)
{
    return m_service.search(call, {request.filter, request.limit, request.cursor});
}

} // namespace items
