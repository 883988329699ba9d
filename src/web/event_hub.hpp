// Tells readers of a topic that its number has risen. In memory only: the number itself is kept by whoever raises it, so
// that a reader who comes back, or a program that starts again, knows what was missed. Bursts become one event.
#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "web/event_stream.hpp"

namespace kasane::web {

/// When a topic may be told of again. Pure: times are parameters.
class Burst {
 public:
  using Time = std::chrono::steady_clock::time_point;
  explicit Burst(std::chrono::milliseconds gap) : gap_(gap) {}
  /// True when this change may be told at once; otherwise it waits for due().
  bool at_once(Time now);
  /// When what waits may be told; nothing while nothing waits.
  std::optional<Time> due() const { return waits_ ? std::optional(last_ + gap_) : std::nullopt; }
  /// What waited is told now.
  void told(Time now);

 private:
  std::chrono::milliseconds gap_;
  Time last_{};
  bool waits_ = false;
};

class EventHub {
 public:
  static constexpr std::chrono::milliseconds kGap{200};
  explicit EventHub(std::chrono::milliseconds gap = kGap);
  /// Ends all streams.
  ~EventHub();
  EventHub(const EventHub&) = delete;
  EventHub& operator=(const EventHub&) = delete;

  /// A new reader. `seen`: the number that it knows; where the topic has moved on since (`number`), it is told at once.
  std::shared_ptr<EventStream> open(std::int64_t topic, std::int64_t owner, std::int64_t number, std::int64_t seen);
  /// The topic has this number now; lower ones than told before are ignored. After the commit. Quick, on any thread.
  void announce(std::int64_t topic, std::int64_t number);
  /// Ends what this account reads, when it signs out or may no longer.
  void end_owner(std::int64_t owner);
  /// Ends all readers of a topic: whoever still may, connects again.
  void end_topic(std::int64_t topic);
  std::size_t readers() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kasane::web
