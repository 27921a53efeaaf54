#include "views/widgets/cell_delegates.h"

#include "models/domain/format.h"
#include "views/widgets/data_table.h"
#include "views/widgets/text.h"
#include "views/widgets/usage_bar.h"

#include <QDateTime>
#include <QPainter>
#include <QtMath>

namespace widgets {
namespace {

const QString dash = QStringLiteral("—");

/// Right alignment comes from the model, as the header's does.
bool isRight(const QModelIndex &index)
{
    const QVariant alignment = index.data(Qt::TextAlignmentRole);
    return alignment.isValid() && (Qt::Alignment(alignment.toInt()) & Qt::AlignRight);
}

void drawElided(QPainter &painter, const QRectF &rect, Qt::Alignment alignment, const QString &text)
{
    painter.drawText(rect, static_cast<int>(alignment | Qt::AlignVCenter),
                     painter.fontMetrics().elidedText(text, Qt::ElideRight, qFloor(rect.width())));
}

/// Where Qt puts the baseline of a vertically centred line in the painter's font.
qreal baselineBelowMiddle(const QPainter &painter)
{
    const QFontMetricsF metrics(painter.font());
    return (metrics.ascent() - metrics.descent()) / 2;
}

} // namespace

CellDelegate::CellDelegate(QObject *parent, int inkRole) : QStyledItemDelegate(parent), m_inkRole(inkRole) {}

void CellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Colors &c = Theme::instance().colors();
    const auto *table = qobject_cast<const DataTable *>(option.widget);
    painter->save();
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, c.accentWash);
    else if (table && table->hoveredRow() == index.row())
        painter->fillRect(option.rect, c.window);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), c.border);
    if (table && index.column() == 0) {
        if (table->isMarked(index.row()))
            painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height() - 1), c.accent);
        else if ((option.state & QStyle::State_Selected) && table->hasFocus())
            painter->fillRect(QRect(option.rect.left(), option.rect.top(), 2, option.rect.height() - 1), c.accent);
    }
    painter->setFont(Theme::instance().font(TextRole::Base13));
    painter->setPen(c.text);
    paintCell(*painter, option.rect.adjusted(space::m, 0, -space::m, -1), option, index);
    painter->restore();
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int text = QFontMetrics(Theme::instance().font(TextRole::Base13)).horizontalAdvance(index.data().toString());
    return {qMax(text + 2 * space::m, QStyledItemDelegate::sizeHint(option, index).width()), space::row};
}

void CellDelegate::paintCell(QPainter &painter, const QRect &rect, const QStyleOptionViewItem &,
                             const QModelIndex &index) const
{
    const QString text = index.data().toString();
    if (m_inkRole >= 0 && index.data(m_inkRole).isValid())
        painter.setPen(inkColor(static_cast<Ink>(index.data(m_inkRole).toInt())));
    if (text.isEmpty() || text == dash) {
        painter.setPen(Theme::instance().colors().text3);
        drawElided(painter, rect, isRight(index) ? Qt::AlignRight : Qt::AlignLeft, text);
    } else if (isRight(index)) {
        painter.setFont(Theme::instance().font(TextRole::Base13, 400, true));
        drawTabular(painter, rect, Qt::AlignRight, text);
    } else {
        drawElided(painter, rect, Qt::AlignLeft, text);
    }
}

BadgeDelegate::BadgeDelegate(ToneOf tone, QObject *parent) : CellDelegate(parent), m_tone(std::move(tone)) {}

void BadgeDelegate::paintCell(QPainter &painter, const QRect &rect, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const
{
    const QString text = index.data().toString();
    if (text.isEmpty() || text == dash)
        CellDelegate::paintCell(painter, rect, option, index);
    else
        Badge::paint(painter, rect, text, m_tone(index));
}

UsageBarDelegate::UsageBarDelegate(int usedRole, int limitRole, QObject *parent)
    : CellDelegate(parent)
    , m_usedRole(usedRole)
    , m_limitRole(limitRole)
{
}

void UsageBarDelegate::paintCell(QPainter &painter, const QRect &rect, const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const
{
    const QVariant used = index.data(m_usedRole);
    if (!used.isValid()) {
        CellDelegate::paintCell(painter, rect, option, index);
        return;
    }
    painter.setFont(Theme::instance().font(TextRole::Base13, 400, true));
    const QString shown = index.data().toString();
    // The bars of a column are equally long; the text beside them gets the room it usually needs.
    constexpr int usualText = 106;
    const int room = rect.width() - usualText - space::s;
    const int bar = qBound(28, room, 74);
    UsageBar::paint(painter, QRectF(rect.left(), rect.top(), bar, rect.height()), used.toLongLong(),
                    index.data(m_limitRole).toLongLong());
    const QRect text = rect.adjusted(bar + space::s, 0, space::s, 0);
    if (tabularWidth(painter.font(), shown) <= text.width())
        drawTabular(painter, text, Qt::AlignLeft, shown);
    else
        drawElided(painter, text, Qt::AlignLeft, shown);
}

TwoTextDelegate::TwoTextDelegate(int secondaryRole, QObject *parent, int iconRole)
    : CellDelegate(parent)
    , m_secondaryRole(secondaryRole)
    , m_iconRole(iconRole)
{
}

void TwoTextDelegate::paintCell(QPainter &painter, const QRect &rect, const QStyleOptionViewItem &,
                                const QModelIndex &index) const
{
    const Colors &c = Theme::instance().colors();
    QRect box = rect;
    const QString iconName = m_iconRole >= 0 ? index.data(m_iconRole).toString() : QString();
    if (!iconName.isEmpty()) {
        icon(iconName).paint(&painter, QRect(box.left(), box.center().y() - 7, 16, 16));
        box.adjust(24, 0, 0, 0);
    }
    const QString first = index.data().toString();
    const QString second = index.data(m_secondaryRole).toString();
    if (first.isEmpty() && !second.isEmpty()) {
        drawElided(painter, box, Qt::AlignLeft, second);
        return;
    }
    painter.setFont(Theme::instance().font(TextRole::Base13, 500));
    drawElided(painter, box, Qt::AlignLeft, first.isEmpty() ? dash : first);
    const int used = qMin(painter.fontMetrics().horizontalAdvance(first), box.width()) + space::s;
    if (second.isEmpty() || box.width() - used < 24)
        return;
    const qreal below = baselineBelowMiddle(painter);
    painter.setFont(Theme::instance().font(TextRole::Small12));
    painter.setPen(c.text3);
    drawElided(painter, QRectF(box).adjusted(used, 0, 0, 0).translated(0, below - baselineBelowMiddle(painter)),
               Qt::AlignLeft, second);
}

RelativeTimeDelegate::RelativeTimeDelegate(int timeRole, QObject *parent) : CellDelegate(parent), m_timeRole(timeRole)
{
}

void RelativeTimeDelegate::paintCell(QPainter &painter, const QRect &rect, const QStyleOptionViewItem &,
                                     const QModelIndex &index) const
{
    const Colors &c = Theme::instance().colors();
    const QDateTime time = index.data(m_timeRole).toDateTime();
    const QString text = domain::relativeText(time, QDateTime::currentDateTimeUtc());
    painter.setPen(time.isValid() ? c.text2 : c.text3);
    if (isRight(index))
        drawTabular(painter, rect, Qt::AlignRight, text);
    else
        drawElided(painter, rect, Qt::AlignLeft, text);
}

MoneyDelegate::MoneyDelegate(int centsRole, QObject *parent) : CellDelegate(parent), m_centsRole(centsRole) {}

void MoneyDelegate::paintCell(QPainter &painter, const QRect &rect, const QStyleOptionViewItem &,
                              const QModelIndex &index) const
{
    const QVariant cents = index.data(m_centsRole);
    const Colors &c = Theme::instance().colors();
    const bool quiet = !cents.isValid() || cents.toLongLong() == 0;
    painter.setPen(quiet ? c.text3 : c.text);
    painter.setFont(Theme::instance().font(TextRole::Base13, quiet ? 400 : 500, true));
    drawTabular(painter, rect, Qt::AlignRight, cents.isValid() ? domain::moneyText(cents.toLongLong()) : dash);
}

IconDelegate::IconDelegate(int iconRole, QObject *parent) : CellDelegate(parent), m_iconRole(iconRole) {}

void IconDelegate::paintCell(QPainter &painter, const QRect &rect, const QStyleOptionViewItem &,
                             const QModelIndex &index) const
{
    const QString name = index.data(m_iconRole).toString();
    if (!name.isEmpty())
        icon(name).paint(&painter, QRect(rect.center().x() - 7, rect.center().y() - 7, 16, 16));
}

} // namespace widgets
