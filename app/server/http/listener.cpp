#include "app/server/http/listener.h"

#include "app/server/http/transport.h"

#include <boost/asio/post.hpp>

#include <future>

namespace server {

namespace {

using Tcp = boost::asio::ip::tcp;
using Error = boost::system::error_code;

constexpr int refusable = 256;

} // namespace

Listener::Listener(std::vector<std::shared_ptr<Shard>> shards, std::shared_ptr<boost::asio::ssl::context> tls)
    : m_shards(std::move(shards))
    , m_tls(std::move(tls))
    , m_acceptor(m_shards.front()->io())
    , m_retry(m_shards.front()->io())
{
}

domain::Result<quint16> Listener::open(const QString &host, quint16 port)
{
    Error error;
    const QString numeric = host == QLatin1StringView("localhost") ? QStringLiteral("127.0.0.1") : host;
    const auto address = boost::asio::ip::make_address(numeric.toStdString(), error);
    if (error)
        return domain::makeError(domain::ErrorCode::InvalidInput, QStringLiteral("invalid_listen_address"),
                                 QStringLiteral("'%1' is not a numeric IP address").arg(host));
    const Tcp::endpoint endpoint(address, port);
    m_acceptor.open(endpoint.protocol(), error);
    if (!error)
        m_acceptor.set_option(Tcp::acceptor::reuse_address(true), error);
    if (!error)
        m_acceptor.bind(endpoint, error);
    if (!error)
        m_acceptor.listen(1024, error);
    if (error)
        return domain::makeError(domain::ErrorCode::Unavailable, QStringLiteral("listen_failed"),
                                 QStringLiteral("cannot listen on %1 port %2: %3")
                                     .arg(host)
                                     .arg(port)
                                     .arg(QString::fromStdString(error.message())));
    const quint16 bound = m_acceptor.local_endpoint(error).port();
    acceptNext();
    return bound;
}

void Listener::acceptNext()
{
    const std::size_t shard = m_next++ % m_shards.size();
    m_acceptor.async_accept(m_shards[shard]->io(),
                            [me = shared_from_this(), shard](const Error &error, Tcp::socket socket) {
                                if (!me->m_acceptor.is_open())
                                    return;
                                if (!error) {
                                    me->take(shard, std::move(socket));
                                    me->acceptNext();
                                    return;
                                }
                                // Out of descriptors or memory: accepting at once again would only spin.
                                me->m_retry.expires_after(std::chrono::milliseconds(100));
                                me->m_retry.async_wait([me](const Error &cancelled) {
                                    if (!cancelled && me->m_acceptor.is_open())
                                        me->acceptNext();
                                });
                            });
}

void Listener::take(std::size_t shard, Tcp::socket socket)
{
    const std::shared_ptr<Shard> &home = m_shards[shard];
    const int cap = home->pipeline().config().limits.connections;
    const int open = home->counters()->connections;
    if (open >= cap)
        home->counters()->refusedConnections.fetch_add(1);
    if (open >= cap + refusable)
        return;
    Error ignored;
    socket.set_option(Tcp::no_delay(true), ignored);
    const std::shared_ptr<Connection> connection =
        m_tls ? makeTlsConnection(home, std::move(socket), *m_tls) : makePlainConnection(home, std::move(socket));
    if (open >= cap)
        connection->refuseEverything();
    boost::asio::post(home->io(), [home, connection] { home->add(connection); });
}

void Listener::close()
{
    std::promise<void> closed;
    boost::asio::post(m_shards.front()->io(), [me = shared_from_this(), &closed] {
        Error ignored;
        me->m_acceptor.close(ignored);
        me->m_retry.cancel();
        closed.set_value();
    });
    closed.get_future().wait();
}

} // namespace server
