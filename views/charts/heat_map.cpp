#include "views/charts/heat_map.h"

#include "models/domain/format.h"
#include "views/widgets/text.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace charts {

using widgets::TextRole;
using widgets::Theme;

namespace {
constexpr int headerHeight = 26, leastRow = 28, mostRow = 42, twoLines = 38, leastCell = 58;

void drawElided(QPainter &painter, const QRect &box, Qt::Alignment alignment, const QString &text)
{
    painter.drawText(box, static_cast<int>(alignment | Qt::AlignVCenter),
                     painter.fontMetrics().elidedText(text, Qt::ElideRight, box.width()));
}
} // namespace

struct HeatMap::Private {
    HeatMapData data;
    QStringList selectedRows;
    QString selectedColumn, emptyText;
    int row = -1, column = -1;

    int rows() const { return static_cast<int>(data.rows.size()); }
    int columns() const { return static_cast<int>(data.columns.size()); }
    bool isEmpty() const { return rows() == 0 || columns() == 0; }
    const HeatCell &cell(int r, int c) const { return data.cells.at(r).at(c); }

    int labelWidth(int width) const
    {
        const QFontMetrics metrics(Theme::instance().font(TextRole::Base13));
        int widest = 0;
        for (const QString &name : data.rows)
            widest = std::max(widest, metrics.horizontalAdvance(name));
        return std::clamp(widest + 14, 60, std::max(90, width - columns() * leastCell));
    }
    int rowHeight(int height) const
    {
        return std::clamp((height - headerHeight) / std::max(1, rows()), leastRow, mostRow);
    }
    QRect box(const QSize &size, int r, int c) const
    {
        const int left = labelWidth(size.width());
        const double cellWidth = static_cast<double>(size.width() - left) / std::max(1, columns());
        const int x = left + static_cast<int>(cellWidth * c), next = left + static_cast<int>(cellWidth * (c + 1));
        const int h = rowHeight(size.height());
        return {x, headerHeight + h * r, next - x, h};
    }
    bool isSelected(int r, int c) const
    {
        const bool byRow = !selectedRows.isEmpty(), byColumn = !selectedColumn.isEmpty();
        return (byRow || byColumn) && (!byRow || selectedRows.contains(data.rowKeys.at(r))) &&
               (!byColumn || selectedColumn == data.columnKeys.at(c));
    }
    bool canChoose(int r, int c) const { return !data.rowKeys.at(r).isEmpty() || !data.columnKeys.at(c).isEmpty(); }
    bool at(const QPoint &pos, const QSize &size, int *r, int *c) const
    {
        for (*r = 0; *r < rows(); ++*r)
            for (*c = 0; *c < columns(); ++*c)
                if (box(size, *r, *c).contains(pos))
                    return true;
        *r = *c = -1;
        return false;
    }
    QString spoken(int r, int c) const
    {
        const HeatCell &value = cell(r, c);
        const QString figure = value.text.isEmpty() ? domain::noValue() : value.text;
        return QStringLiteral("%1, %2: %3 %4").arg(data.rows.at(r), data.columns.at(c), figure, value.quiet);
    }

    void paintCell(QPainter &painter, const QRect &area, int r, int c) const
    {
        const auto &colors = Theme::instance().colors();
        const HeatCell &value = cell(r, c);
        const bool toned = value.tone != widgets::Tone::Neutral;
        const QColor ground = toned ? widgets::toneWash(value.tone) : colors.surface;
        const QRect inner = area.adjusted(1, 1, -1, -1);
        painter.setPen(Qt::NoPen);
        painter.setBrush(ground);
        painter.drawRoundedRect(inner, 4, 4);
        if ((r == row && c == column) || isSelected(r, c)) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(colors.accent, isSelected(r, c) ? 1.5 : 1));
            painter.drawRoundedRect(QRectF(inner).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        }
        const bool good = value.tone == widgets::Tone::Good;
        const bool quietOnly = value.text.isEmpty();
        const QRect text = inner.adjusted(5, 0, -7, 0);
        const int middle = text.center().y();
        const bool stacked = area.height() >= twoLines && !quietOnly;
        const QRect upper = stacked ? QRect(text.left(), middle - 16, text.width(), 17) : text;
        const QRect lower = stacked ? QRect(text.left(), middle, text.width(), 15) : text;
        painter.setFont(Theme::instance().font(TextRole::Base13, good ? 400 : 600, true));
        // What is well stays calm: only the wash says so.
        painter.setPen(good || !toned ? colors.text : widgets::readableOn(widgets::toneColor(value.tone), ground));
        const double figure = widgets::tabularWidth(painter.font(), value.text);
        if (!quietOnly)
            widgets::drawTabular(painter, upper, Qt::AlignRight, value.text);
        painter.setFont(Theme::instance().font(TextRole::Caption11, 400, true));
        painter.setPen(widgets::readableOn(colors.text3, ground));
        const bool right = stacked || quietOnly;
        if (right || widgets::tabularWidth(painter.font(), value.quiet) + figure + 6 <= text.width())
            widgets::drawTabular(painter, lower, right ? Qt::AlignRight : Qt::AlignLeft, value.quiet);
    }
};

HeatMap::HeatMap(const QString &name, QWidget *parent) : Chart(parent), d(std::make_unique<Private>())
{
    setObjectName(name);
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus);
    d->emptyText = tr("Nothing in this window");
    setAccessibleName(d->emptyText);
}

HeatMap::~HeatMap() = default;

void HeatMap::setCells(const HeatMapData &map)
{
    d->data = map;
    if (d->row >= d->rows() || d->column >= d->columns())
        d->row = d->column = -1;
    QStringList parts;
    for (int r = 0; r < d->rows(); ++r)
        for (int c = 0; c < d->columns(); ++c)
            if (d->cell(r, c).tone == widgets::Tone::Bad || d->cell(r, c).tone == widgets::Tone::Warning)
                parts << d->spoken(r, c);
    setAccessibleName(d->isEmpty() ? d->emptyText
                                   : tr("%1, %2 rows, %3 columns").arg(map.corner).arg(d->rows()).arg(d->columns()));
    setAccessibleDescription(parts.join(QStringLiteral("; ")));
    updateGeometry();
    update();
    Q_EMIT dataChanged();
}

void HeatMap::setSelected(const QStringList &rowKeys, const QString &columnKey)
{
    d->selectedRows = rowKeys;
    d->selectedColumn = columnKey;
    update();
}

void HeatMap::setEmptyText(const QString &text)
{
    d->emptyText = text;
    update();
}

QRect HeatMap::cellRect(int row, int column) const
{
    return d->box(size(), row, column);
}

ChartTable HeatMap::table() const
{
    ChartTable table;
    table.columns << d->data.corner;
    table.columns << d->data.columns;
    for (int r = 0; r < d->rows(); ++r) {
        QStringList row{d->data.rows.at(r)};
        for (int c = 0; c < d->columns(); ++c) {
            const HeatCell &value = d->cell(r, c);
            row << (value.text.isEmpty() && value.quiet.isEmpty()
                        ? domain::noValue()
                        : (value.text + QStringLiteral("  ") + value.quiet).trimmed());
        }
        table.rows << row;
    }
    return table;
}

QSize HeatMap::sizeHint() const
{
    return {420, headerHeight + mostRow * std::max(3, d->rows())};
}

QSize HeatMap::minimumSizeHint() const
{
    return {90 + leastCell * std::max(2, d->columns()), headerHeight + leastRow * std::max(3, d->rows())};
}

bool HeatMap::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        int row = -1, column = -1;
        const bool hit = d->at(help->pos(), size(), &row, &column);
        QToolTip::showText(help->globalPos(), hit ? d->cell(row, column).tooltip : QString(), this);
        return true;
    }
    return Chart::event(event);
}

void HeatMap::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto &c = Theme::instance().colors();
    if (d->isEmpty()) {
        painter.setFont(Theme::instance().font(TextRole::Base13));
        painter.setPen(c.text2);
        painter.drawText(rect(), Qt::AlignCenter, d->emptyText);
        return;
    }
    painter.setFont(Theme::instance().font(TextRole::Caption11, 500));
    painter.setPen(c.text2);
    for (int column = 0; column < d->columns(); ++column) {
        const QRect top = d->box(size(), 0, column);
        drawElided(painter, QRect(top.left() + 4, 0, top.width() - 12, headerHeight), Qt::AlignRight,
                   d->data.columns.at(column));
    }
    for (int row = 0; row < d->rows(); ++row) {
        const QRect first = d->box(size(), row, 0);
        painter.setFont(Theme::instance().font(TextRole::Base13));
        painter.setPen(c.text);
        drawElided(painter, QRect(0, first.top(), first.left() - 10, first.height()), Qt::AlignLeft,
                   d->data.rows.at(row));
        for (int column = 0; column < d->columns(); ++column)
            d->paintCell(painter, d->box(size(), row, column), row, column);
    }
}

void HeatMap::hover(int row, int column)
{
    if (d->row == row && d->column == column)
        return;
    d->row = row;
    d->column = column;
    setCursor(row >= 0 && d->canChoose(row, column) ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
}

void HeatMap::choose(int row, int column)
{
    if (row >= 0 && column >= 0 && d->canChoose(row, column))
        Q_EMIT cellClicked(QString(d->data.rowKeys.at(row)), QString(d->data.columnKeys.at(column)));
}

void HeatMap::mouseMoveEvent(QMouseEvent *event)
{
    int row = -1, column = -1;
    d->at(event->pos(), size(), &row, &column);
    hover(row, column);
}

void HeatMap::mouseReleaseEvent(QMouseEvent *event)
{
    int row = -1, column = -1;
    if (event->button() == Qt::LeftButton && d->at(event->pos(), size(), &row, &column))
        choose(row, column);
}

void HeatMap::leaveEvent(QEvent *)
{
    hover(-1, -1);
}

void HeatMap::focusOutEvent(QFocusEvent *event)
{
    hover(-1, -1);
    Chart::focusOutEvent(event);
}

void HeatMap::keyPressEvent(QKeyEvent *event)
{
    const bool plain = event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier;
    const int right = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    const int down = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        choose(d->row, d->column);
    } else if (plain && !d->isEmpty() && (right || down)) {
        const bool first = d->row < 0;
        hover(first ? 0 : std::clamp(d->row + down, 0, d->rows() - 1),
              first ? 0 : std::clamp(d->column + right, 0, d->columns() - 1));
        setAccessibleDescription(d->spoken(d->row, d->column));
    } else {
        Chart::keyPressEvent(event);
    }
}

} // namespace charts
