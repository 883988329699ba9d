// SQLite by hand, for the bench alone: filling a city fast, and the bare statements that pages are compared with.
// The program itself reaches the database only through src/db.
#pragma once
#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

namespace kasane::bench {

class Sqlite {
 public:
  /// Throws std::runtime_error when the file does not open.
  explicit Sqlite(const std::filesystem::path& file) {
    if (sqlite3_open_v2(file.c_str(), &db_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr) != SQLITE_OK)
      throw std::runtime_error("cannot open " + file.string());
    sqlite3_busy_timeout(db_, 10'000);
    run("PRAGMA cache_size=-12000");  // as the server's connections
  }
  ~Sqlite() { sqlite3_close_v2(db_); }
  Sqlite(const Sqlite&) = delete;
  Sqlite& operator=(const Sqlite&) = delete;

  void run(const std::string& sql) {
    if (sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fault(sql);
  }
  sqlite3* get() const { return db_; }
  [[noreturn]] void fault(const std::string& sql) const { throw std::runtime_error(std::string(sqlite3_errmsg(db_)) + ": " + sql); }

 private:
  sqlite3* db_ = nullptr;
};

/// A prepared statement that is run again and again with other values.
class Statement {
 public:
  Statement(Sqlite& db, std::string sql) : db_(db), sql_(std::move(sql)) {
    if (sqlite3_prepare_v3(db.get(), sql_.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &raw_, nullptr) != SQLITE_OK) db.fault(sql_);
  }
  ~Statement() { sqlite3_finalize(raw_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  /// Binds, runs and reads every column of every row, as a page must. Rows read.
  template <class... A>
  std::int64_t operator()(const A&... values) {
    int at = 0;
    (bind(++at, values), ...);
    std::int64_t rows = 0;
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(raw_)) == SQLITE_ROW) {
      ++rows;
      for (int c = 0; c < sqlite3_column_count(raw_); ++c) read_bytes_ += static_cast<std::size_t>(read(c));
    }
    if (code != SQLITE_DONE) db_.fault(sql_);
    sqlite3_reset(raw_);
    return rows;
  }
  std::size_t read_bytes() const { return read_bytes_; }
  /// The first column of the last row is not kept: use this where a single number is wanted.
  template <class... A>
  std::optional<std::int64_t> number(const A&... values) {
    int at = 0;
    (bind(++at, values), ...);
    std::optional<std::int64_t> found;
    if (sqlite3_step(raw_) == SQLITE_ROW) found = sqlite3_column_int64(raw_, 0);
    sqlite3_reset(raw_);
    return found;
  }

 private:
  template <class T>
  void bind(int at, const T& value) {
    if constexpr (std::is_same_v<T, std::nullopt_t>) {
      sqlite3_bind_null(raw_, at);
    } else if constexpr (std::is_integral_v<T>) {
      sqlite3_bind_int64(raw_, at, static_cast<std::int64_t>(value));
    } else {
      const std::string_view text(value);
      sqlite3_bind_text(raw_, at, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
    }
  }
  int read(int column) {
    if (sqlite3_column_type(raw_, column) == SQLITE_INTEGER) {
      return sqlite3_column_int64(raw_, column) != 0 ? 8 : 0;
    }
    (void)sqlite3_column_text(raw_, column);
    return sqlite3_column_bytes(raw_, column);
  }
  Sqlite& db_;
  std::string sql_;
  sqlite3_stmt* raw_ = nullptr;
  std::size_t read_bytes_ = 0;
};

}  // namespace kasane::bench
