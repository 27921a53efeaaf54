#include "views/pages/message_timeline.h"

#include "models/domain/format.h"
#include "views/pages/email_words.h"
#include "views/pages/page_parts.h"
#include "views/widgets/buttons.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace pages {

namespace {
using widgets::Ink;
using widgets::TextRole;
using widgets::Theme;
constexpr int lineX = 9, textX = 30, middle = 10;

/// One entry: a mark on the line, texts beside it.
class Entry : public QWidget {
public:
    Entry(const QString &event, bool first, bool last, QWidget *parent)
        : QWidget(parent)
        , m_event(event)
        , m_first(first)
        , m_last(last)
    {
        column = new QVBoxLayout(this);
        column->setContentsMargins(textX, 1, 0, last ? 0 : 12);
        column->setSpacing(1);
    }
    QVBoxLayout *column;

protected:
    void paintEvent(QPaintEvent *) override
    {
        const widgets::Colors &c = Theme::instance().colors();
        const widgets::Tone tone = eventTone(m_event);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.fillRect(QRect(lineX, m_first ? middle : 0, 1, (m_last ? middle : height()) - (m_first ? middle : 0)),
                         c.border);
        painter.setPen(Qt::NoPen);
        painter.setBrush(widgets::toneWash(tone));
        painter.drawEllipse(QPointF(lineX + 0.5, middle), 9.5, 9.5);
        widgets::icon(eventIcon(m_event), widgets::readableOn(widgets::toneColor(tone), widgets::toneWash(tone)))
            .paint(&painter, QRect(lineX - 6, middle - 6, 13, 13));
    }

private:
    QString m_event;
    bool m_first, m_last;
};

QLabel *wrapped(const QString &text, TextRole role, int weight, Ink ink, QWidget *parent)
{
    QLabel *label = widgets::makeLabel(text, role, weight, ink, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QString timeText(const ports::MessageEvent &event, const QTimeZone &zone)
{
    return domain::exactText(event.at, zone).left(19);
}
} // namespace

MessageTimeline::MessageTimeline(const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
{
    setObjectName(name);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
}

void MessageTimeline::setEvents(const QList<ports::MessageEvent> &events, const QTimeZone &zone)
{
    if (events == m_events && zone == m_zone)
        return; // a link keeps its focus while the message is read again
    m_events = events;
    m_zone = zone;
    clearLayout(m_column);
    m_count = 0;
    QStringList spoken;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (qsizetype i = 0; i < events.size();) {
        qsizetype end = i + 1;
        while (end < events.size() && events.at(end).event == events.at(i).event)
            ++end;
        const ports::MessageEvent &first = events.at(i), &latest = events.at(end - 1);
        const qsizetype times = end - i;
        auto *entry = new Entry(first.event, i == 0, end == events.size(), this);
        entry->setObjectName(QStringLiteral("%1.%2").arg(objectName()).arg(m_count));
        QString title = eventTitle(first.event);
        if (times > 1)
            title += tr(" × %1").arg(times);
        QString when = timeText(first, zone);
        if (times > 1)
            when += tr(" to %1").arg(timeText(latest, zone).mid(11));
        if (domain::parseDeliveryEvent(first.event))
            when += QStringLiteral(" · ") + first.event;
        entry->column->addWidget(wrapped(title, TextRole::Base13, 500, Ink::Text, entry));
        QLabel *time = wrapped(when, TextRole::Small12, 400, Ink::Second, entry);
        time->setToolTip(domain::timeTip(latest.at, now));
        entry->column->addWidget(time);
        if (!latest.reason.isEmpty())
            entry->column->addWidget(wrapped(latest.reason, TextRole::Small12, 400, Ink::Text, entry));
        if (latest.repaired)
            entry->column->addWidget(
                wrapped(tr("recovered by gap repair"), TextRole::Small12, 500, Ink::Accent, entry));
        if (latest.webhook) {
            const QString id = latest.webhook->toString();
            auto *link = new widgets::LinkButton(tr("Webhook %1").arg(domain::shortId(id)),
                                                 entry->objectName() + QStringLiteral(".webhook"), entry);
            connect(link, &QPushButton::clicked, this, [this, id] { Q_EMIT webhookRequested(id); });
            auto *row = new QHBoxLayout;
            row->setContentsMargins(0, 0, 0, 0);
            row->addWidget(link);
            row->addStretch(1);
            link->setStyleSheet(QStringLiteral("padding: 0px;"));
            entry->column->addLayout(row);
        }
        entry->setAccessibleName(title + QStringLiteral(", ") + when + QStringLiteral(", ") + latest.reason);
        spoken << title;
        m_column->addWidget(entry);
        ++m_count;
        i = end;
    }
    setAccessibleName(tr("Timeline: %1").arg(spoken.join(QStringLiteral(", "))));
}

} // namespace pages
