// Which time is proposed: never one without those who have to be there while another keeps them; and why none is.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "meeting/poll_rules.hpp"

namespace kasane::meeting {
namespace {

constexpr PollReply Y = PollReply::yes, M = PollReply::maybe, N = PollReply::no, O = PollReply::none;
const Date kToday = *Date::from_ymd(2026, 11, 24);

TEST(PollChoice, takes_the_time_that_most_can_come_to) {
  const std::vector<Replies> replies{{Y, Y, N}, {N, Y, Y}, {Y, M, N}};
  EXPECT_EQ(choose_slot({}, replies, 3).slot, 1u);
}

TEST(PollChoice, never_without_the_city_however_many_come_otherwise) {  // 北上
  const std::vector<Need> city{{"市", {0}}};
  const std::vector<Replies> replies{{N, Y}, {Y, N}, {Y, N}, {Y, N}};
  EXPECT_EQ(choose_slot(city, replies, 2).slot, 1u);
  EXPECT_EQ(missing_at(city, replies, 0), std::vector<std::string>{"市"});
}

TEST(PollChoice, any_one_section_of_the_city_keeps_the_city_there) {
  const std::vector<Need> city{{"市", {0, 1}}};
  EXPECT_EQ(choose_slot(city, {{N, N}, {Y, N}, {Y, Y}}, 2).slot, 0u);
}

TEST(PollChoice, prefers_that_the_city_comes_without_adjusting) {
  const std::vector<Need> city{{"市", {0}}};
  EXPECT_EQ(choose_slot(city, {{M, Y}, {Y, N}, {Y, N}}, 2).slot, 1u);
}

TEST(PollChoice, the_first_of_equals) { EXPECT_EQ(choose_slot({}, {{N, Y, Y}, {Y, N, N}}, 3).slot, 0u); }

TEST(PollChoice, says_who_was_not_asked) {
  const auto none = choose_slot({{"市", {}}}, {{Y}}, 1);
  EXPECT_FALSE(none.slot);
  EXPECT_NE(none.why.find("市を、まだ招いていません"), std::string::npos);
}

TEST(PollChoice, says_who_can_come_at_no_time) {
  const auto none = choose_slot({{"市", {0}}}, {{N, N}, {Y, Y}}, 2);
  EXPECT_FALSE(none.slot);
  EXPECT_NE(none.why.find("市が出席できません"), std::string::npos);
}

TEST(PollChoice, waits_for_an_answer_that_is_still_open) {
  const auto none = choose_slot({{"市", {0}}}, {{O, N}, {Y, Y}}, 2);
  EXPECT_FALSE(none.slot);
  EXPECT_EQ(none.why, "市の答えを待っています。");
}

TEST(PollChoice, says_when_they_do_not_come_together) {
  const auto none = choose_slot({{"市", {0}}, {"多機関協働事業者", {1}}}, {{Y, N}, {N, Y}}, 2);
  EXPECT_FALSE(none.slot);
  EXPECT_NE(none.why.find("市、多機関協働事業者がそろう候補がありません"), std::string::npos);
}

TEST(PollChoice, proposes_nothing_while_nobody_answered) { EXPECT_EQ(choose_slot({}, {{O, O}, {O, O}}, 2).why, "答えを待っています。"); }

/// Over many invented polls: what is proposed keeps every need; it is proposed whenever some answered time keeps them; and no
/// other time that keeps them as surely has more who can come.
TEST(PollChoice, holds_for_any_answers) {
  std::mt19937 random(20261124);
  const auto pick = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  for (int round = 0; round < 20'000; ++round) {
    const std::size_t slots = 2 + pick(5), parties = 1 + pick(6);
    std::vector<Replies> replies(parties, Replies(slots));
    for (Replies& r : replies)
      for (PollReply& p : r) p = static_cast<PollReply>(pick(4));
    std::vector<Need> needs(pick(3));
    for (Need& need : needs) {
      need.name = "必須";
      for (std::size_t i = pick(3); i > 0; --i) need.parties.push_back(pick(parties));
    }
    const auto kept = [&](std::size_t slot) { return missing_at(needs, replies, slot).empty(); };
    const auto coming = [&](std::size_t slot, bool sure) {
      return std::count_if(replies.begin(), replies.end(), [&](const Replies& r) { return r[slot] == Y || (!sure && r[slot] == M); });
    };
    const Choice choice = choose_slot(needs, replies, slots);
    bool possible = false;
    for (std::size_t slot = 0; slot < slots; ++slot) possible = possible || (kept(slot) && coming(slot, false) > 0);
    ASSERT_EQ(choice.slot.has_value(), possible);
    ASSERT_EQ(choice.why.empty(), possible);
    if (!choice.slot) continue;
    ASSERT_TRUE(kept(*choice.slot));
    if (!needs.empty()) continue;
    for (std::size_t slot = 0; slot < slots; ++slot) ASSERT_LE(coming(slot, true), coming(*choice.slot, true));
  }
}

NewPoll poll_of(std::vector<PollSlot> slots) {
  NewPoll poll;
  poll.slots = std::move(slots);
  poll.agencies = {AgencyId(1)};
  poll.answer_by = kToday;
  return poll;
}

TEST(PollFaults, two_to_twelve_times_ahead_each_once) {
  EXPECT_TRUE(faults_of(poll_of({{0, kToday.plus_days(3), "13:30", 60}, {0, kToday.plus_days(3), "15:00", 60}}), kToday).empty());
  EXPECT_EQ(faults_of(poll_of({{0, kToday.plus_days(3), "13:30", 60}}), kToday).front().field, "day_1");
  EXPECT_EQ(faults_of(poll_of({{0, kToday.plus_days(3), "13:30", 60}, {0, kToday.plus_days(3), "13:30", 60}}), kToday).front().field, "day_2");
  EXPECT_EQ(faults_of(poll_of({{0, kToday.plus_days(3), "13:30", 60}, {0, kToday.plus_days(4), "", 60}}), kToday).front().field, "time_2");
  EXPECT_EQ(faults_of(poll_of({{0, kToday.plus_days(-1), "13:30", 60}, {0, kToday.plus_days(4), "9:00", 60}}), kToday).front().field, "day_1");
  EXPECT_EQ(faults_of(poll_of(std::vector<PollSlot>(13, {0, kToday.plus_days(3), "13:30", 60})), kToday).front().field, "day_1");
}

TEST(PollFaults, answers_are_wanted_before_the_first_time) {
  NewPoll poll = poll_of({{0, kToday.plus_days(3), "13:30", 60}, {0, kToday.plus_days(9), "13:30", 60}});
  poll.answer_by = kToday.plus_days(5);
  EXPECT_EQ(faults_of(poll, kToday).front().field, "answer_by");
}

TEST(PollOffices, are_lines_without_blanks_and_repeats) {
  EXPECT_EQ(offices_of("みなと小学校\n\n　みなと小学校 \n潮風クリニック"), (std::vector<std::string>{"みなと小学校", "潮風クリニック"}));
}

TEST(PollBodies, a_fixed_cycle_needs_no_question) {
  programme::Body monthly, on_demand, both;
  monthly.name = "月例会議";
  monthly.cycle.kind = programme::CycleKind::monthly;
  on_demand.cycle.kind = programme::CycleKind::on_demand;
  both.cycle.kind = programme::CycleKind::monthly;
  both.cycle.also_on_demand = true;
  EXPECT_NE(why_no_poll({&monthly}).find("日程をたずねる必要はありません"), std::string::npos);
  EXPECT_TRUE(why_no_poll({&on_demand, &both}).empty());
  EXPECT_FALSE(why_no_poll({&on_demand, &monthly}).empty());
}

}  // namespace
}  // namespace kasane::meeting
