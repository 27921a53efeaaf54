#pragma once
#include "app/server/http/shard.h"
#include "models/domain/result.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <vector>

namespace server {

/// Accepts on the first shard and hands the connections round. Beyond the cap a connection only gets its 503; beyond
/// the cap and 256 more it is closed without a word, so that refusing cannot become the attack.
class Listener : public std::enable_shared_from_this<Listener> {
public:
    Listener(std::vector<std::shared_ptr<Shard>> shards, std::shared_ptr<boost::asio::ssl::context> tls);

    /// Binds and begins to accept once the shards run. Before the threads exist.
    domain::Result<quint16> open(const QString &host, quint16 port);
    /// Any thread. Returns when the port is closed: no connection is taken afterwards.
    void close();

private:
    void acceptNext();
    void take(std::size_t shard, boost::asio::ip::tcp::socket socket);

    std::vector<std::shared_ptr<Shard>> m_shards;
    std::shared_ptr<boost::asio::ssl::context> m_tls;
    boost::asio::ip::tcp::acceptor m_acceptor;
    boost::asio::steady_timer m_retry;
    std::size_t m_next = 0;
};

} // namespace server
