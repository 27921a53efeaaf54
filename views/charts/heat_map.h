#pragma once
#include "views/charts/chart.h"
#include "views/widgets/badge.h"

#include <memory>

namespace charts {

struct HeatCell {
    QString text;                                ///< "99.4"; empty = nothing to say
    QString quiet;                               ///< below it, or beside it: "n 1,204"
    widgets::Tone tone = widgets::Tone::Neutral; ///< Neutral: no colour
    QString tooltip;
};

struct HeatMapData {
    QString corner;            ///< "Template"
    QStringList rowKeys, rows; ///< an empty key cannot be chosen
    QStringList columnKeys, columns;
    QList<QList<HeatCell>> cells; ///< by row, each as long as columns
};

/// A table of coloured figures: rows × columns. Text says the figure, the wash its verdict. Arrow keys walk, Enter or a
/// click chooses a cell.
class HeatMap : public Chart {
    Q_OBJECT
public:
    explicit HeatMap(const QString &name, QWidget *parent = nullptr);
    ~HeatMap() override;
    void setCells(const HeatMapData &map);
    /// Frames the cells of this row and column; an empty key stands for all.
    void setSelected(const QStringList &rowKeys, const QString &columnKey);
    void setEmptyText(const QString &text);
    QRect cellRect(int row, int column) const;
    ChartTable table() const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void cellClicked(const QString &rowKey, const QString &columnKey);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void hover(int row, int column);
    void choose(int row, int column);
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace charts
