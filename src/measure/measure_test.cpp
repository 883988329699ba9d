// Counts from the register of acts alone: each rule that a city's report stands on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "measure/pages.hpp"
#include "measure/rules.hpp"
#include "measure/service.hpp"
#include "people/service.hpp"
#include "programme/testing.hpp"

namespace kasane::measure {
namespace {

using ::testing::HasSubstr;
using programme::testing::TestCity;

Date day(int month, int d) { return *Date::from_ymd(2026, month, d); }

struct Measure : ::testing::Test {
  TestCity t{"tsuruoka", {add_routes}};
  programme::testing::Login officer = t.account("hokatsu_care", Role::city_officer);
  std::vector<MeasureDef> defs = definitions(t.m());

  std::int64_t act(const char* kind, Date on, std::int64_t root, SubjectRef subject, std::string code = {}, std::string service = {},
                   std::optional<std::int64_t> undoes = {}) {
    return t.db().write([&](db::WriteTx& tx) {
      return access::note_act(tx, {kind, on, root, {}, subject, code, service, undoes},
                              {officer.account, t.agency("hokatsu_care"), t.clock().now()});
    });
  }
  std::int64_t number(std::string_view code, Period period = {*Date::from_ymd(2026, 4, 1), *Date::from_ymd(2027, 3, 31)}) {
    auto all = t.read(officer, [&](db::ReadTx& tx, access::Gate& gate) { return figures(tx, gate, defs, period); });
    for (const Figure& f : *all)
      if (f.def->code == code) return f.value;
    ADD_FAILURE() << "no such count: " << code;
    return -1;
  }
  SubjectRef plan(std::int64_t id = next_id()) { return {SubjectKind::plan, id}; }
};

TEST_F(Measure, has_the_seven_of_the_plan_with_blank_baseline_and_target) {  // T-83, T-84 to T-90
  for (const char* code : {"plan_new_consultations", "plan_plans", "plan_plan_meetings", "plan_support_conferences", "plan_outreach_found",
                           "plan_outreach_plans", "plan_participation_plans"}) {
    const MeasureDef* def = find(defs, code);
    ASSERT_NE(def, nullptr) << code;
    EXPECT_EQ(value_text(def->indicator->target, def->indicator->unit), "計画に記載なし");
  }
}

TEST_F(Measure, counts_a_decided_plan_once_and_its_replan_not_again) {  // T-85
  const SubjectRef first = plan(), again = plan();
  act("plan.decided", day(5, 1), 1, first, "collaboration");
  act("plan.decided", day(9, 1), 1, again, "collaboration");
  act("plan.replanned", day(9, 1), 1, again, "collaboration");
  EXPECT_EQ(number("plan_plans"), 1);
  EXPECT_EQ(number("plans_replanned"), 1);
}

TEST_F(Measure, a_named_service_counts_as_a_plan_only_by_setting) {  // T-89, T-90
  act("plan.decided", day(5, 1), 1, plan(), "outreach_named");
  programme::Municipality on = t.m();
  on.rules.count_named_services_as_plans = true;
  programme::Municipality off = t.m();
  off.rules.count_named_services_as_plans = false;
  const auto count = [&](const programme::Municipality& m) {
    const auto set = definitions(m);
    const auto all = t.read(officer, [&](db::ReadTx& tx, access::Gate& gate) { return figures(tx, gate, set, {day(4, 1), day(12, 31)}); });
    for (const Figure& f : *all)
      if (f.def->code == "plan_outreach_plans") return f.value;
    return std::int64_t{-1};
  };
  EXPECT_EQ(count(on), 1);
  EXPECT_EQ(count(off), 0);
}

TEST_F(Measure, a_sitting_of_two_bodies_counts_one_each) {  // T-86, T-87
  const SubjectRef sitting{SubjectKind::meeting_session, next_id()};
  act("session.held", day(6, 1), sitting.id, sitting, "plan_decision");
  act("session.held", day(6, 1), sitting.id, sitting, "support_conference_106_6");
  EXPECT_EQ(number("plan_plan_meetings"), 1);
  EXPECT_EQ(number("plan_support_conferences"), 1);
}

TEST_F(Measure, gatherings_are_counted_by_kind_and_never_among_the_sittings) {
  for (const char* kind : {"study", "study", "platform"}) {
    const SubjectRef gathering{SubjectKind::statistic, next_id()};
    act("gathering.held", day(6, 1), gathering.id, gathering, kind);
  }
  act("gathering.held", day(3, 31), next_id(), {SubjectKind::statistic, next_id()}, "study");
  EXPECT_EQ(number("gatherings_study"), 2) << "of this fiscal year";
  EXPECT_EQ(number("gatherings_platform"), 1);
  EXPECT_EQ(number("gatherings_training"), 0);
  EXPECT_EQ(number("plan_support_conferences"), 0);
}

TEST_F(Measure, a_visit_for_two_services_is_one_contact_and_a_correction_takes_its_place) {
  const SubjectRef visit{SubjectKind::support_record, next_id()}, corrected{SubjectKind::support_record, next_id()};
  const auto a = act("record.contact", day(6, 1), 7, visit, "home_visit", "outreach");
  const auto b = act("record.contact", day(6, 1), 7, visit, "home_visit", "participation");
  EXPECT_EQ(number("contacts"), 1);
  EXPECT_EQ(number("contacts_outreach"), 1) << "KN-19: one act, two services";
  EXPECT_EQ(number("contacts_participation"), 1);
  act("record.attempt", day(6, 1), 7, corrected, "home_visit", "outreach", a);
  act("record.corrected", day(6, 1), 7, corrected, "home_visit", "", b);
  EXPECT_EQ(number("contacts"), 0);
  EXPECT_EQ(number("attempts"), 1);
}

TEST_F(Measure, persons_found_from_the_community_are_households_not_notices) {  // T-88
  act("notice.linked", day(6, 1), 7, {SubjectKind::notice, next_id()}, "community");
  act("notice.linked", day(6, 5), 7, {SubjectKind::notice, next_id()}, "community");
  act("notice.linked", day(6, 5), 8, {SubjectKind::notice, next_id()}, "");
  EXPECT_EQ(number("plan_outreach_found"), 1);
}

TEST_F(Measure, open_cases_are_a_stock_on_the_last_day) {
  const SubjectRef one{SubjectKind::support_case, next_id()}, two{SubjectKind::support_case, next_id()};
  act("case.opened", day(4, 10), 1, one);
  act("case.opened", day(5, 10), 2, two);
  act("case.closed", day(6, 10), 1, one);
  EXPECT_EQ(number("cases_open", {day(4, 1), day(5, 31)}), 2);
  EXPECT_EQ(number("cases_open", {day(4, 1), day(6, 30)}), 1);
  act("case.reopened", day(8, 1), 1, one);
  EXPECT_EQ(number("cases_open", {day(4, 1), day(8, 31)}), 2);
}

TEST_F(Measure, both_ends_of_the_period_belong_to_it) {
  act("intake.taken", day(4, 1), 1, {SubjectKind::intake, next_id()});
  act("intake.taken", day(4, 30), 2, {SubjectKind::intake, next_id()});
  act("intake.taken", day(5, 1), 3, {SubjectKind::intake, next_id()});
  EXPECT_EQ(number("intakes", {day(4, 1), day(4, 30)}), 2);
}

TEST_F(Measure, the_list_equals_the_figure_for_who_sees_everything_and_shows_others_nothing) {
  for (int i = 0; i < 3; ++i) {
    auto id = t.write(officer, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<IntakeId> {
      auto permit = gate.create<IntakeTag>(tx, {0, actor.agency, {}, access::Topic::basic, access::Sharing::own});
      if (!permit) return tl::unexpected(permit.error());
      access::note_act(tx, {"intake.taken", day(6, 1), permit->id().value, {}, {SubjectKind::intake, permit->id().value}, {}, {}, {}}, actor);
      return permit->id();
    });
    ASSERT_TRUE(id);
  }
  const MeasureDef& def = *find(defs, "intakes");
  const auto seen_by = [&](const programme::testing::Login& who) {
    return *t.read(who, [&](db::ReadTx& tx, access::Gate& gate) { return behind(tx, gate, def, {day(4, 1), day(12, 31)}, std::nullopt); });
  };
  EXPECT_EQ(seen_by(officer).value, 3);
  EXPECT_EQ(seen_by(officer).lines.size(), 3u);
  const Behind other = seen_by(t.account("cgsc_fujishima", Role::coordinator));
  EXPECT_EQ(other.told, "5件未満");
  EXPECT_EQ(other.value, 0) << "no number that a page could show by mistake";
  EXPECT_TRUE(other.lines.empty());
}

// Below the officer a small number is told as such, and no period is so short that what came about in it can be worked out.
TEST_F(Measure, small_numbers_are_for_those_who_report_them) {
  const auto coordinator = t.account("cgsc_fujishima", Role::coordinator);
  const auto told = [&](const programme::testing::Login& who, Period period) {
    return t.read(who, [&](db::ReadTx& tx, access::Gate& gate) { return figures(tx, gate, {*find(defs, "intakes")}, period); })->front().told;
  };
  for (int i = 0; i < 6; ++i) act("intake.taken", day(6, 1), i, {SubjectKind::intake, next_id()});
  act("intake.taken", day(9, 9), 9, {SubjectKind::intake, next_id()});
  EXPECT_EQ(told(officer, {day(9, 9), day(9, 9)}), "1");
  EXPECT_EQ(told(coordinator, {day(9, 9), day(9, 9)}), "5〜9件") << "the whole fiscal year, in a band: two totals have no difference that tells";
  EXPECT_EQ(told(coordinator, {*Date::from_ymd(2024, 4, 1), *Date::from_ymd(2026, 3, 31)}), "5件未満") << "one year, not the two that end with it";
  EXPECT_EQ(told(coordinator, {*Date::from_ymd(2025, 4, 1), *Date::from_ymd(2026, 3, 31)}), "5件未満") << "nothing at all is told alike";
  const auto page = t.get(coordinator, "/counts/intakes?from=R8.9.9&to=R8.9.9");
  EXPECT_THAT(page.body, HasSubstr("令和8年4月1日から令和9年3月31日まで"));
  EXPECT_THAT(page.body, ::testing::Not(HasSubstr("R8.9.9"))) << "the boxes hold the period that is shown";
  EXPECT_THAT(t.get(coordinator, "/counts.csv").body, HasSubstr("5件未満"));
}

TEST_F(Measure, a_window_counsellor_has_no_counts) {
  const auto counsellor = t.account("cgsc_fujishima", Role::window_counsellor);
  EXPECT_EQ(t.get(counsellor, "/counts").status, 404);
  const auto refused = t.read(counsellor, [&](db::ReadTx& tx, access::Gate& gate) { return figures(tx, gate, defs, {day(4, 1), day(4, 2)}); });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::not_permitted);
}

TEST_F(Measure, the_page_prints_each_definition_and_takes_japanese_years) {
  const auto page = t.get(officer, "/counts?from=R8.4.1&to=2026-09-30");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("新規相談受付件数"));
  EXPECT_THAT(page.body, HasSubstr("再プランは数えません"));
  EXPECT_THAT(page.body, HasSubstr("令和8年9月30日"));
  EXPECT_EQ(t.get(officer, "/counts?from=R8.2.30").status, 422);
  EXPECT_EQ(t.get(officer, "/counts/nothing").status, 404);
  EXPECT_EQ(t.get(officer, "/counts/plan_plans").status, 200);
  EXPECT_THAT(t.get(officer, "/counts.csv").body, HasSubstr("plan_plans"));
}

}  // namespace
}  // namespace kasane::measure
