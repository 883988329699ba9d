// A reply that stays open: server-sent events. A page hands out a stream, anybody may push to it from any thread, and
// the server writes what waits when the reader takes it. No worker is held and nothing is kept but what waits.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace kasane::web {

/// Says that something changed, never what: the reader fetches it with its own rights.
struct Event {
  std::int64_t number = 0;  // becomes the id that the browser sends back when it connects again
  std::string_view name;    // letters only
};
/// The bytes of an event: "id: 7\nevent: change\ndata: 7\n\n".
std::string event_text(const Event& event);
/// A line that readers skip, so that proxies and dead connections are noticed.
inline constexpr std::string_view kHeartbeat = ":\n\n";
/// First bytes of every stream: how many milliseconds a browser waits before it connects again.
inline constexpr std::string_view kStreamHead = "retry: 2000\n\n";
/// The number in the Last-Event-ID of a request; nothing when there is none or it is no number.
std::optional<std::int64_t> last_event_number(std::string_view header);

/// One reader. Thread-safe.
class EventStream {
 public:
  /// `owner`: the account, of which the server lets only so many read at once.
  explicit EventStream(std::int64_t owner) : owner_(owner) {}
  EventStream(const EventStream&) = delete;
  EventStream& operator=(const EventStream&) = delete;

  std::int64_t owner() const { return owner_; }
  /// Queues an event. False when the stream has ended.
  bool push(const Event& event);
  /// Ends it after what waits; the browser connects again by itself.
  void end();
  bool ended() const;

  // --- for the server ---
  /// Calls `wake` (quick, on any thread) whenever there is something to take or the stream has ended; at once where there is
  /// already.
  void attach(std::function<void()> wake);
  struct Taken {
    std::string bytes;
    bool ended = false;
  };
  Taken take();
  /// Bytes that wait.
  std::size_t waiting() const;

 private:
  void wake(std::unique_lock<std::mutex>& lock);
  const std::int64_t owner_;
  mutable std::mutex mutex_;
  std::string waiting_;
  bool ended_ = false;
  std::function<void()> wake_;
};

}  // namespace kasane::web
