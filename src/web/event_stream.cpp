#include "web/event_stream.hpp"

#include <charconv>
#include <utility>

namespace kasane::web {

std::string event_text(const Event& event) {
  const std::string number = std::to_string(event.number);
  return "id: " + number + "\nevent: " + std::string(event.name) + "\ndata: " + number + "\n\n";
}

std::optional<std::int64_t> last_event_number(std::string_view header) {
  std::int64_t number = 0;
  const auto [end, fault] = std::from_chars(header.data(), header.data() + header.size(), number);
  if (fault != std::errc() || end != header.data() + header.size() || number < 0) return std::nullopt;
  return number;
}

void EventStream::wake(std::unique_lock<std::mutex>& lock) {
  const auto call = wake_;
  lock.unlock();
  if (call) call();
}

bool EventStream::push(const Event& event) {
  std::unique_lock lock(mutex_);
  if (ended_) return false;
  waiting_ += event_text(event);
  wake(lock);
  return true;
}

void EventStream::end() {
  std::unique_lock lock(mutex_);
  if (std::exchange(ended_, true)) return;
  wake(lock);
}

bool EventStream::ended() const {
  std::lock_guard lock(mutex_);
  return ended_;
}

void EventStream::attach(std::function<void()> wake_up) {
  std::unique_lock lock(mutex_);
  wake_ = std::move(wake_up);
  if (!waiting_.empty() || ended_) wake(lock);
}

EventStream::Taken EventStream::take() {
  std::lock_guard lock(mutex_);
  return {std::exchange(waiting_, {}), ended_};
}

std::size_t EventStream::waiting() const {
  std::lock_guard lock(mutex_);
  return waiting_.size();
}

}  // namespace kasane::web
