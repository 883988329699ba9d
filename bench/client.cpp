#include "client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <stdexcept>

namespace kasane::bench {

namespace {

using Time = std::chrono::steady_clock;

class Socket {
 public:
  explicit Socket(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) {
      ::close(fd_);
      throw std::runtime_error("the server does not take the connection");
    }
    const int on = 1;
    ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  }
  ~Socket() { ::close(fd_); }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  int fd() const { return fd_; }

  void send(const std::string& bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
      const ssize_t n = ::send(fd_, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
      if (n <= 0) throw std::runtime_error("the server closed a connection");
      at += static_cast<std::size_t>(n);
    }
  }

 private:
  int fd_;
};

int status_of(const std::string& head) { return head.size() > 12 ? std::stoi(head.substr(9, 3)) : 0; }

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return text;
}

/// Collects the bytes of one connection into replies.
class Reader {
 public:
  /// A whole reply, once there is one. Throws when the reply has no length.
  std::optional<Answer> take() {
    if (!length_) {
      const std::size_t end = bytes_.find("\r\n\r\n");
      if (end == std::string::npos) return std::nullopt;
      head_ = end + 4;
      Answer peek;
      peek.head = bytes_.substr(0, head_);
      peek.status = status_of(peek.head);
      const std::string text = peek.header("content-length");
      if (text.empty() && peek.status != 204 && peek.status != 304) throw std::runtime_error("a reply without Content-Length");
      length_ = text.empty() ? 0 : std::stoul(text);
    }
    if (bytes_.size() < head_ + *length_) return std::nullopt;
    Answer a;
    a.head = bytes_.substr(0, head_);
    a.status = status_of(a.head);
    a.body = bytes_.substr(head_, *length_);
    bytes_.erase(0, head_ + *length_);
    length_.reset();
    return a;
  }
  void read_from(int fd) {
    char buffer[64 * 1024];
    const ssize_t n = ::recv(fd, buffer, sizeof buffer, 0);
    if (n <= 0) throw std::runtime_error("the server closed a connection before its reply was whole");
    bytes_.append(buffer, static_cast<std::size_t>(n));
  }

 private:
  std::string bytes_;
  std::size_t head_ = 0;
  std::optional<std::size_t> length_;
};

struct Connection {
  explicit Connection(std::uint16_t port) : socket(port) {}
  Socket socket;
  Reader reader;
  Time::time_point sent;
};

double milliseconds(Time::duration d) { return std::chrono::duration<double, std::milli>(d).count(); }

}  // namespace

std::string Answer::header(const std::string& lower_name) const {
  for (std::size_t at = head.find("\r\n"); at != std::string::npos && at + 2 < head.size();) {
    const std::size_t start = at + 2;
    at = head.find("\r\n", start);
    const std::string line = head.substr(start, at == std::string::npos ? at : at - start);
    const std::size_t colon = line.find(':');
    if (colon == std::string::npos || lower(line.substr(0, colon)) != lower_name) continue;
    const std::size_t value = line.find_first_not_of(' ', colon + 1);
    return value == std::string::npos ? std::string() : line.substr(value);
  }
  return {};
}

Answer fetch(std::uint16_t port, const std::string& request) {
  Socket socket(port);
  socket.send(request);
  Reader reader;
  for (;;) {
    reader.read_from(socket.fd());
    if (auto answer = reader.take()) return std::move(*answer);
  }
}

Load run_load(std::uint16_t port, std::size_t connections, std::size_t requests, const std::function<std::string(std::size_t)>& make, double per_second) {
  Load load;
  load.latencies_ms.reserve(requests);
  std::vector<std::unique_ptr<Connection>> all;
  const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
  const std::unique_ptr<const int, void (*)(const int*)> closer(&epoll, [](const int* fd) { ::close(*fd); });
  std::deque<std::size_t> idle;
  for (std::size_t i = 0; i < connections; ++i) {
    all.push_back(std::make_unique<Connection>(port));
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = i;
    ::epoll_ctl(epoll, EPOLL_CTL_ADD, all.back()->socket.fd(), &event);
    idle.push_back(i);
  }
  const auto begin = Time::now();
  std::size_t started = 0, done = 0;
  const auto due = [&] { return per_second > 0 ? begin + std::chrono::nanoseconds(static_cast<std::int64_t>(static_cast<double>(started) / per_second * 1e9)) : begin; };
  while (done < requests) {
    while (!idle.empty() && started < requests && due() <= Time::now()) {
      const std::size_t i = idle.front();
      idle.pop_front();
      ++started;
      const std::string request = make(i);
      all[i]->sent = Time::now();
      all[i]->socket.send(request);
    }
    const bool waits_for_turn = !idle.empty() && started < requests;
    const auto pause = waits_for_turn ? std::max<std::int64_t>(0, std::chrono::duration_cast<std::chrono::nanoseconds>(due() - Time::now()).count()) : 30'000'000'000;
    const timespec timeout{pause / 1'000'000'000, pause % 1'000'000'000};
    epoll_event ready[64];
    const int n = ::epoll_pwait2(epoll, ready, 64, &timeout, nullptr);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0 || (n == 0 && !waits_for_turn)) throw std::runtime_error("the server is silent for 30 seconds");
    for (int e = 0; e < n; ++e) {
      const auto i = static_cast<std::size_t>(ready[e].data.u64);
      Connection& c = *all[i];
      c.reader.read_from(c.socket.fd());
      const auto answer = c.reader.take();
      if (!answer) continue;
      load.latencies_ms.push_back(milliseconds(Time::now() - c.sent));
      ++load.statuses[answer->status];
      load.bytes += static_cast<std::int64_t>(answer->head.size() + answer->body.size());
      ++done;
      idle.push_back(i);
    }
  }
  load.seconds = std::chrono::duration<double>(Time::now() - begin).count();
  return load;
}

}  // namespace kasane::bench
