#include "views/pages/customer_tables.h"

#include "models/domain/format.h"
#include "views/widgets/cell_delegates.h"
#include "views/widgets/data_table.h"

namespace pages {

namespace {

QDateTime now()
{
    return QDateTime::currentDateTimeUtc();
}

template <typename Row, typename Get>
typename items::ListTableModel<Row>::Column timeColumn(const QString &title, Get get, bool day, const ZoneOf &zone)
{
    return {title,
            [get, day, zone](const Row &row) {
                const QDateTime time = get(row);
                return day ? domain::dayText(time, zone()) : domain::relativeText(time, now());
            },
            Qt::AlignLeft,
            [get](const Row &row, int role) -> QVariant {
                return role == Qt::ToolTipRole ? QVariant(domain::timeTip(get(row), now())) : QVariant();
            }};
}

template <typename Row, typename Get>
typename items::ListTableModel<Row>::Column badgeColumn(const QString &title, Get get)
{
    return {title, [get](const Row &row) { return domain::wordText(get(row)); }, Qt::AlignLeft,
            [get](const Row &row, int role) -> QVariant {
                return role == items::StateRole ? QVariant(get(row)) : QVariant();
            }};
}

widgets::BadgeDelegate *statusBadge(QObject *parent)
{
    return new widgets::BadgeDelegate(
        [](const QModelIndex &i) { return widgets::statusTone(i.data(items::StateRole).toString()); }, parent);
}

widgets::BadgeDelegate *tierBadge(QObject *parent)
{
    return new widgets::BadgeDelegate(
        [](const QModelIndex &i) { return widgets::tierTone(i.data(items::StateRole).toString()); }, parent);
}

void setColumns(widgets::DataTable *table, std::initializer_list<std::pair<int, Qt::Alignment>> columns)
{
    int column = 0;
    for (const auto &[width, alignment] : columns)
        table->setColumn(column++, width, alignment);
}

QString resourceIcon(const QString &type)
{
    if (type == QLatin1StringView("redis"))
        return QStringLiteral("cache");
    if (type == QLatin1StringView("postgres"))
        return QStringLiteral("database");
    return type;
}

} // namespace

widgets::DataTable *makeUserTable(UserModel *&model, const ZoneOf &zone, QWidget *parent)
{
    using domain::User;
    QList<UserModel::Column> columns{
        {QStringLiteral("E-mail"), [](const User &u) { return u.email; }, Qt::AlignLeft,
         [](const User &u, int role) -> QVariant {
             if (role == items::SecondaryRole)
                 return u.primary ? QStringLiteral("primary") : QString();
             return role == items::IconRole ? QVariant(QStringLiteral("user")) : QVariant();
         }},
        {QStringLiteral("Role"), [](const User &u) { return u.role; }},
        {QStringLiteral("E-mail verified"),
         [](const User &u) { return u.emailVerified ? QStringLiteral("verified") : QStringLiteral("not verified"); },
         Qt::AlignLeft,
         [](const User &u, int role) -> QVariant {
             return role == items::StateRole
                        ? QVariant(u.emailVerified ? QStringLiteral("active") : QStringLiteral("pending"))
                        : QVariant();
         }},
        timeColumn<User>(
            QStringLiteral("Since"), [](const User &u) { return u.createdAt; }, true, zone)};
    auto *table = new widgets::DataTable(QStringLiteral("customer.users"), parent);
    model = new UserModel(
        std::move(columns), [](const User &u) { return u.id.toString(); }, table);
    table->setModel(model);
    setColumns(table, {{360, Qt::AlignLeft}, {120, Qt::AlignLeft}, {140, Qt::AlignLeft}, {-1, Qt::AlignLeft}});
    table->setItemDelegateForColumn(0, new widgets::TwoTextDelegate(items::SecondaryRole, table, items::IconRole));
    table->setItemDelegateForColumn(2, statusBadge(table));
    return table;
}

widgets::DataTable *makeResourceTable(ResourceModel *&model, const ZoneOf &zone, QWidget *parent)
{
    using domain::Resource;
    QList<ResourceModel::Column> columns{
        {QStringLiteral("Resource"),
         [](const Resource &r) { return r.name.isEmpty() ? domain::shortId(r.id.toString()) : r.name; }, Qt::AlignLeft,
         [](const Resource &r, int role) -> QVariant {
             if (role == items::SecondaryRole)
                 return r.type;
             return role == items::IconRole   ? QVariant(resourceIcon(r.type))
                    : role == Qt::ToolTipRole ? QVariant(r.id.toString())
                                              : QVariant();
         }},
        {QStringLiteral("Status"),
         [](const Resource &r) {
             return r.degraded ? domain::wordText(r.status) + QStringLiteral(" · degraded")
                               : domain::wordText(r.status);
         },
         Qt::AlignLeft,
         [](const Resource &r, int role) -> QVariant {
             if (role == items::StateRole)
                 return r.degraded ? QStringLiteral("degraded") : r.status;
             return role == Qt::ToolTipRole ? QVariant(r.degradedReason) : QVariant();
         }},
        badgeColumn<Resource>(QStringLiteral("Tier"), [](const Resource &r) { return r.tier; }),
        {QStringLiteral("Env"), [](const Resource &r) { return r.env; }},
        {QStringLiteral("Storage"),
         [](const Resource &r) {
             return r.type == QLatin1StringView("webhook") ? domain::countText(r.storageBytes) + QStringLiteral(" req")
                                                           : domain::bytesText(r.storageBytes);
         },
         Qt::AlignRight},
        timeColumn<Resource>(
            QStringLiteral("Last seen"), [](const Resource &r) { return r.lastSeenAt.value_or(QDateTime()); }, false,
            zone),
        timeColumn<Resource>(
            QStringLiteral("Expires"), [](const Resource &r) { return r.expiresAt.value_or(QDateTime()); }, false,
            zone),
        timeColumn<Resource>(
            QStringLiteral("Created"), [](const Resource &r) { return r.createdAt; }, true, zone)};
    auto *table = new widgets::DataTable(QStringLiteral("customer.resources"), parent);
    model = new ResourceModel(
        std::move(columns), [](const Resource &r) { return r.id.toString(); }, table);
    table->setModel(model);
    const auto left = Qt::AlignLeft;
    setColumns(
        table,
        {{190, left}, {92, left}, {80, left}, {104, left}, {86, Qt::AlignRight}, {100, left}, {100, left}, {-1, left}});
    table->setItemDelegateForColumn(0, new widgets::TwoTextDelegate(items::SecondaryRole, table, items::IconRole));
    table->setItemDelegateForColumn(1, statusBadge(table));
    table->setItemDelegateForColumn(2, tierBadge(table));
    return table;
}

widgets::DataTable *makeDeploymentTable(DeploymentModel *&model, const ZoneOf &zone, QWidget *parent)
{
    using domain::Deployment;
    QList<DeploymentModel::Column> columns{
        {QStringLiteral("Deployment"), [](const Deployment &d) { return d.appName; }, Qt::AlignLeft,
         [](const Deployment &d, int role) -> QVariant {
             if (role == items::SecondaryRole)
                 return d.url;
             return role == items::IconRole   ? QVariant(QStringLiteral("deploy"))
                    : role == Qt::ToolTipRole ? QVariant(d.url)
                                              : QVariant();
         }},
        badgeColumn<Deployment>(QStringLiteral("Status"), [](const Deployment &d) { return d.status; }),
        badgeColumn<Deployment>(QStringLiteral("Tier"), [](const Deployment &d) { return d.tier; }),
        {QStringLiteral("Env"), [](const Deployment &d) { return d.env; }},
        timeColumn<Deployment>(
            QStringLiteral("Expires"), [](const Deployment &d) { return d.expiresAt.value_or(QDateTime()); }, false,
            zone),
        timeColumn<Deployment>(
            QStringLiteral("Created"), [](const Deployment &d) { return d.createdAt; }, true, zone)};
    auto *table = new widgets::DataTable(QStringLiteral("customer.deployments"), parent);
    model = new DeploymentModel(
        std::move(columns), [](const Deployment &d) { return d.id.toString(); }, table);
    table->setModel(model);
    const auto left = Qt::AlignLeft;
    setColumns(table, {{284, left}, {104, left}, {84, left}, {104, left}, {104, left}, {-1, left}});
    table->setItemDelegateForColumn(0, new widgets::TwoTextDelegate(items::SecondaryRole, table, items::IconRole));
    table->setItemDelegateForColumn(1, statusBadge(table));
    table->setItemDelegateForColumn(2, tierBadge(table));
    return table;
}

} // namespace pages
