#pragma once
#include "services/ports/email_service.h"

#include <QTimeZone>
#include <QWidget>

class QVBoxLayout;

namespace pages {

/// What happened to one message, oldest first, on a vertical line: title, exact time and raw event name, what was said,
/// the webhook it came from. Equal events in a row are one entry with a count. It is as high as its text.
class MessageTimeline : public QWidget {
    Q_OBJECT
public:
    explicit MessageTimeline(const QString &name, QWidget *parent);
    void setEvents(const QList<ports::MessageEvent> &events, const QTimeZone &zone);
    int count() const { return m_count; }

Q_SIGNALS:
    void webhookRequested(const QString &id);

private:
    QVBoxLayout *m_column;
    QList<ports::MessageEvent> m_events;
    QTimeZone m_zone = QTimeZone::utc();
    int m_count = 0;
};

} // namespace pages
