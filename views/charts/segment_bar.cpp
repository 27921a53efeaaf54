#include "views/charts/segment_bar.h"

#include "models/domain/format.h"
#include "views/charts/chart_paint.h"
#include "views/widgets/pixel_grid.h"
#include "views/widgets/text.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>

namespace charts {

using widgets::TextRole;
using widgets::Theme;

namespace {
constexpr int barTop = 4, barHeight = 12, legendGap = 10, lineHeight = 22, entryGap = 18, markWidth = 16;
constexpr double leastWidth = 5, gap = 2;

void paintMark(QPainter &painter, const QRectF &box, const Segment &segment)
{
    const QColor color = seriesColor(segment.color);
    painter.setPen(QPen(color, 1.5));
    painter.setBrush(color);
    switch (segment.mark) {
    case Segment::Mark::Circle:
        painter.drawEllipse(box);
        return;
    case Segment::Mark::HalfCircle:
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(box);
        painter.setBrush(color);
        painter.drawPie(box, 90 * 16, 180 * 16);
        return;
    case Segment::Mark::Square:
        painter.drawRect(box);
        return;
    case Segment::Mark::Diamond:
        painter.drawPolygon(
            QPolygonF{QPointF(box.center().x(), box.top() - 1), QPointF(box.right() + 1, box.center().y()),
                      QPointF(box.center().x(), box.bottom() + 1), QPointF(box.left() - 1, box.center().y())});
        return;
    case Segment::Mark::Triangle:
        painter.drawPolygon(QPolygonF{QPointF(box.center().x(), box.top()), box.bottomRight(), box.bottomLeft()});
        return;
    case Segment::Mark::Ring:
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(box);
        return;
    case Segment::Mark::Hatched:
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(box);
        paintHatch(painter, box, color, 3);
        return;
    case Segment::Mark::Cross:
        painter.drawLine(box.topLeft(), box.bottomRight());
        painter.drawLine(box.topRight(), box.bottomLeft());
        return;
    }
}
} // namespace

struct SegmentBar::Private {
    QList<Segment> all, shown; ///< shown: with a count
    QString unit, whole;
    QStringList selected;
    int hovered = -1;
    qint64 sum = 0;

    QString share(const Segment &segment) const
    {
        return domain::percentText(
            sum > 0 ? std::optional<double>(static_cast<double>(segment.count) / static_cast<double>(sum))
                    : std::nullopt,
            1);
    }
    bool isPale(int index) const
    {
        if (hovered >= 0)
            return hovered != index;
        return !selected.isEmpty() && !selected.contains(shown.at(index).key);
    }

    /// Small parts get their least width, the others share what is left.
    QList<QRectF> boxes(int width) const
    {
        QList<double> widths;
        double small = 0, large = 0;
        const double room = width - gap * static_cast<double>(std::max<qsizetype>(0, shown.size() - 1));
        for (const Segment &segment : shown) {
            const double exact =
                room * static_cast<double>(segment.count) / static_cast<double>(std::max<qint64>(1, sum));
            widths << exact;
            (exact < leastWidth ? small : large) += exact < leastWidth ? leastWidth : exact;
        }
        const double factor = large > 0 ? (room - small) / large : 1;
        QList<QRectF> boxes;
        double at = 0;
        for (const double exact : widths) {
            const double drawn = exact < leastWidth ? leastWidth : exact * factor;
            boxes << QRectF(at, barTop, drawn, barHeight);
            at += drawn + gap;
        }
        return boxes;
    }

    QString entryFigures(const Segment &segment) const
    {
        return domain::countText(segment.count) + QStringLiteral("  ") + share(segment);
    }
    QList<QRect> legend(int width) const
    {
        const QFontMetrics text(Theme::instance().font(TextRole::Small12, 500));
        const QFont figures = Theme::instance().font(TextRole::Small12, 400, true);
        QList<QRect> entries;
        int x = 0, y = barTop + barHeight + legendGap;
        for (const Segment &segment : shown) {
            const int entry = markWidth + text.horizontalAdvance(segment.label) + 6 +
                              static_cast<int>(widgets::tabularWidth(figures, entryFigures(segment))) + 4;
            if (x > 0 && x + entry > width) {
                x = 0;
                y += lineHeight;
            }
            entries << QRect(x, y, entry, lineHeight);
            x += entry + entryGap;
        }
        return entries;
    }

    int at(const QPoint &pos, int width) const
    {
        const QList<QRectF> parts = boxes(width);
        const QList<QRect> entries = legend(width);
        for (int i = 0; i < shown.size(); ++i)
            if (parts.at(i).adjusted(-1, -4, 1, 4).contains(pos) || entries.at(i).contains(pos))
                return i;
        return -1;
    }

    QString tip(int index) const
    {
        const Segment &segment = shown.at(index);
        const QString text =
            tr("%1: %2 %3, %4 of %5").arg(segment.label, domain::countText(segment.count), unit, share(segment), whole);
        return segment.meaning.isEmpty() ? text : text + QStringLiteral("\n") + segment.meaning;
    }

    void paintBar(QPainter &painter, int width) const
    {
        const auto &c = Theme::instance().colors();
        QPainterPath clip;
        clip.addRoundedRect(QRectF(0, barTop, width, barHeight), 4, 4);
        painter.save();
        painter.setClipPath(clip);
        if (shown.isEmpty())
            painter.fillRect(QRectF(0, barTop, width, barHeight), c.surface2);
        QList<QRectF> parts = boxes(width);
        for (int i = 0; i < shown.size(); ++i) {
            parts[i] = widgets::onPixels(painter, parts.at(i));
            QColor color = seriesColor(shown.at(i).color);
            if (isPale(i))
                color.setAlphaF(0.35F);
            if (!shown.at(i).hatched) {
                painter.fillRect(parts.at(i), color);
                continue;
            }
            painter.fillRect(parts.at(i), c.surface2);
            paintHatch(painter, parts.at(i), color, 4);
        }
        painter.restore();
    }

    void paintLegend(QPainter &painter, int width, bool focused) const
    {
        const auto &c = Theme::instance().colors();
        const QList<QRect> entries = legend(width);
        for (int i = 0; i < shown.size(); ++i) {
            const Segment &segment = shown.at(i);
            const QRect &box = entries.at(i);
            const bool chosen = selected.contains(segment.key);
            if (hovered == i || chosen) {
                painter.setPen(hovered == i && focused ? QPen(c.accent, 1) : QPen(Qt::NoPen));
                painter.setBrush(chosen ? c.accentWash : c.surface2);
                painter.drawRoundedRect(QRectF(box).adjusted(-5.5, 1.5, 5.5, -1.5), 4, 4);
            }
            paintMark(painter, QRectF(box.left() + 1, box.center().y() - 3.5, 8, 8), segment);
            painter.setFont(Theme::instance().font(TextRole::Small12, 500));
            painter.setPen(c.text);
            const int text = painter.fontMetrics().horizontalAdvance(segment.label);
            painter.drawText(box.adjusted(markWidth, 0, 0, 0), Qt::AlignVCenter, segment.label);
            painter.setFont(Theme::instance().font(TextRole::Small12, 400, true));
            painter.setPen(c.text2);
            widgets::drawTabular(painter, QRectF(box).adjusted(markWidth + text + 6, 0, 0, 0), Qt::AlignLeft,
                                 entryFigures(segment));
        }
    }
};

SegmentBar::SegmentBar(const QString &name, QWidget *parent) : Chart(parent), d(std::make_unique<Private>())
{
    setObjectName(name);
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

SegmentBar::~SegmentBar() = default;

void SegmentBar::setSegments(const QList<Segment> &segments, const QString &unit, const QString &whole)
{
    const QString current = d->hovered >= 0 ? d->shown.at(d->hovered).key : QString();
    d->all = segments;
    d->unit = unit;
    d->whole = whole;
    d->shown.clear();
    d->sum = 0;
    d->hovered = -1;
    QStringList parts;
    for (const Segment &segment : segments) {
        d->sum += segment.count;
        if (segment.count <= 0)
            continue;
        if (segment.key == current)
            d->hovered = static_cast<int>(d->shown.size());
        d->shown << segment;
    }
    for (const Segment &segment : std::as_const(d->shown))
        parts << segment.label + u' ' + domain::countText(segment.count) + u' ' + d->share(segment);
    setAccessibleName(parts.isEmpty() ? tr("No %1").arg(whole)
                                      : tr("%1: %2").arg(whole, parts.join(QStringLiteral(", "))));
    updateGeometry();
    update();
    Q_EMIT dataChanged();
}

void SegmentBar::setSelected(const QStringList &keys)
{
    if (d->selected == keys)
        return;
    d->selected = keys;
    update();
}

QRect SegmentBar::segmentRect(const QString &key) const
{
    const QList<QRectF> boxes = d->boxes(width());
    for (int i = 0; i < d->shown.size(); ++i)
        if (d->shown.at(i).key == key)
            return boxes.at(i).toAlignedRect();
    return {};
}

ChartTable SegmentBar::table() const
{
    ChartTable table;
    table.columns = {tr("What"), d->unit, tr("Share")};
    for (const Segment &segment : d->all)
        table.rows << QStringList{segment.label, domain::countText(segment.count), d->share(segment)};
    return table;
}

int SegmentBar::heightForWidth(int width) const
{
    const QList<QRect> entries = d->legend(width);
    return (entries.isEmpty() ? barTop + barHeight : entries.last().bottom()) + 4;
}

QSize SegmentBar::sizeHint() const
{
    return {600, heightForWidth(std::max(width(), 300))};
}

QSize SegmentBar::minimumSizeHint() const
{
    return {200, barTop + barHeight + legendGap + lineHeight};
}

bool SegmentBar::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        const int index = d->at(help->pos(), width());
        QToolTip::showText(help->globalPos(), index >= 0 ? d->tip(index) : QString(), this);
        return true;
    }
    return Chart::event(event);
}

void SegmentBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    d->paintBar(painter, width());
    d->paintLegend(painter, width(), hasFocus());
}

void SegmentBar::hover(int index)
{
    if (d->hovered == index)
        return;
    d->hovered = index;
    setCursor(index >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    setAccessibleDescription(index >= 0 ? d->tip(index) : QString());
    update();
}

void SegmentBar::mouseMoveEvent(QMouseEvent *event)
{
    hover(d->at(event->pos(), width()));
}

void SegmentBar::mouseReleaseEvent(QMouseEvent *event)
{
    const int index = d->at(event->pos(), width());
    if (event->button() != Qt::LeftButton)
        return;
    hover(index);
    if (index >= 0)
        Q_EMIT segmentClicked(QString(d->shown.at(index).key));
}

void SegmentBar::leaveEvent(QEvent *)
{
    hover(-1);
}

void SegmentBar::focusInEvent(QFocusEvent *event)
{
    if (d->hovered < 0 && !d->shown.isEmpty() &&
        (event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason))
        hover(0);
    Chart::focusInEvent(event);
}

void SegmentBar::focusOutEvent(QFocusEvent *event)
{
    hover(-1);
    Chart::focusOutEvent(event);
}

void SegmentBar::keyPressEvent(QKeyEvent *event)
{
    const int last = static_cast<int>(d->shown.size()) - 1;
    const bool plain = event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier;
    const bool choose =
        event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space;
    if (plain && event->key() == Qt::Key_Right)
        hover(std::min(last, d->hovered + 1));
    else if (plain && event->key() == Qt::Key_Left)
        hover(std::min(last, std::max(0, d->hovered - 1)));
    else if (choose && d->hovered >= 0)
        Q_EMIT segmentClicked(QString(d->shown.at(d->hovered).key));
    else
        Chart::keyPressEvent(event);
}

} // namespace charts
