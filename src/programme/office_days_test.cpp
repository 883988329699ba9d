// The table of holidays obeys the law that it is copied from; what is closed is put off; the end of the table is known.
#include <gtest/gtest.h>

#include "programme/municipality_testing.hpp"
#include "programme/office_days.hpp"

namespace kasane::programme {
namespace {

Date day(int y, int m, int d) { return *Date::from_ymd(y, m, d); }
const OfficeDays& days() {
  static const OfficeDays all(cities::tsuruoka());
  return all;
}
std::string name_of(Date on) { return days().closed(on).value_or(""); }

TEST(OfficeDays, a_holiday_on_a_Sunday_is_taken_on_the_next_day_that_is_none) {  // 第3条第2項
  EXPECT_EQ(name_of(day(2026, 5, 3)), "憲法記念日");
  EXPECT_EQ(name_of(day(2026, 5, 6)), "振替休日") << "two holidays stand between";
  EXPECT_EQ(name_of(day(2027, 3, 21)), "春分の日");
  EXPECT_EQ(name_of(day(2027, 3, 22)), "振替休日");
  for (Date on = day(2026, 1, 1); on <= day(2027, 12, 31); on = on.plus_days(1)) {
    if (name_of(on).empty() || name_of(on) == "振替休日" || weekday(on) != 6) continue;
    Date next = on.plus_days(1);
    while (!name_of(next).empty() && name_of(next) != "振替休日") next = next.plus_days(1);
    EXPECT_EQ(name_of(next), "振替休日") << on.iso();
  }
}

TEST(OfficeDays, a_day_between_two_holidays_is_one_too) {  // 第3条第3項
  for (Date on = day(2026, 1, 2); on < day(2027, 12, 31); on = on.plus_days(1))
    if (!name_of(on.plus_days(-1)).empty() && !name_of(on.plus_days(1)).empty()) {
      EXPECT_FALSE(name_of(on).empty()) << on.iso();
    }
  EXPECT_EQ(name_of(day(2026, 9, 22)), "国民の休日");
  EXPECT_EQ(name_of(day(2027, 9, 22)), "");
}

TEST(OfficeDays, happy_Mondays_are_the_Mondays_that_the_law_counts) {  // 第2条
  struct Monday {
    const char* name;
    int month, week;
  };
  for (const int year : {2026, 2027})
    for (const Monday& m : {Monday{"成人の日", 1, 2}, Monday{"海の日", 7, 3}, Monday{"敬老の日", 9, 3}, Monday{"スポーツの日", 10, 2}}) {
      Date on = day(year, m.month, 1);
      while (weekday(on) != 0) on = on.plus_days(1);
      EXPECT_EQ(name_of(on.plus_days(7 * (m.week - 1))), m.name) << year;
    }
}

TEST(OfficeDays, each_year_of_the_table_has_all_sixteen_holidays_of_the_law) {
  for (const int year : {2026, 2027}) {
    int named = 0;
    for (Date on = day(year, 1, 1); on <= day(year, 12, 31); on = on.plus_days(1))
      if (const std::string name = name_of(on); !name.empty() && name != "振替休日" && name != "国民の休日") ++named;
    EXPECT_EQ(named, 16) << year;
  }
}

TEST(OfficeDays, the_end_of_the_table_is_known) {
  EXPECT_EQ(days().known_until(), day(2027, 12, 31));
  EXPECT_TRUE(days().known(day(2027, 12, 31)));
  EXPECT_FALSE(days().known(day(2028, 1, 1)));
}

TEST(OfficeDays, a_closed_day_is_put_off_past_what_is_closed_and_the_weekend) {
  EXPECT_EQ(days().put_off(day(2026, 11, 3)), day(2026, 11, 4));
  EXPECT_EQ(days().put_off(day(2026, 5, 4)), day(2026, 5, 7));
  EXPECT_EQ(days().put_off(day(2027, 1, 1)), day(2027, 1, 4)) << "a Friday";
  EXPECT_EQ(days().put_off(day(2026, 11, 7)), day(2026, 11, 7)) << "a Saturday by choice";
}

TEST(OfficeDays, of_a_city_are_in_its_folder_once_or_every_year) {
  Municipality m = cities::tsuruoka();
  auto table = std::make_shared<form::CodeTable>();
  table->codes = {{"12-29", "年末年始", false}, {"2027-08-13", "庁舎の点検", false}, {"12-30", "", true}};
  m.code_lists["closed_days"].table = table;
  const OfficeDays own(m);
  EXPECT_EQ(own.closed(day(2026, 12, 29)), "年末年始");
  EXPECT_EQ(own.closed(day(2031, 12, 29)), "年末年始");
  EXPECT_FALSE(own.closed(day(2026, 12, 30))) << "retired";
  EXPECT_EQ(own.put_off(day(2027, 8, 13)), day(2027, 8, 16));
  EXPECT_FALSE(own.closed(day(2026, 8, 13)));
}

}  // namespace
}  // namespace kasane::programme
