// The one door to a database: SQLite (a file, the default) or PostgreSQL behind the same transactions.
//
//   auto found = db.read([&](db::ReadTx& tx) { return store.find(tx, id); });
//   Result<PlanId> made = db.write([&](db::WriteTx& tx) -> Result<PlanId> { ... });
//
// A closure may run twice (a lost race, a neighbour in the same group that failed), possibly on another thread, so
// it has no effects but on the transaction and on variables it sets anew each time. read and write return what the
// closure returns. When a write closure returns an error (a Result) or throws, all it wrote is undone. When write
// returns, the change is on disk. read and write may not be nested for the same database (Misuse).
// Both throw Unavailable when the store cannot serve now.
#pragma once
#include <chrono>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "db/migrations.hpp"
#include "db/statement_info.hpp"
#include "db/tx.hpp"

namespace kasane::db {

struct Settings {
  Engine engine = Engine::sqlite;
  /// SQLite: path of the file (made, readable only for its owner, if it is missing). PostgreSQL: libpq conninfo or URI.
  std::string location;
  std::string migrations{kCityMigrations};
  /// Most connections for reading (SQLite), for everything (PostgreSQL).
  int connections = 4;
  /// How long to wait for a free connection.
  std::chrono::milliseconds pool_wait{2'000};
  /// How long to wait for another process's lock.
  std::chrono::milliseconds busy_timeout{5'000};
  /// PostgreSQL: how long a statement may run.
  std::chrono::milliseconds statement_timeout{30'000};
  /// Most writes waiting in the writer's queue; more are Unavailable.
  std::size_t queue_limit = 1'024;
  /// SQLite: largest size of the file in bytes; 0 is no bound. More is Unavailable, as a full disk is.
  std::int64_t max_bytes = 0;
};

/// From one text: path of a SQLite file, postgresql://… or conninfo (host=… dbname=…). OpenError for anything else.
Settings settings_for(std::string_view location);

class Database {
 public:
  /// Opens and migrates. OpenError: cannot be opened; a migration was changed after it had been applied, fails, or is
  /// newer than this program.
  static std::unique_ptr<Database> open(const Settings& settings);
  /// With these migrations instead of the embedded ones.
  static std::unique_ptr<Database> open(const Settings& settings, const std::vector<Migration>& migrations);
  virtual ~Database() = default;

  /// Runs the closure over one unchanging view of the data.
  template <class F>
  auto read(F&& closure) -> std::invoke_result_t<F&, ReadTx&> {
    using R = std::invoke_result_t<F&, ReadTx&>;
    if constexpr (std::is_void_v<R>) {
      run_read([&](ReadTx& tx) { closure(tx); });
    } else {
      std::optional<R> result;
      run_read([&](ReadTx& tx) {
        result.reset();
        result.emplace(closure(tx));
      });
      return std::move(*result);
    }
  }

  /// Runs the closure and commits, durably, unless it returns an error.
  template <class F>
  auto write(F&& closure) -> std::invoke_result_t<F&, WriteTx&> {
    using R = std::invoke_result_t<F&, WriteTx&>;
    if constexpr (std::is_void_v<R>) {
      run_write([&](WriteTx& tx) {
        closure(tx);
        return true;
      });
    } else {
      std::optional<R> result;
      run_write([&](WriteTx& tx) {
        result.reset();
        result.emplace(closure(tx));
        return keeps(*result);
      });
      return std::move(*result);
    }
  }

  /// Queues a write without waiting. `done` is called once, on the writer's thread: with nothing when the change is
  /// on disk, else with what went wrong; it must be quick, not throw and not write. Unavailable (thrown here) when the queue is
  /// full. For the audit trail: the reply waits, not the worker.
  void submit(std::function<void(WriteTx&)> job, std::function<void(std::exception_ptr)> done);

  virtual Engine engine() const = 0;
  /// SQLite: moves the log into the file and empties it; does less, without a word, while somebody reads an older
  /// state. PostgreSQL does this itself: nothing.
  virtual void checkpoint() = 0;
  /// SQLite: a consistent copy while work goes on; `target` must not exist. Misuse on PostgreSQL (use pg_dump).
  virtual void backup_to(const std::filesystem::path& target) = 0;
  /// Prepares without running. QueryError when the engine rejects it.
  virtual StatementInfo describe(std::string_view sql) = 0;

 protected:
  using ReadJob = function_ref<void(ReadTx&)>;
  using WriteJob = function_ref<bool(WriteTx&)>;  // false: undo
  virtual void read_job(ReadJob job) = 0;
  virtual void write_job(WriteJob job) = 0;
  virtual void submit_job(std::function<bool(WriteTx&)> job, std::function<void(std::exception_ptr)> done) = 0;
  /// A ReadTx has no public constructor; the engines make theirs here.
  static void run_read_transaction(detail::Connection& connection, ReadJob job);

 private:
  /// While a closure of this database runs on a thread, that thread must not start another.
  class Inside;
  void run_read(ReadJob job);
  void run_write(WriteJob job);
  template <class T>
  static bool keeps(const T&) { return true; }
  template <class T>
  static bool keeps(const Result<T>& result) { return result.has_value(); }
};

}  // namespace kasane::db
