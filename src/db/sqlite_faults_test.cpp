// What happens when the file is locked, the disk is full or the disk fails: nothing is lost, nothing is told that is
// not so, and the program goes on when the trouble is over.
#include <sqlite3.h>
#include <sys/stat.h>

#include <atomic>
#include <fstream>
#include <latch>
#include <map>
#include <mutex>
#include <thread>

#include "db/scratch.hpp"

namespace kasane::db {
namespace {

class SqliteFaults : public Scratch {
 protected:
  void put(std::int64_t id) {
    db().write([&](WriteTx& tx) {
      tx.run("INSERT INTO shelf (id, label) VALUES ($1, $2)", params(id, "shelf " + std::to_string(id)));
    });
  }
  std::string file() const { return settings().location; }
};
INSTANTIATE_TEST_SUITE_P(on, SqliteFaults, ::testing::Values(Engine::sqlite));

/// Another program that holds the file's write lock.
class OtherProgram {
 public:
  explicit OtherProgram(const std::string& file) {
    sqlite3_open(file.c_str(), &db_);
    sqlite3_exec(db_, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
  }
  ~OtherProgram() { sqlite3_close(db_); }
  OtherProgram(const OtherProgram&) = delete;
  OtherProgram& operator=(const OtherProgram&) = delete;

 private:
  sqlite3* db_ = nullptr;
};

TEST_P(SqliteFaults, a_locked_file_is_unavailable_for_writing_and_free_for_reading) {
  auto impatient = settings();
  impatient.busy_timeout = std::chrono::milliseconds(20);
  reopen(impatient);
  put(1);
  {
    const OtherProgram other(file());
    EXPECT_THROW(put(2), Unavailable);
    EXPECT_EQ(count(), 1);
  }
  put(2);
  EXPECT_EQ(count(), 2);
}

TEST_P(SqliteFaults, a_full_disk_is_unavailable_and_small_writes_go_on_when_there_is_room) {
  auto narrow = settings();
  narrow.max_bytes = 400'000;
  reopen(narrow);
  put(1);
  const auto put_large = [&] {
    db().write([&](WriteTx& tx) {
      tx.run("INSERT INTO shelf (id, label) VALUES (2, 'half of a job')");
      tx.run("INSERT INTO thing (id, title) VALUES (1, $1)", params(std::string(1'000'000, 'x')));
    });
  };
  EXPECT_THROW(put_large(), Unavailable);
  EXPECT_EQ(count(), 1) << "nothing of the job is left";
  put(3);
  EXPECT_EQ(count(), 2);
  reopen(settings());
  put_large();
  EXPECT_EQ(count(), 3);
}

TEST_P(SqliteFaults, a_file_is_readable_for_its_owner_only) {
  struct stat about {};
  put(1);
  for (const auto& path : {file(), file() + "-wal", file() + "-shm"}) {
    ASSERT_EQ(::stat(path.c_str(), &about), 0) << path;
    EXPECT_EQ(about.st_mode & 0777, 0600U) << path;
  }
}

TEST_P(SqliteFaults, a_file_that_is_no_database_is_refused) {
  close();
  std::ofstream(file()) << "This is a letter, not a database, and long enough to be looked at.";
  EXPECT_THROW(Database::open(settings()), OpenError);
}

TEST_P(SqliteFaults, checkpoint_empties_the_log_and_a_copy_is_a_database) {
  put(1);
  db().checkpoint();
  EXPECT_EQ(std::filesystem::file_size(file() + "-wal"), 0U);
  auto copy = settings();
  copy.location = file() + ".copy";
  db().backup_to(copy.location);
  put(2);
  auto opened = Database::open(copy, scratch_migrations(Engine::sqlite));
  EXPECT_EQ(count(*opened), 1);
}

TEST_P(SqliteFaults, readers_beyond_the_bound_are_unavailable) {
  auto few = settings();
  few.connections = 1;
  few.pool_wait = std::chrono::milliseconds(20);
  reopen(few);
  std::latch reading(1), enough(1);
  std::thread reader([&] {
    db().read([&](ReadTx&) {
      reading.count_down();
      enough.wait();
    });
  });
  reading.wait();
  EXPECT_THROW(count(), Unavailable);
  enough.count_down();
  reader.join();
  EXPECT_EQ(count(), 0);
}

// A file system whose fsync fails on demand: SQLite's own one with one call put between.
std::atomic<bool> sync_fails = false;

class FailingSync {
 public:
  FailingSync() {
    real_ = sqlite3_vfs_find(nullptr);
    shim_ = *real_;
    shim_.zName = "failing_sync";
    shim_.xOpen = &FailingSync::open;
    sqlite3_vfs_register(&shim_, /*as default=*/1);
  }
  ~FailingSync() {
    sync_fails = false;
    sqlite3_vfs_register(real_, 1);
    sqlite3_vfs_unregister(&shim_);
  }
  FailingSync(const FailingSync&) = delete;
  FailingSync& operator=(const FailingSync&) = delete;

 private:
  static int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    const int code = real_->xOpen(real_, name, file, flags, out_flags);
    if (code == SQLITE_OK && file->pMethods) file->pMethods = with_failing_sync(file->pMethods);
    return code;
  }
  /// Kinds of files (database, log) have different methods but the same way to sync.
  static const sqlite3_io_methods* with_failing_sync(const sqlite3_io_methods* methods) {
    static std::mutex mutex;
    static std::map<const sqlite3_io_methods*, sqlite3_io_methods> changed;
    std::lock_guard lock(mutex);
    real_sync_ = methods->xSync;
    auto& copy = changed.try_emplace(methods, *methods).first->second;
    copy.xSync = &FailingSync::sync;
    return &copy;
  }
  static int sync(sqlite3_file* file, int flags) {
    return sync_fails ? SQLITE_IOERR_FSYNC : real_sync_.load()(file, flags);
  }
  static inline sqlite3_vfs* real_ = nullptr;
  static inline std::atomic<int (*)(sqlite3_file*, int)> real_sync_ = nullptr;
  sqlite3_vfs shim_{};
};

TEST_P(SqliteFaults, a_failed_sync_acknowledges_nothing_until_a_write_has_reached_the_disk_again) {
  close();
  {
    const FailingSync shim;
    reopen(settings());
    put(1);
    sync_fails = true;
    EXPECT_THROW(put(2), Unavailable);
    EXPECT_THROW(put(3), Unavailable);
    EXPECT_EQ(count(), 1) << "reading goes on";
    sync_fails = false;
    put(4);
    EXPECT_EQ(count(), 2);
    close();
  }
  reopen(settings());
  EXPECT_EQ(count(), 2);
}

TEST_P(SqliteFaults, a_failed_sync_fails_every_write_of_the_group) {
  close();
  {
    const FailingSync shim;
    reopen(settings());
    std::latch writing(1), queued(1);
    std::atomic<int> kept = 0, lost = 0;
    const auto done = [&](std::exception_ptr error) { ++(error ? lost : kept); };
    db().submit([&](WriteTx&) { writing.count_down(); queued.wait(); }, done);
    writing.wait();
    for (int id = 1; id <= 5; ++id) {
      db().submit([id](WriteTx& tx) {
        tx.run("INSERT INTO shelf (id, label) VALUES ($1, $2)", params(id, std::to_string(id)));
      }, done);
    }
    sync_fails = true;
    queued.count_down();
    close();  // waits for what is queued
    EXPECT_EQ(lost, 5);
    EXPECT_EQ(kept, 1) << "the job that wrote nothing needed no disk";
  }
  reopen(settings());
  EXPECT_EQ(count(), 0);
}

}  // namespace
}  // namespace kasane::db
