#include "views/charts/chart_paint.h"

#include "views/widgets/pixel_grid.h"
#include "views/widgets/text.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace charts {

using widgets::TextRole;
using widgets::Theme;

double niceStep(double span, int lines)
{
    const double raw = std::max(span, 1e-9) / lines;
    const double power = std::pow(10.0, std::floor(std::log10(raw)));
    const double head = raw / power;
    return (head <= 1 ? 1 : head <= 2 ? 2 : head <= 5 ? 5 : 10) * power;
}

QColor seriesColor(int index)
{
    const QList<QColor> &colors = Theme::instance().colors().series;
    return colors[index % colors.size()];
}

void paintHatch(QPainter &painter, const QRectF &box, const QColor &color, double spacing)
{
    painter.save();
    painter.setClipRect(box, Qt::IntersectClip);
    painter.setPen(QPen(color, 1));
    for (double at = box.left() - box.height(); at < box.right(); at += spacing)
        painter.drawLine(QPointF(at, box.bottom()), QPointF(at + box.height(), box.top()));
    painter.restore();
}

void paintReadOut(QPainter &painter, const QRectF &plot, double x, const QStringList &lines)
{
    const auto &c = Theme::instance().colors();
    painter.setFont(Theme::instance().font(TextRole::Small12));
    int width = 0;
    for (const QString &line : lines)
        width = std::max(width, painter.fontMetrics().horizontalAdvance(line));
    QRectF box(x + 10, plot.top() + 4, width + 20, static_cast<double>(lines.size()) * 18 + 10);
    if (box.right() > plot.right())
        box.moveRight(x - 10);
    if (box.left() < 0)
        box.moveLeft(0);
    painter.setPen(c.border);
    painter.setBrush(c.surface);
    painter.drawRoundedRect(widgets::onPixels(painter, box).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    for (qsizetype i = 0; i < lines.size(); ++i) {
        painter.setPen(i == 0 ? c.text : c.text2);
        painter.drawText(QRectF(box.left() + 10, box.top() + 5 + 18.0 * static_cast<double>(i), width + 4, 18),
                         Qt::AlignVCenter, lines[i]);
    }
}

} // namespace charts
