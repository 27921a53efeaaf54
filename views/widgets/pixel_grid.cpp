#include "views/widgets/pixel_grid.h"

#include <QPainter>

#include <cmath>

namespace widgets {

QRectF onPixels(const QPainter &painter, const QRectF &rect)
{
    const QTransform toDevice = painter.deviceTransform();
    const QRectF exact = toDevice.mapRect(rect);
    const QRectF whole(QPointF(std::round(exact.left()), std::round(exact.top())),
                       QPointF(std::round(exact.right()), std::round(exact.bottom())));
    return toDevice.inverted().mapRect(whole);
}

} // namespace widgets
