#include "models/items/customer_table_model.h"

#include "models/domain/format.h"

#include <array>

namespace items {

namespace {
using Row = ports::CustomerRow;
using Column = TableColumn<Row>;
using ports::CustomerSort;

constexpr std::array<std::pair<QLatin1StringView, CustomerSort>, 7> sorts{
    {{QLatin1StringView("mrr"), CustomerSort::Mrr},
     {QLatin1StringView("tier"), CustomerSort::Tier},
     {QLatin1StringView("storage"), CustomerSort::Storage},
     {QLatin1StringView("deployments"), CustomerSort::Deployments},
     {QLatin1StringView("last_seen"), CustomerSort::LastSeen},
     {QLatin1StringView("created"), CustomerSort::Created},
     {QLatin1StringView("name"), CustomerSort::Name}}};

CustomerSort sortOf(const QString &name)
{
    for (const auto &[known, sort] : sorts)
        if (name == known)
            return sort;
    return CustomerSort::Mrr;
}

bool isActive(const Row &row)
{
    return row.status == QLatin1StringView("active");
}

QDateTime lastSeen(const Row &row)
{
    return row.lastSeenAt.value_or(QDateTime());
}

/// The cell is narrow: a team that goes or is gone says that instead of its tier; both are in the tooltip.
QString tierText(const Row &row)
{
    if (isActive(row))
        return domain::wordText(row.tier);
    return row.status == QLatin1StringView("tombstoned") ? QStringLiteral("closed") : QStringLiteral("leaving");
}

Column nameColumn()
{
    return {QStringLiteral("Customer"),
            [](const Row &row) {
                if (!row.name.isEmpty())
                    return row.name;
                return row.primaryEmail.isEmpty() ? domain::shortId(row.id.toString()) : row.primaryEmail;
            },
            Qt::AlignLeft,
            [](const Row &row, int role) -> QVariant {
                if (role == SecondaryRole)
                    return row.name.isEmpty() ? QString() : row.primaryEmail;
                if (role != Qt::ToolTipRole)
                    return {};
                const QString email = row.primaryEmail.isEmpty() ? QString() : QLatin1Char('\n') + row.primaryEmail;
                return row.name + email + QLatin1Char('\n') + row.id.toString();
            },
            QStringLiteral("Team name and e-mail of the primary user"),
            QStringLiteral("name")};
}

Column tierColumn()
{
    return {QStringLiteral("Tier"),
            tierText,
            Qt::AlignLeft,
            [](const Row &row, int role) -> QVariant {
                if (role == StateRole)
                    return isActive(row) ? row.tier : row.status;
                return role == Qt::ToolTipRole
                           ? QVariant(domain::wordText(row.tier) + QStringLiteral(" · ") + domain::wordText(row.status))
                           : QVariant();
            },
            QStringLiteral("Plan the team is on"),
            QStringLiteral("tier")};
}

Column mrrColumn()
{
    return {QStringLiteral("MRR list"),
            [](const Row &row) { return domain::moneyText(row.mrrListCents); },
            Qt::AlignRight,
            onRole<Row>(CentsRole, [](const Row &row) { return row.mrrListCents; }),
            QStringLiteral("List price of the tier per month; discounts and yearly terms are not in it"),
            QStringLiteral("mrr")};
}

Column storageColumn()
{
    return {QStringLiteral("Storage"),
            [](const Row &row) { return domain::usageText(row.storageBytes, row.storageLimitBytes); },
            Qt::AlignLeft,
            [](const Row &row, int role) -> QVariant {
                if (role == UsedRole)
                    return row.storageBytes;
                return role == LimitRole ? QVariant(row.storageLimitBytes) : QVariant();
            },
            QStringLiteral("Used by active resources, of what the plan grants to them"),
            QStringLiteral("storage")};
}

Column countColumn(const QString &title, const QString &tip, int Row::*count, const QString &sort = {})
{
    return {title, [count](const Row &row) { return domain::countText(row.*count); }, Qt::AlignRight, {}, tip, sort};
}

Column timeColumn(const QString &title, const QString &tip, const QString &sort, QDateTime (*time)(const Row &),
                  std::function<QString(const QDateTime &)> text)
{
    return {title,
            [time, text](const Row &row) { return text(time(row)); },
            Qt::AlignLeft,
            [time](const Row &row, int role) -> QVariant {
                if (role == Qt::ToolTipRole)
                    return domain::timeTip(time(row), QDateTime::currentDateTimeUtc());
                return role == TimeRole ? QVariant(time(row)) : QVariant();
            },
            tip,
            sort};
}

Column notesColumn()
{
    return {QStringLiteral("Notes"), [](const Row &row) { return row.hasNotes ? QStringLiteral("notes") : QString(); },
            Qt::AlignLeft,
            [](const Row &row, int role) -> QVariant {
                if (!row.hasNotes)
                    return {};
                if (role == IconRole)
                    return QStringLiteral("note");
                return role == Qt::ToolTipRole ? QVariant(QStringLiteral("Has notes of operators")) : QVariant();
            },
            QStringLiteral("Operators left notes")};
}

QList<Column> columnsFor(const QTimeZone &zone)
{
    const auto ago = [](const QDateTime &time) { return domain::relativeText(time, QDateTime::currentDateTimeUtc()); };
    const auto day = [zone](const QDateTime &time) { return domain::dayText(time, zone); };
    return {nameColumn(),
            tierColumn(),
            mrrColumn(),
            storageColumn(),
            countColumn(QStringLiteral("Resources"), QStringLiteral("Active resources"), &Row::resourceCount),
            countColumn(QStringLiteral("Deploys"),
                        QStringLiteral("Deployments that are building, deploying or healthy"), &Row::deploymentsActive,
                        QStringLiteral("deployments")),
            countColumn(QStringLiteral("Users"), QStringLiteral("Users of the team"), &Row::userCount),
            timeColumn(QStringLiteral("Last seen"),
                       QStringLiteral("Newest activity of the customer; what operators do does not count"),
                       QStringLiteral("last_seen"), lastSeen, ago),
            timeColumn(
                QStringLiteral("Created"), QStringLiteral("Day the team was created"), QStringLiteral("created"),
                [](const Row &row) { return row.createdAt; }, day),
            notesColumn()};
}
} // namespace

CustomerTableModel::CustomerTableModel(ports::CustomerService &service, NewCall newCall, QObject *parent)
    : QueryTableModel({customerQueryFields(), customerQueryWords(), customerFilter}, columnsFor, std::move(newCall),
                      parent)
    , m_service(service)
{
    setDefaultSort(QStringLiteral("mrr:desc"));
}

ports::CustomerSort CustomerTableModel::sortKey() const
{
    return sortOf(sort());
}

std::optional<ports::CustomerFilter> CustomerTableModel::filterOf(const QString &id) const
{
    ports::CustomerFilter one;
    one.q = id;
    return one;
}

QFuture<CustomerTableModel::PageResult> CustomerTableModel::fetch(const ports::CallContext &call,
                                                                  const Request &request)
{
    return m_service.list(call,
                          {request.filter, sortOf(request.sort), request.descending, request.limit, request.cursor, 0});
}

} // namespace items
