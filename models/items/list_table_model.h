#pragma once
#include "models/items/table_column.h"

#include <QAbstractTableModel>

namespace items {

/// A short list that is known as a whole (users of a team, health checks): columns are functions of a row. Rows are
/// bounded by the port that delivers them.
template <typename Row>
class ListTableModel : public QAbstractTableModel {
public:
    using Column = TableColumn<Row>;

    ListTableModel(QList<Column> columns, std::function<QString(const Row &)> id, QObject *parent = nullptr)
        : QAbstractTableModel(parent)
        , m_columns(std::move(columns))
        , m_id(std::move(id))
    {
    }

    /// The same ids in the same order are changed in place, so that a refresh keeps selection and scroll position.
    void setRows(const QList<Row> &rows)
    {
        if (sameIds(rows)) {
            for (qsizetype i = 0; i < rows.size(); ++i) {
                if (m_rows.at(i) == rows.at(i))
                    continue;
                m_rows[i] = rows.at(i);
                const int row = static_cast<int>(i);
                Q_EMIT dataChanged(index(row, 0), index(row, columnCount() - 1));
            }
            return;
        }
        beginResetModel();
        m_rows = rows;
        endResetModel();
    }
    const QList<Row> &rows() const { return m_rows; }
    /// Texts depend on more than the row (time zone).
    void retranslate()
    {
        if (!m_rows.isEmpty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    }

    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    int columnCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
    }
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override
    {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
            return {};
        const Row &row = m_rows.at(index.row());
        return role == IdRole ? QVariant(m_id(row)) : m_columns.at(index.column()).cell(row, role);
    }
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override
    {
        const bool known = orientation == Qt::Horizontal && section >= 0 && section < m_columns.size();
        return known ? m_columns.at(section).header(role) : QVariant();
    }

private:
    bool sameIds(const QList<Row> &rows) const
    {
        if (rows.size() != m_rows.size())
            return false;
        for (qsizetype i = 0; i < rows.size(); ++i)
            if (m_id(rows.at(i)) != m_id(m_rows.at(i)))
                return false;
        return true;
    }

    QList<Column> m_columns;
    std::function<QString(const Row &)> m_id;
    QList<Row> m_rows;
};

} // namespace items
