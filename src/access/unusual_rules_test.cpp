// What the auditor is shown, and what not: a working day of many households is no reproach.
#include "access/unusual_rules.hpp"

#include <gtest/gtest.h>

namespace kasane::access {
namespace {

TEST(Unusual, an_ordinary_day_gives_no_line) {
  EXPECT_TRUE(unusual_in({.households = 60, .refused = 20, .searches = 150}, {}).empty());
}

TEST(Unusual, each_rule_alone_gives_its_line) {
  EXPECT_EQ(unusual_in({.households = 61}, {}), std::vector{Unusual::many_households});
  EXPECT_EQ(unusual_in({.refused = 21}, {}), std::vector{Unusual::many_refused});
  EXPECT_EQ(unusual_in({.searches = 151}, {}), std::vector{Unusual::many_searches});
  EXPECT_EQ(unusual_in({.at_night = true}, {}), std::vector{Unusual::night});
  EXPECT_EQ(unusual_in({.own_relatives = true}, {}), std::vector{Unusual::own_relatives});
  EXPECT_EQ(unusual_in({.after_leaving = true}, {}), std::vector{Unusual::after_leaving});
}

TEST(Unusual, night_runs_round_midnight_and_may_lie_within_a_day) {
  const UnusualLimits limits;
  EXPECT_TRUE(is_night(22, limits));
  EXPECT_TRUE(is_night(0, limits));
  EXPECT_TRUE(is_night(5, limits));
  EXPECT_FALSE(is_night(6, limits));
  EXPECT_FALSE(is_night(21, limits));
  const UnusualLimits small_hours{.night_from = 1, .night_until = 4};
  EXPECT_TRUE(is_night(1, small_hours));
  EXPECT_FALSE(is_night(4, small_hours));
  EXPECT_FALSE(is_night(0, small_hours));
}

TEST(Unusual, every_rule_has_its_own_code_and_words) {
  std::vector<std::string_view> codes;
  for (const Unusual rule : all_unusual()) {
    EXPECT_FALSE(label_of(rule).empty());
    for (const std::string_view earlier : codes) EXPECT_NE(earlier, code_of(rule));
    codes.push_back(code_of(rule));
  }
  EXPECT_EQ(codes.size(), 7u);
}

}  // namespace
}  // namespace kasane::access
