#include "views/widgets/key_cap.h"

#include "views/widgets/theme.h"

#include <QPainter>

namespace widgets {
namespace {

constexpr int capHeight = 20, padding = 7;

QFont capFont()
{
    return Theme::instance().font(TextRole::Caption11, 500);
}

} // namespace

KeyCap::KeyCap(const QString &text, QWidget *parent) : QWidget(parent)
{
    setText(text);
}

void KeyCap::setText(const QString &text)
{
    m_text = text;
    setAccessibleName(text);
    setFixedSize(widthOf(text), capHeight);
    update();
}

int KeyCap::widthOf(const QString &text)
{
    return qMax(capHeight, QFontMetrics(capFont()).horizontalAdvance(text) + 2 * padding);
}

int KeyCap::paint(QPainter &painter, const QRect &box, const QString &text)
{
    const auto &c = Theme::instance().colors();
    const int width = widthOf(text);
    const QRectF cap(box.right() + 1 - width, box.top() + (box.height() - capHeight) / 2, width, capHeight);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(c.border);
    painter.setBrush(c.surface2);
    painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    painter.setFont(capFont());
    painter.setPen(c.text);
    painter.drawText(cap, Qt::AlignCenter, text);
    painter.restore();
    return width;
}

void KeyCap::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paint(painter, rect(), m_text);
}

} // namespace widgets
