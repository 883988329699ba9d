// What stands behind a number: the list is of what was counted, as far as the viewer may know it; and the definitions
// name only acts that the register really gets.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "measure/pages.hpp"
#include "measure/rules.hpp"
#include "measure/service.hpp"
#include "people/pages.hpp"
#include "people/service.hpp"
#include "programme/testing.hpp"

namespace kasane::measure {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using programme::testing::Login;
using programme::testing::TestCity;

Date day(int month, int d) { return *Date::from_ymd(2026, month, d); }
const Period kYear{*Date::from_ymd(2026, 4, 1), *Date::from_ymd(2027, 3, 31)};

struct BehindCounts : ::testing::Test {
  TestCity t{"tsuruoka", {add_routes, people::add_routes}};
  Login officer = t.account("hokatsu_care", Role::city_officer);
  Login fujishima = t.account("cgsc_fujishima", Role::coordinator);
  std::vector<MeasureDef> defs = definitions(t.m());

  HouseholdId household(const std::string& label) {
    return t.write(officer, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<HouseholdId> {
      people::NewHousehold what;
      what.label = label;
      auto made = people::register_household(tx, gate, actor, what);
      if (!made) return tl::unexpected(made.error());
      return made->household;
    }).value();
  }
  /// A record of this kind that the officer's agency holds, and its act.
  template <class Tag>
  SubjectRef noted(const char* kind, Date on, HouseholdId root, const std::string& code = {}) {
    return t.write(officer, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<SubjectRef> {
      auto permit = gate.create<Tag>(tx, {root.value, actor.agency, {}, access::Topic::basic, access::Sharing::own});
      if (!permit) return tl::unexpected(permit.error());
      const SubjectRef subject{Tag::kind, permit->id().value};
      access::note_act(tx, {kind, on, root.value, {}, subject, code, {}, {}}, actor);
      return subject;
    }).value();
  }
  void note(const char* kind, Date on, std::int64_t root, SubjectRef subject, const std::string& code = {}, std::optional<std::int64_t> undoes = {}) {
    t.db().write([&](db::WriteTx& tx) {
      access::note_act(tx, {kind, on, root, {}, subject, code, {}, undoes}, {officer.account, t.agency("hokatsu_care"), t.clock().now()});
    });
  }
  Behind behind_of(const Login& who, std::string_view code, Period period = kYear, std::optional<LineCursor> from = {}) {
    return *t.read(who, [&](db::ReadTx& tx, access::Gate& gate) { return behind(tx, gate, *find(defs, code), period, from); });
  }
};

TEST_F(BehindCounts, a_household_counted_once_is_one_line_with_its_latest_act) {  // T-84, T-88
  const HouseholdId aso = household("阿曽家"), other = household("及川家");
  noted<ReferralTag>("referral.sent", day(5, 1), aso, "collaboration");
  noted<CaseTag>("case.opened", day(5, 8), aso, "gap");
  noted<ReferralTag>("referral.sent", day(6, 1), other, "collaboration");
  const Behind b = behind_of(officer, "plan_new_consultations");
  EXPECT_EQ(b.value, 2);
  ASSERT_EQ(b.lines.size(), 2u);
  EXPECT_EQ(b.lines[0].root, other.value);
  EXPECT_EQ(b.lines[1].root, aso.value);
  EXPECT_EQ(b.lines[1].held_on, day(5, 8));
}

TEST_F(BehindCounts, another_agency_sees_the_number_and_nothing_of_the_household) {
  const HouseholdId aso = household("阿曽家");
  noted<CaseTag>("case.opened", day(5, 8), aso);
  EXPECT_THAT(t.get(officer, "/counts/cases_opened").body, HasSubstr("阿曽家"));
  const auto page = t.get(fujishima, "/counts/cases_opened");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("5件未満"));
  EXPECT_THAT(page.body, Not(HasSubstr("1件")));
  EXPECT_THAT(page.body, Not(HasSubstr("阿曽家")));
  EXPECT_THAT(page.body, Not(HasSubstr(id_text(aso.value))));
  EXPECT_TRUE(behind_of(fujishima, "cases_open").lines.empty());
  EXPECT_TRUE(behind_of(fujishima, "cases_opened").agencies.empty()) << "nor whose acts they were";
}

TEST_F(BehindCounts, an_undone_closing_leaves_the_case_open) {
  const HouseholdId aso = household("阿曽家");
  const SubjectRef one = noted<CaseTag>("case.opened", day(4, 10), aso);
  const std::int64_t closed = t.db().write([&](db::WriteTx& tx) {
    return access::note_act(tx, {"case.closed", day(6, 1), aso.value, {}, one, "resolved", {}, {}}, {officer.account, t.agency("hokatsu_care"), t.clock().now()});
  });
  EXPECT_EQ(behind_of(officer, "cases_open").value, 0);
  EXPECT_TRUE(behind_of(officer, "cases_open").lines.empty());
  EXPECT_EQ(behind_of(officer, "cases_open", {day(4, 1), day(5, 31)}).lines.size(), 1u) << "before the closing";
  note("record.corrected", day(6, 2), aso.value, one, {}, closed);
  EXPECT_EQ(behind_of(officer, "cases_open").value, 1);
  EXPECT_EQ(behind_of(officer, "cases_open").lines.size(), 1u);
}

TEST_F(BehindCounts, sittings_are_listed_for_all_who_count_because_they_tell_of_nobody) {  // T-86
  const SubjectRef sitting{SubjectKind::meeting_session, next_id()};
  note("session.held", day(6, 1), sitting.id, sitting, "plan_decision");
  note("session.held", day(6, 1), sitting.id, sitting, "support_conference_106_6");
  const Behind b = behind_of(fujishima, "plan_plan_meetings");
  EXPECT_EQ(b.value, 1);
  EXPECT_EQ(b.lines.size(), 1u);
}

TEST_F(BehindCounts, pages_of_fifty_lines_together_hold_the_figure) {
  const HouseholdId aso = household("阿曽家");
  for (int i = 0; i < 53; ++i) noted<IntakeTag>("intake.taken", day(5, 1 + i % 20), aso);
  const Behind first = behind_of(officer, "intakes");
  EXPECT_EQ(first.value, 53);
  EXPECT_EQ(first.lines.size(), 50u);
  ASSERT_TRUE(first.next);
  const Behind second = behind_of(officer, "intakes", kYear, first.next);
  EXPECT_EQ(second.lines.size(), 3u);
  EXPECT_FALSE(second.next);
}

TEST_F(BehindCounts, a_wrong_date_is_told_at_its_field_and_the_numbers_are_those_of_the_fiscal_year) {
  const auto page = t.get(officer, "/counts?from=R8.2.30&to=R8.12.31");
  EXPECT_EQ(page.status, 422);
  EXPECT_THAT(page.body, HasSubstr("R8.2.30"));
  EXPECT_THAT(page.body, HasSubstr("令和8年4月1日から令和9年3月31日まで"));
}

TEST_F(BehindCounts, the_file_begins_with_a_bom_and_holds_no_household) {
  noted<CaseTag>("case.opened", day(5, 8), household("阿曽家"));
  const auto file = t.get(officer, "/counts.csv?from=R8.4.1&to=R9.3.31");
  EXPECT_EQ(file.status, 200);
  EXPECT_THAT(file.body, StartsWith("\xEF\xBB\xBF"));
  EXPECT_THAT(file.body, HasSubstr("cases_opened,"));
  EXPECT_THAT(file.body, HasSubstr("plan.decided（outreach, outreach_named）")) << "the acts stand beside the number";
  EXPECT_THAT(file.body, Not(HasSubstr("阿曽家")));
}

TEST(CountsOfOtherCities, show_what_no_record_answers_with_its_own_unit_and_target) {  // W-18, W-39, W-40
  TestCity t("aizuwakamatsu", {add_routes});
  const auto page = t.get(t.account("chiiki_fukushi", Role::city_officer), "/counts");
  ASSERT_EQ(page.status, 200);
  for (const char* text : {"記録からは数えられません", "延べ利用回数", "3300回/年", "実利用者数", "34人/年", "62団体", "アウトリーチの強化"})
    EXPECT_THAT(page.body, HasSubstr(text));
}

TEST(CountsOfOtherCities, count_replans_too_where_the_indicator_is_cumulative) {  // T-85
  programme::Municipality m = TestCity("tsuruoka").m();
  EXPECT_EQ(find(definitions(m), "plan_plans")->replans, Replans::first_only);
  for (programme::Indicator& i : m.indicators)
    if (i.code == "plans") i.measure = programme::MeasureKind::cumulative;
  EXPECT_EQ(find(definitions(m), "plan_plans")->replans, Replans::each_version);
}

TEST(Definitions, name_only_kinds_of_acts_that_the_register_is_documented_to_hold) {
  std::ifstream file(KASANE_SOURCE_DIR "/docs/acts.md");
  std::stringstream all;
  all << file.rdbuf();
  const std::string acts = all.str();
  ASSERT_FALSE(acts.empty());
  for (const char* slug : {"tsuruoka", "aizuwakamatsu", "kawachinagano", "kitakami", "nagaokakyo"}) {
    TestCity t(slug);
    for (const MeasureDef& def : definitions(t.m()))
      for (const Event& e : def.events) EXPECT_THAT(acts, HasSubstr(e.kind)) << slug << " " << def.code;
  }
}

TEST(Definitions, have_codes_of_their_own) {
  for (const char* slug : {"tsuruoka", "aizuwakamatsu", "kawachinagano", "kitakami", "nagaokakyo"}) {
    TestCity t(slug);
    std::set<std::string> codes;
    for (const MeasureDef& def : definitions(t.m())) EXPECT_TRUE(codes.insert(def.code).second) << slug << " " << def.code;
  }
}

}  // namespace
}  // namespace kasane::measure
