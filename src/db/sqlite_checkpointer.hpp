// Moves SQLite's write-ahead log into the file beside the writer, so that no request waits for it.
#pragma once
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "db/sqlite_connection.hpp"

namespace kasane::db::detail {

class SqliteCheckpointer {
 public:
  explicit SqliteCheckpointer(SqliteOptions options);
  ~SqliteCheckpointer();
  SqliteCheckpointer(const SqliteCheckpointer&) = delete;
  SqliteCheckpointer& operator=(const SqliteCheckpointer&) = delete;

  /// From the writer after a commit; cheap.
  void log_has(int pages);
  /// Now, on the caller's thread, emptying the log.
  void empty_log();

 private:
  void work();
  void checkpoint(bool empty_log);

  std::mutex connection_mutex_;
  SqliteConnection connection_;
  std::mutex mutex_;
  std::condition_variable grown_;
  int pages_ = 0;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace kasane::db::detail
