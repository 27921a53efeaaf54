#pragma once
#include "services/ports/change_feed.h"

#include <QByteArray>
#include <QList>

namespace wire {

/// Server-sent events of the change feed: `event: change`, data `{"kind":"team","id":"…"}`. Comments are heartbeats.
QByteArray encodeChangeEvent(const ports::Change &change);

/// Takes the bytes of a text/event-stream in any pieces and gives the changes that are complete. Unknown events and
/// data that is not readable are skipped; a line longer than 64 KiB makes the stream unusable (overflowed()).
class EventStreamReader {
public:
    QList<ports::Change> feed(const QByteArray &piece);
    bool overflowed() const { return m_overflowed; }

private:
    void takeLine(QByteArray line, QList<ports::Change> *changes);

    QByteArray m_buffer, m_event, m_data;
    bool m_overflowed = false;
};

} // namespace wire
