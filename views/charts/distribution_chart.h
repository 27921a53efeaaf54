#pragma once
#include "views/charts/chart.h"

#include <functional>
#include <memory>

namespace charts {

struct Slice {
    QString key; ///< what sliceClicked() says
    QString label;
    double value = 0;
    QString extra; ///< quiet text after the value: "$8,412.66"
    int color = 0; ///< index into the theme's chart colours
};

/// Shares of a whole: one stacked bar, and below it a line per slice with its own bar, value and share.
class DistributionChart : public Chart {
    Q_OBJECT
public:
    explicit DistributionChart(const QString &name, QWidget *parent = nullptr);
    ~DistributionChart() override;
    void setSlices(const QList<Slice> &slices, const QString &unit);
    void setFormat(const std::function<QString(double)> &format);
    ChartTable table() const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void sliceClicked(const QString &key);

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
