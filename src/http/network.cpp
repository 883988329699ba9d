// Connections over Boost.Asio and Boost.Beast, see network.hpp. Plain callbacks, no coroutines: every step of a
// connection is a named function, run on the connection's own strand. Beast reads bodies (lengths and chunks); heads
// are first read by web::read_head, which is stricter.
#include "http/network.hpp"

#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <stdexcept>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/ids.hpp"
#include "base/log.hpp"
#include "http/event_connection.hpp"
#include "http/head.hpp"

namespace kasane::http {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using boost::system::error_code;
using std::chrono::milliseconds;

constexpr std::size_t kReadAhead = 64 * 1024;              // most bytes that a connection buffers
constexpr std::size_t kSlowestBytesPerSecond = 64 * 1024;  // what a large body may take beyond body_timeout
constexpr milliseconds kLinger{5'000};
constexpr milliseconds kLingerWhileDraining{500};
constexpr std::size_t kMostDiscarded = 64'000'000;  // bytes of a refused body that are read away
constexpr milliseconds kAcceptPause{100};

std::int64_t steady_ms() {
  return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// One connection, from accept to close. Stream is a TCP stream or TLS over one.
template <class Stream>
class Session final : public Connection, public std::enable_shared_from_this<Session<Stream>> {
 public:
  static constexpr bool kTls = !std::is_same_v<Stream, beast::tcp_stream>;

  template <class... Args>
  Session(Context& context, std::string client, tcp::socket socket, Args&... args)
      : context_(context),
        client_(std::move(client)),
        stream_(std::move(socket), args...),
        buffer_(std::max(kReadAhead, context.settings.header_limit)) {}

  void start() override {
    asio::dispatch(stream_.get_executor(), [self = this->shared_from_this()] { self->begin(); });
  }
  void reply(WireReply reply) override {
    asio::dispatch(stream_.get_executor(), [self = this->shared_from_this(), reply = std::move(reply)]() mutable {
      self->on_reply(std::move(reply));
    });
  }
  void nudge() override {}
  void drain() override {
    asio::post(stream_.get_executor(), [self = this->shared_from_this()] {
      if (self->idle_since_ != 0) self->close();
    });
  }
  void cut() override {
    asio::post(stream_.get_executor(), [self = this->shared_from_this()] { self->close(); });
  }

 private:
  beast::tcp_stream& tcp_layer() { return beast::get_lowest_layer(stream_); }
  const Settings& settings() const { return context_.settings; }

  /// A completion handler that keeps this connection alive and goes on with `next` (a member taking error and count).
  template <class Next>
  auto then(Next next) {
    return [self = this->shared_from_this(), next](error_code ec, std::size_t count = 0) {
      // What had succeeded before the connection was closed from outside must not go on.
      if (self->closed_) ec = asio::error::operation_aborted;
      (*self.*next)(ec, count);
    };
  }

  void begin() {
    error_code ignored;
    tcp_layer().socket().set_option(tcp::no_delay(true), ignored);
    if constexpr (kTls) {
      tcp_layer().expires_after(settings().header_timeout);
      stream_.async_handshake(asio::ssl::stream_base::server, then(&Session::on_handshake));
    } else {
      wait_for_request();
    }
  }

  void on_handshake(error_code ec, std::size_t) { ec ? close() : wait_for_request(); }

  void wait_for_request() {
    scanned_ = 0;
    if (buffer_.size() > 0) return read_request_head();
    buffer_.shrink_to_fit();  // hundreds of idle connections should cost little
    idle_since_ = steady_ms();
    if (context_.draining) return close();
    tcp_layer().expires_after(settings().idle_timeout);
    stream_.async_read_some(buffer_.prepare(std::min<std::size_t>(4096, settings().header_limit)),
                            then(&Session::on_first_bytes));
  }

  void on_first_bytes(error_code ec, std::size_t count) {
    if (ec) return close();
    idle_since_ = 0;
    buffer_.commit(count);
    read_request_head();
  }

  void read_request_head() {
    tcp_layer().expires_after(settings().header_timeout);
    look_for_head();
  }

  std::string_view buffered() const { return {static_cast<const char*>(buffer_.data().data()), buffer_.data().size()}; }

  void look_for_head() {
    const std::size_t limit = settings().header_limit;
    const auto seen = buffered().substr(0, limit);
    const auto end = seen.find("\r\n\r\n", scanned_);
    if (end != std::string_view::npos) return on_head(end + 4);
    if (seen.size() == limit) return refuse(431);
    scanned_ = seen.size() < 3 ? 0 : seen.size() - 3;
    stream_.async_read_some(buffer_.prepare(std::min<std::size_t>(4096, limit - seen.size())),
                            then(&Session::on_more_head));
  }

  void on_more_head(error_code ec, std::size_t count) {
    if (ec) return close();
    buffer_.commit(count);
    look_for_head();
  }

  void on_head(std::size_t length) {
    request_id_ = static_cast<std::uint64_t>(next_id());
    auto head = web::read_head(buffered().substr(0, length));
    if (!head) return refuse(head.error().status);
    request_ = std::move(head->request);
    request_.client = client_;
    request_.secure = kTls;
    request_.request_id = request_id_;
    head_only_ = request_.method == "HEAD";
    keep_alive_ = head->keep_alive;
    const auto limit = context_.hooks.body_limit(request_);
    if (!limit) return refuse(400);
    if (head->content_length.value_or(0) > *limit) return refuse(413);
    const std::size_t expected = head->chunked ? *limit : static_cast<std::size_t>(head->content_length.value_or(0));
    if (!context_.reserve(expected)) return refuse(503);
    reserved_ = expected;
    if (!parse_head(length, *limit)) return refuse(400);
    if (parser_->is_done()) return hand_over();
    tcp_layer().expires_after(time_for(expected));
    if (head->expects_continue && buffer_.size() == 0) return invite_body();
    read_body();
  }

  /// Gives the head to Beast, which takes over from here; false when it disagrees with read_head.
  bool parse_head(std::size_t length, std::size_t limit) {
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(settings().header_limit));
    parser_->body_limit(limit);
    error_code ec;
    const auto taken = parser_->put(asio::buffer(buffer_.data(), length), ec);
    buffer_.consume(length);
    return !ec && taken == length && parser_->is_header_done();
  }

  milliseconds time_for(std::size_t bytes) const {
    return settings().body_timeout + milliseconds(bytes * 1000 / kSlowestBytesPerSecond);
  }

  void invite_body() {
    static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    asio::async_write(stream_, asio::buffer(kContinue), then(&Session::on_invited));
  }

  void on_invited(error_code ec, std::size_t) { ec ? close() : read_body(); }

  void read_body() {
    // The parser itself, not parser.get(): with the message alone the body limit would be off.
    beast::http::async_read(stream_, buffer_, *parser_, then(&Session::on_body));
  }

  void on_body(error_code ec, std::size_t) {
    if (!ec) return hand_over();
    if (ec == beast::http::error::body_limit) return refuse(413);
    const bool malformed = ec.category() == make_error_code(beast::http::error::bad_chunk).category() &&
                           ec != beast::http::error::end_of_stream && ec != beast::http::error::partial_message;
    malformed ? refuse(400) : close();
  }

  void hand_over() {
    request_.body = std::move(parser_->get().body());
    parser_.reset();
    tcp_layer().expires_never();  // now it is our turn
    waits_for_answer_ = true;
    std::weak_ptr<Connection> self = this->shared_from_this();
    context_.hooks.on_request(std::move(request_),
                              [gate = context_.gate, self](WireReply reply) { gate->deliver(self, std::move(reply)); });
  }

  void on_reply(WireReply reply) {
    if (!std::exchange(waits_for_answer_, false)) return;
    if (reply.events && !head_only_) return begin_stream(std::move(reply));
    send(std::move(reply));
  }

  /// Answers what never became a request; what follows on this connection could be anything, so it ends.
  void refuse(int status) {
    keep_alive_ = false;
    send(context_.hooks.refusal(status, request_id_, kTls));
  }

  void release_body() { context_.bodies -= std::exchange(reserved_, 0); }

  void send(WireReply reply) {
    release_body();
    keep_alive_ = keep_alive_ && !context_.draining;
    out_head_ = head_text(reply, keep_alive_);
    out_body_ = head_only_ || !may_have_body(reply.status) ? std::string{} : std::move(reply.body);
    tcp_layer().expires_after(time_for(out_body_.size()));
    const std::array<asio::const_buffer, 2> out = {asio::buffer(out_head_), asio::buffer(out_body_)};
    asio::async_write(stream_, out, then(&Session::on_sent));
  }

  void on_sent(error_code ec, std::size_t) {
    if (ec) return close();
    out_head_ = {};
    out_body_ = {};
    head_only_ = false;
    request_id_ = 0;
    keep_alive_ ? wait_for_request() : say_goodbye();
  }

  // A socket closed with unread bytes resets the connection, and the reset may overtake the reply: what a refused
  // client still sends is read away until it has seen the answer and closes, for a while.
  void say_goodbye() {
    idle_since_ = steady_ms();
    tcp_layer().expires_after(context_.draining ? kLingerWhileDraining : kLinger);
    if constexpr (kTls) {
      stream_.async_shutdown(then(&Session::on_goodbye_said));
    } else {
      on_goodbye_said({}, 0);
    }
  }

  void on_goodbye_said(error_code, std::size_t) {
    error_code ec;  // TLS often ends untidily; what counts is whether TCP still stands
    tcp_layer().socket().shutdown(tcp::socket::shutdown_send, ec);
    if (ec) return close();
    buffer_.clear();
    discard();
  }

  void discard() { tcp_layer().async_read_some(buffer_.prepare(kReadAhead), then(&Session::on_discarded)); }

  void on_discarded(error_code ec, std::size_t count) {
    discarded_ += count;
    if (ec || discarded_ > kMostDiscarded) return close();
    discard();
  }

  /// A reply that stays open: the socket goes on in a connection that costs little, and this one with all its buffers ends.
  void begin_stream(WireReply reply) {
    const auto events = std::exchange(reply.events, nullptr);
    if (context_.draining || buffer_.size() > 0 || !context_.reserve_stream(events->owner())) {
      events->end();
      return refuse(503);
    }
    reply.events = events;
    EventSocket to{tcp_layer().release_socket(), nullptr, head_text(reply, false), events, request_id_};
    if constexpr (kTls) to.tls.reset(share_session(stream_.native_handle()));
    const auto next = event_connection(context_, std::move(to));
    context_.add(next);
    closed_ = true;
    release_body();
    context_.forget(this);
    next->start();
    if (context_.draining) next->cut();  // drain() may have looked before it was added
  }

  void close() {
    closed_ = true;
    release_body();
    waits_for_answer_ = false;
    tcp_layer().close();
    context_.forget(this);
  }

  Context& context_;
  const std::string client_;
  Stream stream_;
  beast::flat_buffer buffer_;
  std::size_t scanned_ = 0;  // of buffer_, already searched for the end of the head
  std::optional<beast::http::request_parser<beast::http::string_body>> parser_;
  web::RawRequest request_;
  std::uint64_t request_id_ = 0;
  std::size_t reserved_ = 0;
  std::size_t discarded_ = 0;
  bool head_only_ = false;
  bool keep_alive_ = true;
  bool waits_for_answer_ = false;
  bool closed_ = false;
  std::string out_head_;
  std::string out_body_;
};

int choose_http_1_1(SSL*, const unsigned char** out, unsigned char* out_length, const unsigned char* in,
                    unsigned in_length, void*) {
  static constexpr unsigned char kHttp[] = "\x08http/1.1";
  unsigned char* chosen = nullptr;
  if (SSL_select_next_proto(&chosen, out_length, kHttp, sizeof kHttp - 1, in, in_length) != OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_NOACK;
  }
  *out = chosen;
  return SSL_TLSEXT_ERR_OK;
}

std::unique_ptr<asio::ssl::context> tls_context(const Settings& settings) {
  if (settings.tls_certificate.empty() && settings.tls_key.empty()) return nullptr;
  auto tls = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
  try {
    tls->use_certificate_chain_file(settings.tls_certificate);
    tls->use_private_key_file(settings.tls_key, asio::ssl::context::pem);
  } catch (const boost::system::system_error& e) {
    throw std::runtime_error(std::string("TLS certificate or key: ") + e.what());
  }
  SSL_CTX* native = tls->native_handle();
  SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  SSL_CTX_set_options(native, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_alpn_select_cb(native, choose_http_1_1, nullptr);
  return tls;
}

std::string address_of(const tcp::socket& socket) {
  error_code ec;
  auto address = socket.remote_endpoint(ec).address();
  if (ec) return {};
  // The same client, whether we listen on IPv4 or on both.
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
  }
  return address.to_string();
}

}  // namespace

struct Network::Impl {
  Impl(const Settings& settings, Hooks hooks)
      : context_(settings, std::move(hooks), [this] { asio::post(io_, [gate = context_.gate] { gate->hand_out(); }); }), tls_(tls_context(settings)), work_(io_.get_executor()) {
    listen();
    accept();
    for (std::size_t i = 0; i < std::max<std::size_t>(1, settings.io_threads); ++i) {
      threads_.emplace_back([this] { run(); });
    }
  }

  void listen() {
    const auto& settings = context_.settings;
    try {
      const tcp::endpoint endpoint(asio::ip::make_address(settings.address), settings.port);
      acceptor_.open(endpoint.protocol());
      acceptor_.set_option(asio::socket_base::reuse_address(true));
      acceptor_.bind(endpoint);
      acceptor_.listen(asio::socket_base::max_listen_connections);
      port_ = acceptor_.local_endpoint().port();
    } catch (const boost::system::system_error& e) {
      throw std::runtime_error("cannot listen on " + settings.address + ":" + std::to_string(settings.port) + ": " +
                               e.what());
    }
  }

  void run() {
    while (true) {
      try {
        io_.run();
        return;
      } catch (...) {
        context_.hooks.on_fault(std::current_exception());
      }
    }
  }

  void accept() {
    acceptor_.async_accept(asio::make_strand(io_), [this](error_code ec, tcp::socket socket) {
      if (ec == asio::error::operation_aborted || context_.draining) return;
      if (ec) return pause_accepting();
      welcome(std::move(socket));
      accept();
    });
  }

  /// Out of descriptors, say: asking again at once would only burn the processor.
  void pause_accepting() {
    pause_.expires_after(kAcceptPause);
    pause_.async_wait([this](error_code ec) {
      if (!ec && !context_.draining) accept();
    });
  }

  void welcome(tcp::socket socket) {
    if (!make_room()) return;  // closes the socket
    std::string client = address_of(socket);
    std::shared_ptr<Connection> connection;
    if (tls_) {
      connection = std::make_shared<Session<asio::ssl::stream<beast::tcp_stream>>>(context_, std::move(client),
                                                                                   std::move(socket), *tls_);
    } else {
      connection = std::make_shared<Session<beast::tcp_stream>>(context_, std::move(client), std::move(socket));
    }
    context_.add(connection);
    connection->start();
    if (context_.draining) connection->cut();  // drain() may have looked before it was added
  }

  /// False when all connections are at work and no more may come.
  bool make_room() {
    std::lock_guard lock(context_.mutex);
    if (context_.open.size() < context_.settings.max_connections) return true;
    const Connection* longest = nullptr;
    for (const auto& [key, connection] : context_.open) {
      const auto since = connection->idle_since();
      if (since != 0 && (!longest || since < longest->idle_since())) longest = key;
    }
    if (!longest) return false;
    context_.open.at(const_cast<Connection*>(longest))->cut();
    return true;
  }

  void drain() {
    if (context_.draining.exchange(true)) return;
    asio::post(accepting_, [this] {
      error_code ignored;
      acceptor_.close(ignored);
      pause_.cancel();
    });
    for (const auto& connection : context_.all()) connection->drain();
  }

  void wait_until_empty(milliseconds deadline) {
    std::unique_lock lock(context_.mutex);
    context_.emptied.wait_for(lock, deadline, [this] { return context_.open.empty(); });
  }

  void cut() {
    drain();
    context_.gate->close();
    for (const auto& connection : context_.all()) connection->cut();
    work_.reset();
    for (auto& thread : threads_) thread.join();
    threads_.clear();
    const auto forgotten = std::exchange(context_.open, {});  // none, unless a fault lost track of one
  }

  Context context_;
  asio::io_context io_;
  std::unique_ptr<asio::ssl::context> tls_;
  asio::executor_work_guard<asio::io_context::executor_type> work_;
  asio::strand<asio::io_context::executor_type> accepting_ = asio::make_strand(io_);
  tcp::acceptor acceptor_{accepting_};
  asio::steady_timer pause_{accepting_};
  std::uint16_t port_ = 0;
  std::vector<std::thread> threads_;
};

Network::Network(const Settings& settings, Hooks hooks) : impl_(std::make_unique<Impl>(settings, std::move(hooks))) {}
Network::~Network() {
  try {
    impl_->cut();
  } catch (const std::exception&) {
    log::error("http.cut_failed");  // nobody is left to whom it could be thrown
  }
}
std::uint16_t Network::port() const { return impl_->port_; }
std::size_t Network::connections() const {
  std::lock_guard lock(impl_->context_.mutex);
  return impl_->context_.open.size();
}
std::size_t Network::streams() const {
  std::lock_guard lock(impl_->context_.mutex);
  return impl_->context_.streams;
}
void Network::drain() { impl_->drain(); }
void Network::wait_until_empty(std::chrono::milliseconds deadline) { impl_->wait_until_empty(deadline); }
void Network::cut() { impl_->cut(); }

}  // namespace kasane::http
