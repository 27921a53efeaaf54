#include "app/server/http/connection.h"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <atomic>

namespace server {

namespace {

constexpr std::size_t inputSize = 8 * 1024;
constexpr qsizetype inlineBody = 8 * 1024; ///< smaller bodies go out in the buffer of the head
constexpr std::chrono::milliseconds lingerFor{2000};

std::chrono::steady_clock::time_point steadyNow()
{
    return std::chrono::steady_clock::now();
}

} // namespace

/// The answer slot of one request. Holds the connection weakly: an answer that comes too late just vanishes.
class Connection::Exchange final : public Responder::State {
public:
    Exchange(const std::shared_ptr<Connection> &connection, quint64 serial)
        : m_connection(connection)
        , m_shard(connection->m_shard)
        , m_serial(serial)
    {
    }
    ~Exchange() override
    {
        if (m_used.exchange(true))
            return;
        boost::asio::post(m_shard->io(), [weak = m_connection, serial = m_serial] {
            if (const std::shared_ptr<Connection> connection = weak.lock())
                connection->dropped(serial);
        });
    }
    void deliver(Response &&response) override
    {
        if (m_used.exchange(true))
            return;
        boost::asio::dispatch(m_shard->io(),
                              [weak = m_connection, serial = m_serial, answer = std::move(response)]() mutable {
                                  if (const std::shared_ptr<Connection> connection = weak.lock())
                                      connection->answer(serial, std::move(answer));
                              });
    }

private:
    std::weak_ptr<Connection> m_connection;
    std::shared_ptr<Shard> m_shard;
    quint64 m_serial;
    std::atomic_bool m_used = false;
};

Connection::Connection(std::shared_ptr<Shard> shard, QByteArray peer)
    : m_shard(std::move(shard))
    , m_counters(m_shard->counters())
    , m_pipeline(m_shard->pipeline())
    , m_peer(std::move(peer))
    , m_reader(m_pipeline.config().limits)
{
    m_counters->connections.fetch_add(1);
}

Connection::~Connection()
{
    m_counters->connections.fetch_sub(1);
}

void Connection::refuseEverything()
{
    m_refuse = true;
}

void Connection::start()
{
    setTimeout(m_pipeline.config().limits.headerTimeout);
    handshake();
}

void Connection::setTimeout(std::chrono::milliseconds after)
{
    m_deadline = steadyNow() + after;
}

std::chrono::milliseconds Connection::bodyTime() const
{
    return m_pipeline.config().limits.bodyTimeout + std::chrono::seconds(m_admission.bodyLimit / (64 * 1024));
}

void Connection::onHandshake(const Error &error)
{
    if (m_phase == Phase::Closed)
        return;
    if (error) {
        close();
        return;
    }
    m_phase = Phase::Reading;
    if (m_refuse)
        sendProblem(ErrorReply{.status = 503, .code = "too_many_connections"});
    else
        advance();
}

void Connection::startRead()
{
    if (m_reading)
        return;
    if (!m_input)
        m_input = std::make_unique<char[]>(inputSize);
    if (m_inputBegin == m_inputEnd || m_phase == Phase::Lingering)
        m_inputBegin = m_inputEnd = 0;
    if (m_inputEnd == inputSize)
        return;
    m_reading = true;
    readSome(boost::asio::buffer(m_input.get() + m_inputEnd, inputSize - m_inputEnd));
}

void Connection::onRead(const Error &error, std::size_t bytes)
{
    m_reading = false;
    if (m_phase == Phase::Closed)
        return;
    if (error) {
        // A half-closed client still gets the answer under way; a stream or a half request has nobody to talk to.
        if (m_phase == Phase::Reading || m_phase == Phase::Streaming || m_phase == Phase::Lingering)
            close();
        return;
    }
    m_inputEnd += bytes;
    if (m_phase == Phase::Reading)
        advance();
    else if (m_phase == Phase::Streaming || m_phase == Phase::Lingering)
        startRead();
}

void Connection::advance()
{
    while (m_phase == Phase::Reading) {
        if (m_inputBegin == m_inputEnd) {
            startRead();
            return;
        }
        std::size_t used = 0;
        const RequestReader::Step step =
            m_reader.feed(std::string_view(m_input.get() + m_inputBegin, m_inputEnd - m_inputBegin), used);
        m_inputBegin += used;
        if (m_idle && m_reader.started()) {
            m_idle = false;
            m_counted = true;
            m_counters->beginRequest();
            m_begin = steadyNow();
            m_deadline = m_begin + m_pipeline.config().limits.headerTimeout;
        }
        switch (step) {
        case RequestReader::Step::NeedMore:
            break;
        case RequestReader::Step::Head:
            onHead();
            break;
        case RequestReader::Step::Complete:
            onRequest();
            break;
        case RequestReader::Step::Failed:
            sendProblem(m_reader.problem());
            break;
        }
    }
}

void Connection::onHead()
{
    m_begin = steadyNow();
    m_admission = m_pipeline.admit(m_reader, m_peer);
    if (m_admission.refusal) {
        Response refusal = std::move(*m_admission.refusal);
        send(std::move(refusal), m_reader.keepAlive() && !m_reader.hasBody());
        return;
    }
    switch (m_reader.acceptBody(m_admission.bodyLimit)) {
    case RequestReader::Step::Complete:
        onRequest();
        return;
    case RequestReader::Step::Failed:
        sendProblem(m_reader.problem());
        return;
    case RequestReader::Step::NeedMore:
    case RequestReader::Step::Head:
        break;
    }
    setTimeout(bodyTime());
    if (m_reader.expectsContinue() && m_inputBegin == m_inputEnd) {
        m_phase = Phase::Continuing;
        m_output[0] = QByteArrayLiteral("HTTP/1.1 100 Continue\r\n\r\n");
        m_outputAt = 0;
        writeMore();
    }
}

void Connection::onRequest()
{
    m_phase = Phase::Handling;
    m_deadline = steadyNow() + m_admission.route->limits.deadline;
    m_reader.request().deadline = m_deadline;
    const Responder respond(std::make_shared<Exchange>(shared_from_this(), ++m_serial));
    m_pipeline.handle(m_admission, m_reader.request(), respond);
}

void Connection::answer(quint64 serial, Response &&response)
{
    if (m_phase == Phase::Handling && serial == m_serial)
        send(std::move(response), m_reader.keepAlive());
}

void Connection::dropped(quint64 serial)
{
    if (m_phase == Phase::Handling && serial == m_serial)
        send(m_pipeline.errorFor(m_reader.request(), 500, "internal_error"), m_reader.keepAlive());
}

void Connection::sendProblem(const ErrorReply &problem)
{
    send(m_pipeline.refuse(m_reader, m_peer, problem), false);
}

void Connection::send(Response &&response, bool keepAlive)
{
    const Request &request = m_reader.request();
    const bool http11 = m_reader.http11();
    const bool noBody = request.method == Method::Head || response.status == 204 || response.status == 304;
    m_chunked = response.stream && http11;
    const BodyFraming framing = !response.stream ? BodyFraming::Length
                                : m_chunked      ? BodyFraming::Chunked
                                                 : BodyFraming::UntilClose;
    m_lastAnswer = !keepAlive || m_counters->stopping || framing == BodyFraming::UntilClose;
    m_status = response.status;
    m_counters->requests.fetch_add(1);
    m_output[0].clear();
    m_output[1].clear();
    m_outputAt = 0;
    m_sentBody = 0;
    m_pipeline.appendHead(m_output[0], response, request, framing, !m_lastAnswer, http11);
    setTimeout(m_pipeline.config().limits.writeTimeout);
    if (response.stream && !noBody) {
        startStream(std::move(response.stream));
        return;
    }
    if (!noBody && !response.stream) {
        m_sentBody = response.body.size();
        if (m_sentBody <= inlineBody)
            m_output[0] += response.body;
        else
            m_output[1] = std::move(response.body);
    }
    m_phase = Phase::Writing;
    writeMore();
}

void Connection::writeMore()
{
    const auto first = static_cast<std::size_t>(m_output[0].size());
    const auto second = static_cast<std::size_t>(m_output[1].size());
    const std::size_t inFirst = std::min(m_outputAt, first);
    const std::size_t inSecond = m_outputAt - inFirst;
    m_writing = true;
    writeSome({boost::asio::const_buffer(m_output[0].constData() + inFirst, first - inFirst),
               boost::asio::const_buffer(m_output[1].constData() + inSecond, second - inSecond)});
}

void Connection::onWritten(const Error &error, std::size_t bytes)
{
    m_writing = false;
    if (m_phase == Phase::Closed)
        return;
    if (error) {
        close();
        return;
    }
    m_outputAt += bytes;
    if (m_outputAt < static_cast<std::size_t>(m_output[0].size() + m_output[1].size())) {
        setTimeout(m_pipeline.config().limits.writeTimeout);
        writeMore();
        return;
    }
    m_output[1].clear();
    if (m_phase == Phase::Continuing) {
        m_phase = Phase::Reading;
        setTimeout(bodyTime());
        advance();
    } else if (m_phase == Phase::Streaming) {
        streamWritten();
    } else {
        answered();
    }
}

void Connection::report()
{
    const RequestObserver &observer = m_pipeline.observer();
    if (!observer || m_status == 0)
        return;
    const Request &request = m_reader.request();
    const std::chrono::duration<double> took = steadyNow() - m_begin;
    observer(RequestRecord{.method = methodName(request.method).toByteArray(),
                           .route = request.route,
                           .path = request.path,
                           .requestId = request.requestId,
                           .clientIp = request.clientIp,
                           .status = m_status,
                           .seconds = took.count(),
                           .bodyBytes = m_sentBody});
    m_status = 0;
}

void Connection::answered()
{
    report();
    if (std::exchange(m_counted, false))
        m_counters->endRequest();
    if (m_lastAnswer) {
        linger();
        return;
    }
    m_reader.reset();
    m_admission = Admission{};
    m_idle = true;
    m_phase = Phase::Reading;
    setTimeout(m_pipeline.config().limits.idleTimeout);
    if (m_counters->stopping && m_inputBegin == m_inputEnd && readable() == 0)
        close();
    else
        advance();
}

/// Closing with unread input would reset the connection and could take the answer with it; so the client's bytes are
/// read and thrown away for a moment.
void Connection::linger()
{
    m_phase = Phase::Lingering;
    setTimeout(lingerFor);
    shutdownSend();
}

void Connection::onShutdown()
{
    if (m_phase == Phase::Lingering)
        startRead();
}

void Connection::onTick(SteadyTime now)
{
    if (m_phase == Phase::Streaming && !m_writing && m_streamStarted && !m_streamBody->heartbeat.isEmpty() &&
        now - m_lastStreamWrite >= m_streamBody->heartbeatEvery)
        m_stream->offer(m_streamBody->heartbeat);
    if (now < m_deadline)
        return;
    switch (m_phase) {
    case Phase::Reading:
        if (m_idle)
            close();
        else
            sendProblem(ErrorReply{.status = 408, .code = "request_timeout"});
        break;
    case Phase::Handling:
        ++m_serial;
        send(m_pipeline.errorFor(m_reader.request(), 504, "deadline_exceeded"), m_reader.keepAlive());
        break;
    case Phase::Handshake:
    case Phase::Continuing:
    case Phase::Writing:
    case Phase::Streaming:
    case Phase::Lingering:
        close();
        break;
    case Phase::Closed:
        break;
    }
}

void Connection::finishSoon()
{
    m_lastAnswer = true;
    if (m_phase == Phase::Handshake || (m_phase == Phase::Reading && m_idle && readable() == 0))
        close();
    else if (m_phase == Phase::Streaming && m_streamBody->kind == StreamKind::LiveFeed)
        endStream();
}

void Connection::abandon()
{
    close();
}

void Connection::close()
{
    if (m_phase == Phase::Closed)
        return;
    const std::shared_ptr<Connection> self = shared_from_this();
    if (m_phase == Phase::Writing || m_phase == Phase::Streaming)
        report();
    m_phase = Phase::Closed;
    if (const std::shared_ptr<QueuedWriter> stream = std::exchange(m_stream, nullptr)) {
        m_counters->streams.fetch_sub(1);
        stream->setGone();
    }
    if (std::exchange(m_counted, false))
        m_counters->endRequest();
    closeNow();
    m_shard->remove(self);
}

} // namespace server
