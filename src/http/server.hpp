// The HTTP server: sockets, limits, TLS and the pool of workers. Handlers are plain functions from web::Request to
// web::Reply that run on a worker; nothing of the network shows through.
#pragma once
#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "web/reply.hpp"
#include "web/request.hpp"

namespace kasane::http {

struct Settings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  // 0: any free one
  std::size_t io_threads = 1;
  std::size_t workers = 4;
  std::size_t queue = 256;                           // requests that may wait for a worker; more are answered 503
  std::size_t body_limit = 1'000'000;                // bytes, unless UploadLimit says otherwise
  std::size_t bodies_limit = 256'000'000;            // bytes of all bodies in work together; more are answered 503
  std::size_t header_limit = 16 * 1024;              // bytes of request line and headers
  std::chrono::milliseconds header_timeout{10'000};  // from the first byte of a request to its empty line; handshake
  std::chrono::milliseconds body_timeout{30'000};    // plus one second per 64 KiB of length; also for sending
  std::chrono::milliseconds idle_timeout{60'000};    // between requests of a connection
  std::size_t max_connections = 2'000;               // one more closes the one that has been idle longest
  std::size_t max_streams = 1'000;                   // connections that carry events; more are answered 503
  std::size_t streams_of_one = 10;                   // of them for one account; more are answered 503
  std::size_t stream_queue = 16 * 1024;              // bytes that may wait for a slow reader; more cut it
  std::chrono::milliseconds stream_heartbeat{20'000};
  std::chrono::milliseconds stream_age{300'000};     // then it ends, and whoever still may comes again; up to twice that
  std::string tls_certificate;                       // PEM files; both empty: plain HTTP
  std::string tls_key;
  /// Address of a proxy in front: from it alone X-Forwarded-For (its last entry) and X-Forwarded-Proto are believed.
  std::string trusted_proxy;
  /// How people reach us ("https://kasane.city.example.jp"), whatever a proxy in front passes on: decides about links
  /// that are handed out, Secure cookies and where forms may come from. Empty: as each request says.
  std::string public_url;
};

/// Called on a worker. `done` may be called later and on any thread, once; a later call does nothing, and a `done`
/// that is dropped uncalled answers 500.
using Handler = std::function<void(web::Request, std::function<void(web::Reply)> done)>;
/// The body limit in bytes of an address, called on an I/O thread: must be quick. Empty: Settings::body_limit.
using UploadLimit = std::function<std::size_t(std::string_view method, std::string_view path)>;
/// Learns of an exception out of a handler, with the number that the person sees. Its text may hold personal data:
/// log the type, not the text. Called on any thread; must not throw.
using OnFault = std::function<void(std::uint64_t request_id, std::exception_ptr fault)>;

class Server {
 public:
  /// Opens the port and starts answering. Throws std::runtime_error when the port or the certificate does not work.
  Server(Settings settings, Handler handler, UploadLimit upload_limit = {}, OnFault on_fault = {});
  /// As stop(std::chrono::seconds(0)).
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const;
  /// Open connections now, for health and tests.
  std::size_t connections() const;
  /// Of these, those that carry events.
  std::size_t streams() const;
  /// Accepts no more, closes idle connections, answers what has begun (telling clients to close), and after the
  /// deadline cuts what is left. Waits for running handlers. Safe to call twice; not from a handler.
  void stop(std::chrono::milliseconds deadline);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kasane::http
