#include "app/server/http/shard.h"

#include "app/server/http/connection.h"

#include <vector>

namespace server {

namespace {

thread_local bool isIoThread = false;
constexpr std::chrono::milliseconds tickEvery{100};

} // namespace

bool onIoThread()
{
    return isIoThread;
}

void Counters::endRequest()
{
    if (inFlight.fetch_sub(1) == 1 && stopping) {
        const std::lock_guard lock(m_mutex);
        m_idle.notify_all();
    }
}

bool Counters::waitIdle(std::chrono::milliseconds atMost)
{
    std::unique_lock lock(m_mutex);
    return m_idle.wait_for(lock, atMost, [this] { return inFlight == 0; });
}

Shard::Shard(std::shared_ptr<const Pipeline> pipeline, std::shared_ptr<Counters> counters)
    : m_counters(std::move(counters))
    , m_pipeline(std::move(pipeline))
    , m_work(boost::asio::make_work_guard(m_io))
{
}

Shard::~Shard() = default;

void Shard::run()
{
    isIoThread = true;
    m_io.run();
    isIoThread = false;
}

void Shard::release()
{
    m_released = true;
    m_tick.cancel();
    m_work.reset();
}

void Shard::add(std::shared_ptr<Connection> connection)
{
    Connection &added = *connection;
    m_connections.insert(std::move(connection));
    armTick();
    added.start();
}

void Shard::remove(const std::shared_ptr<Connection> &connection)
{
    m_connections.erase(connection);
}

void Shard::armTick()
{
    if (m_ticking || m_released)
        return;
    m_ticking = true;
    m_tick.expires_after(tickEvery);
    m_tick.async_wait([this](const boost::system::error_code &error) {
        m_ticking = false;
        if (!error)
            onTick();
    });
}

void Shard::onTick()
{
    const SteadyTime now = std::chrono::steady_clock::now();
    const std::vector<std::shared_ptr<Connection>> all(m_connections.begin(), m_connections.end());
    for (const std::shared_ptr<Connection> &connection : all)
        connection->onTick(now);
    if (!m_connections.empty())
        armTick();
}

void Shard::stopAccepting()
{
    const std::vector<std::shared_ptr<Connection>> all(m_connections.begin(), m_connections.end());
    for (const std::shared_ptr<Connection> &connection : all)
        connection->finishSoon();
}

void Shard::abandon()
{
    const std::vector<std::shared_ptr<Connection>> all(m_connections.begin(), m_connections.end());
    for (const std::shared_ptr<Connection> &connection : all)
        connection->abandon();
}

} // namespace server
