#include "base/date.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/clock.hpp"

namespace kasane {
namespace {

Date day(int y, int m, int d) { return Date::from_ymd(y, m, d).value(); }

std::string read(std::string_view typed) {
  auto date = parse_date(typed);
  return date ? date->iso() : "";
}

std::string fault(std::string_view typed) {
  auto date = parse_date(typed);
  return date ? "" : date.error().message;
}

std::string read_partial(std::string_view typed) {
  auto date = parse_partial_date(typed);
  return date ? date->text() : "";
}

TEST(Date, knows_only_days_that_exist) {
  EXPECT_TRUE(Date::from_ymd(2028, 2, 29));
  EXPECT_FALSE(Date::from_ymd(2026, 2, 29));
  EXPECT_FALSE(Date::from_ymd(2026, 13, 1));
  EXPECT_FALSE(Date::from_ymd(2026, 4, 31));
  EXPECT_FALSE(Date::from_ymd(2026, 0, 1));
  EXPECT_FALSE(Date::from_ymd(0, 1, 1));
  EXPECT_FALSE(Date::from_ymd(10000, 1, 1));
}

TEST(Date, iso_form_is_strict) {
  EXPECT_EQ(Date::from_iso("2026-11-22"), day(2026, 11, 22));
  EXPECT_FALSE(Date::from_iso("2026-1-22"));
  EXPECT_FALSE(Date::from_iso("2026/11/22"));
  EXPECT_FALSE(Date::from_iso("2026-02-30"));
  EXPECT_FALSE(Date::from_iso(" 2026-11-22"));
  EXPECT_FALSE(Date::from_iso("2026-11-2x"));
}

TEST(Date, months_on_from_the_last_day_stay_in_the_month) {
  EXPECT_EQ(day(2026, 1, 31).plus_months(1), day(2026, 2, 28));
  EXPECT_EQ(day(2027, 12, 31).plus_months(2), day(2028, 2, 29));
  EXPECT_EQ(day(2026, 3, 31).plus_months(-1), day(2026, 2, 28));
  EXPECT_EQ(day(2026, 11, 22).plus_months(6), day(2027, 5, 22));
}

TEST(Date, never_leaves_the_years_that_can_be_written) {
  EXPECT_EQ(day(9999, 12, 31).plus_days(1), day(9999, 12, 31));
  EXPECT_EQ(day(1, 1, 1).plus_days(-1), day(1, 1, 1));
  EXPECT_EQ(day(9999, 12, 31).plus_months(1), day(9999, 12, 31));
  EXPECT_EQ(day(1, 1, 1).plus_months(-1), day(1, 1, 1));
}

TEST(Date, the_office_day_begins_at_midnight_in_japan) {
  constexpr UtcMs kBeforeMidnight = 1'795'359'599'999;  // 2026-11-22T23:59:59.999+09:00
  EXPECT_EQ(office_day(kBeforeMidnight), day(2026, 11, 22));
  EXPECT_EQ(office_time(kBeforeMidnight), "23:59");
  EXPECT_EQ(office_day(kBeforeMidnight + 1), day(2026, 11, 23));
  EXPECT_EQ(office_time(kBeforeMidnight + 1), "00:00");
  EXPECT_EQ(start_of(day(2026, 11, 23)), kBeforeMidnight + 1);
}

TEST(Date, instants_before_1970_fall_on_the_right_day) {
  EXPECT_EQ(office_day(start_of(day(1950, 4, 2))), day(1950, 4, 2));
  EXPECT_EQ(office_day(start_of(day(1950, 4, 2)) - 1), day(1950, 4, 1));
  EXPECT_EQ(office_time(start_of(day(1950, 4, 2)) + 14 * 3'600'000 + 5 * 60'000), "14:05");
}

TEST(Clock, a_manual_clock_stands_where_it_was_set) {
  ManualClock clock(day(2026, 11, 22), 14);
  EXPECT_EQ(clock.today(), day(2026, 11, 22));
  EXPECT_EQ(office_time(clock.now()), "14:00");
  clock.advance_ms(10 * 3'600'000);
  EXPECT_EQ(clock.today(), day(2026, 11, 23));
}

TEST(Wareki, the_first_day_of_an_era_belongs_to_it) {
  EXPECT_EQ(wareki(day(2019, 4, 30)), "平成31年4月30日");
  EXPECT_EQ(wareki(day(2019, 5, 1)), "令和元年5月1日");
  EXPECT_EQ(wareki(day(1989, 1, 7)), "昭和64年1月7日");
  EXPECT_EQ(wareki(day(1989, 1, 8)), "平成元年1月8日");
  EXPECT_EQ(wareki(day(1926, 12, 24)), "大正15年12月24日");
  EXPECT_EQ(wareki(day(1926, 12, 25)), "昭和元年12月25日");
  EXPECT_EQ(wareki(day(1912, 7, 29)), "明治45年7月29日");
  EXPECT_EQ(wareki(day(1912, 7, 30)), "大正元年7月30日");
  EXPECT_EQ(wareki(day(1868, 1, 25)), "明治元年1月25日");
  EXPECT_EQ(wareki(day(1868, 1, 24)), "1868年1月24日");
  EXPECT_EQ(wareki(day(2026, 11, 22)), "令和8年11月22日");
  EXPECT_EQ(wareki_short(day(2026, 11, 22)), "R8.11.22");
  EXPECT_EQ(wareki_short(day(1950, 4, 2)), "S25.4.2");
}

TEST(ParseDate, reads_what_people_type) {
  for (const char* typed :
       {"2026-11-22", "2026/11/22", "2026.11.22", "20261122", "2026年11月22日", "令和8年11月22日", "R8.11.22",
        "r8/11/22", "R8-11-22", "Ｒ８．１１．２２", "２０２６／１１／２２", "令和８年１１月２２日",
        " 令和8年 11月22日　", "㋿8年11月22日", "２０２６ー１１ー２２", "R8。11。22", "2026−11−22"}) {
    EXPECT_EQ(read(typed), "2026-11-22") << typed;
  }
  EXPECT_EQ(read("令和元年5月1日"), "2019-05-01");
  EXPECT_EQ(read("令和1年5月1日"), "2019-05-01");
  EXPECT_EQ(read("R元.5.1"), "2019-05-01");
  EXPECT_EQ(read("S25.4.2"), "1950-04-02");
  EXPECT_EQ(read("t10/1/9"), "1921-01-09");
}

TEST(ParseDate, refuses_days_that_do_not_exist) {
  for (const char* typed :
       {"2026-02-30", "S60.2.30", "令和8年13月1日", "20260431", "R8.0.1", "平成29年2月29日", "2026-11-00"}) {
    EXPECT_NE(fault(typed).find("暦にない"), std::string::npos) << typed;
  }
  EXPECT_EQ(read("R6.2.29"), "2024-02-29");
}

TEST(ParseDate, offers_the_right_era_when_one_had_ended_or_not_begun) {
  EXPECT_NE(fault("平成31年5月1日").find("令和元年5月1日"), std::string::npos);
  EXPECT_NE(fault("昭和64年1月8日").find("平成元年1月8日"), std::string::npos);
  EXPECT_NE(fault("H1.1.7").find("昭和64年1月7日"), std::string::npos);
  EXPECT_NE(fault("昭和100年4月1日").find("令和7年4月1日"), std::string::npos);
  EXPECT_NE(fault("令和元年4月30日").find("平成31年4月30日"), std::string::npos);
  EXPECT_EQ(read("平成31年4月30日"), "2019-04-30");
}

TEST(ParseDate, refuses_what_is_no_date_and_says_what_is_missing) {
  for (const char* typed : {"きのう", "8/11/22", "2026-11/22", "11月22日", "令和年11月22日", "令和0年1月1日",
                            "2026-11-22x", "2026111", "令和8年11月22日火", "\xff\xfe", "R", "元年"}) {
    EXPECT_NE(fault(typed).find("読めません"), std::string::npos) << typed;
  }
  EXPECT_NE(fault("令和8年11月").find("年、月、日"), std::string::npos);
  EXPECT_EQ(fault(""), "日付を入力してください。");
  EXPECT_EQ(fault("　 "), "日付を入力してください。");
}

TEST(ParseDate, names_no_field_because_it_knows_none) {
  EXPECT_EQ(parse_date("x").error().code, ErrorCode::invalid);
  EXPECT_TRUE(parse_date("x").error().fields.empty());
}

RC_GTEST_PROP(ParseDate, reads_back_every_writing_of_every_day, ()) {
  Date date = Date::from_days(*rc::gen::inRange<std::int64_t>(-37'000, 40'000));
  RC_ASSERT(read(date.iso()) == date.iso());
  RC_ASSERT(read(wareki(date)) == date.iso());
  RC_ASSERT(read(wareki_short(date)) == date.iso());
}

RC_GTEST_PROP(ParseDate, survives_any_bytes, (const std::string& typed)) {
  (void)parse_date(typed);
  (void)parse_partial_date(typed);
  (void)parse_fiscal_year(typed);
}

TEST(FiscalYear, runs_from_april_to_march) {
  EXPECT_EQ(FiscalYear::of(day(2026, 3, 31)).year, 2025);
  EXPECT_EQ(FiscalYear::of(day(2026, 4, 1)).year, 2026);
  EXPECT_EQ(FiscalYear{2026}.first(), day(2026, 4, 1));
  EXPECT_EQ(FiscalYear{2026}.last(), day(2027, 3, 31));
}

TEST(FiscalYear, is_named_by_its_era) {
  EXPECT_EQ(FiscalYear{2026}.text(), "令和8年度");
  EXPECT_EQ(FiscalYear{2019}.text(), "令和元年度");
  EXPECT_EQ(FiscalYear{2018}.text(), "平成30年度");
  EXPECT_EQ(FiscalYear{1988}.text(), "昭和63年度");
}

// T-1: the plan calls 令和12年度 2031. The 西暦 comes from the 和暦, so the slip cannot enter.
TEST(FiscalYear, T_1_computes_the_western_year_from_the_era_year) {
  EXPECT_EQ(parse_fiscal_year("令和12年度")->year, 2030);
  EXPECT_EQ(parse_fiscal_year("R12")->year, 2030);
  EXPECT_EQ(parse_fiscal_year("令和12年（2031年）度")->year, 2030);
  EXPECT_EQ(parse_fiscal_year("令和8年（2026年）度")->year, 2026);
  EXPECT_EQ(FiscalYear{2030}.text_both(), "令和12年度（2030年度）");
}

TEST(FiscalYear, is_read_in_the_ways_it_is_written) {
  EXPECT_EQ(parse_fiscal_year("２０３０年度")->year, 2030);
  EXPECT_EQ(parse_fiscal_year("2030")->year, 2030);
  EXPECT_EQ(parse_fiscal_year("令和元年度")->year, 2019);
  EXPECT_EQ(parse_fiscal_year("平成31年度")->year, 2019);
  EXPECT_FALSE(parse_fiscal_year("平成32年度"));
  EXPECT_FALSE(parse_fiscal_year("令和8年11月"));
  EXPECT_FALSE(parse_fiscal_year("20261122"));
  EXPECT_FALSE(parse_fiscal_year("来年度"));
  EXPECT_FALSE(parse_fiscal_year(""));
  EXPECT_FALSE(parse_fiscal_year("9999"));
}

TEST(Age, counts_whole_years_by_the_birthday) {
  EXPECT_EQ(age_on(day(1943, 6, 10), day(2026, 6, 9)), 82);
  EXPECT_EQ(age_on(day(1943, 6, 10), day(2026, 6, 10)), 83);
  EXPECT_EQ(age_on(day(2008, 2, 29), day(2026, 2, 28)), 17);
  EXPECT_EQ(age_on(day(2008, 2, 29), day(2026, 3, 1)), 18);
}

TEST(PartialDate, keeps_only_what_is_known) {
  EXPECT_EQ(read_partial("昭和25年"), "1950");
  EXPECT_EQ(read_partial("S25"), "1950");
  EXPECT_EQ(read_partial("1950"), "1950");
  EXPECT_EQ(read_partial("昭和25年4月"), "1950-04");
  EXPECT_EQ(read_partial("1950-04"), "1950-04");
  EXPECT_EQ(read_partial("S25.4"), "1950-04");
  EXPECT_EQ(read_partial("昭和25年4月2日"), "1950-04-02");
  EXPECT_EQ(read_partial("昭和64年"), "1989");
  EXPECT_EQ(read_partial("昭和64年1月"), "1989-01");
}

TEST(PartialDate, is_refused_when_it_cannot_be) {
  EXPECT_EQ(read_partial("昭和64年2月"), "");
  EXPECT_NE(parse_partial_date("昭和64年2月").error().message.find("平成元年2月"), std::string::npos);
  EXPECT_NE(parse_partial_date("平成32年").error().message.find("令和2年"), std::string::npos);
  EXPECT_EQ(read_partial("1950-13"), "");
  EXPECT_EQ(read_partial("1950-00"), "");
  EXPECT_EQ(read_partial("1950-02-30"), "");
  EXPECT_EQ(read_partial("不明"), "");
}

TEST(PartialDate, stored_form_is_strict) {
  EXPECT_EQ(PartialDate::from_text("1950-04")->text(), "1950-04");
  for (const char* stored :
       {"", "195", "1950-4", "1950-00", "1950-13", "1950-02-30", "1950/04", "1950-04-00", "0000"}) {
    EXPECT_FALSE(PartialDate::from_text(stored)) << stored;
  }
}

TEST(PartialDate, is_shown_in_the_era_that_had_more_of_it) {
  EXPECT_EQ(PartialDate::from_text("1950")->wareki(), "昭和25年");
  EXPECT_EQ(PartialDate::from_text("1950-04")->wareki(), "昭和25年4月");
  EXPECT_EQ(PartialDate::from_text("1926")->wareki(), "大正15年");
  EXPECT_EQ(PartialDate::from_text("1989-01")->wareki(), "平成元年1月");
  EXPECT_EQ(PartialDate::from_text("1989-01-07")->wareki(), "昭和64年1月7日");
}

RC_GTEST_PROP(PartialDate, reads_back_what_it_shows_and_stores, ()) {
  PartialDate date{*rc::gen::inRange(1869, 2060), *rc::gen::inRange(0, 13), 0};
  if (date.month) date.day = *rc::gen::inRange(0, 29);
  RC_ASSERT(PartialDate::from_text(date.text()) == date);
  RC_ASSERT(read_partial(date.wareki()) == date.text());
  RC_ASSERT(read_partial(date.text()) == date.text());
}

TEST(PartialDate, age_is_the_lower_bound) {
  Date on = day(2026, 6, 1);
  EXPECT_EQ(PartialDate::from_text("1950")->age_on(on), 75);
  EXPECT_EQ(PartialDate::from_text("1950-05")->age_on(on), 76);
  EXPECT_EQ(PartialDate::from_text("1950-06")->age_on(on), 75);
  EXPECT_EQ(PartialDate::from_text("2026")->age_on(on), 0);
}

}  // namespace
}  // namespace kasane
