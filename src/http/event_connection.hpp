// A connection that carries events: no parser, no buffers but for what is being sent. Made of the socket of an ordinary
// connection once its page has answered with a stream.
#pragma once
#include <openssl/ssl.h>

#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <string>

#include "http/connection.hpp"

namespace kasane::http {

struct FreeSession {
  void operator()(SSL* session) const { SSL_free(session); }
};
using TlsSession = std::unique_ptr<SSL, FreeSession>;
/// Another hold on a session whose handshake is done, cut loose from what carried its bytes until now.
SSL* share_session(SSL* session);

struct EventSocket {
  boost::asio::ip::tcp::socket socket;  // on a strand of its own
  TlsSession tls;                       // none: plain
  std::string head;                     // of the reply
  std::shared_ptr<web::EventStream> events;
  std::uint64_t request_id = 0;
};
/// The place for its stream has been reserved; the connection gives it back when it ends.
std::shared_ptr<Connection> event_connection(Context& context, EventSocket from);

}  // namespace kasane::http
