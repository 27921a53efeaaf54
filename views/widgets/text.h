#pragma once
#include "views/widgets/theme.h"

#include <QLabel>
#include <QString>

class QPainter;
class QRectF;

/// Text in the design's roles and inks. Labels made here follow a change of the theme by themselves.
namespace widgets {

enum class Ink { Text, Second, Third, Accent, Good, Warning, Bad };
QColor inkColor(Ink ink);
/// WCAG contrast ratio, 1…21.
double contrastRatio(const QColor &a, const QColor &b);
/// The ink, darkened or lightened until it has 4.5 : 1 on the ground.
QColor readableOn(const QColor &ink, const QColor &ground);

QLabel *makeLabel(const QString &text, TextRole role = TextRole::Base13, int weight = 400, Ink ink = Ink::Text,
                  QWidget *parent = nullptr);
void setInk(QWidget *label, Ink ink);

/// Inter's digits are proportional and Qt 6.4 cannot ask for tabular ones, so columns of numbers are drawn digit by
/// digit in cells of equal width. Horizontal alignment: left or right; vertically centred in the painter's font.
void drawTabular(QPainter &painter, const QRectF &rect, Qt::Alignment alignment, const QString &text);
qreal tabularWidth(const QFont &font, const QString &text);

/// One line that ends in "…" when there is no room; the tooltip has the whole text then.
class ElidedLabel : public QLabel {
    Q_OBJECT
public:
    explicit ElidedLabel(const QString &text = {}, QWidget *parent = nullptr);
    QSize minimumSizeHint() const override;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;
};

} // namespace widgets
