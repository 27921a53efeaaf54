#include "services/wire/event_stream.h"

#include "services/wire/json_reader.h"

#include <QJsonDocument>

namespace wire {

namespace {
constexpr qsizetype maxEventBytes = 64 * 1024;
}

QByteArray encodeChangeEvent(const ports::Change &change)
{
    const QJsonObject data{{QStringLiteral("kind"), change.kind}, {QStringLiteral("id"), change.id}};
    return "event: change\ndata: " + QJsonDocument(data).toJson(QJsonDocument::Compact) + "\n\n";
}

QList<ports::Change> EventStreamReader::feed(const QByteArray &piece)
{
    QList<ports::Change> changes;
    m_buffer += piece;
    qsizetype from = 0;
    for (qsizetype end = m_buffer.indexOf('\n', from); end >= 0; end = m_buffer.indexOf('\n', from)) {
        takeLine(m_buffer.sliced(from, end - from), &changes);
        from = end + 1;
    }
    m_buffer.remove(0, from);
    if (m_buffer.size() > maxEventBytes || m_data.size() > maxEventBytes) {
        m_overflowed = true;
        m_buffer.clear();
        m_data.clear();
    }
    return changes;
}

void EventStreamReader::takeLine(QByteArray line, QList<ports::Change> *changes)
{
    if (line.endsWith('\r'))
        line.chop(1);
    if (line.isEmpty()) {
        if (m_event == "change") {
            const JsonReader reader = JsonReader::fromBody(m_data);
            const ports::Change change{reader.text(QLatin1StringView("kind")),
                                       reader.optionalText(QLatin1StringView("id"))};
            if (!reader.failed())
                changes->append(change);
        }
        m_event.clear();
        m_data.clear();
        return;
    }
    const qsizetype colon = line.indexOf(':');
    const QByteArray field = colon < 0 ? line : line.first(colon);
    QByteArray value = colon < 0 ? QByteArray() : line.sliced(colon + 1);
    if (value.startsWith(' '))
        value.remove(0, 1);
    if (field == "event")
        m_event = value;
    else if (field == "data")
        m_data += m_data.isEmpty() ? value : '\n' + value;
}

} // namespace wire
