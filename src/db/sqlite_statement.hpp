// A prepared SQLite statement whose parameters are bound by name.
#pragma once
#include <sqlite3.h>

#include <charconv>
#include <string>
#include <string_view>
#include <vector>

#include "db/errors.hpp"
#include "db/param.hpp"
#include "db/row.hpp"
#include "db/sql.hpp"
#include "db/sql_text.hpp"

namespace kasane::db::detail {

/// A prepared statement, which column is personal, and where $1, $2 ... are bound.
class SqliteStatement {
 public:
  explicit SqliteStatement(sqlite3_stmt* statement) : statement_(statement) {
    std::vector<std::string> names;
    for (int col = 0; col < sqlite3_column_count(statement); ++col) names.push_back(name_of(col));
    columns_ = Columns::of(std::move(names));
  }
  ~SqliteStatement() { sqlite3_finalize(statement_); }
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;

  sqlite3_stmt* get() const { return statement_; }
  const Columns& columns() const { return columns_; }
  int parameters() const { return static_cast<int>(slots_.size()); }

  /// QueryError unless the parameters are exactly $1 to $n: PostgreSQL would reject the rest.
  void find_parameters(std::string_view sql) {
    const int count = sqlite3_bind_parameter_count(statement_);
    slots_.assign(static_cast<std::size_t>(count), 0);
    for (int slot = 1; slot <= count; ++slot) {
      const char* name = sqlite3_bind_parameter_name(statement_, slot);
      const std::string_view text = name ? name : "";
      int number = 0;
      if (text.starts_with('$')) std::from_chars(text.data() + 1, text.data() + text.size(), number);
      if (number < 1 || number > count || text != "$" + std::to_string(number)) {
        throw QueryError("parameters must be $1 to $n without gaps: " + shortened(sql));
      }
      slots_[static_cast<std::size_t>(number - 1)] = slot;
    }
  }

  /// The values must live until the statement is reset.
  void bind(const Params& params, std::string_view sql) {
    if (params.size() != slots_.size()) {
      throw QueryError("wants " + std::to_string(slots_.size()) + " parameters, not " + std::to_string(params.size()) +
                       ": " + shortened(sql));
    }
    for (std::size_t n = 0; n < slots_.size(); ++n) {
      const int slot = slots_[n];
      std::visit([&](const auto& value) { bind_value(slot, value); }, params.values()[n]);
    }
  }

 private:
  /// The name in the result; for a renamed column the name in its table, so that an alias does not hide what it is.
  std::string name_of(int col) const {
    const char* shown = sqlite3_column_name(statement_, col);
    const char* origin = sqlite3_column_origin_name(statement_, col);
    if (origin && holds(origin, "pii_")) return origin;
    return shown ? shown : "";
  }
  void bind_value(int slot, std::monostate) { sqlite3_bind_null(statement_, slot); }
  void bind_value(int slot, std::int64_t value) { sqlite3_bind_int64(statement_, slot, value); }
  void bind_value(int slot, bool value) { sqlite3_bind_int64(statement_, slot, value ? 1 : 0); }
  void bind_value(int slot, const std::string& value) {
    require_storable(value);
    sqlite3_bind_text64(statement_, slot, value.data(), value.size(), SQLITE_STATIC, SQLITE_UTF8);
  }
  void bind_value(int slot, const Blob& value) {
    if (value.empty()) sqlite3_bind_zeroblob(statement_, slot, 0);  // a null pointer would be NULL
    else sqlite3_bind_blob64(statement_, slot, value.data(), value.size(), SQLITE_STATIC);
  }

  sqlite3_stmt* statement_;
  Columns columns_;
  std::vector<int> slots_;
};

}  // namespace kasane::db::detail
