// What the connections of a network share: how each is called from outside, and what they all count. Only for the files of
// the network.
#pragma once
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>
#include <vector>

#include "http/network.hpp"

namespace kasane::http {

/// What the registry and the answers need of a connection. All may be called on any thread.
class Connection {
 public:
  virtual ~Connection() = default;
  virtual void start() = 0;
  virtual void reply(WireReply reply) = 0;
  /// There is something to take from its stream of events.
  virtual void nudge() = 0;
  virtual void drain() = 0;
  virtual void cut() = 0;
  /// Since when (steady_ms) nothing would be lost by closing it; 0: it is at work.
  std::int64_t idle_since() const { return idle_since_; }

 protected:
  std::atomic<std::int64_t> idle_since_ = 0;
};

/// Answers may come when the network has gone: they pass here, and find it closed. Those that come together (the audit
/// lets all pages of a batch go at once) wake the I/O thread once.
class Gate {
 public:
  /// `wake` has hand_out() called soon on an I/O thread. Before the first answer.
  explicit Gate(std::function<void()> wake) : wake_(std::move(wake)) {}

  void deliver(const std::weak_ptr<Connection>& to, WireReply reply) {
    std::lock_guard lock(mutex_);
    if (!open_) return;
    answers_.emplace_back(to, std::move(reply));
    if (answers_.size() == 1) wake_();
  }
  void hand_out() {
    std::vector<std::pair<std::weak_ptr<Connection>, WireReply>> answers;
    {
      std::lock_guard lock(mutex_);
      answers.swap(answers_);
    }
    for (auto& [to, reply] : answers)
      if (const auto connection = to.lock()) connection->reply(std::move(reply));
  }
  void nudge(const std::weak_ptr<Connection>& whom) {
    std::lock_guard lock(mutex_);
    if (!open_) return;
    if (auto connection = whom.lock()) connection->nudge();
  }
  void close() {
    std::lock_guard lock(mutex_);
    open_ = false;
    answers_.clear();
  }

 private:
  const std::function<void()> wake_;
  std::mutex mutex_;
  bool open_ = true;
  std::vector<std::pair<std::weak_ptr<Connection>, WireReply>> answers_;
};

/// What all connections share.
struct Context {
  Context(const Settings& s, Hooks h, std::function<void()> wake) : settings(s), hooks(std::move(h)), gate(std::make_shared<Gate>(std::move(wake))) {}

  const Settings& settings;
  const Hooks hooks;
  const std::shared_ptr<Gate> gate;
  std::atomic<std::size_t> bodies = 0;  // bytes reserved for bodies in work
  std::atomic<bool> draining = false;

  bool reserve(std::size_t bytes) {
    if (bodies.fetch_add(bytes) + bytes <= settings.bodies_limit) return true;
    bodies -= bytes;
    return false;
  }

  /// Takes a place for a stream of this account; false when all are taken.
  bool reserve_stream(std::int64_t owner) {
    std::lock_guard lock(mutex);
    std::size_t& of_one = streams_of[owner];
    if (streams >= settings.max_streams || of_one >= settings.streams_of_one) {
      if (of_one == 0) streams_of.erase(owner);
      return false;
    }
    ++streams;
    ++of_one;
    return true;
  }
  void release_stream(std::int64_t owner) {
    std::lock_guard lock(mutex);
    --streams;
    if (const auto at = streams_of.find(owner); at != streams_of.end() && --at->second == 0) streams_of.erase(at);
  }

  void add(const std::shared_ptr<Connection>& connection) {
    std::lock_guard lock(mutex);
    open.emplace(connection.get(), connection);
  }
  void forget(Connection* connection) {
    std::shared_ptr<Connection> last;  // its destructor runs outside the lock
    std::lock_guard lock(mutex);
    const auto at = open.find(connection);
    if (at == open.end()) return;
    last = std::move(at->second);
    open.erase(at);
    if (open.empty()) emptied.notify_all();
  }
  std::vector<std::shared_ptr<Connection>> all() {
    std::lock_guard lock(mutex);
    std::vector<std::shared_ptr<Connection>> list;
    for (const auto& [key, connection] : open) list.push_back(connection);
    return list;
  }

  std::mutex mutex;
  std::condition_variable emptied;
  std::unordered_map<Connection*, std::shared_ptr<Connection>> open;
  std::size_t streams = 0;
  std::unordered_map<std::int64_t, std::size_t> streams_of;  // by account
};

}  // namespace kasane::http
