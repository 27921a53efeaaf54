#include "views/charts/distribution_chart.h"

#include "models/domain/format.h"
#include "views/charts/chart_paint.h"
#include "views/widgets/pixel_grid.h"
#include "views/widgets/text.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace charts {

using widgets::TextRole;
using widgets::Theme;

namespace {

constexpr int barHeight = 10, barGap = 14, lineHeight = 28;
} // namespace

struct DistributionChart::Private {
    QList<Slice> slices;
    QString unit;
    std::function<QString(double)> format;
    int hovered = -1;

    double sum() const
    {
        double total = 0;
        for (const Slice &s : slices)
            total += s.value;
        return total;
    }

    void paintBar(QPainter &painter, const QRectF &bar) const
    {
        const auto &c = Theme::instance().colors();
        QPainterPath clip;
        clip.addRoundedRect(bar, barHeight / 2.0, barHeight / 2.0);
        painter.save();
        painter.setClipPath(clip);
        painter.fillRect(bar, c.surface2);
        const double total = sum();
        double at = bar.left();
        for (qsizetype i = 0; i < slices.size() && total > 0; ++i) {
            const double width = bar.width() * slices[i].value / total;
            QColor color = seriesColor(slices[i].color);
            if (hovered >= 0 && hovered != i)
                color.setAlphaF(0.4F);
            const double gap = at + width > bar.right() - 1 ? 0 : 1.5;
            painter.fillRect(
                widgets::onPixels(painter, QRectF(at, bar.top(), std::max(0.0, width - gap), bar.height())), color);
            at += width;
        }
        painter.restore();
    }

    void paintLine(QPainter &painter, qsizetype i, const QRect &line) const
    {
        const auto &c = Theme::instance().colors();
        const Slice &slice = slices[i];
        const double total = sum();
        if (hovered == i) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(c.window);
            painter.drawRoundedRect(line.adjusted(-6, 1, 6, -1), 5, 5);
        }
        painter.setPen(Qt::NoPen);
        painter.setBrush(slice.value > 0 ? seriesColor(slice.color) : c.surface2);
        painter.drawRoundedRect(QRect(line.left(), line.center().y() - 4, 9, 9), 2.5, 2.5);
        painter.setFont(Theme::instance().font(TextRole::Base13));
        painter.setPen(slice.value > 0 ? c.text : c.text2);
        painter.drawText(line.adjusted(17, 0, 0, 0), Qt::AlignVCenter, slice.label);
        painter.setFont(Theme::instance().font(TextRole::Small12, 400, true));
        painter.setPen(c.text2);
        const QString share = total > 0 ? domain::percentText(slice.value / total, 0) : QStringLiteral("—");
        const int extraWidth = extraColumn();
        widgets::drawTabular(painter, line.adjusted(0, 0, -extraWidth, 0), Qt::AlignRight, share);
        if (extraWidth > 0)
            widgets::drawTabular(painter, line, Qt::AlignRight, slice.extra);
        painter.setFont(Theme::instance().font(TextRole::Base13, 500, true));
        painter.setPen(slice.value > 0 ? c.text : c.text3);
        widgets::drawTabular(painter, line.adjusted(0, 0, -extraWidth - 52, 0), Qt::AlignRight, format(slice.value));
    }

    int extraColumn() const
    {
        const QFont font = Theme::instance().font(TextRole::Small12, 400, true);
        double widest = 0;
        for (const Slice &s : slices)
            widest = std::max(widest, widgets::tabularWidth(font, s.extra));
        return widest > 0 ? static_cast<int>(widest) + 20 : 0;
    }

    int lineAt(const QPoint &pos) const
    {
        const int row = (pos.y() - barHeight - barGap) / lineHeight;
        return pos.y() > barHeight + barGap && row < slices.size() ? row : -1;
    }
};

DistributionChart::DistributionChart(const QString &name, QWidget *parent)
    : Chart(parent)
    , d(std::make_unique<Private>())
{
    setObjectName(name);
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    d->format = [](double v) { return domain::countText(static_cast<qint64>(std::llround(v))); };
}

DistributionChart::~DistributionChart() = default;

void DistributionChart::setSlices(const QList<Slice> &slices, const QString &unit)
{
    d->slices = slices;
    d->unit = unit;
    d->hovered = -1;
    QStringList parts;
    for (const Slice &slice : slices)
        parts.append(slice.label + u' ' + d->format(slice.value));
    setAccessibleName(tr("Distribution of %1: %2").arg(unit, parts.join(QStringLiteral(", "))));
    updateGeometry();
    update();
    Q_EMIT dataChanged();
}

void DistributionChart::setFormat(const std::function<QString(double)> &format)
{
    d->format = format;
    update();
    Q_EMIT dataChanged();
}

ChartTable DistributionChart::table() const
{
    ChartTable table;
    table.columns = {tr("What"), d->unit, tr("Share")};
    const bool extra = d->extraColumn() > 0;
    if (extra)
        table.columns.append(tr("Amount"));
    const double total = d->sum();
    for (const Slice &s : d->slices) {
        QStringList row{s.label, d->format(s.value),
                        total > 0 ? domain::percentText(s.value / total, 1) : QStringLiteral("—")};
        if (extra)
            row.append(s.extra);
        table.rows.append(row);
    }
    return table;
}

QSize DistributionChart::sizeHint() const
{
    return {260, barHeight + barGap + lineHeight * static_cast<int>(d->slices.size())};
}

void DistributionChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    d->paintBar(painter, QRectF(0, 2, width(), barHeight));
    for (qsizetype i = 0; i < d->slices.size(); ++i)
        d->paintLine(painter, i, QRect(0, barHeight + barGap + lineHeight * static_cast<int>(i), width(), lineHeight));
}

void DistributionChart::mouseMoveEvent(QMouseEvent *event)
{
    d->hovered = d->lineAt(event->pos());
    setCursor(d->hovered >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
}

void DistributionChart::mouseReleaseEvent(QMouseEvent *event)
{
    const int line = d->lineAt(event->pos());
    if (event->button() == Qt::LeftButton && line >= 0)
        Q_EMIT sliceClicked(d->slices[line].key);
}

void DistributionChart::leaveEvent(QEvent *)
{
    d->hovered = -1;
    update();
}

void DistributionChart::keyPressEvent(QKeyEvent *event)
{
    const int last = static_cast<int>(d->slices.size()) - 1;
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Down)
        d->hovered = std::min(last, d->hovered + 1);
    else if (event->key() == Qt::Key_Up)
        d->hovered = std::max(0, d->hovered - 1);
    else if (enter && d->hovered >= 0)
        Q_EMIT sliceClicked(d->slices[d->hovered].key);
    else {
        Chart::keyPressEvent(event);
        return;
    }
    update();
}

} // namespace charts
