#include "app/server/http/connection.h"

#include <boost/asio/post.hpp>

/// The part of Connection that sends streaming answers.
namespace server {

void Connection::startStream(std::shared_ptr<const StreamBody> body)
{
    m_phase = Phase::Streaming;
    m_streamBody = std::move(body);
    m_streamStarted = m_streamEnding = false;
    m_stream = std::make_shared<QueuedWriter>([weak = weak_from_this(), shard = m_shard] {
        boost::asio::post(shard->io(), [weak] {
            if (const std::shared_ptr<Connection> connection = weak.lock())
                connection->pumpStream();
        });
    });
    m_counters->streams.fetch_add(1);
    if (m_streamBody->kind == StreamKind::LiveFeed && std::exchange(m_counted, false))
        m_counters->endRequest();
    startRead(); // tells when the client leaves
    writeMore();
}

void Connection::streamWritten()
{
    m_deadline = SteadyTime::max();
    m_lastStreamWrite = std::chrono::steady_clock::now();
    const std::shared_ptr<QueuedWriter> stream = m_stream;
    stream->sent();
    if (m_streamEnding) {
        m_stream.reset();
        m_counters->streams.fetch_sub(1);
        stream->setGone();
        answered();
        return;
    }
    if (!std::exchange(m_streamStarted, true)) {
        auto owned = std::make_shared<OwnedWriter>(stream);
        try {
            if (m_streamBody->start)
                m_streamBody->start(std::move(owned));
        } catch (...) {
            stream->abort();
        }
        if (m_counters->stopping && m_streamBody->kind == StreamKind::LiveFeed && m_phase == Phase::Streaming) {
            endStream();
            return;
        }
    }
    pumpStream();
}

void Connection::pumpStream()
{
    if (m_phase != Phase::Streaming || m_writing || m_streamEnding || !m_streamStarted)
        return;
    QueuedWriter::Batch batch = m_stream->take();
    if (batch.end == QueuedWriter::End::Aborted) {
        close();
        return;
    }
    m_sentBody += batch.bytes.size();
    m_outputAt = 0;
    m_output[0].clear();
    m_output[1].clear();
    if (m_chunked && !batch.bytes.isEmpty()) {
        m_output[0] = QByteArray::number(batch.bytes.size(), 16) + "\r\n";
        m_output[1] = std::move(batch.bytes) + "\r\n";
    } else {
        m_output[1] = std::move(batch.bytes);
    }
    if (batch.end == QueuedWriter::End::Closed) {
        m_streamEnding = true;
        if (m_chunked)
            m_output[1] += "0\r\n\r\n";
    }
    if (!m_output[1].isEmpty()) {
        setTimeout(m_pipeline.config().limits.writeTimeout);
        writeMore();
    } else if (m_streamEnding) {
        streamWritten();
    }
}

/// The server ends a live feed: the producer hears that it is gone, the client gets a proper end.
void Connection::endStream()
{
    m_stream->setGone();
    m_stream->close();
    if (m_streamStarted)
        pumpStream();
}

} // namespace server
