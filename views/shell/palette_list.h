#pragma once
#include "views/shell/palette.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>

namespace shell {

class PaletteModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { FirstOfGroupRole = Qt::UserRole + 1 };
    using QAbstractListModel::QAbstractListModel;
    void setEntries(const QList<PaletteEntry> &entries);
    const PaletteEntry &entry(int row) const { return m_entries[row]; }
    const QList<PaletteEntry> &entries() const { return m_entries; }
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    QList<PaletteEntry> m_entries;
};

/// Icon, text, detail, key cap; the first line of a group carries its heading.
class PaletteDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit PaletteDelegate(const PaletteModel &model, QObject *parent);
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    const PaletteModel &m_model;
};

} // namespace shell
