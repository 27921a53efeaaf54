#pragma once
#include "models/items/paged_model.h"
#include "services/ports/backend.h"

#include <QTimeZone>

#include <functional>

namespace items {

/// The customers of one filter and sort, windowed. Columns below; DisplayRole is always the full text.
class CustomerTableModel : public PagedModel<ports::CustomerRow> {
    Q_OBJECT
public:
    enum Column { Name, Tier, Mrr, Storage, Resources, Deployments, Users, LastSeen, Created, Notes, ColumnCount };
    using NewCall = std::function<ports::CallContext()>;

    CustomerTableModel(ports::CustomerService &service, NewCall newCall, QObject *parent = nullptr);

    /// Takes effect with reload().
    void setQuery(const ports::CustomerFilter &filter, ports::CustomerSort sort, bool descending);
    const ports::CustomerFilter &filter() const { return m_filter; }
    ports::CustomerSort sortKey() const { return m_sort; }
    bool descending() const { return m_descending; }
    void setTimeZone(const QTimeZone &zone);

    /// Reads changed customers again and replaces them where they stand; an empty list means "unknown which".
    void refreshRows(const QStringList &ids);

    static std::optional<ports::CustomerSort> sortOfColumn(int column);
    static int columnOfSort(ports::CustomerSort sort);
    static QString sortName(ports::CustomerSort sort); ///< `mrr`, `last_seen` … as in SavedView::sort
    static std::optional<ports::CustomerSort> parseSort(QStringView name);
    static QString columnKey(int column); ///< stable name for settings: `storage`

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

protected:
    QFuture<PageResult> fetchPage(const QString &cursor) override;
    QString idOf(const ports::CustomerRow &row) const override { return row.id.toString(); }

private:
    QVariant display(const ports::CustomerRow &row, int column) const;
    QVariant toolTip(const ports::CustomerRow &row, int column) const;
    void refetch(const ports::CustomerQuery &query);

    ports::CustomerService &m_service;
    NewCall m_newCall;
    ports::CustomerFilter m_filter;
    ports::CustomerSort m_sort = ports::CustomerSort::Mrr;
    bool m_descending = true;
    QTimeZone m_zone = QTimeZone::utc();
};

} // namespace items
