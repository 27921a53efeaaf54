#pragma once
#include <QAbstractTableModel>
#include <QStringList>

namespace charts {

/// A chart's figures as text: what "Show as table", copying and screen readers get.
struct ChartTable {
    QStringList columns;
    QList<QStringList> rows; ///< each as long as columns
    bool operator==(const ChartTable &) const = default;
};

class ChartTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit ChartTableModel(QObject *parent = nullptr);
    void setTable(const ChartTable &table);
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    ChartTable m_table;
};

} // namespace charts
