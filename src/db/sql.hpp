// SQL literals, checked while compiling. A statement is one of three kinds, and the kind says who may run it:
//   PlainSql   names no personal column; any store may run it
//   PermitSql  one record behind a permit ($permit stands for its key); runs only through the access door
//   ScopeSql   lists and counts behind a scope ({scope:alias.id}); runs only through the access door
// In stores literals are whole statements, R"sql(...)sql", so that tools/lint/sql_literals.py can list and prepare them
// all; one that begins with /* sqlite */ or /* postgres */, or stands in a file sqlite_*.cpp or postgres_*.cpp, is for
// that engine only.
//
// What all SQL here may rely on: parameters $1..$n (bound by name), {ids:$1} for a list of ids (see id_list() in
// param.hpp), RETURNING, ON CONFLICT, window functions, recursive CTEs, IS NOT DISTINCT FROM, NULLS LAST,
// count(*) FILTER. What differs between the engines and is therefore not used: `$1 IS NULL` without CAST($1 AS ...),
// FOR UPDATE, string_agg/group_concat, casts with ::, double-quoted strings, comparing a parameter with a number
// literal without CAST($1 AS BIGINT). LIKE tells upper from lower case on both.
#pragma once
#include <string_view>

namespace kasane::db {

namespace detail {
constexpr char lower_ascii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Whether `text` holds `part` (given in lower case), whatever the case.
constexpr bool holds(std::string_view text, std::string_view part) {
  for (std::size_t at = 0; at + part.size() <= text.size(); ++at) {
    std::size_t n = 0;
    while (n < part.size() && lower_ascii(text[at + n]) == part[n]) ++n;
    if (n == part.size()) return true;
  }
  return false;
}
}  // namespace detail

class PlainSql {
 public:
  // NOLINTNEXTLINE(google-explicit-constructor): a literal is a statement
  consteval PlainSql(const char* text) : text_(text) {
    if (detail::holds(text_, "pii_")) throw "plain SQL names a personal column (pii_): use PermitSql or ScopeSql";
    if (detail::holds(text_, "{scope:")) throw "plain SQL holds {scope:...}: use ScopeSql";
    if (detail::holds(text_, "$permit")) throw "plain SQL holds $permit: use PermitSql";
  }
  constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

/// One record, for SELECT, INSERT and UPDATE.
class PermitSql {
 public:
  // NOLINTNEXTLINE(google-explicit-constructor)
  consteval PermitSql(const char* text) : text_(text) {
    if (!detail::holds(text_, "$permit")) throw "SQL for one record must hold $permit";
  }
  constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

/// Many records, for lists and counts.
class ScopeSql {
 public:
  // NOLINTNEXTLINE(google-explicit-constructor)
  consteval ScopeSql(const char* text) : text_(text) {
    if (!detail::holds(text_, "{scope:")) throw "SQL for lists and counts must hold {scope:...}";
  }
  constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

}  // namespace kasane::db
