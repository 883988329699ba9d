#include "people/rules.hpp"

#include <gtest/gtest.h>

namespace kasane::people {
namespace {

Date day(int y, int m, int d) { return *Date::from_ymd(y, m, d); }

TEST(HouseholdNumber, bears_the_fiscal_year_and_a_serial) {
  EXPECT_EQ(household_number("世", FiscalYear{2026}, 12), "世R08-00012");
  EXPECT_EQ(household_number("世", FiscalYear{2019}, 1), "世R01-00001");
  EXPECT_EQ(household_number("世", FiscalYear{2026}, 123456), "世R08-123456");
}

TEST(HouseholdNumber, is_recognised_in_any_width_and_case) {
  EXPECT_EQ(as_household_number(" 世ｒ０８－００012　"), "世R08-00012");
  EXPECT_EQ(as_household_number("世R08-00012"), "世R08-00012");
  for (const char* other : {"阿曽", "1950-04-02", "R08-12", "世R8-00012", "-00012", ""}) EXPECT_FALSE(as_household_number(other)) << other;
}

TEST(Age, is_told_as_exactly_as_the_birth_date_is_known_W_69) {
  const Date on = day(2026, 11, 24);
  EXPECT_EQ(age_text("1943-04-02", on), "83歳");
  EXPECT_EQ(age_text("1943-12", on), "およそ82歳");
  EXPECT_EQ(age_text("", on), "");
  EXPECT_EQ(age_text("2030", on), "");
  EXPECT_EQ(age_text("1943-04-02", on, day(2020, 4, 1)), "享年76歳");
  EXPECT_EQ(age_band("1943-04-02", on), "80代");
  EXPECT_EQ(age_band("2020-01-01", on), "10歳未満");
  EXPECT_EQ(birth_text("1943-04-02"), "昭和18年4月2日");
  EXPECT_EQ(birth_text("1943"), "昭和18年");
}

TEST(Registration, needs_one_name_and_no_attribute_KN_3) {
  const Date today = day(2026, 11, 24);
  NewHousehold only_label;
  only_label.label = "角の青い屋根の家";
  EXPECT_TRUE(faults_of(only_label, today).empty());

  NewHousehold only_family;
  only_family.persons.resize(1);
  only_family.persons[0].fields.family = "阿曽";
  EXPECT_TRUE(faults_of(only_family, today).empty());
  EXPECT_EQ(default_label(only_family), "阿曽家");

  NewHousehold only_given;
  only_given.persons.resize(1);
  only_given.persons[0].fields.given = "千代";
  EXPECT_EQ(default_label(only_given), "千代の世帯");

  const auto faults = faults_of(NewHousehold{}, today);
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].field, "label");
}

TEST(Registration, names_the_person_and_field_of_each_fault) {
  NewHousehold what;
  what.persons.resize(2);
  what.persons[0].fields.family = "阿曽";
  what.persons[0].fields.birth = PartialDate{2030, 0, 0};
  what.persons[1].membership.from = day(2026, 5, 1);
  what.persons[1].membership.until = day(2026, 4, 1);
  std::vector<std::string> fields;
  for (const auto& fault : faults_of(what, day(2026, 11, 24))) fields.push_back(fault.field);
  EXPECT_EQ(fields, (std::vector<std::string>{"p1_birth", "p2_family", "p2_until"}));
}

TEST(Person, cannot_have_died_before_birth_or_in_the_future) {
  PersonFields fields;
  fields.family = "阿曽";
  fields.birth = PartialDate{1950, 4, 2};
  fields.deceased_on = day(1949, 1, 1);
  EXPECT_EQ(faults_of(fields, "", day(2026, 11, 24)).size(), 1u);
  fields.deceased_on = day(2027, 1, 1);
  EXPECT_EQ(faults_of(fields, "", day(2026, 11, 24)).size(), 1u);
  fields.deceased_on = day(2026, 11, 24);
  EXPECT_TRUE(faults_of(fields, "", day(2026, 11, 24)).empty());
}

}  // namespace
}  // namespace kasane::people
