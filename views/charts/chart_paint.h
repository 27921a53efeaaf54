#pragma once
#include <QColor>
#include <QRectF>
#include <QStringList>

class QPainter;

/// What the drawn charts share.
namespace charts {

/// A step of 1, 2 or 5 × 10ⁿ that gives about `lines` grid lines.
double niceStep(double span, int lines);
/// One of the theme's chart colours.
QColor seriesColor(int index);
/// Diagonal lines inside the box: what is not settled, or the second meaning of one colour.
void paintHatch(QPainter &painter, const QRectF &box, const QColor &color, double spacing = 6);
/// A box of lines beside the vertical `x`, inside the plot; the first line is the heading.
void paintReadOut(QPainter &painter, const QRectF &plot, double x, const QStringList &lines);

} // namespace charts
