// One connection to a SQLite file.
#pragma once
#include <sqlite3.h>

#include <chrono>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "db/connection.hpp"
#include "db/sqlite_statement.hpp"
#include "db/statement_cache.hpp"

namespace kasane::db::detail {

struct SqliteOptions {
  std::string path;
  std::chrono::milliseconds busy_timeout{5'000};
  bool read_only = false;
  std::int64_t max_bytes = 0;
  /// Called after each commit with the number of pages in the write-ahead log; nothing checkpoints by itself.
  std::function<void(int)> on_log_pages = {};
};

class SqliteConnection final : public Connection {
 public:
  /// Unavailable when the file cannot be opened.
  explicit SqliteConnection(SqliteOptions options);
  ~SqliteConnection() override;
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  Engine engine() const override { return Engine::sqlite; }
  void query(std::string_view sql, Text kind, const Params& params, ReadTx::OnRow on_row) override;
  std::int64_t change(std::string_view sql, Text kind, const Params& params) override;
  void control(const char* sql) override;
  StatementInfo describe(std::string_view sql) override;
  void begin_read() override { control("BEGIN"); }
  void begin_write() override { control("BEGIN IMMEDIATE"); }
  void commit() override { control("COMMIT"); }
  bool in_transaction() const override { return sqlite3_get_autocommit(db_) == 0; }
  bool broken() const override { return broken_; }

  /// Moves the log into the file; with `empty_log` also waits for readers and cuts the log to nothing.
  /// False when some of it had to stay.
  bool checkpoint(bool empty_log);
  void copy_to(const std::string& path);
  /// Writes something small and makes sure that it reached the disk. Throws as any write does.
  void prove_writable();

 private:
  using Lease = StatementCache<SqliteStatement>::Lease;
  class Running;

  std::unique_ptr<SqliteStatement> prepare(std::string_view sql, Text kind);
  StatementCache<SqliteStatement>& cache(Text kind) { return kind == Text::plain ? plain_ : personal_; }
  void set_up(const SqliteOptions& options);
  /// Throws what the result code of the last call on this connection means.
  [[noreturn]] void throw_error(int code, std::string_view sql);
  static int authorize(void* self, int action, const char* table, const char* column, const char* schema,
                       const char* inside);
  static int on_commit(void* self, sqlite3* db, const char* schema, int pages);

  sqlite3* db_ = nullptr;
  StatementCache<SqliteStatement> plain_{256};
  StatementCache<SqliteStatement> personal_{256};
  std::function<void(int)> on_log_pages_;
  Text preparing_ = Text::personal;                // what the authorizer allows
  std::set<std::string>* reads_ = nullptr;         // where the authorizer notes columns, if anywhere
  bool broken_ = false;
};

}  // namespace kasane::db::detail
