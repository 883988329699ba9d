#include "casework/case_rules.hpp"

#include <gtest/gtest.h>

namespace kasane::casework {
namespace {

Date on(int y, int m, int d) { return *Date::from_ymd(y, m, d); }

// K-51: asleep cases come back by reopening only.
TEST(CaseRules, a_closed_case_leaves_that_state_by_reopening_only) {
  for (CaseState to : kCaseStates) EXPECT_FALSE(may_step(CaseState::closed, to));
  EXPECT_FALSE(closes(CaseState::closed));
  for (CaseState from : {CaseState::before_consent, CaseState::preparing, CaseState::active, CaseState::watching}) EXPECT_TRUE(closes(from));
}

// T-46, N-33: without consent there is no decided plan.
TEST(CaseRules, nobody_is_supported_under_a_plan_before_consent) {
  EXPECT_FALSE(may_step(CaseState::before_consent, CaseState::active));
  EXPECT_TRUE(may_step(CaseState::before_consent, CaseState::watching));
  EXPECT_TRUE(may_step(CaseState::before_consent, CaseState::preparing));
}

TEST(CaseRules, staying_where_it_is_is_no_step) {
  for (CaseState s : kCaseStates) EXPECT_FALSE(may_step(s, s));
}

TEST(CaseRules, a_consent_moves_a_waiting_case_and_a_withdrawal_only_one_without_a_plan) {
  EXPECT_EQ(after_consent(CaseState::before_consent, true), CaseState::preparing);
  EXPECT_EQ(after_consent(CaseState::before_consent, false), CaseState::before_consent);
  EXPECT_EQ(after_consent(CaseState::preparing, false), CaseState::before_consent);
  EXPECT_EQ(after_consent(CaseState::active, false), CaseState::active);
  EXPECT_EQ(after_consent(CaseState::watching, false), CaseState::watching);
  EXPECT_EQ(after_consent(CaseState::closed, true), CaseState::closed);
}

TEST(CaseRules, a_reopened_case_without_consent_waits_for_it) {
  EXPECT_EQ(on_reopening(true), CaseState::preparing);
  EXPECT_EQ(on_reopening(false), CaseState::before_consent);
}

// W-11: silence is measured against the case's own cadence.
TEST(CaseRules, silence_goes_by_the_cases_own_cadence) {
  const Date opened = on(2026, 4, 1);
  EXPECT_EQ(contact_due({}, opened, 30), on(2026, 5, 1));
  EXPECT_EQ(contact_due(on(2026, 6, 10), opened, 90), on(2026, 9, 8));
  EXPECT_EQ(contact_due(on(2026, 3, 1), opened, 30), on(2026, 5, 1)) << "a contact before the opening does not count back";
  EXPECT_FALSE(is_silent(CaseState::active, on(2026, 5, 1), on(2026, 5, 1)));
  EXPECT_TRUE(is_silent(CaseState::active, on(2026, 5, 1), on(2026, 5, 2)));
  EXPECT_FALSE(is_silent(CaseState::closed, on(2026, 5, 1), on(2026, 5, 2)));
}

// KN-4: 伴走 and 見守り are never overdue for closure, and no case is where the city does not press.
TEST(CaseRules, watching_over_has_no_term) {
  EXPECT_FALSE(closure_may_be_proposed(CaseState::watching, true));
  EXPECT_FALSE(closure_may_be_proposed(CaseState::active, false));
  EXPECT_TRUE(closure_may_be_proposed(CaseState::active, true));
}

TEST(CaseRules, numbers_run_by_fiscal_year) {
  EXPECT_EQ(case_number("", FiscalYear::of(on(2026, 11, 22)), 1), "R08-0001");
  EXPECT_EQ(case_number("つる", FiscalYear::of(on(2027, 3, 31)), 42), "つるR08-0042");
  EXPECT_EQ(case_number("", FiscalYear::of(on(2027, 4, 1)), 12345), "R09-12345");
  EXPECT_EQ(case_number("", FiscalYear{2018}, 7), "2018-0007");
}

// T-97: a gap case may have no owner, but then a day by which one is found.
TEST(CaseRules, a_case_without_owner_says_by_when_one_is_found) {
  const Date today = on(2026, 11, 24);
  const std::vector<PersonId> subjects{PersonId(1)};
  EXPECT_TRUE(faults_of_case(subjects, 30, true, {}, today).empty());
  EXPECT_TRUE(faults_of_case(subjects, 30, false, today, today).empty());
  ASSERT_EQ(faults_of_case(subjects, 30, false, {}, today).size(), 1u);
  EXPECT_EQ(faults_of_case(subjects, 30, false, {}, today)[0].field, "owner_by");
  EXPECT_EQ(faults_of_case(subjects, 30, false, today.plus_days(-1), today)[0].field, "owner_by");
}

TEST(CaseRules, every_fault_of_a_new_case_is_named) {
  const auto faults = faults_of_case({}, 0, false, {}, on(2026, 11, 24));
  ASSERT_EQ(faults.size(), 3u);
  EXPECT_EQ(faults[0].field, "subjects");
  EXPECT_EQ(faults[1].field, "cadence_days");
  EXPECT_EQ(faults[2].field, "owner_by");
  EXPECT_EQ(faults_of_case({PersonId(1)}, 367, true, {}, on(2026, 11, 24)).at(0).field, "cadence_days");
}

TEST(CaseModel, codes_are_read_back) {
  for (CaseState s : kCaseStates) EXPECT_EQ(parse_code<CaseState>(code_of(s)), s);
  for (InvolvementRole r : kInvolvementRoles) EXPECT_EQ(parse_code<InvolvementRole>(code_of(r)), r);
  for (PartKind k : kPartKinds) EXPECT_EQ(parse_code<PartKind>(code_of(k)), k);
  for (Treatment t : kTreatments) EXPECT_EQ(parse_code<Treatment>(code_of(t)), t);
  EXPECT_FALSE(parse_code<CaseState>("open").has_value());
  EXPECT_FALSE(parse_code<CaseState>("").has_value());
}

}  // namespace
}  // namespace kasane::casework
