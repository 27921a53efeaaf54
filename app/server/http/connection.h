#pragma once
#include "app/server/http/pipeline.h"
#include "app/server/http/shard.h"
#include "app/server/http/stream_writer.h"

#include <QByteArray>

#include <boost/asio/buffer.hpp>
#include <boost/system/error_code.hpp>

#include <array>
#include <memory>
#include <optional>

namespace server {

/// One client connection: reads a request, has it answered, sends the answer, then reads the next one; so pipelined
/// requests are answered in order and at most one is in memory. Lives on its shard's thread. The transport (plain or
/// TLS) is the derived class.
class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(std::shared_ptr<Shard> shard, QByteArray peer);
    virtual ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    void refuseEverything(); ///< before start(): only answers 503 `too_many_connections`, then closes
    void start();
    void onTick(SteadyTime now); ///< time-outs, heartbeats
    void finishSoon();           ///< idle: closes; otherwise after the answer under way
    void abandon();              ///< closes now

protected:
    using Error = boost::system::error_code;
    virtual void handshake() = 0;                                              ///< ends in onHandshake()
    virtual void readSome(boost::asio::mutable_buffer into) = 0;               ///< ends in onRead()
    virtual void writeSome(std::array<boost::asio::const_buffer, 2> from) = 0; ///< ends in onWritten()
    virtual void shutdownSend() = 0; ///< ends in onShutdown(); from then on readSome() may read raw bytes
    virtual void closeNow() = 0;
    virtual std::size_t readable() = 0; ///< bytes that wait in the kernel

    void onHandshake(const Error &error);
    void onRead(const Error &error, std::size_t bytes);
    void onWritten(const Error &error, std::size_t bytes);
    void onShutdown();

private:
    enum class Phase { Handshake, Reading, Continuing, Handling, Writing, Streaming, Lingering, Closed };
    class Exchange;

    void advance();
    void startRead();
    void onHead();
    void onRequest();
    void answer(quint64 serial, Response &&response);
    void send(Response &&response, bool keepAlive);
    void sendProblem(const ErrorReply &problem);
    void startStream(std::shared_ptr<const StreamBody> body);
    void pumpStream();
    void streamWritten();
    void writeMore();
    void answered();
    void linger();
    void close();
    void setTimeout(std::chrono::milliseconds after);
    std::chrono::milliseconds bodyTime() const;

    void dropped(quint64 serial);
    void report();
    void endStream();

    std::shared_ptr<Shard> m_shard;
    std::shared_ptr<Counters> m_counters;
    const Pipeline &m_pipeline;
    QByteArray m_peer;
    RequestReader m_reader;
    std::unique_ptr<char[]> m_input;
    std::size_t m_inputBegin = 0, m_inputEnd = 0;
    Phase m_phase = Phase::Handshake;
    bool m_reading = false, m_writing = false;
    bool m_counted = false; ///< in Counters::inFlight
    bool m_lastAnswer = false;
    bool m_refuse = false;
    bool m_idle = true; ///< no byte of the next request yet
    SteadyTime m_deadline = SteadyTime::max();
    SteadyTime m_begin{};
    quint64 m_serial = 0;
    Admission m_admission;
    int m_status = 0;
    qint64 m_sentBody = 0;
    std::array<QByteArray, 2> m_output;
    std::size_t m_outputAt = 0;
    std::shared_ptr<QueuedWriter> m_stream;
    std::shared_ptr<const StreamBody> m_streamBody;
    SteadyTime m_lastStreamWrite{};
    bool m_chunked = false, m_streamStarted = false, m_streamEnding = false;
};

} // namespace server
