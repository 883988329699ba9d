// How long records are kept, and what may go. Pure. Years come from the city's settings; without them nothing is due.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/registry.hpp"
#include "base/date.hpp"
#include "base/result.hpp"
#include "programme/municipality.hpp"

namespace kasane::archive {

struct Period {
  RetentionClass what = RetentionClass::case_file;
  int years = 0;
  std::string basis;  // the city's rule
};
/// What the city has set (its codes/retention_set.csv); empty: nothing.
std::vector<Period> periods(const programme::Municipality& m);
const Period* find(const std::vector<Period>& periods, RetentionClass what);

/// What the program suggests for a class; a hint, never applied.
struct Hint {
  RetentionClass what = RetentionClass::case_file;
  std::string label;
  std::string years;
  bool unverified = true;
};
std::vector<Hint> hints(const programme::Municipality& m);

/// The last day on which it is kept: years counted from the end of the fiscal year in which it ended.
Date keep_until(Date ended_on, int years);

/// One line of the log of disposals, which is kept apart from the database: after an older copy was restored, what had
/// been disposed of is disposed of again. Ids and codes only.
struct LogLine {
  std::string number;      // of the disposal
  std::int64_t root = 0;
  RetentionClass what = RetentionClass::case_file;
  friend bool operator==(const LogLine&, const LogLine&) = default;
};
std::string log_text(const std::vector<LogLine>& lines);
/// Reads what log_text wrote. Errors: ErrorCode::invalid naming the first line that is damaged.
Result<std::vector<LogLine>> parse_log(std::string_view text);

}  // namespace kasane::archive
