// Typed access to the values of a row.
#include "db/row.hpp"

#include "db/errors.hpp"
#include "db/sql.hpp"

namespace kasane::db {

detail::Columns detail::Columns::of(std::vector<std::string> names) {
  Columns columns;
  for (const auto& name : names) columns.personal.push_back(holds(name, "pii_"));
  columns.names = std::move(names);
  return columns;
}

const std::string& Row::name(int col) const {
  if (col < 0 || col >= columns()) throw Misuse("a row has no column " + std::to_string(col));
  return columns_.names[static_cast<std::size_t>(col)];
}

bool Row::null_at(int col) const {
  name(col);
  return source_.is_null(col);
}

bool Row::plain_null_at(int col) const {
  const auto& called = name(col);
  if (columns_.personal[static_cast<std::size_t>(col)]) {
    throw Misuse("personal column " + called + " is read only through the access door");
  }
  return source_.is_null(col);
}

void Row::require_value(int col) const {
  if (plain_null_at(col)) throw Misuse("column " + name(col) + " is NULL");
}

bool Row::is_null(int col) const { return plain_null_at(col); }

std::int64_t Row::i64(int col) const {
  require_value(col);
  return source_.i64(col);
}

std::optional<std::int64_t> Row::opt_i64(int col) const {
  return plain_null_at(col) ? std::nullopt : std::optional(source_.i64(col));
}

bool Row::boolean(int col) const {
  require_value(col);
  return source_.i64(col) != 0;
}

std::optional<bool> Row::opt_boolean(int col) const {
  return plain_null_at(col) ? std::nullopt : std::optional(source_.i64(col) != 0);
}

std::string Row::text(int col) const {
  require_value(col);
  return std::string(source_.text(col));
}

std::optional<std::string> Row::opt_text(int col) const {
  return plain_null_at(col) ? std::nullopt : std::optional(std::string(source_.text(col)));
}

Blob Row::blob(int col) const {
  require_value(col);
  return source_.blob(col);
}

std::optional<Blob> Row::opt_blob(int col) const {
  return plain_null_at(col) ? std::nullopt : std::optional(source_.blob(col));
}

Date Row::date(int col) const {
  require_value(col);
  auto date = Date::from_iso(source_.text(col));
  if (!date) throw Misuse("column " + name(col) + " holds no ISO date");
  return *date;
}

std::optional<Date> Row::opt_date(int col) const {
  return plain_null_at(col) ? std::nullopt : std::optional(date(col));
}

std::optional<std::int64_t> Row::raw_i64(int col, PersonalKey) const {
  return null_at(col) ? std::nullopt : std::optional(source_.i64(col));
}

}  // namespace kasane::db
