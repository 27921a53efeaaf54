#include "views/dialogs/profile_list.h"

#include "views/widgets/badge.h"
#include "views/widgets/text.h"

#include <QPainter>

namespace dialogs {

using widgets::TextRole;
using widgets::Theme;

void ProfileListModel::setProfiles(const QList<ConnectionProfile> &profiles)
{
    beginResetModel();
    m_profiles = profiles;
    endResetModel();
}

int ProfileListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_profiles.size());
}

QVariant ProfileListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const ConnectionProfile &p = m_profiles[index.row()];
    if (role == Qt::DisplayRole)
        return p.name;
    if (role == Qt::AccessibleTextRole)
        return QStringList{p.name, connectionKindTitle(p.kind), p.place(), widgets::environmentKindName(p.environment)}
            .join(QStringLiteral(", "));
    return {};
}

ProfileDelegate::ProfileDelegate(const ProfileListModel &model, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_model(model)
{
}

QSize ProfileDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {option.rect.width(), rowHeight};
}

void ProfileDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto &c = Theme::instance().colors();
    const ConnectionProfile &p = m_model.at(index.row());
    const bool selected = option.state & QStyle::State_Selected;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRect box = option.rect.adjusted(0, 3, 0, -3);
    painter->setPen(QPen(selected ? c.accent : c.border, 1));
    painter->setBrush(selected ? c.accentWash : c.surface);
    painter->drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    painter->setPen(Qt::NoPen);
    painter->setBrush(widgets::hueColor(p.hue));
    painter->drawRoundedRect(QRect(box.left() + 8, box.top() + 10, 4, box.height() - 20), 2, 2);
    widgets::icon(connectionKindIcon(p.kind), c.text2)
        .paint(painter, QRect(box.left() + 24, box.center().y() - 11, 22, 22));

    int right = box.right() - 14;
    if (p.safeMode) {
        widgets::icon(QStringLiteral("lock"), c.text2).paint(painter, QRect(right - 16, box.center().y() - 8, 16, 16));
        right -= 26;
    }
    const QString environment = widgets::environmentKindName(p.environment);
    const int width = widgets::Badge::sizeFor(environment).width();
    const widgets::Tone tone = p.environment == widgets::EnvironmentKind::Production ? widgets::Tone::Bad
                               : p.environment == widgets::EnvironmentKind::Staging  ? widgets::Tone::Warning
                                                                                     : widgets::Tone::Good;
    widgets::Badge::paint(*painter, QRect(right - width, box.top(), width, box.height()), environment, tone);
    const int room = right - width - box.left() - 74;
    painter->setFont(Theme::instance().font(TextRole::Base13, 600));
    painter->setPen(c.text);
    painter->drawText(QRect(box.left() + 60, box.top() + 11, room, 18), Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(p.name, Qt::ElideRight, room));
    painter->setFont(Theme::instance().font(TextRole::Small12));
    painter->setPen(c.text2);
    const QString where = connectionKindTitle(p.kind) + QStringLiteral(" · ") + p.place();
    painter->drawText(QRect(box.left() + 60, box.top() + 31, room, 17), Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(where, Qt::ElideMiddle, room));
    painter->restore();
}

} // namespace dialogs
