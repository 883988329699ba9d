// Small numbers: what is told, and that nobody can work out from it what is not.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <numeric>

#include "meeting/small_number_rules.hpp"
#include "programme/testing.hpp"

namespace kasane::meeting {
namespace {

constexpr std::int64_t kLimit = 5;

TEST(SmallNumber, is_told_as_less_than_the_limit_nothing_at_all_included) {  // N-35: nobody is found through a number
  EXPECT_EQ(told(0, kLimit, "世帯"), "5世帯未満");
  EXPECT_EQ(told(4, kLimit, "世帯"), "5世帯未満");
  EXPECT_EQ(told(5, kLimit, "世帯"), "5世帯");
  EXPECT_EQ(told_in_steps(0, kLimit, "件"), "5件未満");
  EXPECT_EQ(told_in_steps(5, kLimit, "件"), "5〜9件");
  EXPECT_EQ(told_in_steps(44, kLimit, "件"), "40〜44件");
  EXPECT_EQ(told_in_band(4, kLimit, "世帯"), "5世帯未満");
  EXPECT_EQ(told_in_band(9, kLimit, "世帯"), "5〜9世帯");
  EXPECT_EQ(told_in_band(10, kLimit, "世帯"), "10〜19世帯");
  EXPECT_EQ(told_in_band(20, kLimit, "世帯"), "20世帯以上");
}

TEST(SmallNumber, is_the_citys_own_or_five) {
  programme::testing::TestCity t("kawachinagano");
  EXPECT_EQ(small_number(t.m()), 5);
  programme::Municipality own;
  own.words["small_number"] = "10";
  EXPECT_EQ(small_number(own), 10);
  own.words["small_number"] = "1";  // would tell of single households
  EXPECT_EQ(small_number(own), 5);
}

TEST(SmallNumber, of_a_list_is_not_given_away_by_the_total) {
  const ToldList list = told_list({12, 2, 30, 0}, kLimit);
  EXPECT_EQ(list.numbers, (std::vector<std::string>{"＊", "＊", "30", "0"}));  // 44 - 42 would be 2
  EXPECT_EQ(list.total, "44");
  EXPECT_TRUE(list.any_untold);
}

TEST(SmallNumber, that_stands_alone_takes_the_total_with_it) {
  const ToldList list = told_list({3, 0, 0}, kLimit, true);
  EXPECT_EQ(list.numbers, (std::vector<std::string>{"＊", "＊", "＊"}));
  EXPECT_EQ(list.total, "＊");
}

TEST(SmallNumber, is_not_hidden_where_there_is_none) {
  const ToldList list = told_list({6, 7, 0}, kLimit);
  EXPECT_FALSE(list.any_untold);
  EXPECT_EQ(list.total, "13");
}

/// All ways to fill the untold cells of a small table so that every told number stands.
class Fillings {
 public:
  Fillings(const std::vector<std::int64_t>& cells, const std::vector<Sum>& sums, const std::vector<bool>& hidden, std::int64_t most)
      : cells_(cells), sums_(sums), hidden_(hidden), most_(most), low_(cells), high_(cells) {
    now_ = cells;
    for (std::size_t i = 0; i < cells.size(); ++i)
      if (hidden[i] && !is_total(i)) free_.push_back(i);
    try_all(0);
  }
  bool certain(std::size_t cell) const { return low_[cell] == high_[cell]; }

 private:
  bool is_total(std::size_t cell) const {
    return std::any_of(sums_.begin(), sums_.end(), [&](const Sum& s) { return s.total == cell; });
  }
  void try_all(std::size_t n) {
    if (n == free_.size()) return settle();
    for (std::size_t later = n; later < free_.size(); ++later) now_[free_[later]] = 0;
    for (std::int64_t value = 0; value <= most_; ++value) {
      now_[free_[n]] = value;
      for (std::size_t later = n + 1; later < free_.size(); ++later) now_[free_[later]] = 0;
      if (too_much()) break;
      try_all(n + 1);
    }
  }
  bool too_much() const {
    return std::any_of(sums_.begin(), sums_.end(), [&](const Sum& s) { return !hidden_[s.total] && sum_of(s) > cells_[s.total]; });
  }
  std::int64_t sum_of(const Sum& s) const {
    return std::accumulate(s.parts.begin(), s.parts.end(), std::int64_t{0}, [&](std::int64_t t, std::size_t i) { return t + now_[i]; });
  }
  void settle() {
    for (const Sum& s : sums_) {
      const std::int64_t total = sum_of(s);
      if (hidden_[s.total]) now_[s.total] = total;
      else if (total != cells_[s.total]) return;
    }
    for (std::size_t i = 0; i < now_.size(); ++i) {
      low_[i] = std::min(low_[i], now_[i]);
      high_[i] = std::max(high_[i], now_[i]);
    }
  }
  const std::vector<std::int64_t>& cells_;
  const std::vector<Sum>& sums_;
  const std::vector<bool>& hidden_;
  std::int64_t most_;
  std::vector<std::int64_t> now_, low_, high_;
  std::vector<std::size_t> free_;
};

struct Numbers {
  std::vector<std::int64_t> cells;
  std::vector<Sum> sums;
};

/// Rows and columns with totals; the totals stand last, so that they are worked out after their parts.
Numbers table_of(const std::vector<std::int64_t>& inner, std::size_t high, std::size_t wide) {
  Numbers t{inner, {}};
  for (std::size_t r = 0; r < high; ++r) {
    Sum s;
    std::int64_t total = 0;
    for (std::size_t c = 0; c < wide; ++c) s.parts.push_back(r * wide + c), total += inner[r * wide + c];
    s.total = t.cells.size();
    t.cells.push_back(total);
    t.sums.push_back(s);
  }
  for (std::size_t c = 0; c < wide; ++c) {
    Sum s;
    std::int64_t total = 0;
    for (std::size_t r = 0; r < high; ++r) s.parts.push_back(r * wide + c), total += inner[r * wide + c];
    s.total = t.cells.size();
    t.cells.push_back(total);
    t.sums.push_back(s);
  }
  return t;
}

RC_GTEST_PROP(SmallNumber, never_follows_from_what_is_told_of_a_table, ()) {
  constexpr std::size_t kHigh = 2, kWide = 2;
  const auto inner = *rc::gen::container<std::vector<std::int64_t>>(kHigh * kWide, rc::gen::inRange<std::int64_t>(0, 8));
  const bool zero_too = *rc::gen::arbitrary<bool>();
  const Numbers t = table_of(inner, kHigh, kWide);
  const auto hidden = untold(t.cells, t.sums, kLimit, zero_too);
  const Fillings all(t.cells, t.sums, hidden, 8);
  for (std::size_t i = 0; i < inner.size(); ++i) {
    const bool small = inner[i] < kLimit && (inner[i] > 0 || zero_too);
    if (!small) continue;
    RC_ASSERT(hidden[i]);
    RC_ASSERT(!all.certain(i));
  }
}

RC_GTEST_PROP(SmallNumber, is_never_what_is_untold_within_one_sum, ()) {
  const auto inner = *rc::gen::container<std::vector<std::int64_t>>(12, rc::gen::weightedOneOf<std::int64_t>({{3, rc::gen::inRange<std::int64_t>(0, 6)}, {1, rc::gen::inRange<std::int64_t>(6, 90)}}));
  const Numbers t = table_of(inner, 3, 4);
  const auto hidden = untold(t.cells, t.sums, kLimit);
  for (const Sum& s : t.sums) {
    std::int64_t together = 0;
    std::size_t count = 0;
    for (const std::size_t i : s.parts)
      if (hidden[i]) together += t.cells[i], ++count;
    if (hidden[s.total]) RC_ASSERT(count > 0);
    else RC_ASSERT(count == 0 || (count > 1 && together >= kLimit));
  }
}

TEST(SmallNumber, does_not_follow_from_numbers_being_none_below_nothing) {
  // With every total told, a column of 10 in rows of 5 leaves the other column nothing.
  const Numbers t = table_of({5, 0, 5, 0}, 2, 2);
  const auto hidden = untold(t.cells, t.sums, kLimit, true);
  const Fillings all(t.cells, t.sums, hidden, 12);
  EXPECT_FALSE(all.certain(1));
  EXPECT_FALSE(all.certain(3));
}

TEST(SmallNumber, table_has_totals_in_both_directions) {
  const ToldTable table = told_table({{10, 20}, {30, 40}}, kLimit);
  EXPECT_EQ(table.cells, (std::vector<std::vector<std::string>>{{"10", "20", "30"}, {"30", "40", "70"}, {"40", "60", "100"}}));
  EXPECT_FALSE(table.any_untold);
}

}  // namespace
}  // namespace kasane::meeting
