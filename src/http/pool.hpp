// A few threads with a bounded queue before them. A full queue says no at once, so that overload is an answer and
// not a wait.
#pragma once
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace kasane::http {

class Pool {
 public:
  using Task = std::function<void()>;
  struct Size {
    std::size_t threads;
    std::size_t queue;  // tasks that may wait, beside those that run
  };
  /// `on_fault` learns of an exception that a task let out (the thread goes on).
  explicit Pool(Size size, std::function<void(std::exception_ptr)> on_fault = {});
  /// As stop().
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  /// False when the queue is full or the pool has stopped; the task is then dropped unrun.
  [[nodiscard]] bool post(Task task);
  /// Lets running tasks end and drops waiting ones. Not from a thread of the pool; from one thread at a time.
  void stop();
  /// Tasks that wait for a thread.
  std::size_t waiting() const;

 private:
  void work();

  const Size size_;
  const std::function<void(std::exception_ptr)> on_fault_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Task> tasks_;
  std::size_t running_ = 0;
  bool stopped_ = false;
  std::vector<std::thread> threads_;
};

/// The small pool beside the workers, for password hashing and documents, so that neither stalls the pages.
using SidePool = Pool;

}  // namespace kasane::http
