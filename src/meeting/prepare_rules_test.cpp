// Rules behind preparing a sitting, without a database: cycles, parts, reasons, who is asked, what a sheet may hold.
#include <gtest/gtest.h>

#include "meeting/attendee_proposals.hpp"
#include "meeting/cycle_rules.hpp"
#include "meeting/preparation_model.hpp"
#include "meeting/proposal_rules.hpp"
#include "meeting/slice_rules.hpp"
#include "programme/testing.hpp"

namespace kasane::meeting {
namespace {

using access::Topic;
using programme::Cycle;
using programme::CycleKind;
using programme::testing::TestCity;

Date day(int y, int m, int d) { return *Date::from_ymd(y, m, d); }
Cycle cycle(CycleKind kind, std::optional<int> at_least = {}) {
  Cycle c;
  c.kind = kind;
  c.at_least = at_least;
  return c;
}

// KN-27, KN-30, KN-34, N-36, K-62
TEST(MeetingCycle, follows_the_citys_plan_and_invents_nothing) {
  EXPECT_EQ(step_of(cycle(CycleKind::monthly)), (Step{1, 0}));
  EXPECT_EQ(step_of(cycle(CycleKind::quarterly)), (Step{3, 0}));
  EXPECT_EQ(step_of(cycle(CycleKind::times_per_year, 4)), (Step{3, 0}));
  EXPECT_EQ(step_of(cycle(CycleKind::times_per_year, 1)), (Step{12, 0}));
  EXPECT_EQ(step_of(cycle(CycleKind::times_per_year, 50)), (Step{0, 7}));
  EXPECT_FALSE(step_of(cycle(CycleKind::on_demand))) << "T-76: 必要と判断したとき";
  EXPECT_FALSE(step_of(cycle(CycleKind::unstated)));
  EXPECT_FALSE(step_of(cycle(CycleKind::regular))) << "定期的 without a number";
  EXPECT_EQ(step_between(day(2026, 8, 20), day(2026, 11, 19)), (Step{3, 0}));
}

TEST(MeetingCycle, keeps_the_weekday_and_the_week_of_the_month) {
  EXPECT_EQ(sitting_after(day(2026, 11, 10), {1, 0}), day(2026, 12, 8)) << "第2火曜";
  EXPECT_EQ(sitting_after(day(2026, 11, 10), {3, 0}), day(2027, 2, 9));
  EXPECT_EQ(sitting_after(day(2026, 10, 30), {1, 0}), day(2026, 11, 27)) << "a month without a fifth Friday takes its last";
  EXPECT_EQ(next_sitting(day(2026, 5, 12), {1, 0}, day(2026, 11, 24)), day(2026, 12, 8)) << "never in the past";
  EXPECT_EQ(next_sitting({}, {1, 0}, day(2026, 11, 22)), day(2026, 12, 7)) << "a first sitting is on a working day";
}

TEST(MeetingCycle, a_series_remembers_the_fifth_week_after_a_short_month) {
  const auto days = series_of(day(2026, 10, 30), {1, 0}, day(2027, 1, 31));
  ASSERT_EQ(days.size(), 4u);
  EXPECT_EQ(days[1], day(2026, 11, 27));
  EXPECT_EQ(days[3], day(2027, 1, 29)) << "the fifth Friday of January";
  EXPECT_EQ(series_of(day(2026, 1, 1), {0, 1}, day(2026, 12, 31)).size(), kLongestSeries);
}

Session joint() {
  Session s;
  s.bodies = {{"shien_kaigi", {}}, {"chiiki_care", {}}};
  return s;
}
Slice part(std::string body, std::string at, int minutes) { return {std::move(body), std::move(at), minutes, {}}; }

// 第2木曜; 建国記念の日 of 2027 is one
TEST(MeetingCycle, a_sitting_put_off_by_a_holiday_does_not_move_those_after_it) {
  TestCity t("tsuruoka");
  const programme::OfficeDays days(t.m());
  EXPECT_EQ(days.put_off(day(2027, 2, 11)), day(2027, 2, 12));
  EXPECT_EQ(meant_for(day(2027, 1, 14), day(2027, 2, 12), {1, 0}, days), day(2027, 2, 11));
  EXPECT_EQ(meant_for(day(2027, 1, 14), day(2027, 2, 19), {1, 0}, days), day(2027, 2, 19)) << "somebody chose another day";
  EXPECT_EQ(meant_for({}, day(2027, 2, 12), {1, 0}, days), day(2027, 2, 12)) << "nothing tells";
}

// K-57
TEST(MeetingSlices, a_part_never_begins_before_the_one_before_it_ends) {
  std::vector<Slice> parts{part("shien_kaigi", "", 60), part("chiiki_care", "", 30)};
  fill_times(parts, "13:30");
  EXPECT_EQ(parts[0].starts_at, "13:30");
  EXPECT_EQ(parts[1].starts_at, "14:30");
  EXPECT_TRUE(faults_of(parts, joint()).empty());
  parts[1].starts_at = "14:15";
  ASSERT_EQ(faults_of(parts, joint()).size(), 1u);
  EXPECT_EQ(faults_of(parts, joint()).front().field, "start_2");
  EXPECT_FALSE(faults_of({part("shien_kaigi", "13:30", 60)}, joint()).empty()) << "each body once";
  EXPECT_EQ(minutes_of_day("25:00"), -1);
  EXPECT_EQ(minutes_of_day("13:61"), -1);
}

TEST(MeetingSlices, begin_earlier_or_later_with_the_sitting) {
  std::vector<Slice> parts{part("shien_kaigi", "13:30", 60), part("chiiki_care", "14:45", 30), part("juso_kaigi", "", 0)};
  move_times(parts, "13:30", "10:00");
  EXPECT_EQ(parts[0].starts_at, "10:00");
  EXPECT_EQ(parts[1].starts_at, "11:15") << "the pause between them stays";
  EXPECT_EQ(parts[2].starts_at, "") << "a part without a time has none";
  move_times(parts, "10:00", "23:00");
  EXPECT_EQ(parts[0].starts_at, "23:00");
  EXPECT_EQ(parts[1].starts_at, "") << "past midnight is no time of the sitting";
  std::vector<Slice> untimed{part("shien_kaigi", "", 60), part("chiiki_care", "", 30)};
  move_times(untimed, "", "09:30");
  EXPECT_EQ(untimed[1].starts_at, "10:30");
  move_times(untimed, "09:30", "");
  EXPECT_EQ(untimed[1].starts_at, "10:30") << "no other time is known";
}

TEST(MeetingSlices, numbers_follow_the_parts_and_moving_stays_within_one) {
  std::vector<Place> places{{AgendaItemId(1), 1, "chiiki_care", 10}, {AgendaItemId(2), 2, "shien_kaigi", 15}, {AgendaItemId(3), 3, "shien_kaigi", 20}};
  const std::vector<Slice> parts{part("shien_kaigi", "", 60), part("chiiki_care", "", 30)};
  auto ordered = in_order(places, parts);
  ASSERT_EQ(ordered.size(), 3u);
  EXPECT_EQ(ordered[0].item, AgendaItemId(2));
  EXPECT_EQ(ordered[2].item, AgendaItemId(1));
  EXPECT_EQ(ordered[2].number, 3);
  EXPECT_EQ(moved(ordered, AgendaItemId(3), -1, true)[0].item, AgendaItemId(3));
  EXPECT_EQ(moved(ordered, AgendaItemId(3), +1, true)[1].item, AgendaItemId(3)) << "not into the next part";
  EXPECT_EQ(moved(ordered, AgendaItemId(3), +1, false)[2].item, AgendaItemId(3));
  EXPECT_EQ(sum_of_minutes(ordered, "shien_kaigi"), 35);
  EXPECT_EQ(sum_of_minutes(ordered, ""), 45);
}

CaseSigns quiet() {
  CaseSigns s;
  s.opened_on = day(2026, 4, 1);
  s.last_contact_on = day(2026, 8, 1);
  s.contact_by = day(2026, 12, 31);
  return s;
}

// KN-31, K-61
TEST(MeetingProposal, a_case_is_looked_at_again_by_the_bodys_rule) {
  const Date since = day(2026, 9, 1), on = day(2026, 12, 1);
  EXPECT_FALSE(reason_to_look_again(quiet(), since, on));
  CaseSigns s = quiet();
  s.last_contact_on = day(2026, 10, 1);
  ASSERT_TRUE(reason_to_look_again(s, since, on));
  EXPECT_FALSE(reason_to_look_again(s, since, on)->sure) << "worked on: offered, somebody chooses";
  s.joined_on = day(2026, 9, 10);
  EXPECT_TRUE(reason_to_look_again(s, since, on)->sure);
  EXPECT_EQ(reason_to_look_again(s, since, on)->why, "前回のあとにつながった");
  s.overdue_since = day(2026, 11, 1);
  EXPECT_EQ(reason_to_look_again(s, since, on)->why, "期日を過ぎた役割分担がある");
  s.contact_by = day(2026, 11, 30);
  EXPECT_EQ(reason_to_look_again(s, since, on)->why, "連絡の間隔を過ぎている") << "its own cadence, not the city's";
}

TEST(MeetingProposal, a_review_that_comes_up_later_is_offered_and_one_that_is_due_is_ticked) {
  EXPECT_TRUE(reason_for(Matter::review, day(2026, 11, 20), day(2026, 12, 1)).sure);
  EXPECT_FALSE(reason_for(Matter::review, day(2026, 12, 20), day(2026, 12, 1)).sure);
  EXPECT_TRUE(reason_for(Matter::plan, {}, day(2026, 12, 1)).sure);
}

TEST(MeetingProposal, bodies_that_look_again_are_reviews_and_regular_conferences) {  // KN-30, K-61, K-62
  TestCity kawachinagano("kawachinagano"), kitakami("kitakami"), tsuruoka("tsuruoka");
  EXPECT_TRUE(looks_at_cases_again(*kawachinagano.m().body("review_kaigi")));
  EXPECT_TRUE(looks_at_cases_again(*kitakami.m().body("shien_kaigi")));
  EXPECT_FALSE(looks_at_cases_again(*kawachinagano.m().body("shien_kaigi"))) << "随時";
  EXPECT_FALSE(looks_at_cases_again(*tsuruoka.m().body("juso_kaigi")));
  EXPECT_EQ(looks_back_to(*kawachinagano.m().body("review_kaigi"), {}, day(2026, 12, 1)), day(2026, 9, 1));
  EXPECT_EQ(default_minutes(tsuruoka.m(), Matter::plan), 15);
  EXPECT_EQ(default_minutes(tsuruoka.m(), Matter::early_start), 5);
}

// K-48, K-62: 提供中のサービスの進捗
TEST(MeetingProposal, a_plan_in_support_without_contact_for_longer_than_the_cycle_is_offered) {
  TestCity kitakami("kitakami"), kawachinagano("kawachinagano");
  EXPECT_EQ(one_cycle_before(*kitakami.m().body("shien_kaigi"), day(2026, 12, 1)), day(2026, 11, 1));
  EXPECT_EQ(one_cycle_before(*kawachinagano.m().body("review_kaigi"), day(2026, 12, 1)), day(2026, 9, 1));
  CaseSigns s = quiet();
  s.quiet_since = day(2026, 8, 1);
  const auto reason = reason_to_look_again(s, day(2026, 9, 1), day(2026, 12, 1));
  ASSERT_TRUE(reason);
  EXPECT_FALSE(reason->sure) << "its own cadence is not over: offered, never pressed";
  s.contact_by = day(2026, 11, 1);
  EXPECT_EQ(reason_to_look_again(s, day(2026, 9, 1), day(2026, 12, 1))->why, "連絡の間隔を過ぎている") << "the stronger reason";
}

// T-74, KN-37, W-66, K-67
TEST(MeetingAttendees, come_with_the_best_reason_and_never_when_left_out) {
  const AgencyId city(1), centre(2), school(3), clinic(4), section(5), far(6);
  AttendeeFacts f;
  f.required = {city};
  f.team = {city, centre, school};
  f.roles = {clinic, centre};
  f.members = {section};
  f.area = {far, centre};
  f.left_out = {school};
  const auto all = propose(f);
  const auto of = [&](AgencyId id) { return std::find_if(all.begin(), all.end(), [&](const ProposedAttendee& p) { return p.agency == id; }); };
  EXPECT_EQ(of(school), all.end()) << "the person has left it out";
  ASSERT_NE(of(city), all.end());
  EXPECT_EQ(of(city)->why, AskedFor::required);
  EXPECT_EQ(of(centre)->why, AskedFor::involved);
  EXPECT_EQ(of(clinic)->why, AskedFor::plan_role);
  EXPECT_TRUE(of(section)->sure);
  EXPECT_FALSE(of(far)->sure) << "who only serves the area gets nothing by itself";
  f.members_vary = true;
  const auto varying = propose(f);
  EXPECT_FALSE(std::find_if(varying.begin(), varying.end(), [&](const ProposedAttendee& p) { return p.agency == section; })->sure);
}

TEST(MeetingAttendees, of_a_plan_are_never_whom_somebody_left_out_and_the_goals_only_offer) {
  const AgencyId worker(1), in_force(2), by_goal(3), left_out(4), guarded(5);
  AttendeeFacts f;
  f.roles = {worker, left_out};
  f.in_force = {in_force, worker, left_out};
  f.goals = {by_goal, in_force, left_out, guarded};
  f.excepted = {left_out};  // an item of 106条の6: the exception does not shut it out of the sitting, but no plan brings it in
  f.left_out = {guarded};
  const auto all = propose(f);
  const auto of = [&](AgencyId id) { return std::find_if(all.begin(), all.end(), [&](const ProposedAttendee& p) { return p.agency == id; }); };
  ASSERT_EQ(all.size(), 3u);
  EXPECT_TRUE(of(worker)->sure);
  EXPECT_EQ(of(in_force)->why, AskedFor::plan_role);
  EXPECT_FALSE(of(in_force)->sure);
  EXPECT_EQ(of(by_goal)->why, AskedFor::plan_goal);
  EXPECT_FALSE(of(by_goal)->sure);
  f.team = {left_out};
  EXPECT_EQ(propose(f).front().why, AskedFor::involved) << "who works with the household comes as that";
}

TEST(MeetingAttendees, members_are_matched_as_the_plan_writes_them) {  // KN-23, KN-29, KN-66, T-75
  TestCity t("kawachinagano");
  const Members heads = members_of(t.m(), *t.m().body("shien_chosei"));
  EXPECT_NE(std::find(heads.agencies.begin(), heads.agencies.end(), "chiiki_fukushi_korei"), heads.agencies.end()) << "地域福祉高齢課長 is the head of a section";
  EXPECT_NE(std::find(heads.by_hand.begin(), heads.by_hand.end(), "相談支援包括化推進員"), heads.by_hand.end()) << "a post is invited by hand";
}

TEST(MeetingAttendees, who_must_be_there_is_always_asked) {  // K-55, K-66
  TestCity t("kitakami");
  const auto required = required_agencies(t.m(), *t.m().body("kobetsu_shien"));
  EXPECT_TRUE(std::any_of(required.begin(), required.end(), [&](const std::string& a) { return t.m().is_city(a); }));
  EXPECT_TRUE(std::any_of(required.begin(), required.end(), [&](const std::string& a) { return t.m().is_collaboration_operator(a); }));
}

SheetSource source() {
  SheetSource s;
  s.shared = access::kStandardScope;
  s.persons = {{PersonId(1), "阿曽 千代", "母", 83, true}, {PersonId(2), "阿曽 実", "子", 55, false}};
  s.troubles = {{PersonId(1), Topic::health, "認知症（疑い）"}, {PersonId(2), Topic::work, "就職が難しい"}, {std::nullopt, Topic::housing, "ごみ"}};
  s.doings = {{Topic::basic, "包括ふじしま", "最後の連絡 R8.11.1"}, {access::Topics(Topic::plan) | Topic::abuse, "市", "虐待対応"}};
  s.question = "見守りの分担";
  return s;
}

// N-43, story 長岡京: no health history where one attendee may not read it
TEST(PreparationSheet, holds_nothing_that_the_least_entitled_attendee_may_not_read) {
  const SheetText all = prefill(source());
  EXPECT_NE(all.picture.find("阿曽 千代（母） 83歳"), std::string::npos);
  EXPECT_EQ(all.picture.find("実"), std::string::npos) << "not everybody may know the son";
  EXPECT_NE(all.trouble.find("認知症"), std::string::npos);
  EXPECT_EQ(all.trouble.find("就職"), std::string::npos);
  EXPECT_EQ(all.trouble.find("ごみ"), std::string::npos) << "of the household only where all know the household";
  EXPECT_EQ(all.doing.find("虐待"), std::string::npos);
  EXPECT_EQ(all.ask, "見守りの分担");
  SheetSource narrow = source();
  narrow.shared = access::Topics(Topic::basic) | Topic::meeting;
  EXPECT_EQ(prefill(narrow).trouble, "");
  narrow.shared = access::Topics(Topic::meeting);
  EXPECT_EQ(prefill(narrow).picture, "");
}

}  // namespace
}  // namespace kasane::meeting
