// What a measure keeps from whom, and how long it runs.
#include "people/protection_rules.hpp"

#include <gtest/gtest.h>

#include "access/shields.hpp"

namespace kasane::people {
namespace {

using access::Topic;

TEST(Protection, under_one_roof_hides_report_consultation_contact_and_plan_and_not_who_lives_there_W73) {
  const Kept kept = kept_by(Nearness::same_roof, false);
  EXPECT_TRUE(kept.of_person.has_all(access::kMatters | Topic::contact | Topic::abuse | Topic::reporter));
  EXPECT_FALSE(kept.of_person.meets(Topic::basic));
  EXPECT_FALSE(kept.of_household.meets(Topic::contact)) << "the address that they share is no secret";
  EXPECT_TRUE(kept.of_household.has_all(Topic::abuse | Topic::reporter));
  EXPECT_EQ(kept_by(Nearness::same_roof, true).of_person, access::kAllTopics);
}

TEST(Protection, people_living_apart_are_hidden_altogether) {
  EXPECT_EQ(kept_by(Nearness::apart, false).of_person, access::kAllTopics);
  EXPECT_EQ(kept_by(Nearness::apart, false).of_household, access::kAllTopics);
}

TEST(Protection, who_moved_out_does_not_learn_the_address_and_keeps_what_is_his_own) {
  const Kept kept = kept_by(Nearness::separated, false);
  EXPECT_EQ(kept.of_person, access::kAllTopics);
  EXPECT_TRUE(kept.of_household.has_all(Topic::contact));
  EXPECT_FALSE(kept.of_household.meets(Topic::basic));
}

TEST(Protection, a_term_of_a_year_ends_the_day_before_its_day_a_year_later) {
  EXPECT_EQ(term_end(*Date::from_ymd(2026, 11, 24), 12), *Date::from_ymd(2027, 11, 23));
  EXPECT_EQ(term_end(*Date::from_ymd(2028, 2, 29), 12), *Date::from_ymd(2029, 2, 28));
  EXPECT_EQ(warn_on(*Date::from_ymd(2027, 11, 23), 30, *Date::from_ymd(2026, 11, 24)), *Date::from_ymd(2027, 10, 24));
  EXPECT_EQ(warn_on(*Date::from_ymd(2026, 11, 30), 30, *Date::from_ymd(2026, 11, 24)), *Date::from_ymd(2026, 11, 24));
}

TEST(Protection, a_measure_names_somebody_to_protect_and_somebody_else) {
  const Date today = *Date::from_ymd(2026, 11, 24);
  NewMeasure what;
  what.household = HouseholdId(1);
  what.person = PersonId(2);
  what.from = today;
  what.kind = ProtectionKind::abuse;
  EXPECT_EQ(faults_of(what, today).front().field, "opponents");
  what.opponents = {PersonId(2)};
  EXPECT_EQ(faults_of(what, today).front().field, "opponents");
  what.opponents = {PersonId(3)};
  EXPECT_TRUE(faults_of(what, today).empty());
  what.kind = ProtectionKind::own;
  EXPECT_EQ(faults_of(what, today).size(), 2u) << "a worker's own flag has a reason and a day on which it is looked at";
}

TEST(Protection, names_are_compared_without_blanks) { EXPECT_EQ(plain_name("佐瀬　 健太"), "佐瀬健太"); }

}  // namespace
}  // namespace kasane::people
