// See the header. A checkpoint that fails loses nothing: the log stays and the next commit asks again.
#include "db/sqlite_checkpointer.hpp"

namespace kasane::db::detail {

namespace {
constexpr int kWorthMoving = 1'000;   // pages; 4 MB
constexpr int kTooLong = 16'000;      // pages; 64 MB: readers have kept the log from starting over, so cut it
}  // namespace

SqliteCheckpointer::SqliteCheckpointer(SqliteOptions options)
    : connection_(std::move(options)), thread_([this] { work(); }) {}

SqliteCheckpointer::~SqliteCheckpointer() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  grown_.notify_one();
  thread_.join();
}

void SqliteCheckpointer::log_has(int pages) {
  if (pages < kWorthMoving) return;
  {
    std::lock_guard lock(mutex_);
    pages_ = pages;
  }
  grown_.notify_one();
}

void SqliteCheckpointer::empty_log() { checkpoint(/*empty_log=*/true); }

void SqliteCheckpointer::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    grown_.wait(lock, [&] { return stopping_ || pages_ > 0; });
    if (stopping_) return;
    const bool too_long = pages_ >= kTooLong;
    pages_ = 0;
    lock.unlock();
    checkpoint(too_long);
    lock.lock();
  }
}

void SqliteCheckpointer::checkpoint(bool empty_log) {
  std::lock_guard lock(connection_mutex_);
  connection_.checkpoint(empty_log);
}

}  // namespace kasane::db::detail
