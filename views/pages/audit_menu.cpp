#include "views/pages/audit_menu.h"

#include "models/domain/audit.h"

#include <QObject>

namespace pages {

namespace {
/// `admin.*`, `subscription.*` …
QStringList kindGroups()
{
    QStringList groups;
    for (const domain::AuditKind &kind : domain::auditKinds()) {
        const QString group = QString::fromLatin1(kind.kind).section(QLatin1Char('.'), 0, 0) + QStringLiteral(".*");
        if (QLatin1StringView(kind.kind).contains(QLatin1Char('.')) && !groups.contains(group))
            groups << group;
    }
    groups.sort();
    return groups;
}

FilterGroup namesOf(const QString &title, const QString &field, const QStringList &values)
{
    FilterGroup group{title, field, {}};
    for (const QString &value : values)
        group.choices << FilterChoice{value, field + QLatin1Char(':') + value};
    group.choices << FilterChoice{QObject::tr("any"), {}};
    return group;
}
} // namespace

QList<FilterGroup> auditFilters()
{
    return {
        namesOf(QObject::tr("Action"), QStringLiteral("kind"), kindGroups()),
        namesOf(QObject::tr("Actor"), QStringLiteral("actor"),
                {QStringLiteral("agent"), QStringLiteral("user"), QStringLiteral("system"), QStringLiteral("cli"),
                 QStringLiteral("admin")}),
        {QObject::tr("Time"),
         QStringLiteral("after"),
         {{QObject::tr("last hour"), QStringLiteral("after:1h")},
          {QObject::tr("last 24 hours"), QStringLiteral("after:24h")},
          {QObject::tr("last 7 days"), QStringLiteral("after:7d")},
          {QObject::tr("last 30 days"), QStringLiteral("after:30d")},
          {QObject::tr("any time"), {}}}},
        {QObject::tr("Faults"),
         QStringLiteral("faults"),
         {{QObject::tr("only alerts and failures"), QStringLiteral("faults:yes")}, {QObject::tr("everything"), {}}}}};
}

} // namespace pages
