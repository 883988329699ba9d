#include "programme/post_rules.hpp"

#include <gtest/gtest.h>

namespace kasane::programme {
namespace {

Date day(int n) { return Date::from_ymd(2026, 4, 1)->plus_days(n); }
PostSpan post(Role role, int from, int until) { return {role, day(from), day(until)}; }

TEST(Posts, of_several_agencies_may_be_held_at_once) {
  EXPECT_FALSE(why_not_post({post(Role::coordinator, 0, 100)}, post(Role::window_counsellor, 0, 100)));
  EXPECT_FALSE(why_not_post({post(Role::administrator, 0, 100)}, post(Role::administrator, 50, 200)));
}

TEST(Posts, of_an_administrator_stand_beside_no_other_on_any_day) {
  for (const Role other : {Role::auditor, Role::coordinator, Role::head, Role::secretary}) {
    EXPECT_TRUE(why_not_post({post(Role::administrator, 0, 100)}, post(other, 100, 200)));
    EXPECT_TRUE(why_not_post({post(other, 0, 100)}, post(Role::administrator, 50, 60)));
    EXPECT_FALSE(why_not_post({post(other, 0, 100)}, post(Role::administrator, 101, 200)));
    EXPECT_FALSE(why_not_post({post(Role::administrator, 101, 200)}, post(other, 0, 100)));
  }
}

TEST(Posts, end_no_earlier_than_they_begin) { EXPECT_TRUE(why_not_post({}, post(Role::coordinator, 10, 9))); }

}  // namespace
}  // namespace kasane::programme
