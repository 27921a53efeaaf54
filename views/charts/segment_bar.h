#pragma once
#include "views/charts/chart.h"

#include <memory>

namespace charts {

/// One part of a whole. Colour, shape and hatching together say which: none of them alone.
struct Segment {
    enum class Mark { Circle, HalfCircle, Square, Diamond, Triangle, Ring, Hatched, Cross };
    QString key; ///< what segmentClicked() says
    QString label;
    qint64 count = 0;
    int color = 0; ///< index into the theme's chart colours
    Mark mark = Mark::Circle;
    bool hatched = false;
    QString meaning = {}; ///< for the tooltip
};

/// Shares of a whole as one stacked bar with a legend of counts and shares below. Parts without a count are left out,
/// every other one is wide enough to be hit. Arrow keys walk, Enter or a click on a part or its legend chooses.
class SegmentBar : public Chart {
    Q_OBJECT
public:
    explicit SegmentBar(const QString &name, QWidget *parent = nullptr);
    ~SegmentBar() override;
    /// unit: "messages"; whole: "accepted messages", what the shares are of.
    void setSegments(const QList<Segment> &segments, const QString &unit, const QString &whole);
    void setSelected(const QStringList &keys);   ///< the others are pale; empty = none is chosen
    QRect segmentRect(const QString &key) const; ///< of the bar; empty when it has no count
    ChartTable table() const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

Q_SIGNALS:
    void segmentClicked(const QString &key);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void hover(int index);
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace charts
