// The bounded pool, see pool.hpp.
#include "http/pool.hpp"

#include <utility>

namespace kasane::http {

Pool::Pool(Size size, std::function<void(std::exception_ptr)> on_fault) : size_(size), on_fault_(std::move(on_fault)) {
  threads_.reserve(size_.threads);
  for (std::size_t i = 0; i < size_.threads; ++i) threads_.emplace_back([this] { work(); });
}

Pool::~Pool() { stop(); }

bool Pool::post(Task task) {
  {
    std::lock_guard lock(mutex_);
    // What a free thread is about to take does not count as waiting.
    if (stopped_ || tasks_.size() + running_ >= size_.queue + size_.threads) return false;
    tasks_.push_back(std::move(task));
  }
  wake_.notify_one();
  return true;
}

void Pool::stop() {
  std::deque<Task> dropped;
  {
    std::lock_guard lock(mutex_);
    stopped_ = true;
    dropped.swap(tasks_);
  }
  wake_.notify_all();
  dropped.clear();  // outside the lock and before the wait: a task may answer somebody as it goes
  for (auto& thread : threads_) thread.join();
  threads_.clear();
}

std::size_t Pool::waiting() const {
  std::lock_guard lock(mutex_);
  return tasks_.size();
}

void Pool::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return stopped_ || !tasks_.empty(); });
    if (tasks_.empty()) return;
    Task task = std::move(tasks_.front());
    tasks_.pop_front();
    ++running_;
    lock.unlock();
    try {
      task();
    } catch (...) {
      if (on_fault_) on_fault_(std::current_exception());
    }
    task = {};  // what it holds goes before the lock is taken again
    lock.lock();
    --running_;
  }
}

}  // namespace kasane::http
