#include "views/charts/step_chart.h"

#include "models/domain/format.h"
#include "views/charts/chart_paint.h"
#include "views/widgets/pixel_grid.h"
#include "views/widgets/text.h"

#include <QKeyEvent>
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
constexpr qint64 daySeconds = 86400;
constexpr int labelRoom = 54, legendLine = 18;

QString shortText(const QDateTime &time, const QString &pattern)
{
    return QLocale::c().toString(time.toUTC(), pattern);
}
} // namespace

struct StepChart::Private {
    Shape shape = Shape::Line;
    Steps steps;
    QList<ReferenceLine> references;
    std::function<QString(double)> format, axisFormat;
    QString unit, emptyText;
    std::optional<double> ceiling;
    std::optional<QDateTime> selectedFrom, selectedUntil;
    int hovered = -1;
    double low = 0, high = 1, step = 1;
    QRectF plot;

    bool isDaily() const { return steps.stepSeconds >= daySeconds; }
    int count() const
    {
        qsizetype n = 0;
        for (const StepSeries &s : steps.series)
            n = std::max(n, s.values.size());
        return static_cast<int>(n);
    }
    bool hasValues() const
    {
        for (const StepSeries &s : steps.series)
            for (const auto &value : s.values)
                if (value && (shape == Shape::Line || *value > 0))
                    return true;
        return false;
    }
    QDateTime startOf(int index) const { return steps.start.addSecs(steps.stepSeconds * index); }
    bool isOpen(int index) const { return steps.openFrom && startOf(index + 1) > *steps.openFrom; }
    double width() const { return plot.width() / std::max(1, count()); }
    double x(int index) const { return plot.left() + width() * (index + 0.5); }
    double y(double value) const { return plot.bottom() - plot.height() * (value - low) / (high - low); }
    QRectF column(int index) const { return {plot.left() + width() * index, plot.top(), width(), plot.height()}; }

    QString heading(int index) const
    {
        return shortText(startOf(index), isDaily() ? QStringLiteral("ddd d MMM yyyy") : QStringLiteral("d MMM HH:mm")) +
               QStringLiteral(" UTC");
    }

    void scale()
    {
        double top = 0, bottom = ceiling.value_or(0);
        for (int index = 0; index < count(); ++index) {
            double sum = 0;
            for (const StepSeries &s : steps.series) {
                const auto value = s.values.value(index);
                if (!value)
                    continue;
                sum += *value;
                bottom = std::min(bottom, *value);
                top = std::max(top, shape == Shape::Bars ? sum : *value);
            }
        }
        for (const ReferenceLine &line : references)
            bottom = std::min(bottom, line.value);
        if (ceiling) {
            step = niceStep(std::max(*ceiling - bottom, *ceiling * 0.02), 4);
            high = *ceiling;
            low = std::max(0.0, std::floor((bottom - step * 0.1) / step) * step);
        } else {
            step = std::max(niceStep(top, 4), 1.0);
            low = 0;
            high = std::max(std::ceil(top / step) * step, step);
        }
    }

    void layout(const QWidget &widget)
    {
        const QFont font = Theme::instance().font(TextRole::Caption11, 400, true);
        double axis = 0;
        for (double v = high; v >= low - step / 2; v -= step)
            axis = std::max(axis, widgets::tabularWidth(font, axisFormat(v)));
        plot = QRectF(widget.rect()).adjusted(std::ceil(axis) + 10, legendHeight(widget.width()), -2, -22);
    }

    /// Where the names of the series go; none for a single one.
    QList<QRectF> legend(double room) const
    {
        QList<QRectF> entries;
        if (steps.series.size() < 2)
            return entries;
        const QFontMetricsF metrics(Theme::instance().font(TextRole::Small12));
        double x = 0, y = 0;
        for (const StepSeries &s : steps.series) {
            const double entry = 16 + std::ceil(metrics.horizontalAdvance(s.name));
            if (x > 0 && x + entry > room) {
                x = 0;
                y += legendLine;
            }
            entries << QRectF(x, y, entry, legendLine);
            x += entry + 12;
        }
        return entries;
    }
    double legendHeight(double room) const
    {
        const QList<QRectF> entries = legend(room);
        return entries.isEmpty() ? 10 : entries.last().bottom() + 10;
    }

    void paintGrid(QPainter &painter) const
    {
        const auto &c = Theme::instance().colors();
        painter.setFont(Theme::instance().font(TextRole::Caption11, 400, true));
        const QColor ink = widgets::readableOn(c.text3, c.surface);
        for (double v = high; v >= low - step / 2; v -= step) {
            const double line = std::round(y(v)) + 0.5;
            painter.setPen(QPen(c.border, 1));
            painter.drawLine(QPointF(plot.left(), line), QPointF(plot.right(), line));
            painter.setPen(ink);
            widgets::drawTabular(painter, QRectF(0, line - 8, plot.left() - 8, 16), Qt::AlignRight, axisFormat(v));
        }
        const int every = std::max(1, static_cast<int>(std::ceil(labelRoom / std::max(1.0, width()))));
        for (int index = 0; index < count(); index += every) {
            const QRectF box(x(index) - 32, plot.bottom() + 5, 64, 16);
            painter.drawText(box, Qt::AlignCenter, label(index, every));
        }
    }

    QString label(int index, int every) const
    {
        const QDateTime at = startOf(index).toUTC();
        if (isDaily())
            return shortText(at,
                             index == 0 || at.date().day() <= every ? QStringLiteral("d MMM") : QStringLiteral("d"));
        const bool newDay = index == 0 || at.date() != startOf(index - every).toUTC().date();
        return shortText(at, newDay ? QStringLiteral("d MMM HH:mm") : QStringLiteral("HH:mm"));
    }

    void paintOpen(QPainter &painter) const
    {
        if (!steps.openFrom)
            return;
        QColor hatch = Theme::instance().colors().text3;
        hatch.setAlphaF(0.34F);
        for (int index = 0; index < count(); ++index)
            if (isOpen(index)) {
                const QRectF first = column(index);
                paintHatch(painter, widgets::onPixels(painter, QRectF(first.topLeft(), plot.bottomRight())), hatch);
                return;
            }
    }

    void paintSelection(QPainter &painter) const
    {
        if (!selectedFrom || !selectedUntil)
            return;
        const auto at = [this](const QDateTime &time) {
            const double share = static_cast<double>(steps.start.secsTo(time)) / static_cast<double>(steps.stepSeconds);
            return std::clamp(plot.left() + width() * share, plot.left(), plot.right());
        };
        QColor wash = Theme::instance().colors().accent;
        wash.setAlphaF(0.16F);
        painter.fillRect(QRectF(QPointF(at(*selectedFrom), plot.top()), QPointF(at(*selectedUntil), plot.bottom())),
                         wash);
    }

    void paintReferences(QPainter &painter) const
    {
        painter.setFont(Theme::instance().font(TextRole::Caption11, 500));
        const QColor ground = Theme::instance().colors().surface;
        for (const ReferenceLine &line : references) {
            const QColor ink = widgets::readableOn(widgets::toneColor(line.tone), ground);
            const double at = std::round(y(line.value)) + 0.5;
            painter.setPen(QPen(ink, 1, Qt::CustomDashLine));
            QPen pen = painter.pen();
            pen.setDashPattern({3, 3});
            painter.setPen(pen);
            painter.drawLine(QPointF(plot.left(), at), QPointF(plot.right(), at));
            painter.setPen(ink);
            painter.drawText(QRectF(plot.left() + 4, at + 1, plot.width(), 14), Qt::AlignLeft, line.label);
        }
    }

    void paintLine(QPainter &painter, const StepSeries &s) const
    {
        QPainterPath line;
        bool drawing = false;
        const QColor color = seriesColor(s.color);
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        for (int index = 0; index < s.values.size(); ++index) {
            const auto value = s.values.at(index);
            if (!value) {
                drawing = false;
                continue;
            }
            const QPointF at(x(index), y(*value));
            if (drawing)
                line.lineTo(at);
            else
                line.moveTo(at);
            // A lone step between gaps would be an empty path.
            const bool alone = !drawing && !s.values.value(index + 1);
            drawing = true;
            if (alone || width() > 28)
                painter.drawEllipse(at, 2.5, 2.5);
        }
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(color, 1.75, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPath(line);
    }

    void paintBars(QPainter &painter) const
    {
        // Whole device pixels, so that all bars are equally wide.
        const double bar = widgets::onPixels(painter, QRectF(0, 0, std::clamp(width() * 0.7, 1.5, 26.0), 1)).width();
        const QColor ground = Theme::instance().colors().surface;
        for (int index = 0; index < count(); ++index) {
            double base = 0;
            for (const StepSeries &s : steps.series) {
                const double value = s.values.value(index).value_or(0);
                if (value <= 0)
                    continue;
                const QRectF box = widgets::onPixels(painter, QRectF(QPointF(x(index) - bar / 2, y(base + value)),
                                                                     QPointF(x(index) + bar / 2, y(base))));
                base += value;
                QColor color = seriesColor(s.color);
                if (hovered >= 0 && hovered != index)
                    color.setAlphaF(0.45F);
                painter.fillRect(box, color);
                if (s.hatched)
                    paintHatch(painter, box, ground, 4);
            }
        }
    }

    void paintLegend(QPainter &painter, double room) const
    {
        const auto &c = Theme::instance().colors();
        painter.setFont(Theme::instance().font(TextRole::Small12));
        const QList<QRectF> entries = legend(room);
        for (qsizetype i = 0; i < entries.size(); ++i) {
            const QRectF &entry = entries.at(i);
            const QRectF box = widgets::onPixels(painter, QRectF(entry.left(), entry.top() + 5, 9, 9));
            painter.setPen(Qt::NoPen);
            painter.setBrush(seriesColor(steps.series.at(i).color));
            painter.drawRoundedRect(box, 2.5, 2.5);
            if (steps.series.at(i).hatched)
                paintHatch(painter, box, c.surface, 4);
            painter.setPen(c.text2);
            painter.drawText(entry.adjusted(14, 0, 2, 0), Qt::AlignVCenter, steps.series.at(i).name);
        }
    }

    QStringList readOut(int index) const
    {
        QStringList lines{heading(index)};
        for (const StepSeries &s : steps.series) {
            const auto value = s.values.value(index);
            if (shape == Shape::Line || value.value_or(0) > 0)
                lines << s.name + QStringLiteral("  ") + (value ? format(*value) : domain::noValue());
        }
        if (const QString note = steps.notes.value(index); !note.isEmpty())
            lines << steps.notesTitle + QStringLiteral("  ") + note;
        if (isOpen(index))
            lines << tr("still settling");
        return lines;
    }

    void paintHovered(QPainter &painter) const
    {
        if (hovered < 0 || hovered >= count())
            return;
        const auto &c = Theme::instance().colors();
        painter.setPen(QPen(c.text3, 1, Qt::DashLine));
        painter.drawLine(QPointF(x(hovered), plot.top()), QPointF(x(hovered), plot.bottom()));
        if (shape == Shape::Line) {
            for (const StepSeries &s : steps.series)
                if (const auto value = s.values.value(hovered)) {
                    painter.setPen(QPen(seriesColor(s.color), 2));
                    painter.setBrush(c.surface);
                    painter.drawEllipse(QPointF(x(hovered), y(*value)), 3.5, 3.5);
                }
        }
        paintReadOut(painter, plot, x(hovered), readOut(hovered));
    }

    int stepAt(const QPointF &at) const
    {
        const int index = static_cast<int>(std::floor((at.x() - plot.left()) / std::max(width(), 1e-6)));
        return at.x() >= plot.left() && index < count() ? index : -1;
    }
};

StepChart::StepChart(const QString &name, Shape shape, QWidget *parent) : Chart(parent), d(std::make_unique<Private>())
{
    setObjectName(name);
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus);
    d->shape = shape;
    d->format = [](double v) { return domain::countText(static_cast<qint64>(std::llround(v))); };
    d->axisFormat = d->format;
    d->emptyText = tr("Nothing in this window");
}

StepChart::~StepChart() = default;

void StepChart::setSteps(const Steps &steps)
{
    d->steps = steps;
    if (d->hovered >= d->count())
        d->hovered = -1;
    d->scale();
    describe();
    update();
    Q_EMIT dataChanged();
}

/// What a reader who does not see the curve needs: the span, and the extremes with their time.
void StepChart::describe()
{
    QStringList latest, extremes;
    if (d->count() > 0)
        extremes << tr("%1 to %2").arg(d->heading(0), d->heading(d->count() - 1));
    for (const StepSeries &s : d->steps.series) {
        int least = -1, most = -1, last = -1;
        for (int i = 0; i < s.values.size(); ++i) {
            if (!s.values.at(i))
                continue;
            least = least < 0 || *s.values.at(i) < *s.values.at(least) ? i : least;
            most = most < 0 || *s.values.at(i) > *s.values.at(most) ? i : most;
            last = i;
        }
        if (last < 0)
            continue;
        latest << tr("%1, latest %2").arg(s.name, d->format(*s.values.at(last)));
        extremes << tr("%1: least %2 on %3, most %4 on %5")
                        .arg(s.name, d->format(*s.values.at(least)), d->heading(least), d->format(*s.values.at(most)),
                             d->heading(most));
    }
    setAccessibleName(latest.isEmpty() ? d->emptyText : latest.join(QStringLiteral("; ")));
    setAccessibleDescription(extremes.join(QStringLiteral("; ")));
}

void StepChart::setReferences(const QList<ReferenceLine> &lines)
{
    d->references = lines;
    d->scale();
    update();
}

void StepChart::setFormat(const std::function<QString(double)> &format)
{
    d->format = format;
    update();
    Q_EMIT dataChanged();
}

void StepChart::setAxisFormat(const std::function<QString(double)> &format)
{
    d->axisFormat = format;
    update();
}

void StepChart::setUnit(const QString &unit)
{
    d->unit = unit;
    update();
}

void StepChart::setCeiling(double ceiling)
{
    d->ceiling = ceiling;
    d->scale();
    update();
}

void StepChart::setSelection(const std::optional<QDateTime> &from, const std::optional<QDateTime> &until)
{
    d->selectedFrom = from;
    d->selectedUntil = until;
    update();
}

void StepChart::setEmptyText(const QString &text)
{
    d->emptyText = text;
    update();
}

QRectF StepChart::stepRect(int step) const
{
    d->layout(*this);
    return d->column(step);
}

ChartTable StepChart::table() const
{
    ChartTable table;
    table.columns << (d->isDaily() ? tr("Day (UTC)") : tr("Hour (UTC)"));
    for (const StepSeries &s : d->steps.series)
        table.columns << s.name;
    const bool notes = !d->steps.notes.isEmpty();
    if (notes)
        table.columns << d->steps.notesTitle;
    for (int index = d->count() - 1; index >= 0; --index) {
        const QDateTime at = d->startOf(index).toUTC();
        QStringList row{d->isDaily() ? at.date().toString(Qt::ISODate)
                                     : at.toString(QStringLiteral("yyyy-MM-dd HH:mm"))};
        for (const StepSeries &s : d->steps.series) {
            const auto value = s.values.value(index);
            row << (value ? d->format(*value) : domain::noValue());
        }
        if (notes)
            row << d->steps.notes.value(index);
        if (d->isOpen(index))
            row.first() += tr(" (still settling)");
        table.rows << row;
    }
    return table;
}

void StepChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto &c = Theme::instance().colors();
    if (!d->hasValues()) {
        painter.setFont(Theme::instance().font(TextRole::Base13));
        painter.setPen(c.text2);
        painter.drawText(rect(), Qt::AlignCenter, d->emptyText);
        return;
    }
    d->layout(*this);
    d->paintOpen(painter);
    d->paintSelection(painter);
    d->paintGrid(painter);
    d->paintReferences(painter);
    if (d->shape == Shape::Line) {
        for (const StepSeries &s : d->steps.series)
            d->paintLine(painter, s);
    } else {
        d->paintBars(painter);
    }
    d->paintLegend(painter, width());
    d->paintHovered(painter);
    if (hasFocus() && d->hovered < 0) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(c.accent);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    }
}

void StepChart::hover(int step)
{
    if (d->hovered == step)
        return;
    d->hovered = step;
    setCursor(step >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
}

void StepChart::choose(int step)
{
    if (step >= 0 && step < d->count())
        Q_EMIT stepClicked(d->startOf(step), d->startOf(step + 1));
}

void StepChart::mouseMoveEvent(QMouseEvent *event)
{
    d->layout(*this);
    hover(d->hasValues() ? d->stepAt(event->position()) : -1);
}

void StepChart::mouseReleaseEvent(QMouseEvent *event)
{
    d->layout(*this);
    if (event->button() != Qt::LeftButton || !d->hasValues())
        return;
    hover(d->stepAt(event->position()));
    choose(d->hovered);
}

void StepChart::leaveEvent(QEvent *)
{
    hover(-1);
}

void StepChart::focusOutEvent(QFocusEvent *event)
{
    hover(-1);
    Chart::focusOutEvent(event);
    update();
}

void StepChart::keyPressEvent(QKeyEvent *event)
{
    const int last = d->hasValues() ? d->count() - 1 : -1;
    const bool plain = event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier;
    if (last >= 0 && plain && event->key() == Qt::Key_Right)
        hover(std::min(last, d->hovered + 1));
    else if (last >= 0 && plain && event->key() == Qt::Key_Left)
        hover(d->hovered < 0 ? last : std::max(0, d->hovered - 1));
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        choose(d->hovered);
    else {
        Chart::keyPressEvent(event);
        return;
    }
    if (d->hovered >= 0)
        setAccessibleDescription(d->readOut(d->hovered).join(QStringLiteral(", ")));
}

} // namespace charts
