#include "casework/issue_rules.hpp"

#include <gtest/gtest.h>

namespace kasane::casework {
namespace {

using access::Topic;

TEST(IssueTopics, go_by_the_code) {
  EXPECT_EQ(topics_of_issue("dementia"), access::Topics(Topic::health));
  EXPECT_EQ(topics_of_issue("debt"), access::Topics(Topic::economy));
  EXPECT_EQ(topics_of_issue("hoarding"), access::Topics(Topic::housing));
  EXPECT_TRUE(topics_of_issue("young_carer").has_all(Topic::child | Topic::family)) << "KN-2";
}

// W-73: that there is abuse is for those who may know of it.
TEST(IssueTopics, every_code_of_abuse_and_violence_is_protected) {
  for (const char* code : {"violence", "abuse_child", "abuse_elder", "abuse_disabled", "partner_violence"})
    EXPECT_TRUE(topics_of_issue(code).has_all(Topic::abuse)) << code;
}

TEST(IssueTopics, a_code_of_the_citys_own_counts_as_part_of_the_plan) { EXPECT_EQ(topics_of_issue("harbour_noise"), access::Topics(Topic::plan)); }

// W-7: 6か月以上にわたって概ね家庭にとどまり続ける状態.
TEST(IssueDuration, of_six_months_makes_isolation_a_withdrawal_W_7) {
  const Date since = *Date::from_ymd(2026, 3, 31);
  EXPECT_EQ(months_between(since, *Date::from_ymd(2026, 3, 31)), 0);
  EXPECT_EQ(months_between(since, *Date::from_ymd(2026, 4, 29)), 0);
  EXPECT_EQ(months_between(since, *Date::from_ymd(2026, 4, 30)), 1) << "the last day of a shorter month";
  EXPECT_EQ(months_between(since, *Date::from_ymd(2025, 4, 30)), 0);
  EXPECT_FALSE(is_long_withdrawal("isolation", since, *Date::from_ymd(2026, 9, 29)));
  EXPECT_TRUE(is_long_withdrawal("isolation", since, *Date::from_ymd(2026, 9, 30)));
  EXPECT_FALSE(is_long_withdrawal("debt", since, *Date::from_ymd(2027, 9, 30)));
}

TEST(IssueTreatment, is_asked_for_what_can_be_treated) {
  EXPECT_TRUE(may_be_treated("disability_suspected"));
  EXPECT_FALSE(may_be_treated("debt"));
}

}  // namespace
}  // namespace kasane::casework
