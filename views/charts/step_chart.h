#pragma once
#include "views/charts/chart.h"
#include "views/widgets/badge.h"

#include <QDateTime>

#include <functional>
#include <memory>
#include <optional>

namespace charts {

/// One series of StepChart, oldest first. A step without a value is a gap in a line and nothing in bars.
struct StepSeries {
    QString name;
    QList<std::optional<double>> values;
    int color = 0;        ///< index into the theme's chart colours
    bool hatched = false; ///< bars: a second meaning of the same colour
};

struct Steps {
    QDateTime start; ///< of the first step, UTC
    qint64 stepSeconds = 86400;
    QList<StepSeries> series;
    QStringList notes;                 ///< one per step: the last line of the read-out and last column of the table
    QString notesTitle;                ///< "Settled messages"
    std::optional<QDateTime> openFrom; ///< steps from here on are hatched: not settled yet
};

struct ReferenceLine {
    double value = 0;
    QString label;
    widgets::Tone tone = widgets::Tone::Neutral;
};

/// Values by hours or days (UTC): a line, or bars that stack; axes, grid, legend, reference lines, hover read-out. The
/// arrow keys walk through the steps; a click or Enter says which one.
class StepChart : public Chart {
    Q_OBJECT
public:
    enum class Shape { Line, Bars };
    StepChart(const QString &name, Shape shape, QWidget *parent = nullptr);
    ~StepChart() override;
    void setSteps(const Steps &steps);
    void setReferences(const QList<ReferenceLine> &lines);
    void setFormat(const std::function<QString(double)> &format); ///< of read-out and table; default a count
    void setAxisFormat(const std::function<QString(double)> &format);
    void setUnit(const QString &unit); ///< "events", drawn at the axis
    /// The axis of a line ends here and begins where the values do, not at zero: for shares.
    void setCeiling(double ceiling);
    /// Marks the steps of a filter, [from, until).
    void setSelection(const std::optional<QDateTime> &from, const std::optional<QDateTime> &until);
    void setEmptyText(const QString &text); ///< drawn when no step has a value
    QRectF stepRect(int step) const;        ///< where the step is drawn, for tests and tools
    ChartTable table() const override;
    QSize sizeHint() const override { return {420, 200}; }
    QSize minimumSizeHint() const override { return {220, 150}; }

Q_SIGNALS:
    void stepClicked(const QDateTime &from, const QDateTime &until);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void hover(int step);
    void choose(int step);
    void describe();
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace charts
