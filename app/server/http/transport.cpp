#include "app/server/http/transport.h"

#include <boost/asio/ssl/stream.hpp>

namespace server {

namespace {

using Tcp = boost::asio::ip::tcp;
using Error = boost::system::error_code;

QByteArray peerOf(const Tcp::socket &socket)
{
    Error error;
    const Tcp::endpoint endpoint = socket.remote_endpoint(error);
    if (error)
        return {};
    boost::asio::ip::address address = endpoint.address();
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        address = boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, address.to_v6());
    return QByteArray::fromStdString(address.to_string());
}

class PlainConnection final : public Connection {
public:
    PlainConnection(std::shared_ptr<Shard> shard, Tcp::socket socket)
        : Connection(std::move(shard), peerOf(socket))
        , m_socket(std::move(socket))
    {
    }

private:
    std::shared_ptr<PlainConnection> self() { return std::static_pointer_cast<PlainConnection>(shared_from_this()); }
    void handshake() override { onHandshake({}); }
    void readSome(boost::asio::mutable_buffer into) override
    {
        m_socket.async_read_some(into, [me = self()](const Error &error, std::size_t n) { me->onRead(error, n); });
    }
    void writeSome(std::array<boost::asio::const_buffer, 2> from) override
    {
        m_socket.async_write_some(from, [me = self()](const Error &error, std::size_t n) { me->onWritten(error, n); });
    }
    void shutdownSend() override
    {
        Error ignored;
        m_socket.shutdown(Tcp::socket::shutdown_send, ignored);
        onShutdown();
    }
    void closeNow() override
    {
        Error ignored;
        m_socket.close(ignored);
    }
    std::size_t readable() override
    {
        Error ignored;
        return m_socket.available(ignored);
    }

    Tcp::socket m_socket;
};

class TlsConnection final : public Connection {
public:
    TlsConnection(std::shared_ptr<Shard> shard, Tcp::socket socket, boost::asio::ssl::context &tls)
        : Connection(std::move(shard), peerOf(socket))
        , m_stream(std::move(socket), tls)
    {
    }

private:
    std::shared_ptr<TlsConnection> self() { return std::static_pointer_cast<TlsConnection>(shared_from_this()); }
    void handshake() override
    {
        m_stream.async_handshake(boost::asio::ssl::stream_base::server,
                                 [me = self()](const Error &error) { me->onHandshake(error); });
    }
    void readSome(boost::asio::mutable_buffer into) override
    {
        auto handler = [me = self()](const Error &error, std::size_t n) { me->onRead(error, n); };
        if (m_raw)
            m_stream.next_layer().async_read_some(into, std::move(handler));
        else
            m_stream.async_read_some(into, std::move(handler));
    }
    void writeSome(std::array<boost::asio::const_buffer, 2> from) override
    {
        m_stream.async_write_some(from, [me = self()](const Error &error, std::size_t n) { me->onWritten(error, n); });
    }
    /// The close_notify is the end that a TLS client believes. What it still sends after that is not decrypted any
    /// more.
    void shutdownSend() override
    {
        m_stream.async_shutdown([me = self()](const Error &) {
            Error ignored;
            me->m_stream.next_layer().shutdown(Tcp::socket::shutdown_send, ignored);
            me->m_raw = true;
            me->onShutdown();
        });
    }
    void closeNow() override
    {
        Error ignored;
        m_stream.next_layer().close(ignored);
    }
    std::size_t readable() override
    {
        Error ignored;
        return m_stream.next_layer().available(ignored) +
               static_cast<std::size_t>(SSL_pending(m_stream.native_handle()));
    }

    boost::asio::ssl::stream<Tcp::socket> m_stream;
    bool m_raw = false;
};

} // namespace

std::shared_ptr<Connection> makePlainConnection(std::shared_ptr<Shard> shard, Tcp::socket socket)
{
    return std::make_shared<PlainConnection>(std::move(shard), std::move(socket));
}

std::shared_ptr<Connection> makeTlsConnection(std::shared_ptr<Shard> shard, Tcp::socket socket,
                                              boost::asio::ssl::context &tls)
{
    return std::make_shared<TlsConnection>(std::move(shard), std::move(socket), tls);
}

} // namespace server
