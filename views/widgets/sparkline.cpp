#include "views/widgets/sparkline.h"

#include "views/widgets/theme.h"

#include <QLinearGradient>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace widgets {

Sparkline::Sparkline(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void Sparkline::setValues(const QList<double> &values, bool lastOpen)
{
    m_values = values;
    m_lastOpen = lastOpen;
    update();
}

void Sparkline::setColor(const QColor &color)
{
    m_color = color;
    update();
}

void Sparkline::paintEvent(QPaintEvent *)
{
    if (m_values.size() < 2)
        return;
    const Colors &c = Theme::instance().colors();
    const QColor color = m_color.isValid() ? m_color : c.accent;
    const auto [low, high] = std::minmax_element(m_values.cbegin(), m_values.cend());
    const double base = std::min(0.0, *low);
    const double span = *high - base > 0 ? *high - base : 1;
    const QRectF box = QRectF(rect()).adjusted(1, 4, -4, -4);
    const auto point = [&](qsizetype i) {
        return QPointF(box.left() + box.width() * static_cast<double>(i) / static_cast<double>(m_values.size() - 1),
                       box.bottom() - box.height() * (m_values[i] - base) / span);
    };
    QPainterPath line(point(0));
    for (qsizetype i = 1; i < m_values.size(); ++i)
        line.lineTo(point(i));
    QPainterPath area = line;
    area.lineTo(box.right(), rect().bottom() + 1);
    area.lineTo(box.left(), rect().bottom() + 1);
    area.closeSubpath();

    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor top = color, bottom = color;
    top.setAlphaF(0.16F);
    bottom.setAlphaF(0.0F);
    QLinearGradient fill(0, box.top(), 0, rect().bottom());
    fill.setColorAt(0, top);
    fill.setColorAt(1, bottom);
    painter.fillPath(area, fill);
    painter.setPen(QPen(color, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(line);
    painter.setBrush(m_lastOpen ? c.surface : color);
    painter.drawEllipse(point(m_values.size() - 1), 2.5, 2.5);
}

} // namespace widgets
