// A client that says exactly the bytes it is told and reads replies one by one, for tests of the HTTP server. Every
// wait ends: with the data, or after a deadline with an exception.
#pragma once
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

namespace kasane::http {

struct Got {
  int status = 0;
  std::map<std::string, std::string> headers;  // names in lower case; the last of several
  std::string body;
  std::string header(const std::string& name) const {
    const auto at = headers.find(name);
    return at == headers.end() ? std::string{} : at->second;
  }
};

inline std::string get(const std::string& target, const std::string& headers = "") {
  return "GET " + target + " HTTP/1.1\r\nHost: kasane.example\r\n" + headers + "\r\n";
}
inline std::string post(const std::string& target, const std::string& body, const std::string& headers = "") {
  return "POST " + target + " HTTP/1.1\r\nHost: kasane.example\r\nContent-Type: application/x-www-form-urlencoded\r\n" +
         "Content-Length: " + std::to_string(body.size()) + "\r\n" + headers + "\r\n" + body;
}

/// Reads replies from any source of bytes: `more` gives the next ones, empty at the end.
class ReplyReader {
 public:
  explicit ReplyReader(std::function<std::string()> more) : more_(std::move(more)) {}

  /// `to_head`: the reply to HEAD has a length but no body.
  Got read(bool to_head = false) {
    Got got;
    const std::string head = take(find("\r\n\r\n") + 4);
    if (!head.starts_with("HTTP/1.1 ")) throw std::runtime_error("no reply: " + head);
    got.status = std::stoi(head.substr(9, 3));
    for (std::size_t at = head.find("\r\n") + 2; head.compare(at, 2, "\r\n") != 0;) {
      const auto colon = head.find(": ", at), end = head.find("\r\n", at);
      std::string name = head.substr(at, colon - at);
      std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
      got.headers[name] = head.substr(colon + 2, end - colon - 2);
      at = end + 2;
    }
    const bool empty = to_head || got.status == 304 || got.status < 200;
    if (!empty) got.body = take(std::stoul(got.headers.at("content-length")));
    return got;
  }

  /// Everything up to and with this text, of a reply that stays open.
  std::string until(std::string_view text) { return take(find(text) + text.size()); }

  /// True when the server has closed and nothing is left unread.
  bool at_end() { return held_.empty() && !fill(); }

 private:
  bool fill() {
    const std::string bytes = more_();
    held_ += bytes;
    return !bytes.empty();
  }
  std::size_t find(std::string_view what) {
    while (held_.find(what) == std::string::npos) {
      if (!fill()) throw std::runtime_error("closed before the reply was complete");
    }
    return held_.find(what);
  }
  std::string take(std::size_t count) {
    while (held_.size() < count) {
      if (!fill()) throw std::runtime_error("closed inside the reply");
    }
    std::string taken = held_.substr(0, count);
    held_.erase(0, count);
    return taken;
  }

  std::function<std::string()> more_;
  std::string held_;
};

class Client {
 public:
  explicit Client(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM, 0)), reader_([this] { return receive(); }) {
    const timeval deadline{20, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &deadline, sizeof deadline);
    ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &deadline, sizeof deadline);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      ::close(fd_);
      throw std::runtime_error("refused");
    }
  }
  ~Client() { ::close(fd_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// False when the server has closed meanwhile.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) throw std::runtime_error("timed out sending");
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  Got ask(std::string_view bytes) {
    send(bytes);
    return read();
  }
  Got read(bool to_head = false) { return reader_.read(to_head); }
  std::string until(std::string_view text) { return reader_.until(text); }
  bool at_end() { return reader_.at_end(); }
  void stop_sending() { ::shutdown(fd_, SHUT_WR); }
  int fd() const { return fd_; }

 private:
  std::string receive() {
    std::string bytes(65536, '\0');
    const auto count = ::recv(fd_, bytes.data(), bytes.size(), 0);
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) throw std::runtime_error("timed out");
    bytes.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return bytes;
  }

  int fd_;
  ReplyReader reader_;
};

/// The one of two that has something to read first (a reply or the end).
inline Client& first_ready(Client& a, Client& b) {
  pollfd fds[] = {{a.fd(), POLLIN, 0}, {b.fd(), POLLIN, 0}};
  if (::poll(fds, 2, 20'000) <= 0) throw std::runtime_error("neither came");
  return fds[0].revents != 0 ? a : b;
}

}  // namespace kasane::http
