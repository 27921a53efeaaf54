#pragma once
#include "app/server/http/connection.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

#include <memory>

namespace server {

std::shared_ptr<Connection> makePlainConnection(std::shared_ptr<Shard> shard, boost::asio::ip::tcp::socket socket);
/// `tls` must outlive the connection.
std::shared_ptr<Connection> makeTlsConnection(std::shared_ptr<Shard> shard, boost::asio::ip::tcp::socket socket,
                                              boost::asio::ssl::context &tls);

} // namespace server
