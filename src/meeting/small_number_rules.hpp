// Small numbers, pure: from how many on a number is told, and which further numbers must stay untold so that nobody can
// work out a small one from the totals.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "programme/municipality.hpp"

namespace kasane::meeting {

/// Numbers below this are not told. The city's (small_number in wording.toml, 3 to 20), else 5.
std::int64_t small_number(const programme::Municipality& m);

/// "5件未満" below the limit, nothing at all included; else "7件".
std::string told(std::int64_t value, std::int64_t limit, std::string_view unit);

/// "5件未満", "5〜9件", "10〜19件", "20件以上" (of a limit of 5): where an exact number could be taken from a sum.
std::string told_in_band(std::int64_t value, std::int64_t limit, std::string_view unit);

/// "5件未満", "40〜44件" (of a limit of 5): as near to the number as no difference of two of them tells a small one.
std::string told_in_steps(std::int64_t value, std::int64_t limit, std::string_view unit);

/// Some cells add up to another: the parts of a row or column and their total, by index.
struct Sum {
  std::vector<std::size_t> parts;
  std::size_t total = 0;
};

/// Which cells are not told: those of 1 to limit - 1 (with `zero_too`: of 0 as well), and so many further ones, smallest
/// first, that no untold cell follows from the told ones through the sums, and that what is untold within one sum is not
/// itself a small number. Where nothing else helps, the total is untold.
std::vector<bool> untold(const std::vector<std::int64_t>& cells, const std::vector<Sum>& sums, std::int64_t limit, bool zero_too = false);

/// One list of numbers with its total.
struct ToldList {
  std::vector<std::string> numbers;
  std::string total;
  bool any_untold = false;
};
ToldList told_list(const std::vector<std::int64_t>& numbers, std::int64_t limit, bool zero_too = false);

/// Rows and columns with their totals: one more in each direction.
struct ToldTable {
  std::vector<std::vector<std::string>> cells;
  bool any_untold = false;
};
ToldTable told_table(const std::vector<std::vector<std::int64_t>>& rows, std::int64_t limit, bool zero_too = false);

/// What stands for a number that is not told, and what it means.
inline constexpr std::string_view kUntold = "＊";
std::string untold_words(std::int64_t limit, std::string_view unit);

}  // namespace kasane::meeting
