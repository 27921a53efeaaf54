#include "views/widgets/timeline.h"

#include "views/widgets/text.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

namespace widgets {
namespace {

constexpr int rowHeight = 46, headingHeight = 32, lineX = 10, textX = 30;

} // namespace

struct Timeline::Private {
    class Canvas : public QWidget {
    public:
        Canvas(Timeline *owner, QList<TimelineEntry> &rows) : QWidget(owner), m_owner(owner), m_entries(rows)
        {
            setFocusPolicy(Qt::StrongFocus);
            setMouseTracking(true);
            setProperty("role", QStringLiteral("clear"));
        }
        int current = -1, hovered = -1;

        void refit()
        {
            m_tops.clear();
            int y = 0;
            for (const TimelineEntry &entry : m_entries) {
                if (!entry.heading.isEmpty())
                    y += headingHeight;
                m_tops.append(y);
                y += rowHeight;
            }
            setMinimumHeight(y);
            current = qMin(current, static_cast<int>(m_entries.size()) - 1);
            hovered = -1;
            update();
        }

        int topOf(int row) const { return m_tops.value(row); }
        /// −1 between and below the rows.
        int rowAt(int y) const
        {
            const auto after = std::upper_bound(m_tops.cbegin(), m_tops.cend(), y);
            const int row = static_cast<int>(after - m_tops.cbegin()) - 1;
            return row >= 0 && y < m_tops[row] + rowHeight ? row : -1;
        }

    protected:
        void paintEvent(QPaintEvent *event) override
        {
            QPainter painter(this);
            painter.setRenderHint(QPainter::Antialiasing);
            const int above = event->rect().top() - rowHeight, below = event->rect().bottom() + headingHeight;
            const auto first = std::lower_bound(m_tops.cbegin(), m_tops.cend(), above);
            for (auto it = first; it != m_tops.cend() && *it <= below; ++it)
                paintRow(painter, static_cast<int>(it - m_tops.cbegin()));
        }

        void paintRow(QPainter &painter, int row)
        {
            const Colors &c = Theme::instance().colors();
            const TimelineEntry &entry = m_entries[row];
            const int top = topOf(row);
            if (!entry.heading.isEmpty()) {
                painter.setFont(Theme::instance().font(TextRole::Small12, 600));
                painter.setPen(c.text2);
                painter.drawText(QRect(0, top - headingHeight, width(), headingHeight - 5), Qt::AlignBottom,
                                 entry.heading);
            }
            if (row == hovered || (row == current && hasFocus())) {
                painter.setPen(Qt::NoPen);
                painter.setBrush(row == current && hasFocus() ? c.accentWash : c.window);
                painter.drawRoundedRect(QRect(textX - 6, top, width() - textX + 6, rowHeight - 4), 6, 6);
            }
            const bool isFirst = row == 0 || !entry.heading.isEmpty();
            const bool isLast = row == m_entries.size() - 1 || !m_entries[row + 1].heading.isEmpty();
            const int from = isFirst ? top + 14 : top, to = isLast ? top + 14 : top + rowHeight;
            painter.fillRect(QRect(lineX, from, 1, to - from), c.border);
            const QColor tone = entry.tone == Tone::Neutral ? c.text3 : toneColor(entry.tone);
            const QPointF middle(lineX + 0.5, top + 13.5); // of a pixel, as the line and the icon are
            if (entry.iconName.isEmpty()) {
                painter.setPen(QPen(tone, 1.75));
                painter.setBrush(c.surface);
                painter.drawEllipse(middle, 4.5, 4.5);
            } else {
                painter.setPen(Qt::NoPen);
                painter.setBrush(c.surface);
                painter.drawEllipse(middle, 10, 10);
                painter.setBrush(toneWash(entry.tone));
                painter.drawEllipse(middle, 9.5, 9.5);
                icon(entry.iconName, tone).paint(&painter, QRect(lineX - 6, top + 7, 13, 13));
            }
            const int room = width() - textX - 4;
            painter.setFont(Theme::instance().font(TextRole::Base13));
            painter.setPen(c.text);
            painter.drawText(QRect(textX, top + 3, room, 19), Qt::AlignVCenter,
                             painter.fontMetrics().elidedText(entry.title, Qt::ElideRight, room));
            painter.setFont(Theme::instance().font(TextRole::Small12));
            painter.setPen(c.text3);
            painter.drawText(QRect(textX, top + 21, room, 17), Qt::AlignVCenter,
                             painter.fontMetrics().elidedText(entry.detail, Qt::ElideRight, room));
        }

        bool event(QEvent *event) override
        {
            if (event->type() == QEvent::ToolTip) {
                auto *help = static_cast<QHelpEvent *>(event);
                const int row = rowAt(help->pos().y());
                QToolTip::showText(help->globalPos(), row >= 0 ? m_entries[row].tooltip : QString(), this);
                return true;
            }
            return QWidget::event(event);
        }
        void mouseMoveEvent(QMouseEvent *event) override { hover(rowAt(event->pos().y())); }
        void leaveEvent(QEvent *) override { hover(-1); }
        void hover(int row)
        {
            if (row != hovered) {
                hovered = row;
                update();
            }
        }
        void mouseReleaseEvent(QMouseEvent *event) override
        {
            const int row = rowAt(event->pos().y());
            if (event->button() == Qt::LeftButton && row >= 0) {
                select(row);
                Q_EMIT m_owner->activated(m_entries[row].id);
            }
        }
        void keyPressEvent(QKeyEvent *event) override
        {
            const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
            if (event->key() == Qt::Key_Down)
                select(current + 1);
            else if (event->key() == Qt::Key_Up)
                select(current - 1);
            else if (enter && current >= 0)
                Q_EMIT m_owner->activated(m_entries[current].id);
            else
                QWidget::keyPressEvent(event);
        }
        void select(int row)
        {
            if (m_entries.isEmpty())
                return;
            current = qBound(0, row, static_cast<int>(m_entries.size()) - 1);
            setAccessibleDescription(m_entries[current].title + QStringLiteral(", ") + m_entries[current].detail);
            m_owner->ensureVisible(0, topOf(current) + rowHeight / 2, 0, rowHeight);
            update();
        }

    private:
        Timeline *m_owner;
        QList<TimelineEntry> &m_entries;
        QList<int> m_tops; ///< of the rows; every row is rowHeight high
    };

    QList<TimelineEntry> entries;
    Canvas *canvas = nullptr;
};

Timeline::Timeline(const QString &name, QWidget *parent) : QScrollArea(parent), d(std::make_unique<Private>())
{
    setObjectName(name);
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    d->canvas = new Private::Canvas(this, d->entries);
    d->canvas->setObjectName(name + QStringLiteral(".rows"));
    d->canvas->setAccessibleName(tr("Timeline"));
    setWidget(d->canvas);
    viewport()->setAutoFillBackground(false);
    d->canvas->setAutoFillBackground(false);
}

Timeline::~Timeline()
{
    delete takeWidget(); // it refers to the entries
}

void Timeline::setEntries(const QList<TimelineEntry> &entries)
{
    d->entries = entries;
    d->canvas->setAccessibleName(tr("Timeline, %n events", nullptr, static_cast<int>(entries.size())));
    d->canvas->refit();
}

int Timeline::count() const
{
    return static_cast<int>(d->entries.size());
}

QRect Timeline::rowRect(int row) const
{
    return {0, d->canvas->topOf(row), d->canvas->width(), rowHeight};
}

QRect Timeline::headingRect(int row) const
{
    if (d->entries[row].heading.isEmpty())
        return {};
    return {0, d->canvas->topOf(row) - headingHeight, d->canvas->width(), headingHeight};
}

} // namespace widgets
