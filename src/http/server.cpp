// From the network to the handlers and back: workers, parked replies, compression, error pages. See server.hpp.
#include "http/server.hpp"

#include <atomic>
#include <optional>
#include <utility>

#include "base/ids.hpp"
#include "base/log.hpp"
#include "http/network.hpp"
#include "http/pool.hpp"
#include "web/error_page.hpp"
#include "web/negotiate.hpp"
#include "web/read_request.hpp"
#include "web/security_headers.hpp"

namespace kasane::http {

namespace {

constexpr std::size_t kWorthCompressing = 1024;  // bytes: below, the packet count is the same

/// What of the request decides about the form of the reply.
struct Facts {
  std::uint64_t request_id = 0;
  web::Encoding encoding = web::Encoding::identity;
  bool secure = false;
};

void add_missing(WireReply& wire, const web::Reply& reply, const std::string& name, const std::string& value) {
  if (reply.header_value(name).empty()) wire.headers.emplace_back(name, value);
}

WireReply to_wire(web::Reply reply, const Facts& facts) {
  WireReply wire;
  wire.status = reply.status;
  wire.headers = reply.headers;
  wire.events = std::move(reply.events);
  if (!reply.body.empty() || wire.events) wire.headers.emplace_back("Content-Type", reply.content_type);
  add_missing(wire, reply, "Cache-Control", "no-store");
  for (const auto& [name, value] : web::security_headers(facts.secure)) add_missing(wire, reply, name, value);
  const bool may_compress = reply.compress && reply.header_value("Content-Encoding").empty() &&
                            reply.body.size() >= kWorthCompressing && web::is_compressible(reply.content_type);
  if (may_compress) add_missing(wire, reply, "Vary", "Accept-Encoding");
  if (may_compress && facts.encoding != web::Encoding::identity) {
    wire.headers.emplace_back("Content-Encoding", web::encoding_name(facts.encoding));
    wire.body = web::compressed(reply.body, facts.encoding, web::Effort::page);
  } else {
    wire.body = std::move(reply.body);
  }
  return wire;
}

WireReply error_wire(int status, const Facts& facts) {
  auto reply = web::error_reply(status, facts.request_id);
  if (status == 503) reply.header("Retry-After", "2");
  return to_wire(std::move(reply), facts);
}

/// The one way out for a request: answers exactly once, whatever handlers do with their callbacks. Shared by all of
/// them; when the last one goes and nobody has answered, it answers itself. It may outlive the server.
class Outlet {
 public:
  Outlet(Facts facts, Answer answer, std::shared_ptr<const OnFault> on_fault)
      : facts_(facts), answer_(std::move(answer)), on_fault_(std::move(on_fault)) {}
  ~Outlet() { send_error(if_dropped_); }
  Outlet(const Outlet&) = delete;
  Outlet& operator=(const Outlet&) = delete;

  /// The handler's reply: prepared here, on the handler's thread, then sent or parked.
  static void reply(const std::shared_ptr<Outlet>& self, web::Reply reply) {
    if (self->replied_.exchange(true)) return;
    try {
      const auto park = std::move(reply.before_send);
      const auto wire = std::make_shared<WireReply>(to_wire(std::move(reply), self->facts_));
      if (!park) return self->send(*wire);
      self->if_dropped_ = 503;
      park([self, wire](bool ok) { ok ? self->send(*wire) : self->refuse_unkept(); });
    } catch (...) {
      self->fail(std::current_exception());
    }
  }

  void fail(std::exception_ptr fault) {
    replied_ = true;
    send_error(500);
    if (*on_fault_) (*on_fault_)(facts_.request_id, fault);
  }

  void refuse_unkept() {
    log::warn("http.not_kept", {{"request", web::logged_number(facts_.request_id)}});
    send_error(503);
  }

  void send_error(int status) {
    if (sent_.exchange(true)) return;
    answer_(error_wire(status, facts_));
  }

 private:
  /// Only the first caller touches `wire`.
  void send(WireReply& wire) {
    if (sent_.exchange(true)) return;
    answer_(std::move(wire));
  }

  const Facts facts_;
  const Answer answer_;
  const std::shared_ptr<const OnFault> on_fault_;
  std::atomic<bool> replied_ = false;  // a handler has replied; its reply may still be parked
  std::atomic<bool> sent_ = false;     // something has gone out
  std::atomic<int> if_dropped_ = 500;
};

/// Believes the proxy in front, and nobody else, about who asks and over what.
void look_behind_proxy(const std::string& trusted_proxy, web::RawRequest& raw) {
  if (trusted_proxy.empty() || raw.client != trusted_proxy) return;
  for (const auto& [name, value] : raw.headers) {
    // A client can write earlier entries itself; the last one is the proxy's own.
    if (name == "x-forwarded-for") {
      auto last = value.substr(value.rfind(',') + 1);
      last.erase(0, last.find_first_not_of(' '));
      if (!last.empty()) raw.client = std::move(last);
    }
    if (name == "x-forwarded-proto") raw.secure = value == "https";
  }
}

/// The address that people use, instead of what the request says of it.
void set_public_url(const std::string& url, web::RawRequest& raw) {
  if (url.empty()) return;
  raw.secure = url.starts_with("https://");
  const std::string host = url.substr(url.find("://") + 3);
  std::erase_if(raw.headers, [](const auto& header) { return header.first == "host"; });
  raw.headers.emplace_back("host", host);
}

}  // namespace

struct Server::Impl {
  Impl(Settings settings, Handler handler, UploadLimit upload_limit, OnFault on_fault)
      : settings_(std::move(settings)),
        handler_(std::move(handler)),
        upload_limit_(std::move(upload_limit)),
        on_fault_(std::make_shared<const OnFault>(std::move(on_fault))),
        workers_({settings_.workers, settings_.queue}),
        network_(settings_, hooks()) {}

  Hooks hooks() {
    Hooks hooks;
    hooks.body_limit = [this](const web::RawRequest& raw) { return body_limit(raw); };
    hooks.on_request = [this](web::RawRequest raw, Answer answer) { take(std::move(raw), std::move(answer)); };
    hooks.refusal = [](int status, std::uint64_t request_id, bool secure) {
      return error_wire(status, Facts{request_id, web::Encoding::identity, secure});
    };
    hooks.on_fault = [on_fault = on_fault_](std::exception_ptr fault) {
      if (*on_fault) (*on_fault)(0, fault);
    };
    return hooks;
  }

  std::optional<std::size_t> body_limit(const web::RawRequest& raw) const {
    const auto target = web::parse_target(raw.target);
    if (!target) return std::nullopt;
    return upload_limit_ ? upload_limit_(raw.method, target->path) : settings_.body_limit;
  }

  void take(web::RawRequest raw, Answer answer) {
    look_behind_proxy(settings_.trusted_proxy, raw);
    set_public_url(settings_.public_url, raw);
    const Facts facts{raw.request_id, web::preferred_encoding(raw.header("accept-encoding")), raw.secure};
    auto outlet = std::make_shared<Outlet>(facts, std::move(answer), on_fault_);
    const bool queued = workers_.post([this, outlet, raw = std::move(raw)]() mutable { run(outlet, std::move(raw)); });
    if (!queued) outlet->send_error(503);
  }

  void run(const std::shared_ptr<Outlet>& outlet, web::RawRequest raw) {
    try {
      auto request = web::read_request(std::move(raw));
      if (!request) return outlet->send_error(request.error().status);
      handler_(std::move(*request), [outlet](web::Reply reply) { Outlet::reply(outlet, std::move(reply)); });
    } catch (...) {
      outlet->fail(std::current_exception());
    }
  }

  void stop(std::chrono::milliseconds deadline) {
    network_.drain();
    network_.wait_until_empty(deadline);
    network_.cut();
    workers_.stop();
  }

  const Settings settings_;
  const Handler handler_;
  const UploadLimit upload_limit_;
  const std::shared_ptr<const OnFault> on_fault_;
  Pool workers_;
  Network network_;  // last: it calls into all of the above from its first moment on
};

Server::Server(Settings settings, Handler handler, UploadLimit upload_limit, OnFault on_fault)
    : impl_(std::make_unique<Impl>(std::move(settings), std::move(handler), std::move(upload_limit),
                                   std::move(on_fault))) {}

Server::~Server() { impl_->stop(std::chrono::milliseconds(0)); }

std::uint16_t Server::port() const { return impl_->network_.port(); }
std::size_t Server::connections() const { return impl_->network_.connections(); }
std::size_t Server::streams() const { return impl_->network_.streams(); }
void Server::stop(std::chrono::milliseconds deadline) { impl_->stop(deadline); }

}  // namespace kasane::http
