#pragma once
#include <QRectF>

class QPainter;

namespace widgets {

/// The rectangle with every edge on the nearest device pixel of what the painter paints on, so that a filled shape has
/// sharp edges at any device pixel ratio. For painters that neither rotate nor shear.
QRectF onPixels(const QPainter &painter, const QRectF &rect);

} // namespace widgets
