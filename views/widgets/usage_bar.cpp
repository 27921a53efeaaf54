#include "views/widgets/usage_bar.h"

#include "views/widgets/pixel_grid.h"

#include <QPainter>

#include <algorithm>

namespace widgets {

Tone usageTone(qint64 used, qint64 limit)
{
    if (limit <= 0)
        return Tone::Neutral;
    const double ratio = static_cast<double>(used) / static_cast<double>(limit);
    return ratio >= 1.0 ? Tone::Bad : ratio >= 0.8 ? Tone::Warning : Tone::Accent;
}

UsageBar::UsageBar(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void UsageBar::setUsage(qint64 used, qint64 limit, const QString &what, const QString &text)
{
    m_used = used;
    m_limit = limit;
    setAccessibleName(what.isEmpty() ? text : what + QStringLiteral(", ") + text);
    update();
}

void UsageBar::paint(QPainter &painter, const QRectF &rect, qint64 used, qint64 limit)
{
    const QRectF bar = onPixels(painter, QRectF(rect.left(), rect.center().y() - 2.5, rect.width(), 5));
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Theme::instance().colors().surface2);
    painter.drawRoundedRect(bar, 2.5, 2.5);
    if (limit > 0 && used > 0) {
        const double ratio = std::min(1.0, static_cast<double>(used) / static_cast<double>(limit));
        QRectF fill = bar;
        fill.setWidth(std::max(3.0, bar.width() * ratio));
        painter.setBrush(toneColor(usageTone(used, limit)));
        painter.drawRoundedRect(fill, 2.5, 2.5);
    }
    painter.restore();
}

void UsageBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paint(painter, rect(), m_used, m_limit);
}

} // namespace widgets
