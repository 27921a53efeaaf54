#include "models/items/customer_table_model.h"

#include "models/domain/format.h"
#include "models/items/roles.h"

#include <array>

namespace items {

namespace {
constexpr int pageSize = 100;
/// More changed rows than this are read by pages rather than one by one.
constexpr qsizetype maxSingleRefreshes = 10;

struct ColumnInfo {
    const char *key;
    const char *title;
    const char *tip;
    std::optional<ports::CustomerSort> sort;
};

const std::array<ColumnInfo, CustomerTableModel::ColumnCount> &columns()
{
    using ports::CustomerSort;
    static const std::array<ColumnInfo, CustomerTableModel::ColumnCount> all{{
        {"name", "Customer", "Team name and e-mail of the primary user", CustomerSort::Name},
        {"tier", "Tier", "Plan the team is on", CustomerSort::Tier},
        {"mrr", "MRR list", "List price of the tier per month; discounts and yearly terms are not in it",
         CustomerSort::Mrr},
        {"storage", "Storage", "Used by active resources, of what the plan grants to them", CustomerSort::Storage},
        {"resources", "Resources", "Active resources", std::nullopt},
        {"deployments", "Deploys", "Deployments that are building, deploying or healthy", CustomerSort::Deployments},
        {"users", "Users", "Users of the team", std::nullopt},
        {"last_seen", "Last seen", "Newest activity of the customer; what operators do does not count",
         CustomerSort::LastSeen},
        {"created", "Created", "Day the team was created", CustomerSort::Created},
        {"notes", "Notes", "Operators left notes", std::nullopt},
    }};
    return all;
}
} // namespace

CustomerTableModel::CustomerTableModel(ports::CustomerService &service, NewCall newCall, QObject *parent)
    : PagedModel(parent)
    , m_service(service)
    , m_newCall(std::move(newCall))
{
}

void CustomerTableModel::setQuery(const ports::CustomerFilter &filter, ports::CustomerSort sort, bool descending)
{
    m_filter = filter;
    m_sort = sort;
    m_descending = descending;
}

void CustomerTableModel::setTimeZone(const QTimeZone &zone)
{
    if (m_zone == zone)
        return;
    m_zone = zone;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, LastSeen), index(rowCount() - 1, Created));
}

void CustomerTableModel::refreshRows(const QStringList &ids)
{
    if (state() == LoadState::Loading || rowCount() == 0)
        return;
    if (ids.isEmpty() || ids.size() > maxSingleRefreshes) {
        refetch({m_filter, m_sort, m_descending, pageSize, {}, 0});
        return;
    }
    for (const QString &id : ids) {
        if (rowOfId(id) < 0)
            continue;
        ports::CustomerQuery one;
        one.filter.q = id;
        one.limit = 1;
        refetch(one);
    }
}

void CustomerTableModel::refetch(const ports::CustomerQuery &query)
{
    const quint64 asked = generation();
    ports::whenDone(m_service.list(m_newCall(), query), this, [this, asked](const PageResult &result) {
        if (asked == generation() && result)
            patch(result->rows);
    });
}

std::optional<ports::CustomerSort> CustomerTableModel::sortOfColumn(int column)
{
    if (column < 0 || column >= ColumnCount)
        return std::nullopt;
    return columns()[static_cast<size_t>(column)].sort;
}

int CustomerTableModel::columnOfSort(ports::CustomerSort sort)
{
    for (int column = 0; column < ColumnCount; ++column)
        if (sortOfColumn(column) == sort)
            return column;
    return Mrr;
}

QString CustomerTableModel::sortName(ports::CustomerSort sort)
{
    return columnKey(columnOfSort(sort));
}

std::optional<ports::CustomerSort> CustomerTableModel::parseSort(QStringView name)
{
    for (const ColumnInfo &info : columns())
        if (info.sort && name == QLatin1StringView(info.key))
            return info.sort;
    return std::nullopt;
}

QString CustomerTableModel::columnKey(int column)
{
    return QString::fromLatin1(columns()[static_cast<size_t>(column)].key);
}

int CustomerTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

namespace {
/// The cell is narrow: a team that goes or is gone says that instead of its tier; both are in the tooltip.
QString tierText(const ports::CustomerRow &row)
{
    if (row.status == QLatin1StringView("active"))
        return domain::wordText(row.tier);
    return row.status == QLatin1StringView("tombstoned") ? QStringLiteral("closed") : QStringLiteral("leaving");
}
} // namespace

QVariant CustomerTableModel::display(const ports::CustomerRow &row, int column) const
{
    switch (column) {
    case Name:
        return row.name.isEmpty() ? (row.primaryEmail.isEmpty() ? domain::shortId(row.id.toString()) : row.primaryEmail)
                                  : row.name;
    case Tier:
        return tierText(row);
    case Mrr:
        return domain::moneyText(row.mrrListCents);
    case Storage:
        return domain::usageText(row.storageBytes, row.storageLimitBytes);
    case Resources:
        return domain::countText(row.resourceCount);
    case Deployments:
        return domain::countText(row.deploymentsActive);
    case Users:
        return domain::countText(row.userCount);
    case LastSeen:
        return domain::relativeText(row.lastSeenAt.value_or(QDateTime()), QDateTime::currentDateTimeUtc());
    case Created:
        return domain::dayText(row.createdAt, m_zone);
    case Notes:
        return row.hasNotes ? QStringLiteral("notes") : QString();
    default:
        return {};
    }
}

QVariant CustomerTableModel::toolTip(const ports::CustomerRow &row, int column) const
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    switch (column) {
    case Name:
        return row.name + (row.primaryEmail.isEmpty() ? QString() : QLatin1Char('\n') + row.primaryEmail) +
               QLatin1Char('\n') + row.id.toString();
    case Tier:
        return domain::wordText(row.tier) + QStringLiteral(" · ") + domain::wordText(row.status);
    case LastSeen:
        return domain::timeTip(row.lastSeenAt.value_or(QDateTime()), now);
    case Created:
        return domain::timeTip(row.createdAt, now);
    case Notes:
        return row.hasNotes ? QStringLiteral("Has notes of operators") : QString();
    default:
        return {};
    }
}

QVariant CustomerTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    if (role == Qt::TextAlignmentRole) {
        const bool number = index.column() == Mrr || (index.column() >= Resources && index.column() <= Users);
        return QVariant::fromValue(int((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    }
    const ports::CustomerRow *row = rowAt(index.row());
    if (!row)
        return role == PlaceholderRole   ? QVariant(true)
               : role == Qt::DisplayRole ? QVariant(QStringLiteral("…"))
                                         : QVariant();
    switch (role) {
    case Qt::DisplayRole:
        return display(*row, index.column());
    case Qt::ToolTipRole:
        return toolTip(*row, index.column());
    case IdRole:
        return row->id.toString();
    case SecondaryRole:
        return index.column() == Name && !row->name.isEmpty() ? row->primaryEmail : QString();
    case UsedRole:
        return row->storageBytes;
    case LimitRole:
        return row->storageLimitBytes;
    case CentsRole:
        return row->mrrListCents;
    case TimeRole:
        return index.column() == LastSeen ? row->lastSeenAt.value_or(QDateTime()) : row->createdAt;
    case StateRole:
        return index.column() == Tier && row->status == QLatin1StringView("active") ? row->tier : row->status;
    case IconRole:
        return index.column() == Notes && row->hasNotes ? QStringLiteral("note") : QString();
    case PlaceholderRole:
        return false;
    default:
        return {};
    }
}

QVariant CustomerTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    const ColumnInfo &info = columns()[static_cast<size_t>(section)];
    if (role == Qt::DisplayRole)
        return QString::fromUtf8(info.title);
    if (role == Qt::ToolTipRole || role == Qt::AccessibleDescriptionRole)
        return QString::fromUtf8(info.tip);
    return {};
}

QFuture<CustomerTableModel::PageResult> CustomerTableModel::fetchPage(const QString &cursor)
{
    const ports::CallContext call = m_newCall();
    m_lastRequestId = call.requestId;
    return m_service.list(call, {m_filter, m_sort, m_descending, pageSize, cursor, 0});
}

} // namespace items
