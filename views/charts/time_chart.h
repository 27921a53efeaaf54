#pragma once
#include "views/charts/chart.h"

#include <QDate>

#include <functional>
#include <memory>

namespace charts {

/// One series of daily values, oldest first. `color` is an index into the theme's six chart colours.
struct Series {
    enum class Shape { Line, Area, Bars };
    QString name;
    QList<double> values;
    Shape shape = Shape::Area;
    int color = 0;
};

/// Daily values over time: axes with units, grid, legend, hover read-out; days that are not settled are hatched.
/// Bars of several series stack; a series with negative values hangs below zero.
class TimeChart : public Chart {
    Q_OBJECT
public:
    explicit TimeChart(const QString &name, QWidget *parent = nullptr);
    ~TimeChart() override;
    void setSeries(QDate first, const QList<Series> &series);
    void setUnit(const QString &unit);                            ///< "customers"
    void setFormat(const std::function<QString(double)> &format); ///< of axis and read-out; default formatCount
    void setOpenDays(int days); ///< how many of the last days are hatched as still open; default 1
    ChartTable table() const override;
    QSize sizeHint() const override { return {420, 220}; }
    QSize minimumSizeHint() const override { return {240, 150}; }

Q_SIGNALS:
    void dayClicked(QDate day);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace charts
