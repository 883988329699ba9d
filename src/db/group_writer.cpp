// See the header. Nothing is acknowledged before its commit has returned, and after a failed commit on a broken
// connection nothing of the group is tried again: whether it reached the disk is unknown, so the caller must repeat
// its command (command.hpp makes that harmless).
#include "db/group_writer.hpp"

#include <future>

#include "db/lack.hpp"

namespace kasane::db::detail {

namespace {
constexpr std::size_t kLargestGroup = 256;
}

GroupWriter::GroupWriter(Open open, std::size_t queue_limit)
    : open_(std::move(open)), queue_limit_(queue_limit), connection_(open_()), thread_([this] { work(); }) {}

GroupWriter::~GroupWriter() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  queued_.notify_one();
  thread_.join();
}

void GroupWriter::submit(Job job, Done done) {
  {
    std::lock_guard lock(mutex_);
    if (stopping_) throw Unavailable("the database is being closed");
    if (queue_.size() >= queue_limit_) throw Lacking(Lack::busy, "too many writes are waiting");
    queue_.push_back({std::move(job), std::move(done)});
  }
  queued_.notify_one();
}

void GroupWriter::run(function_ref<bool(WriteTx&)> job) {
  if (std::this_thread::get_id() == thread_.get_id()) throw Misuse("the writer cannot wait for itself");
  auto outcome = std::make_shared<std::promise<void>>();  // shared: outlives this call on the writer's side
  auto done = outcome->get_future();
  submit(job, [outcome](std::exception_ptr error) {
    if (error) outcome->set_exception(error);
    else outcome->set_value();
  });
  done.get();
}

void GroupWriter::work() {
  for (Group group = next_group(); !group.empty(); group = next_group()) {
    write(group);
    for (auto& entry : group) entry.done(entry.error);
  }
}

GroupWriter::Group GroupWriter::next_group() {
  std::unique_lock lock(mutex_);
  queued_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
  Group group;
  while (!queue_.empty() && group.size() < kLargestGroup) {
    group.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return group;
}

void GroupWriter::write(Group& group) {
  if (group.size() > 1 && write_together(group)) return;
  for (auto& entry : group) write_alone(entry);
}

bool GroupWriter::write_together(Group& group) {
  bool committing = false;
  try {
    connection().begin_write();
    for (auto& entry : group) {
      if (!run_in_savepoint(entry)) return false;
    }
    committing = true;
    connection_->commit();
    return true;
  } catch (const Failure&) {
    const auto error = std::current_exception();
    const bool fate_unknown = committing && connection_ && connection_->broken();
    if (connection_) connection_->roll_back();
    forget_broken_connection();
    if (!fate_unknown) return false;
    for (auto& entry : group) {
      if (entry.keep) entry.error = error;
    }
    return true;
  }
}

bool GroupWriter::run_in_savepoint(Entry& entry) {
  Connection& connection = *connection_;
  connection.control("SAVEPOINT job");
  try {
    WriteTx tx(connection);
    entry.keep = entry.job(tx);
    tx.throw_if_failed(/*unless_undone=*/!entry.keep);
  } catch (const Retry&) {
    connection.roll_back();
    return false;
  } catch (...) {
    entry.keep = false;
    entry.error = std::current_exception();
  }
  if (!connection.in_transaction()) return false;  // SQLite gives up the whole transaction when the disk is full
  if (!entry.keep) connection.control("ROLLBACK TO job");
  connection.control("RELEASE job");
  return true;
}

void GroupWriter::write_alone(Entry& entry) {
  entry.error = nullptr;
  try {
    with_retries([&] { run_transaction(connection(), entry.job); });
  } catch (...) {
    entry.error = std::current_exception();
  }
  forget_broken_connection();
}

Connection& GroupWriter::connection() {
  if (connection_ && !connection_->still_there()) connection_.reset();
  if (!connection_) connection_ = open_();
  return *connection_;
}

void GroupWriter::forget_broken_connection() noexcept {
  if (connection_ && connection_->broken()) connection_.reset();
}

}  // namespace kasane::db::detail
