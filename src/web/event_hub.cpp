#include "web/event_hub.hpp"

#include <algorithm>
#include <condition_variable>
#include <iterator>
#include <optional>
#include <thread>

namespace kasane::web {

using Clock = std::chrono::steady_clock;

bool Burst::at_once(Time now) {
  if (!waits_ && (last_ == Time{} || now - last_ >= gap_)) {
    last_ = now;
    return true;
  }
  waits_ = true;
  return false;
}

void Burst::told(Time now) {
  last_ = now;
  waits_ = false;
}

namespace {

struct Topic {
  explicit Topic(std::chrono::milliseconds gap) : burst(gap) {}
  Burst burst;
  std::int64_t number = 0;
  std::vector<std::weak_ptr<EventStream>> readers;
};

using Readers = std::vector<std::shared_ptr<EventStream>>;

/// Readers that are still there; those that have gone are forgotten.
Readers living(Topic& topic) {
  Readers all;
  std::erase_if(topic.readers, [&](const std::weak_ptr<EventStream>& weak) {
    auto reader = weak.lock();
    if (!reader || reader->ended()) return true;
    all.push_back(std::move(reader));
    return false;
  });
  return all;
}

void tell(const Readers& readers, std::int64_t number) {
  for (const auto& reader : readers) reader->push({number, "change"});
}

}  // namespace

struct EventHub::Impl {
  explicit Impl(std::chrono::milliseconds g) : gap(g) {}

  /// Tells what waited, when its time has come; runs while the hub lives.
  void work() {
    std::unique_lock lock(mutex);
    while (!stopping) {
      std::optional<Clock::time_point> next;
      for (auto& [id, topic] : topics)
        if (const auto due = topic.burst.due()) next = next ? std::min(*next, *due) : *due;
      if (!next) wake.wait(lock);
      else if (wake.wait_until(lock, *next) == std::cv_status::timeout) tell_due(lock);
    }
  }

  void tell_due(std::unique_lock<std::mutex>& lock) {
    std::vector<std::pair<Readers, std::int64_t>> now_due;
    const auto now = Clock::now();
    for (auto& [id, topic] : topics) {
      const auto due = topic.burst.due();
      if (!due || *due > now) continue;
      topic.burst.told(now);
      now_due.emplace_back(living(topic), topic.number);
    }
    lock.unlock();
    for (const auto& [readers, number] : now_due) tell(readers, number);
    lock.lock();
  }

  Topic& topic(std::int64_t id) { return topics.try_emplace(id, gap).first->second; }

  /// Topics without readers are forgotten now and then: their numbers are kept elsewhere.
  void forget_quiet() {
    if (topics.size() < 64) return;
    for (auto at = topics.begin(); at != topics.end();)
      at = !at->second.burst.due() && living(at->second).empty() ? topics.erase(at) : std::next(at);
  }

  const std::chrono::milliseconds gap;
  mutable std::mutex mutex;
  std::condition_variable wake;
  std::map<std::int64_t, Topic> topics;
  bool stopping = false;
  std::thread thread;  // begins with the first burst
};

EventHub::EventHub(std::chrono::milliseconds gap) : impl_(std::make_unique<Impl>(gap)) {}

EventHub::~EventHub() {
  std::vector<Readers> all;
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->stopping = true;
    for (auto& [id, topic] : impl_->topics) all.push_back(living(topic));
  }
  impl_->wake.notify_all();
  if (impl_->thread.joinable()) impl_->thread.join();
  for (const Readers& readers : all)
    for (const auto& reader : readers) reader->end();
}

std::shared_ptr<EventStream> EventHub::open(std::int64_t topic, std::int64_t owner, std::int64_t number, std::int64_t seen) {
  auto stream = std::make_shared<EventStream>(owner);
  std::int64_t newest = number;
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->forget_quiet();
    Topic& t = impl_->topic(topic);
    // Between reading the number and joining here somebody may have changed something.
    newest = t.number = std::max(t.number, number);
    living(t);
    t.readers.push_back(stream);
  }
  if (newest > seen) stream->push({newest, "change"});
  return stream;
}

void EventHub::announce(std::int64_t topic, std::int64_t number) {
  Readers readers;
  {
    const std::lock_guard lock(impl_->mutex);
    const auto found = impl_->topics.find(topic);
    if (found == impl_->topics.end() || found->second.number >= number) return;
    Topic& t = found->second;
    t.number = number;
    if (!t.burst.at_once(Clock::now())) {
      if (!impl_->thread.joinable()) impl_->thread = std::thread([impl = impl_.get()] { impl->work(); });
      impl_->wake.notify_all();
      return;
    }
    readers = living(t);
  }
  tell(readers, number);
}

void EventHub::end_owner(std::int64_t owner) {
  Readers gone;
  {
    const std::lock_guard lock(impl_->mutex);
    for (auto& [id, topic] : impl_->topics)
      for (auto& reader : living(topic))
        if (reader->owner() == owner) gone.push_back(std::move(reader));
  }
  for (const auto& reader : gone) reader->end();
}

void EventHub::end_topic(std::int64_t topic) {
  Readers gone;
  {
    const std::lock_guard lock(impl_->mutex);
    const auto found = impl_->topics.find(topic);
    if (found != impl_->topics.end()) gone = living(found->second);
  }
  for (const auto& reader : gone) reader->end();
}

std::size_t EventHub::readers() const {
  const std::lock_guard lock(impl_->mutex);
  std::size_t count = 0;
  for (auto& [id, topic] : impl_->topics) count += living(topic).size();
  return count;
}

}  // namespace kasane::web
