#pragma once
#include "views/dialogs/connection_profile.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>

namespace dialogs {

class ProfileListModel : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;
    void setProfiles(const QList<ConnectionProfile> &profiles);
    const ConnectionProfile &at(int row) const { return m_profiles[row]; }
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    QList<ConnectionProfile> m_profiles;
};

/// Colour stripe, icon of the kind, name, place, environment badge, lock for safe mode.
class ProfileDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    static constexpr int rowHeight = 66;
    explicit ProfileDelegate(const ProfileListModel &model, QObject *parent);
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    const ProfileListModel &m_model;
};

} // namespace dialogs
