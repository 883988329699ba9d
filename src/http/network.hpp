// Inside of the server: connections, framing, timeouts and TLS, without knowing what a page is. Only network.cpp sees
// Asio and Beast; server.cpp stands on this.
#pragma once
#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "http/server.hpp"
#include "web/event_stream.hpp"
#include "web/read_request.hpp"

namespace kasane::http {

/// What goes out; the network adds the status line, Date, Content-Length and Connection, and sends no body to HEAD.
struct WireReply {
  int status = 200;
  web::Pairs headers;
  std::string body;
  /// What keeps the connection open after the head; it then has no length and ends with the connection.
  std::shared_ptr<web::EventStream> events;
};

/// May be called once, on any thread, also after the network has gone (it then does nothing).
using Answer = std::function<void(WireReply)>;

/// All are called on I/O threads and must be quick.
struct Hooks {
  /// Most bytes of a body for this method and target; nothing when the target is no good (400).
  std::function<std::optional<std::size_t>(const web::RawRequest&)> body_limit;
  /// A complete request.
  std::function<void(web::RawRequest, Answer)> on_request;
  /// The reply to what never became a request.
  std::function<WireReply(int status, std::uint64_t request_id, bool secure)> refusal;
  /// A fault of the program inside the network.
  std::function<void(std::exception_ptr)> on_fault;
};

class Network {
 public:
  /// Opens the port. Throws std::runtime_error.
  Network(const Settings& settings, Hooks hooks);
  /// As cut().
  ~Network();
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;

  std::uint16_t port() const;
  std::size_t connections() const;
  std::size_t streams() const;
  /// No new connections; idle ones close, others after the reply to what they have begun.
  void drain();
  /// Waits until no connection is left, at most so long.
  void wait_until_empty(std::chrono::milliseconds deadline);
  /// Closes everything and ends the I/O threads. Safe to call twice.
  void cut();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kasane::http
