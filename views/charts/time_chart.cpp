#include "views/charts/time_chart.h"

#include "models/domain/format.h"
#include "views/charts/chart_paint.h"
#include "views/widgets/pixel_grid.h"
#include "views/widgets/text.h"

#include <QKeyEvent>
#include <QLinearGradient>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace charts {

using widgets::TextRole;
using widgets::Theme;

namespace {

QString dayText(QDate day, bool withMonth)
{
    return QLocale::c().toString(day, withMonth ? QStringLiteral("d MMM") : QStringLiteral("d"));
}

} // namespace

struct TimeChart::Private {
    QDate first;
    QList<Series> series;
    QString unit;
    std::function<QString(double)> format;
    int openDays = 1;
    int hovered = -1;
    double low = 0, high = 1, step = 1;
    QRectF plot;

    /// What a reader who does not see the curve needs: the span, and the extremes with their days.
    QString summary() const
    {
        QStringList parts;
        for (const Series &s : series) {
            if (s.values.isEmpty())
                continue;
            const auto [least, most] = std::minmax_element(s.values.cbegin(), s.values.cend());
            const auto day = [&](auto it) { return dayText(first.addDays(it - s.values.cbegin()), true); };
            parts.append(tr("%1: least %2 on %3, most %4 on %5")
                             .arg(s.name, format(*least), day(least), format(*most), day(most)));
        }
        if (!parts.isEmpty())
            parts.prepend(tr("%1 to %2").arg(dayText(first, true), dayText(first.addDays(days() - 1), true)));
        return parts.join(QStringLiteral("; "));
    }
    qsizetype days() const
    {
        qsizetype n = 0;
        for (const Series &s : series)
            n = std::max(n, s.values.size());
        return n;
    }
    bool hasBars() const
    {
        return std::any_of(series.cbegin(), series.cend(),
                           [](const Series &s) { return s.shape == Series::Shape::Bars; });
    }
    double dayWidth() const
    {
        return plot.width() / static_cast<double>(std::max<qsizetype>(1, days() - (hasBars() ? 0 : 1)));
    }
    double x(qsizetype day) const
    {
        return plot.left() + dayWidth() * (static_cast<double>(day) + (hasBars() ? 0.5 : 0));
    }
    double y(double value) const { return plot.bottom() - plot.height() * (value - low) / (high - low); }

    void scale()
    {
        double top = 0, bottom = 0;
        for (qsizetype day = 0; day < days(); ++day) {
            double up = 0, down = 0;
            for (const Series &s : series) {
                const double v = s.values.value(day, 0);
                if (s.shape == Series::Shape::Bars)
                    (v >= 0 ? up : down) += v;
                top = std::max(top, v);
                bottom = std::min(bottom, v);
            }
            top = std::max(top, up);
            bottom = std::min(bottom, down);
        }
        step = std::max(niceStep(top - bottom, 4), 1.0);
        low = std::floor(bottom / step) * step;
        high = std::max(std::ceil(top / step) * step, low + step);
    }

    void layout(const QWidget &widget)
    {
        const QFontMetricsF metrics(Theme::instance().font(TextRole::Caption11));
        double axis = 0;
        for (double v = low; v <= high + step / 2; v += step)
            axis = std::max(axis, metrics.horizontalAdvance(format(v)));
        const double top = series.size() > 1 ? 28 : 12;
        plot = QRectF(widget.rect()).adjusted(std::ceil(axis) + 10, top, -10, -24);
    }

    void paintGrid(QPainter &painter) const
    {
        const auto &c = Theme::instance().colors();
        painter.setFont(Theme::instance().font(TextRole::Caption11, 400, true));
        for (double v = low; v <= high + step / 2; v += step) {
            const double line = std::round(y(v)) + 0.5;
            painter.setPen(QPen(std::abs(v) < step / 2 ? c.text3 : c.border, 1));
            painter.drawLine(QPointF(plot.left(), line), QPointF(plot.right(), line));
            painter.setPen(widgets::readableOn(c.text3, c.surface));
            widgets::drawTabular(painter, QRectF(0, line - 8, plot.left() - 8, 16), Qt::AlignRight, format(v));
        }
        const double labelWidth = 52;
        const auto every = static_cast<qsizetype>(std::max(1.0, std::ceil(labelWidth / std::max(1.0, dayWidth()))));
        for (qsizetype day = 0; day < days(); day += every) {
            const QDate date = first.addDays(day);
            const bool month = day == 0 || date.day() <= every;
            const QRectF box(x(day) - 30, plot.bottom() + 6, 60, 16);
            painter.drawText(box, Qt::AlignCenter, dayText(date, month));
        }
        if (!unit.isEmpty() && series.size() < 2) {
            painter.setPen(widgets::readableOn(c.text3, c.surface));
            painter.drawText(QRectF(plot.left(), plot.top() - 13, plot.width(), 12), Qt::AlignRight, unit);
        }
    }

    void paintOpenDays(QPainter &painter) const
    {
        if (openDays <= 0 || days() < 2)
            return;
        const double half = hasBars() ? dayWidth() / 2 : 0;
        const double from = hasBars() ? x(days() - openDays) - half : x(days() - 1 - openDays);
        const QRectF box =
            widgets::onPixels(painter, QRectF(QPointF(from, plot.top()), QPointF(plot.right(), plot.bottom())));
        QColor hatch = Theme::instance().colors().text3;
        hatch.setAlphaF(0.38F);
        paintHatch(painter, box, hatch);
    }

    void paintLine(QPainter &painter, const Series &s) const
    {
        if (s.values.isEmpty())
            return;
        const QColor color = seriesColor(s.color);
        QPainterPath line(QPointF(x(0), y(s.values[0])));
        for (qsizetype day = 1; day < s.values.size(); ++day)
            line.lineTo(x(day), y(s.values[day]));
        if (s.shape == Series::Shape::Area) {
            QPainterPath area = line;
            area.lineTo(x(s.values.size() - 1), y(std::max(0.0, low)));
            area.lineTo(x(0), y(std::max(0.0, low)));
            QColor top = color, bottom = color;
            top.setAlphaF(0.20F);
            bottom.setAlphaF(0.02F);
            QLinearGradient fill(0, plot.top(), 0, plot.bottom());
            fill.setColorAt(0, top);
            fill.setColorAt(1, bottom);
            painter.fillPath(area, fill);
        }
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(color, 1.75, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPath(line);
    }

    void paintBars(QPainter &painter) const
    {
        // Whole device pixels, so that all bars are equally wide.
        const double width =
            widgets::onPixels(painter, QRectF(0, 0, std::clamp(dayWidth() * 0.68, 2.0, 26.0), 1)).width();
        painter.setPen(Qt::NoPen);
        for (qsizetype day = 0; day < days(); ++day) {
            double up = 0, down = 0;
            for (const Series &s : series) {
                const double v = s.values.value(day, 0);
                if (s.shape != Series::Shape::Bars || v == 0)
                    continue;
                double &base = v > 0 ? up : down;
                const QRectF bar =
                    QRectF(QPointF(x(day) - width / 2, y(base)), QPointF(x(day) + width / 2, y(base + v))).normalized();
                base += v;
                QColor color = seriesColor(s.color);
                if (hovered >= 0 && hovered != day)
                    color.setAlphaF(0.45F);
                painter.setBrush(color);
                painter.drawRoundedRect(widgets::onPixels(painter, bar), std::min(2.0, width / 3),
                                        std::min(2.0, width / 3));
            }
        }
    }

    void paintLegend(QPainter &painter) const
    {
        if (series.size() < 2)
            return;
        const auto &c = Theme::instance().colors();
        painter.setFont(Theme::instance().font(TextRole::Small12));
        double at = plot.left();
        for (const Series &s : series) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(seriesColor(s.color));
            painter.drawRoundedRect(widgets::onPixels(painter, QRectF(at, 7, 9, 9)), 2.5, 2.5);
            painter.setPen(c.text2);
            const double width = painter.fontMetrics().horizontalAdvance(s.name);
            painter.drawText(QRectF(at + 15, 2, width + 2, 18), Qt::AlignVCenter, s.name);
            at += width + 32;
        }
    }

    void paintReadOut(QPainter &painter) const
    {
        if (hovered < 0 || hovered >= days())
            return;
        const auto &c = Theme::instance().colors();
        painter.setPen(QPen(c.text3, 1, Qt::DashLine));
        painter.drawLine(QPointF(x(hovered), plot.top()), QPointF(x(hovered), plot.bottom()));
        QStringList lines{QLocale::c().toString(first.addDays(hovered), QStringLiteral("ddd d MMM yyyy"))};
        for (const Series &s : series) {
            const double v = s.values.value(hovered, 0);
            lines.append(s.name + QStringLiteral("  ") + format(std::abs(v)));
            if (s.shape != Series::Shape::Bars) {
                painter.setPen(QPen(seriesColor(s.color), 2));
                painter.setBrush(c.surface);
                painter.drawEllipse(QPointF(x(hovered), y(v)), 3.5, 3.5);
            }
        }
        if (hovered >= days() - openDays)
            lines.append(QStringLiteral("not settled yet"));
        charts::paintReadOut(painter, plot, x(hovered), lines);
    }
};

TimeChart::TimeChart(const QString &name, QWidget *parent) : Chart(parent), d(std::make_unique<Private>())
{
    setObjectName(name);
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus);
    d->format = [](double v) { return domain::countText(static_cast<qint64>(std::llround(v))); };
}

TimeChart::~TimeChart() = default;

void TimeChart::setSeries(QDate first, const QList<Series> &series)
{
    d->first = first;
    d->series = series;
    d->hovered = -1;
    d->scale();
    QStringList parts;
    for (const Series &s : series) {
        if (!s.values.isEmpty())
            parts.append(tr("%1, latest %2 %3").arg(s.name, d->format(s.values.last()), d->unit));
    }
    setAccessibleName(parts.join(QStringLiteral("; ")));
    setAccessibleDescription(d->summary());
    update();
    Q_EMIT dataChanged();
}

void TimeChart::setUnit(const QString &unit)
{
    d->unit = unit;
    update();
}

void TimeChart::setFormat(const std::function<QString(double)> &format)
{
    d->format = format;
    update();
    Q_EMIT dataChanged();
}

void TimeChart::setOpenDays(int days)
{
    d->openDays = days;
    update();
}

ChartTable TimeChart::table() const
{
    ChartTable table;
    table.columns.append(tr("Day (UTC)"));
    for (const Series &s : d->series)
        table.columns.append(s.name);
    for (qsizetype day = d->days() - 1; day >= 0; --day) {
        QStringList row{d->first.addDays(day).toString(Qt::ISODate)};
        for (const Series &s : d->series)
            row.append(d->format(s.values.value(day, 0)));
        table.rows.append(row);
    }
    return table;
}

void TimeChart::paintEvent(QPaintEvent *)
{
    if (d->days() == 0)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    d->layout(*this);
    d->paintOpenDays(painter);
    d->paintGrid(painter);
    for (const Series &s : d->series) {
        if (s.shape != Series::Shape::Bars)
            d->paintLine(painter, s);
    }
    if (d->hasBars())
        d->paintBars(painter);
    d->paintLegend(painter);
    d->paintReadOut(painter);
}

void TimeChart::mouseMoveEvent(QMouseEvent *event)
{
    const double at = (event->position().x() - d->plot.left()) / d->dayWidth();
    const int day = static_cast<int>(d->hasBars() ? std::floor(at) : std::round(at));
    d->hovered = day >= 0 && day < d->days() ? day : -1;
    update();
}

void TimeChart::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && d->hovered >= 0)
        Q_EMIT dayClicked(d->first.addDays(d->hovered));
}

void TimeChart::leaveEvent(QEvent *)
{
    d->hovered = -1;
    update();
}

void TimeChart::keyPressEvent(QKeyEvent *event)
{
    const int last = static_cast<int>(d->days()) - 1;
    if (event->key() == Qt::Key_Right && event->modifiers() == Qt::NoModifier)
        d->hovered = std::min(last, d->hovered + 1);
    else if (event->key() == Qt::Key_Left && event->modifiers() == Qt::NoModifier)
        d->hovered = d->hovered < 0 ? last : std::max(0, d->hovered - 1);
    else {
        Chart::keyPressEvent(event);
        return;
    }
    update();
}

} // namespace charts
