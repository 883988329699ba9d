#include "casework/notice_rules.hpp"

#include <gtest/gtest.h>

#include "casework/referral_testing.hpp"

namespace kasane::casework {
namespace {

const Date kToday = *Date::from_ymd(2026, 11, 24);

NewNotice curtains() {
  NewNotice n;
  n.received_on = kToday;
  n.source = "commissioner";
  n.owner = AgencyId(1);
  n.text = "カーテンが閉まったまま";
  return n;
}

TEST(NoticeRules, the_area_suggests_its_own_centre_first) {
  const auto m = testing::load_city("tsuruoka");
  const programme::Agency* fujishima = m.agency_named("地域包括支援センターふじしま");
  ASSERT_NE(fujishima, nullptr);
  const auto areas = m.areas_of(fujishima->code);
  ASSERT_FALSE(areas.empty());
  const auto owners = suggested_owners(m, areas.front()->code);
  ASSERT_FALSE(owners.empty());
  EXPECT_EQ(owners.front()->code, fujishima->code);
}

TEST(NoticeRules, a_city_without_areas_suggests_its_own_section) {
  const auto m = testing::load_city("aizuwakamatsu");
  const auto owners = suggested_owners(m, "");
  ASSERT_FALSE(owners.empty());
  EXPECT_EQ(owners.front()->code, "chiiki_fukushi");
}

TEST(NoticeRules, no_window_that_is_a_secret_in_itself_is_suggested) {
  const auto m = testing::load_city("tsuruoka");
  for (const programme::Area& area : m.areas)
    for (const programme::Agency* a : suggested_owners(m, area.code)) EXPECT_FALSE(a->sensitive) << a->code;
}

TEST(NoticeRules, where_abuse_is_named_somebody_looks_today) {
  programme::Deadlines days;
  EXPECT_EQ(look_by(days, kToday, true), kToday);
  EXPECT_EQ(look_by(days, kToday, false), kToday.plus_days(days.notice_look_by));
}

// T-88
TEST(NoticeRules, hints_of_residents_and_commissioners_count_as_community_T_88) {
  for (const char* source : {"resident", "commissioner", "family", "self", "anonymous", "meeting"}) EXPECT_TRUE(is_from_community(source)) << source;
  for (const char* source : {"agency", "section", "school", "medical", "other"}) EXPECT_FALSE(is_from_community(source)) << source;
}

// T-16
TEST(NoticeRules, only_the_text_and_an_owner_are_needed_T_16) {
  EXPECT_TRUE(faults_of(curtains(), kToday).empty());
  NewNotice empty = curtains();
  empty.text.clear();
  empty.owner = AgencyId();
  empty.received_on = kToday.plus_days(1);
  EXPECT_EQ(faults_of(empty, kToday).size(), 3u);
}

TEST(NoticeRules, looking_again_needs_a_day_and_no_need_needs_a_word) {
  Look look;
  look.on = kToday;
  look.result = LookResult::watch;
  EXPECT_EQ(faults_of(look, kToday, AgencyId(1), kToday).at(0).field, "look_again");
  look.look_again = kToday;
  EXPECT_EQ(faults_of(look, kToday, AgencyId(1), kToday).at(0).field, "look_again");
  look.look_again = kToday.plus_days(7);
  EXPECT_TRUE(faults_of(look, kToday, AgencyId(1), kToday).empty());
  look.result = LookResult::no_need;
  EXPECT_EQ(faults_of(look, kToday, AgencyId(1), kToday).at(0).field, "note");
  look.result = LookResult::handed_over;
  look.new_owner = AgencyId(1);
  EXPECT_EQ(faults_of(look, kToday, AgencyId(1), kToday).at(0).field, "new_owner");
  look.result = LookResult::support;
  look.on = kToday.plus_days(-2);
  EXPECT_EQ(faults_of(look, kToday, AgencyId(1), kToday).at(0).field, "looked_on") << "nobody looked before it was received";
}

TEST(NoticeRules, what_is_linked_or_ended_is_not_looked_at_again) {
  EXPECT_TRUE(may_look(NoticeState::open));
  EXPECT_TRUE(may_link(NoticeState::looked));
  EXPECT_FALSE(may_look(NoticeState::linked));
  EXPECT_FALSE(may_link(NoticeState::ended));
}

}  // namespace
}  // namespace kasane::casework
