#include "app/server/server.h"

#include "app/server/http/listener.h"
#include "app/server/http/pipeline.h"
#include "app/server/http/shard.h"
#include "app/server/http/tls.h"

#include <boost/asio/post.hpp>

#include <mutex>
#include <thread>
#include <vector>

namespace server {

class Server::Impl {
public:
    Impl(Router router, ServerConfig config, RequestObserver observer)
        : m_pipeline(std::make_shared<const Pipeline>(std::move(router), std::move(config), std::move(observer)))
        , m_counters(std::make_shared<Counters>())
    {
    }
    ~Impl() { close(); }

    domain::Result<quint16> start();
    void stopAccepting();
    void close();
    void onEveryShard(void (Shard::*method)());

    std::shared_ptr<const Pipeline> m_pipeline;
    std::shared_ptr<Counters> m_counters;
    std::shared_ptr<boost::asio::ssl::context> m_tls;
    std::vector<std::shared_ptr<Shard>> m_shards;
    std::vector<std::thread> m_threads;
    std::shared_ptr<Listener> m_listener;
    std::mutex m_ladder;
    quint16 m_port = 0;
    bool m_started = false;
};

domain::Result<quint16> Server::Impl::start()
{
    if (std::exchange(m_started, true))
        return domain::makeError(domain::ErrorCode::Internal, QStringLiteral("listen_failed"),
                                 QStringLiteral("the server was started before"));
    const ServerConfig &config = m_pipeline->config();
    if (!config.certificateFile.isEmpty() || !config.privateKeyFile.isEmpty()) {
        auto context = makeTlsContext(config.certificateFile, config.privateKeyFile);
        if (!context)
            return context.error();
        m_tls = std::move(context).value();
    }
    for (int i = 0; i < std::max(1, config.ioThreads); ++i)
        m_shards.push_back(std::make_shared<Shard>(m_pipeline, m_counters));
    m_listener = std::make_shared<Listener>(m_shards, m_tls);
    const domain::Result<quint16> bound = m_listener->open(config.host, config.port);
    if (!bound) {
        m_listener.reset();
        m_shards.clear();
        return bound;
    }
    m_port = *bound;
    for (const std::shared_ptr<Shard> &shard : m_shards)
        m_threads.emplace_back([shard] { shard->run(); });
    return bound;
}

void Server::Impl::onEveryShard(void (Shard::*method)())
{
    for (const std::shared_ptr<Shard> &shard : m_shards)
        boost::asio::post(shard->io(), [shard, method] { ((*shard).*method)(); });
}

void Server::Impl::stopAccepting()
{
    const std::lock_guard lock(m_ladder);
    if (!m_listener || m_counters->stopping.exchange(true))
        return;
    m_listener->close();
    onEveryShard(&Shard::stopAccepting);
}

void Server::Impl::close()
{
    stopAccepting();
    const std::lock_guard lock(m_ladder);
    if (m_threads.empty())
        return;
    onEveryShard(&Shard::abandon);
    onEveryShard(&Shard::release);
    for (std::thread &thread : m_threads)
        thread.join();
    m_threads.clear();
    m_listener.reset();
    m_shards.clear();
}

Server::Server(Router router, ServerConfig config, RequestObserver observer)
    : m_impl(std::make_unique<Impl>(std::move(router), std::move(config), std::move(observer)))
{
}

Server::~Server() = default;

domain::Result<quint16> Server::start()
{
    return m_impl->start();
}

quint16 Server::port() const
{
    return m_impl->m_port;
}

bool Server::tls() const
{
    return m_impl->m_tls != nullptr;
}

void Server::stopAccepting()
{
    m_impl->stopAccepting();
}

bool Server::waitForInFlight(std::chrono::milliseconds atMost)
{
    return m_impl->m_counters->waitIdle(atMost);
}

void Server::close()
{
    m_impl->close();
}

ServerFigures Server::figures() const
{
    const Counters &counters = *m_impl->m_counters;
    return {.connections = counters.connections,
            .inFlight = counters.inFlight,
            .streams = counters.streams,
            .requests = counters.requests,
            .refusedConnections = counters.refusedConnections};
}

const Router &Server::router() const
{
    return m_impl->m_pipeline->router();
}

} // namespace server
