#pragma once
#include <QWidget>

namespace widgets {

/// A tiny line without axes, oldest value first; the last point is hollow while its period is still open.
class Sparkline : public QWidget {
    Q_OBJECT
public:
    explicit Sparkline(QWidget *parent = nullptr);
    void setValues(const QList<double> &values, bool lastOpen = true);
    void setColor(const QColor &color); ///< invalid = accent
    QSize sizeHint() const override { return {120, 28}; }
    QSize minimumSizeHint() const override { return {40, 20}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QList<double> m_values;
    bool m_lastOpen = true;
    QColor m_color;
};

} // namespace widgets
