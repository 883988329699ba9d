// One thread that writes: what queued while the last commit was being synced becomes the next group, one
// transaction with a savepoint per job. So a single write costs one sync, and a hundred at once cost one too.
#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "db/connection.hpp"

namespace kasane::db::detail {

class GroupWriter {
 public:
  using Job = std::function<bool(WriteTx&)>;               // false: undo
  using Done = std::function<void(std::exception_ptr)>;    // null: durable, or undone because the job asked for it
  /// `open` makes a writing connection that has proved that it can write, or throws; it is called again after the
  /// connection broke.
  using Open = std::function<std::unique_ptr<Connection>()>;

  GroupWriter(Open open, std::size_t queue_limit);
  /// Writes what is queued, then stops.
  ~GroupWriter();
  GroupWriter(const GroupWriter&) = delete;
  GroupWriter& operator=(const GroupWriter&) = delete;

  /// Queues. `done` is called once on the writer's thread. Unavailable (thrown) when the queue is full.
  void submit(Job job, Done done);
  /// Queues and waits; throws what the job threw or what the commit met.
  void run(function_ref<bool(WriteTx&)> job);

 private:
  struct Entry {
    Job job;
    Done done;
    std::exception_ptr error = {};
    bool keep = false;
  };
  using Group = std::vector<Entry>;

  void work();
  Group next_group();
  void write(Group& group);
  /// False when the group is undone and each job has to run alone.
  bool write_together(Group& group);
  /// False when the transaction is gone.
  bool run_in_savepoint(Entry& entry);
  void write_alone(Entry& entry);
  /// Opens again after a failure; throws Unavailable while that fails, so that nothing is written meanwhile.
  Connection& connection();
  void forget_broken_connection() noexcept;

  Open open_;
  std::size_t queue_limit_;
  std::unique_ptr<Connection> connection_;
  std::mutex mutex_;
  std::condition_variable queued_;
  std::deque<Entry> queue_;
  bool stopping_ = false;
  std::thread thread_;  // last: starts when all else is ready
};

}  // namespace kasane::db::detail
