#include "base/near_date.hpp"

#include <gtest/gtest.h>

namespace kasane {
namespace {

const Date kToday = *Date::from_ymd(2026, 11, 24);

std::string read(std::string_view typed, Date near = kToday) {
  const auto day = near_date(typed, near);
  return day ? day->iso() : "";
}

TEST(NearDate, reads_month_and_day_in_the_nearest_year) {
  for (const char* typed : {"11/23", "１１／２３", "11月23日", "11-23", "11.23", " 11/23 "}) EXPECT_EQ(read(typed), "2026-11-23") << typed;
  EXPECT_EQ(read("12/8"), "2026-12-08");
  EXPECT_EQ(read("1/8"), "2027-01-08") << "said in November, the next one is meant";
  EXPECT_EQ(read("12/28", *Date::from_ymd(2027, 1, 4)), "2026-12-28") << "and in January the last one";
}

TEST(NearDate, reads_a_leap_day_only_where_one_is_near) {
  EXPECT_EQ(read("2/29", *Date::from_ymd(2027, 12, 1)), "2028-02-29");
  EXPECT_EQ(read("2/29"), "");
}

TEST(NearDate, leaves_everything_else_alone) {
  for (const char* typed : {"", "11", "11/", "/11/23", "11/31", "13/1", "0/5", "2026/11/23", "R8.11.23", "11/23ごろ", "1123"}) EXPECT_EQ(read(typed), "") << typed;
}

}  // namespace
}  // namespace kasane
