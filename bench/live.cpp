#include "live.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>

#include "client.hpp"

namespace kasane::bench {

namespace {

using Time = std::chrono::steady_clock;
using std::chrono::milliseconds;

double ms_between(Time::time_point from, Time::time_point to) { return std::chrono::duration<double, std::milli>(to - from).count(); }

int open_stream(std::uint16_t port, const std::string& request) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0 ||
      ::send(fd, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size()))
    throw std::runtime_error("the server does not take a reader");
  std::string head;
  char c = 0;
  while (!head.ends_with("retry: 2000\n\n")) {
    pollfd wait{fd, POLLIN, 0};
    if (::poll(&wait, 1, 30'000) <= 0 || ::recv(fd, &c, 1, 0) != 1) throw std::runtime_error("a stream did not begin: " + head.substr(0, 200));
    head += c;
  }
  if (!head.starts_with("HTTP/1.1 200")) throw std::runtime_error("a stream was refused: " + head.substr(0, 200));
  return fd;
}

/// Reads all streams on a thread of its own and notes when which number came.
class Listeners {
 public:
  Listeners(std::uint16_t port, std::size_t count, const std::function<std::string(std::size_t)>& events) : epoll_(::epoll_create1(EPOLL_CLOEXEC)), held_(count) {
    for (std::size_t i = 0; i < count; ++i) {
      fds_.push_back(open_stream(port, events(i)));
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.u64 = i;
      ::epoll_ctl(epoll_, EPOLL_CTL_ADD, fds_.back(), &event);
    }
    thread_ = std::thread([this] { listen(); });
  }
  ~Listeners() {
    stopping_ = true;
    thread_.join();
    for (const int fd : fds_) ::close(fd);
    ::close(epoll_);
  }
  Listeners(const Listeners&) = delete;
  Listeners& operator=(const Listeners&) = delete;

  /// Times at which events came since the last call.
  std::vector<Time::time_point> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(came_, {});
  }
  std::size_t count() const { return count_; }
  std::size_t cut() const { return cut_; }

 private:
  void listen() {
    epoll_event ready[128];
    while (!stopping_) {
      const int n = ::epoll_wait(epoll_, ready, 128, 50);
      for (int e = 0; e < n; ++e) read(static_cast<std::size_t>(ready[e].data.u64));
    }
  }
  void read(std::size_t i) {
    char buffer[4096];
    const ssize_t n = ::recv(fds_[i], buffer, sizeof buffer, 0);
    const auto now = Time::now();
    if (n <= 0) {
      ::epoll_ctl(epoll_, EPOLL_CTL_DEL, fds_[i], nullptr);
      ++cut_;
      return;
    }
    held_[i].append(buffer, static_cast<std::size_t>(n));
    for (std::size_t at = held_[i].find("\n\n"); at != std::string::npos; at = held_[i].find("\n\n")) {
      const bool event = held_[i].starts_with("id: ");
      held_[i].erase(0, at + 2);
      if (!event) continue;
      const std::lock_guard lock(mutex_);
      came_.push_back(now);
      ++count_;
    }
  }

  const int epoll_;
  std::vector<int> fds_;
  std::vector<std::string> held_;
  std::mutex mutex_;
  std::vector<Time::time_point> came_;
  std::atomic<std::size_t> count_ = 0, cut_ = 0;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

double share(std::vector<double>& values, double at) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[std::min(values.size() - 1, static_cast<std::size_t>(at * static_cast<double>(values.size() - 1) + 0.5))];
}

}  // namespace

LiveFigures measure_live(const ServerProcess& server, std::size_t readers, std::size_t changes, const std::function<std::string(std::size_t)>& events,
                         const std::function<std::string()>& change) {
  LiveFigures f;
  f.readers = readers;
  f.changes = changes;
  // What a first reader loads is not counted for the others.
  { const Listeners warm(server.port(), 8, events); }
  std::this_thread::sleep_for(milliseconds(500));
  const double memory_before = server.memory_mb();
  Listeners all(server.port(), readers, events);
  std::this_thread::sleep_for(milliseconds(1'000));
  f.kb_each = (server.memory_mb() - memory_before) * 1024.0 / static_cast<double>(readers);
  const double idle_from = server.cpu_ms();
  constexpr double kIdleMs = 25'000;  // a beat of each is in it
  std::this_thread::sleep_for(milliseconds(static_cast<int>(kIdleMs)));
  f.idle_cpu_percent = (server.cpu_ms() - idle_from) / kIdleMs * 100;
  std::vector<double> delays;
  all.take();
  const double busy_from = server.cpu_ms();
  for (std::size_t n = 0; n < changes; ++n) {
    const std::string request = change();
    const std::size_t before = all.count();
    const auto sent = Time::now();
    if (const Answer answer = fetch(server.port(), request); answer.status != 303) throw std::runtime_error("a change was answered " + std::to_string(answer.status));
    for (int i = 0; i < 5'000 && all.count() < before + readers - all.cut(); ++i) std::this_thread::sleep_for(milliseconds(1));
    for (const auto came : all.take()) delays.push_back(ms_between(sent, came));
    // The next change comes as after a moment in a meeting, not within the same burst.
    std::this_thread::sleep_for(milliseconds(250));
  }
  f.cpu_ms_per_change = (server.cpu_ms() - busy_from) / static_cast<double>(changes);
  f.heard = delays.size();
  f.cut = all.cut();
  f.p50_ms = share(delays, 0.5);
  f.p99_ms = share(delays, 0.99);
  return f;
}

}  // namespace kasane::bench
