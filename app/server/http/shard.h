#pragma once
#include "app/server/http/pipeline.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_set>

namespace server {

class Connection;
using SteadyTime = std::chrono::steady_clock::time_point;

/// Counters over all shards. They outlive every connection.
struct Counters {
    std::atomic<int> connections = 0;
    std::atomic<int> inFlight = 0; ///< from the first byte of a request to the last byte of its answer
    std::atomic<int> streams = 0;
    std::atomic<qint64> requests = 0;
    std::atomic<qint64> refusedConnections = 0;
    std::atomic_bool stopping = false;

    void beginRequest() { inFlight.fetch_add(1); }
    void endRequest();
    bool waitIdle(std::chrono::milliseconds atMost);

private:
    std::mutex m_mutex;
    std::condition_variable m_idle;
};

/// One I/O thread's world: its event loop and its connections, which never leave it, so nothing in them is locked.
/// All methods run on that thread unless said otherwise. Time-outs come from one coarse tick for all connections.
class Shard : public std::enable_shared_from_this<Shard> {
public:
    Shard(std::shared_ptr<const Pipeline> pipeline, std::shared_ptr<Counters> counters);
    ~Shard();

    boost::asio::io_context &io() { return m_io; } ///< thread-safe
    const Pipeline &pipeline() const { return *m_pipeline; }
    const std::shared_ptr<Counters> &counters() const { return m_counters; }

    void run(); ///< the body of the thread; ends when release() was called and nothing is left to do
    void release();
    void add(std::shared_ptr<Connection> connection);
    void remove(const std::shared_ptr<Connection> &connection);
    void stopAccepting(); ///< idle connections and live feeds end
    void abandon();       ///< every connection ends

private:
    void armTick();
    void onTick();

    std::shared_ptr<Counters> m_counters;
    std::shared_ptr<const Pipeline> m_pipeline;
    boost::asio::io_context m_io{1};
    boost::asio::steady_timer m_tick{m_io};
    std::optional<boost::asio::executor_work_guard<boost::asio::io_context::executor_type>> m_work;
    bool m_ticking = false;
    bool m_released = false;
    std::unordered_set<std::shared_ptr<Connection>> m_connections;
};

/// True on a thread inside Shard::run().
bool onIoThread();

} // namespace server
