#include "casework/intake_rules.hpp"

#include <gtest/gtest.h>

namespace kasane::casework {
namespace {

const Date kToday = *Date::from_ymd(2026, 11, 24);

IntakeContent content() {
  IntakeContent c;
  c.taken_on = kToday;
  c.receiver = AccountId(1);
  c.summary = "家賃が払えない";
  return c;
}

// KN-3
TEST(IntakeRules, date_receiver_and_what_it_is_about_are_enough_KN_3) {
  EXPECT_TRUE(faults_of(content(), kToday).empty());
  IntakeContent by_choice = content();
  by_choice.summary.clear();
  by_choice.about = {"rent_loan"};
  EXPECT_TRUE(faults_of(by_choice, kToday).empty()) << "a tick says what it is about as well as a text";
  by_choice.about.clear();
  ASSERT_EQ(faults_of(by_choice, kToday).size(), 1u);
  EXPECT_EQ(faults_of(by_choice, kToday)[0].field, "summary");
}

TEST(IntakeRules, nobody_takes_an_intake_tomorrow) {
  IntakeContent c = content();
  c.taken_on = kToday.plus_days(1);
  c.receiver = AccountId();
  EXPECT_EQ(faults_of(c, kToday).size(), 2u);
}

TEST(IntakeRules, codes_of_abuse_are_noticed_wherever_they_are_ticked) {
  EXPECT_TRUE(names_abuse({"income", "violence"}));
  EXPECT_TRUE(names_abuse({"abuse_elder"}));
  EXPECT_FALSE(names_abuse({"family", "care"}));
  EXPECT_FALSE(names_abuse({}));
}

TEST(IntakeRules, the_most_serious_topic_comes_first) {
  EXPECT_EQ(most_serious_first({"care", "debt", "family"}, "debt"), (std::vector<std::string>{"debt", "care", "family"}));
  EXPECT_EQ(most_serious_first({"care"}, "debt"), (std::vector<std::string>{"debt", "care"})) << "choosing it is naming it";
  EXPECT_EQ(most_serious_first({"care"}, ""), (std::vector<std::string>{"care"}));
}

TEST(IntakeRules, an_intake_leaves_its_window_only_when_it_is_about_a_known_person_and_no_secret) {
  using access::Sharing;
  EXPECT_EQ(sharing_of(true, true, false, false), Sharing::team);
  EXPECT_EQ(sharing_of(false, true, false, false), Sharing::own);
  EXPECT_EQ(sharing_of(true, false, false, false), Sharing::own) << "nobody knows whose consent would cover it";
  EXPECT_EQ(sharing_of(true, true, true, false), Sharing::own);
  EXPECT_EQ(sharing_of(true, true, false, true), Sharing::own);
}

TEST(IntakeRules, going_on_without_consent_has_a_day_to_ask_again) {
  Screening s{.result = ScreeningResult::no_consent_yet, .on = kToday, .note = {}, .next_on = {}};
  EXPECT_EQ(faults_of(s, kToday, kToday).at(0).field, "next_on");
  s.next_on = kToday.plus_days(-1);
  EXPECT_EQ(faults_of(s, kToday, kToday).at(0).field, "next_on");
  s.next_on = kToday.plus_days(14);
  EXPECT_TRUE(faults_of(s, kToday, kToday).empty());
  EXPECT_EQ(faults_of(s, kToday.plus_days(1), kToday).at(0).field, "screened_on");
}

TEST(IntakeRules, codes_are_stored_joined_and_read_back) {
  const std::vector<std::string> codes = {"care", "debt"};
  EXPECT_EQ(parted(joined(codes)), codes);
  EXPECT_TRUE(parted("").empty());
}

TEST(IntakeRules, every_screening_result_has_a_code_that_reads_back) {
  for (ScreeningResult r : kScreeningResults) {
    EXPECT_EQ(parse_code<ScreeningResult>(code_of(r)), r);
    EXPECT_FALSE(label_of(r).empty());
  }
  EXPECT_EQ(parse_code<ScreeningResult>("no_such"), std::nullopt);
}

}  // namespace
}  // namespace kasane::casework
