#include "views/shell/rail_item.h"

#include "views/widgets/pixel_grid.h"
#include "views/widgets/text.h"

#include <QContextMenuEvent>
#include <QFocusEvent>
#include <QMenu>
#include <QPainter>
#include <QtMath>

namespace shell {

using widgets::TextRole;
using widgets::Theme;

namespace {

constexpr int textLeft = 36, iconCentre = 18, countRight = 15;

QColor currentInk()
{
    const auto &c = Theme::instance().colors();
    return widgets::readableOn(c.accent, c.accentWash);
}

} // namespace

RailItem::RailItem(const QString &name, const QString &text, int height, QWidget *parent) : QAbstractButton(parent)
{
    setObjectName(name);
    setText(text);
    setAccessibleName(text);
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setFixedHeight(height);
    setMouseTracking(true);
}

RailItem::RailItem(const Screen &screen, QWidget *parent)
    : RailItem(QStringLiteral("rail.") + screen.key, screen.title, 32, parent)
{
    m_icon = screen.icon;
}

void RailItem::setKey(const QString &keys)
{
    setToolTip(keys.isEmpty() ? text() : tr("%1 (%2)").arg(text(), keys));
}

void RailItem::setCount(const QString &count, widgets::Tone tone)
{
    m_count = count;
    m_tone = tone;
    setAccessibleName(count.isEmpty() ? text() : text() + QStringLiteral(", ") + count);
    update();
}

void RailItem::paintGround(QPainter &painter, bool wash) const
{
    const auto &c = Theme::instance().colors();
    const bool ring = hasFocus() && m_byKeyboard;
    if (!wash && !underMouse() && !ring)
        return;
    painter.setPen(ring ? QPen(c.accent, 1) : QPen(Qt::NoPen));
    painter.setBrush(wash ? c.accentWash : c.surface2);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

void RailItem::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintGround(painter, isChecked());
    const QColor ink = isChecked() ? currentInk() : Theme::instance().colors().text2;
    widgets::icon(m_icon, ink).paint(&painter, QRect(iconCentre - 9, 7, 18, 18));
    painter.setFont(Theme::instance().font(TextRole::Base13, isChecked() ? 600 : 500));
    painter.setPen(ink);
    painter.drawText(rect().adjusted(textLeft, 0, -8, 0), Qt::AlignVCenter, text());
    if (m_count.isEmpty())
        return;
    const int width = widgets::Badge::sizeFor(m_count).width();
    widgets::Badge::paint(painter, QRect(rect().right() - width - 7, 0, width, height()), m_count, m_tone, true);
}

void RailItem::enterEvent(QEnterEvent *)
{
    update();
}

void RailItem::leaveEvent(QEvent *)
{
    update();
}

void RailItem::focusInEvent(QFocusEvent *event)
{
    // The window gives its first focus, and focus that nobody else takes, to the first entry: that is no choice.
    const Qt::FocusReason reason = event->reason();
    if (reason != Qt::ActiveWindowFocusReason && reason != Qt::PopupFocusReason)
        m_byKeyboard =
            reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason;
    QAbstractButton::focusInEvent(event);
    update();
}

void RailItem::focusOutEvent(QFocusEvent *event)
{
    if (event->reason() != Qt::ActiveWindowFocusReason && event->reason() != Qt::PopupFocusReason)
        m_byKeyboard = false;
    QAbstractButton::focusOutEvent(event);
    update();
}

RailPinItem::RailPinItem(const RailPin &pin, QWidget *parent)
    : RailItem(QStringLiteral("rail.view.") + pin.id, pin.name, 28, parent)
{
    setCheckable(false);
    set(pin);
}

void RailPinItem::set(const RailPin &pin)
{
    if (m_pin == pin)
        return;
    m_pin = pin;
    setText(pin.name);
    QString spoken = tr("View %1").arg(pin.name);
    if (!pin.count.isEmpty())
        spoken += QStringLiteral(", ") + pin.count;
    setAccessibleName(pin.current ? tr("%1, shown now").arg(spoken) : spoken);
    setToolTip(pin.query.isEmpty() ? pin.name : pin.name + u'\n' + pin.query);
    update();
}

void RailPinItem::paintEvent(QPaintEvent *)
{
    const auto &c = Theme::instance().colors();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    // A line down from the screen's icon says whose view it is.
    painter.fillRect(widgets::onPixels(painter, QRectF(iconCentre - 0.5, 0, 1, height())), c.border);
    paintGround(painter, false);
    if (m_pin.current)
        painter.fillRect(widgets::onPixels(painter, QRectF(iconCentre - 1, 4, 2, height() - 8)), c.accent);
    // Quieter than the counts of the screens, and in line with them.
    QRect box = rect().adjusted(textLeft, 0, -countRight, 0);
    painter.setPen(c.text2);
    if (!m_pin.count.isEmpty()) {
        painter.setFont(Theme::instance().font(TextRole::Caption11, 500, true));
        widgets::drawTabular(painter, box, Qt::AlignRight, m_pin.count);
        box.setRight(box.right() - qCeil(widgets::tabularWidth(painter.font(), m_pin.count)) - 6);
    }
    painter.setFont(Theme::instance().font(TextRole::Small12, m_pin.current ? 600 : 500));
    if (m_pin.current)
        painter.setPen(widgets::readableOn(c.accent, c.surface));
    painter.drawText(box, Qt::AlignVCenter, painter.fontMetrics().elidedText(text(), Qt::ElideRight, box.width()));
}

void RailPinItem::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("rail.viewMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("Open")), &QAction::triggered, this, &QAbstractButton::click);
    connect(menu->addAction(tr("Unpin")), &QAction::triggered, this, [this] { Q_EMIT unpinRequested(m_pin.id); });
    menu->popup(event->reason() == QContextMenuEvent::Keyboard ? mapToGlobal(QPoint(textLeft, height()))
                                                               : event->globalPos());
}

} // namespace shell
