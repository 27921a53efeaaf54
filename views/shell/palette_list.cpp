#include "views/shell/palette_list.h"

#include "views/widgets/key_cap.h"
#include "views/widgets/text.h"

#include <QPainter>

namespace shell {

using widgets::TextRole;
using widgets::Theme;

namespace {

constexpr int lineHeight = 36, headingHeight = 26;

} // namespace

void PaletteModel::setEntries(const QList<PaletteEntry> &entries)
{
    beginResetModel();
    m_entries = entries;
    endResetModel();
}

int PaletteModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant PaletteModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const PaletteEntry &e = m_entries[index.row()];
    if (role == Qt::DisplayRole)
        return e.text;
    if (role == Qt::AccessibleTextRole)
        return e.detail.isEmpty() ? e.text : e.text + QStringLiteral(", ") + e.detail;
    if (role == Qt::ToolTipRole)
        return e.whyDisabled;
    if (role == FirstOfGroupRole)
        return index.row() == 0 || m_entries[index.row() - 1].group != e.group;
    return {};
}

PaletteDelegate::PaletteDelegate(const PaletteModel &model, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_model(model)
{
}

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const bool first = index.data(PaletteModel::FirstOfGroupRole).toBool();
    return {100, lineHeight + (first ? headingHeight : 0)};
}

void PaletteDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto &c = Theme::instance().colors();
    const PaletteEntry &e = m_model.entry(index.row());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    QRect line = option.rect;
    if (index.data(PaletteModel::FirstOfGroupRole).toBool()) {
        painter->setFont(Theme::instance().font(TextRole::Caption11, 600));
        painter->setPen(c.text3);
        painter->drawText(QRect(line.left() + 18, line.top() + 2, line.width(), headingHeight), Qt::AlignVCenter,
                          e.group);
        line.setTop(line.top() + headingHeight);
    }
    if (option.state & QStyle::State_Selected) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(c.accentWash);
        painter->drawRoundedRect(line.adjusted(8, 1, -8, -1), 6, 6);
    }
    const bool enabled = e.whyDisabled.isEmpty();
    QRect box = line.adjusted(18, 0, -18, 0);
    widgets::icon(e.icon.isEmpty() ? QStringLiteral("chevron-right") : e.icon, enabled ? c.text2 : c.text3)
        .paint(painter, QRect(box.left(), box.center().y() - 8, 18, 18));
    box.adjust(30, 0, 0, 0);
    if (!e.keys.isEmpty())
        box.setRight(box.right() - widgets::KeyCap::paint(*painter, box, e.keys) - 8);
    painter->setFont(Theme::instance().font(TextRole::Base13, 500));
    painter->setPen(enabled ? c.text : c.text3);
    const QString text = painter->fontMetrics().elidedText(e.text, Qt::ElideRight, box.width());
    painter->drawText(box, Qt::AlignVCenter, text);
    const int used = painter->fontMetrics().horizontalAdvance(text) + 10;
    const QString detail = enabled ? e.detail : e.whyDisabled;
    if (!detail.isEmpty() && used < box.width() - 30) {
        painter->setFont(Theme::instance().font(TextRole::Small12));
        painter->setPen(c.text3);
        const QRect rest = box.adjusted(used, 0, 0, 0);
        painter->drawText(rest, Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(detail, Qt::ElideRight, rest.width()));
    }
    painter->restore();
}

} // namespace shell
