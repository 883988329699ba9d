#include "meeting/small_number_rules.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace kasane::meeting {

namespace {

constexpr std::int64_t kDefaultLimit = 5;
constexpr std::int64_t kLeastLimit = 3, kMostLimit = 20;
constexpr std::int64_t kPrime = 1'000'000'007;
constexpr std::int64_t kUnbounded = 1'000'000'000'000;  // more than any number of households

std::int64_t power(std::int64_t base, std::int64_t exponent) {
  std::int64_t result = 1;
  for (; exponent > 0; exponent /= 2, base = base * base % kPrime)
    if (exponent % 2 == 1) result = result * base % kPrime;
  return result;
}

using Equation = std::vector<std::int64_t>;

/// Reduced rows of the equations (coefficients modulo a prime): an unknown that is alone in its row can be worked out.
void reduce(std::vector<Equation>& rows, std::size_t unknowns) {
  std::size_t done = 0;
  for (std::size_t column = 0; column < unknowns && done < rows.size(); ++column) {
    const auto pivot = std::find_if(rows.begin() + static_cast<std::ptrdiff_t>(done), rows.end(), [&](const Equation& r) { return r[column] != 0; });
    if (pivot == rows.end()) continue;
    std::iter_swap(rows.begin() + static_cast<std::ptrdiff_t>(done), pivot);
    Equation& own = rows[done];
    const std::int64_t inverse = power(own[column], kPrime - 2);
    for (std::int64_t& c : own) c = c * inverse % kPrime;
    for (std::size_t r = 0; r < rows.size(); ++r) {
      if (r == done || rows[r][column] == 0) continue;
      const std::int64_t factor = rows[r][column];
      for (std::size_t k = 0; k < unknowns; ++k) rows[r][k] = (rows[r][k] + (kPrime - factor) * own[k]) % kPrime;
    }
    ++done;
  }
}

/// The search for what else must stay untold.
class Covering {
 public:
  Covering(const std::vector<std::int64_t>& cells, const std::vector<Sum>& sums, std::int64_t limit, bool zero_too)
      : cells_(cells), sums_(sums), limit_(limit), hidden_(cells.size()) {
    for (std::size_t i = 0; i < cells.size(); ++i) hidden_[i] = cells[i] < limit && (cells[i] > 0 || zero_too);
  }

  std::vector<bool> done() {
    // Each round hides at least one cell more, so it ends.
    while (cover_sums() || cover_known() || cover_bound()) {}
    return hidden_;
  }

 private:
  /// The smallest told part of the sum; parts of nothing help nobody unless there is nothing else.
  std::optional<std::size_t> next_part(const Sum& sum) const {
    std::optional<std::size_t> best;
    const auto rank = [&](std::size_t i) { return cells_[i] == 0 ? std::int64_t{1} << 60 : cells_[i]; };
    for (const std::size_t i : sum.parts)
      if (!hidden_[i] && (!best || rank(i) < rank(*best))) best = i;
    return best;
  }
  void hide_in(const Sum& sum) {
    if (const auto part = next_part(sum)) hidden_[*part] = true;
    else hidden_[sum.total] = true;
  }

  bool cover(const Sum& sum) {
    std::size_t count = 0;
    std::int64_t together = 0;
    for (const std::size_t i : sum.parts)
      if (hidden_[i]) {
        ++count;
        together += cells_[i];
      }
    if (hidden_[sum.total]) {
      if (count > 0) return false;
      hide_in(sum);  // the total of told parts
      return true;
    }
    if (count == 0 || (count > 1 && together >= limit_)) return false;
    hide_in(sum);
    return true;
  }
  bool cover_sums() {
    bool any = false;
    for (const Sum& sum : sums_) any = cover(sum) || any;
    return any;
  }

  /// Hides one more cell in a sum of each cell that still follows from the rest.
  bool cover_known() {
    std::vector<std::size_t> unknown;
    for (std::size_t i = 0; i < hidden_.size(); ++i)
      if (hidden_[i]) unknown.push_back(i);
    std::vector<Equation> rows;
    for (const Sum& sum : sums_) {
      Equation row(unknown.size());
      for (std::size_t k = 0; k < unknown.size(); ++k) {
        const auto times = std::count(sum.parts.begin(), sum.parts.end(), unknown[k]);
        row[k] = (times + (unknown[k] == sum.total ? kPrime - 1 : 0)) % kPrime;
      }
      rows.push_back(std::move(row));
    }
    reduce(rows, unknown.size());
    bool any = false;
    for (const Equation& row : rows) {
      if (std::count_if(row.begin(), row.end(), [](std::int64_t c) { return c != 0; }) != 1) continue;
      const auto at = std::find_if(row.begin(), row.end(), [](std::int64_t c) { return c != 0; });
      any = hide_beside(unknown[static_cast<std::size_t>(at - row.begin())]) || any;
    }
    return any;
  }
  /// Numbers are none below nothing: a cell may follow from that although no single sum tells it. Narrows what each untold
  /// cell can be until nothing changes, and hides one more beside each that can be one number only.
  bool cover_bound() {
    std::vector<std::int64_t> low(cells_.size()), high(cells_.size(), kUnbounded);
    while (narrow(low, high)) {}
    bool any = false;
    for (std::size_t i = 0; i < cells_.size(); ++i)
      if (hidden_[i] && low[i] == high[i]) any = hide_beside(i) || any;
    return any;
  }
  bool narrow(std::vector<std::int64_t>& low, std::vector<std::int64_t>& high) const {
    bool any = false;
    for (const Sum& sum : sums_) {
      if (hidden_[sum.total]) continue;
      std::int64_t rest = cells_[sum.total], lows = 0, highs = 0;
      for (const std::size_t i : sum.parts) {
        if (!hidden_[i]) rest -= cells_[i];
        else lows += low[i], highs += high[i];
      }
      for (const std::size_t i : sum.parts) {
        if (!hidden_[i]) continue;
        const std::int64_t least = std::max(low[i], rest - (highs - high[i])), most = std::min(high[i], rest - (lows - low[i]));
        any = any || least != low[i] || most != high[i];
        lows += least - low[i];
        highs += most - high[i];
        low[i] = least;
        high[i] = most;
      }
    }
    return any;
  }
  bool hide_beside(std::size_t cell) {
    for (const Sum& sum : sums_) {
      const bool in = sum.total == cell || std::find(sum.parts.begin(), sum.parts.end(), cell) != sum.parts.end();
      if (!in || (!next_part(sum) && hidden_[sum.total])) continue;
      hide_in(sum);
      return true;
    }
    return false;
  }

  const std::vector<std::int64_t>& cells_;
  const std::vector<Sum>& sums_;
  std::int64_t limit_;
  std::vector<bool> hidden_;
};

std::string shown(std::int64_t value, bool hidden) { return hidden ? std::string(kUntold) : std::to_string(value); }

}  // namespace

std::int64_t small_number(const programme::Municipality& m) {
  const std::string set = m.wording("small_number", "");
  std::int64_t value = 0;
  const auto read = std::from_chars(set.data(), set.data() + set.size(), value);
  return read.ec == std::errc() && value >= kLeastLimit && value <= kMostLimit ? value : kDefaultLimit;
}

std::string told(std::int64_t value, std::int64_t limit, std::string_view unit) {
  if (value < limit) return std::to_string(limit) + std::string(unit) + "未満";
  return std::to_string(value) + std::string(unit);
}

std::string told_in_steps(std::int64_t value, std::int64_t limit, std::string_view unit) {
  if (value < limit) return told(value, limit, unit);
  const std::int64_t from = value - value % limit;
  return std::to_string(from) + "〜" + std::to_string(from + limit - 1) + std::string(unit);
}

std::string told_in_band(std::int64_t value, std::int64_t limit, std::string_view unit) {
  if (value < limit) return told(value, limit, unit);
  for (std::int64_t from = limit; from < 4 * limit; from *= 2)
    if (value < 2 * from) return std::to_string(from) + "〜" + std::to_string(2 * from - 1) + std::string(unit);
  return std::to_string(4 * limit) + std::string(unit) + "以上";
}

std::vector<bool> untold(const std::vector<std::int64_t>& cells, const std::vector<Sum>& sums, std::int64_t limit, bool zero_too) {
  return Covering(cells, sums, limit, zero_too).done();
}

ToldList told_list(const std::vector<std::int64_t>& numbers, std::int64_t limit, bool zero_too) {
  std::vector<std::int64_t> cells = numbers;
  Sum sum;
  std::int64_t total = 0;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    sum.parts.push_back(i);
    total += numbers[i];
  }
  sum.total = cells.size();
  cells.push_back(total);
  const std::vector<bool> hidden = untold(cells, {sum}, limit, zero_too);
  ToldList list;
  for (std::size_t i = 0; i < numbers.size(); ++i) list.numbers.push_back(shown(numbers[i], hidden[i]));
  list.total = shown(total, hidden.back());
  list.any_untold = std::find(hidden.begin(), hidden.end(), true) != hidden.end();
  return list;
}

ToldTable told_table(const std::vector<std::vector<std::int64_t>>& rows, std::int64_t limit, bool zero_too) {
  ToldTable table;
  if (rows.empty()) return table;
  const std::size_t high = rows.size(), wide = rows.front().size();
  const auto at = [&](std::size_t r, std::size_t c) { return r * (wide + 1) + c; };
  std::vector<std::int64_t> cells((high + 1) * (wide + 1));
  for (std::size_t r = 0; r < high; ++r)
    for (std::size_t c = 0; c < wide; ++c) {
      cells[at(r, c)] = rows[r][c];
      cells[at(r, wide)] += rows[r][c];
      cells[at(high, c)] += rows[r][c];
      cells[at(high, wide)] += rows[r][c];
    }
  std::vector<Sum> sums;
  for (std::size_t r = 0; r <= high; ++r) {
    Sum sum{{}, at(r, wide)};
    for (std::size_t c = 0; c < wide; ++c) sum.parts.push_back(at(r, c));
    sums.push_back(std::move(sum));
  }
  for (std::size_t c = 0; c <= wide; ++c) {
    Sum sum{{}, at(high, c)};
    for (std::size_t r = 0; r < high; ++r) sum.parts.push_back(at(r, c));
    sums.push_back(std::move(sum));
  }
  const std::vector<bool> hidden = untold(cells, sums, limit, zero_too);
  for (std::size_t r = 0; r <= high; ++r) {
    table.cells.emplace_back();
    for (std::size_t c = 0; c <= wide; ++c) table.cells.back().push_back(shown(cells[at(r, c)], hidden[at(r, c)]));
  }
  table.any_untold = std::find(hidden.begin(), hidden.end(), true) != hidden.end();
  return table;
}

std::string untold_words(std::int64_t limit, std::string_view unit) {
  return std::string(kUntold) + "は、" + std::to_string(limit) + std::string(unit) + "に満たない数か、出すとその数が計算で分かってしまう数です。";
}

}  // namespace kasane::meeting
