#include "models/items/audit_table_model.h"

#include "models/domain/format.h"
#include "models/items/roles.h"

namespace items {

namespace {
constexpr int pageSize = 100;
}

AuditTableModel::AuditTableModel(ports::AuditService &service, NewCall newCall, QObject *parent)
    : PagedModel(parent)
    , m_service(service)
    , m_newCall(std::move(newCall))
{
}

void AuditTableModel::setFilter(const ports::AuditFilter &filter)
{
    m_filter = filter;
}

void AuditTableModel::setTimeZone(const QTimeZone &zone)
{
    if (m_zone == zone)
        return;
    m_zone = zone;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, Time), index(rowCount() - 1, Time));
}

void AuditTableModel::setFollowing(bool on)
{
    m_following = on;
    if (on)
        showWaiting();
}

void AuditTableModel::checkForNew()
{
    if (state() != LoadState::Ready)
        return;
    if (m_checking) {
        m_checkAgain = true;
        return;
    }
    m_checking = true;
    const quint64 asked = generation();
    ports::whenDone(fetchPage({}), this, [this, asked](const PageResult &result) {
        m_checking = false;
        if (asked == generation())
            takeHead(result);
        if (std::exchange(m_checkAgain, false))
            checkForNew();
    });
}

void AuditTableModel::takeHead(const PageResult &result)
{
    if (!result)
        return;
    m_waiting.clear();
    bool reachedHead = m_head.isNull() && result->next.isEmpty();
    bool late = false; // committed after the head was read, yet older than it: belongs between known rows
    for (const domain::AuditEntry &entry : result->rows) {
        const bool known = rowOfId(entry.id.toString()) >= 0;
        late = late || (reachedHead && !known && !m_head.isNull());
        reachedHead = reachedHead || entry.id == m_head;
        if (!known)
            m_waiting.append(entry);
    }
    m_overflow = !reachedHead || late;
    if (m_following)
        showWaiting();
    else
        Q_EMIT waitingChanged();
}

void AuditTableModel::showWaiting()
{
    if (m_overflow) {
        reload();
        return;
    }
    if (!m_waiting.isEmpty()) {
        m_head = m_waiting.first().id;
        prepend(std::exchange(m_waiting, {}));
    }
    Q_EMIT waitingChanged();
}

void AuditTableModel::firstPageTaken()
{
    const domain::AuditEntry *first = rowCount() > 0 ? rowAt(0) : nullptr;
    m_head = first ? first->id : domain::AuditId();
    m_waiting.clear();
    m_overflow = false;
    Q_EMIT waitingChanged();
}

int AuditTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant AuditTableModel::display(const domain::AuditEntry &row, int column) const
{
    switch (column) {
    case Time:
        return domain::exactText(row.createdAt, m_zone);
    case Actor:
        return row.actor;
    case Action:
        return row.kind;
    case Target: {
        const QString team = !row.teamName.isEmpty() ? row.teamName
                             : row.team              ? domain::shortId(row.team->toString())
                                                     : QString();
        return team.isEmpty() && row.resourceType.isEmpty() ? QStringLiteral("—")
               : team.isEmpty()                             ? row.resourceType
                                                            : team;
    }
    case Summary:
        return row.summary;
    default:
        return {};
    }
}

QVariant AuditTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    if (role == Qt::TextAlignmentRole) // right-aligned columns are drawn in tabular digits
        return QVariant::fromValue(int((index.column() == Time ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    const domain::AuditEntry *row = rowAt(index.row());
    if (!row)
        return role == PlaceholderRole   ? QVariant(true)
               : role == Qt::DisplayRole ? QVariant(QStringLiteral("…"))
                                         : QVariant();
    switch (role) {
    case Qt::DisplayRole:
        return display(*row, index.column());
    case Qt::ToolTipRole:
        return index.column() == Time ? domain::timeTip(row->createdAt, QDateTime::currentDateTimeUtc())
                                      : display(*row, index.column());
    case IdRole:
        return row->id.toString();
    case SecondaryRole:
        return index.column() == Target && !row->teamName.isEmpty() ? row->resourceType : QString();
    case TimeRole:
        return row->createdAt;
    case StateRole:
        return index.column() == Actor ? row->actor : row->kind;
    case PlaceholderRole:
        return false;
    default:
        return {};
    }
}

QVariant AuditTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole && section == Time)
        return QVariant::fromValue(int(Qt::AlignRight | Qt::AlignVCenter));
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return QStringLiteral("Time (%1)").arg(domain::zoneText(m_zone, QDateTime::currentDateTimeUtc()));
    case Actor:
        return QStringLiteral("Actor");
    case Action:
        return QStringLiteral("Action");
    case Target:
        return QStringLiteral("Target");
    case Summary:
        return QStringLiteral("Summary");
    default:
        return {};
    }
}

QFuture<AuditTableModel::PageResult> AuditTableModel::fetchPage(const QString &cursor)
{
    const ports::CallContext call = m_newCall();
    m_lastRequestId = call.requestId;
    return m_service.search(call, {m_filter, pageSize, cursor});
}

} // namespace items
