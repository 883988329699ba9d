#include "http/event_connection.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>

#include <array>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <optional>

namespace kasane::http {

namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Time = std::chrono::steady_clock;

constexpr std::size_t kMostSaidByReader = 4096;  // bytes that a reader of events may send; it has nothing to say

class EventConnection final : public Connection, public std::enable_shared_from_this<EventConnection> {
 public:
  EventConnection(Context& context, EventSocket from)
      : context_(context),
        socket_(std::move(from.socket)),
        tls_(std::move(from.tls)),
        events_(std::move(from.events)),
        owner_(events_->owner()),
        beat_(socket_.get_executor()),
        request_id_(from.request_id) {
    out_ = sealed(std::move(from.head).append(web::kStreamHead));
  }

  void start() override {
    asio::dispatch(socket_.get_executor(), [self = shared_from_this()] { self->begin(); });
  }
  void reply(WireReply) override {}
  void nudge() override {
    asio::post(socket_.get_executor(), [self = shared_from_this()] { self->on_nudge(); });
  }
  void drain() override { cut(); }
  void cut() override {
    asio::post(socket_.get_executor(), [self = shared_from_this()] { self->close(); });
  }

 private:
  const Settings& settings() const { return context_.settings; }

  void begin() {
    if (closed_) return;
    const auto now = Time::now();
    // Not all of those that came together end together.
    ends_at_ = now + settings().stream_age + settings().stream_age * static_cast<int>(request_id_ % 64) / 64;
    next_beat_ = now + settings().stream_heartbeat;
    std::weak_ptr<Connection> self = shared_from_this();
    events_->attach([gate = context_.gate, self] { gate->nudge(self); });
    hear();
    send();
    wait_to_beat();
  }

  // --- from the reader, which has nothing to say: what is waited for is that it goes ---

  void hear() {
    socket_.async_read_some(asio::buffer(said_), [self = shared_from_this()](error_code ec, std::size_t count) { self->on_heard(ec, count); });
  }

  void on_heard(error_code ec, std::size_t count) {
    if (closed_) return;
    heard_ += count;
    if (ec || heard_ > kMostSaidByReader || !opened(count)) return close();
    hear();
  }

  /// Gives what came to TLS; false when the reader has said goodbye or the bytes are no good.
  bool opened(std::size_t count) {
    if (!tls_) return true;
    BIO_write(SSL_get_rbio(tls_.get()), said_.data(), static_cast<int>(count));
    std::array<char, 64> unread;
    int got = 0;
    while ((got = SSL_read(tls_.get(), unread.data(), static_cast<int>(unread.size()))) > 0) {}
    const bool waits = SSL_get_error(tls_.get(), got) == SSL_ERROR_WANT_READ;
    ERR_clear_error();
    return waits;
  }

  // --- to the reader ---

  /// What goes over the wire for these bytes.
  std::string sealed(std::string plain) {
    if (!tls_ || plain.empty()) return plain;
    SSL_write(tls_.get(), plain.data(), static_cast<int>(plain.size()));
    std::string bytes(static_cast<std::size_t>(BIO_ctrl_pending(SSL_get_wbio(tls_.get()))), '\0');
    if (!bytes.empty()) BIO_read(SSL_get_wbio(tls_.get()), bytes.data(), static_cast<int>(bytes.size()));
    return bytes;
  }

  void on_nudge() {
    if (closed_) return;
    // Cut: what it missed it learns when it comes again.
    if (events_->waiting() > settings().stream_queue) return close();
    if (!sending_) send();
  }

  void send() {
    const auto taken = events_->take();
    out_ += sealed(taken.bytes);
    if (out_.empty()) {
      if (taken.ended) close();
      return;
    }
    sending_ = Time::now();
    asio::async_write(socket_, asio::buffer(out_), [self = shared_from_this()](error_code ec, std::size_t) { self->on_sent(ec); });
  }

  void on_sent(error_code ec) {
    sending_.reset();
    if (closed_) return;
    if (ec) return close();
    std::string().swap(out_);
    send();
  }

  void wait_to_beat() {
    beat_.expires_at(std::min(next_beat_, ends_at_));
    beat_.async_wait([self = shared_from_this()](error_code ec) {
      if (!ec && !self->closed_) self->on_beat();
    });
  }

  void on_beat() {
    const auto now = Time::now();
    if (sending_ && now - *sending_ > settings().body_timeout) return close();
    if (now >= ends_at_) {
      // Whoever still may comes again, and is asked again who it is; one that takes nothing is not waited for.
      if (sending_) return close();
      events_->end();
    } else if (!sending_) {
      out_ = sealed(std::string(web::kHeartbeat));
      send();
    }
    next_beat_ = now + settings().stream_heartbeat;
    if (now >= ends_at_) ends_at_ = now + settings().body_timeout;
    if (!closed_) wait_to_beat();
  }

  void close() {
    if (std::exchange(closed_, true)) return;
    context_.release_stream(owner_);
    events_->attach({});
    events_->end();
    events_.reset();
    beat_.cancel();
    error_code ignored;
    socket_.close(ignored);
    context_.forget(this);
  }

  Context& context_;
  asio::ip::tcp::socket socket_;
  const TlsSession tls_;
  std::shared_ptr<web::EventStream> events_;
  const std::int64_t owner_;
  asio::steady_timer beat_;
  const std::uint64_t request_id_;
  Time::time_point ends_at_, next_beat_;
  std::optional<Time::time_point> sending_;  // since when
  std::array<char, 64> said_{};
  std::size_t heard_ = 0;
  std::string out_;
  bool closed_ = false;
};

}  // namespace

SSL* share_session(SSL* session) {
  SSL_up_ref(session);
  // Memory on both sides: the connection itself carries the bytes, and nothing is kept of them in between.
  SSL_set_bio(session, BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
  return session;
}

std::shared_ptr<Connection> event_connection(Context& context, EventSocket from) { return std::make_shared<EventConnection>(context, std::move(from)); }

}  // namespace kasane::http
