// Dates as the office uses them: a day without a time, written 西暦 or 和暦, in a fiscal year from April to March.
// Times are UTC milliseconds; the office day is Japan's (+9:00, no summer time).
#pragma once
#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace kasane {

using UtcMs = std::int64_t;

/// A civil day. Always a day that exists, from year 1 to year 9999.
class Date {
 public:
  Date() = default;  // 1970-01-01
  static std::optional<Date> from_ymd(int year, int month, int day);
  /// "2026-11-22" only (the form in the database).
  static std::optional<Date> from_iso(std::string_view text);
  /// Days before year 1 or after 9999 give the first or last day there is.
  static Date from_days(std::int64_t days_since_epoch);
  int year() const;
  int month() const;
  int day() const;
  std::int32_t days() const { return days_; }
  std::string iso() const;
  Date plus_days(int days) const { return from_days(std::int64_t{days_} + days); }
  /// Same day of the month n months on; the last day of that month where it has no such day.
  Date plus_months(int months) const;
  friend auto operator<=>(const Date&, const Date&) = default;

 private:
  std::int32_t days_ = 0;
};

/// The office day (Japan) of an instant.
Date office_day(UtcMs at);
/// "14:05" in Japan.
std::string office_time(UtcMs at);
/// Start of that day in Japan as UTC milliseconds.
UtcMs start_of(Date day);

/// 令和8年度 = 2026. A year runs from 1 April to 31 March.
struct FiscalYear {
  int year = 0;
  static FiscalYear of(Date day);
  Date first() const;
  Date last() const;
  /// "令和8年度"; the whole of 2019年度 is 令和元年度.
  std::string text() const;
  /// "令和12年度（2030年度）": the 西暦 is computed, never copied from a text.
  std::string text_both() const;
  friend auto operator<=>(const FiscalYear&, const FiscalYear&) = default;
};

/// 令和12年度, R12, 令和12年, 2030年度, 2030. Where a 西暦 stands in brackets beside the 和暦 it is not read: printed
/// plans have it wrong (one calls 令和12年度 2031). Errors: ErrorCode::invalid, no field.
Result<FiscalYear> parse_fiscal_year(std::string_view typed);

/// "令和8年11月22日"; 元年 for a first year; plain 西暦 before 明治 (1868-01-25).
std::string wareki(Date day);
/// "R8.11.22"
std::string wareki_short(Date day);
/// Whole years on `on`, by civil calendar (birthday counts from its own day).
int age_on(Date birth, Date on);

/// What people type: 2026-11-22, 2026/11/22, 20261122, 令和8年11月22日, R8.11.22, r8/11/22, full-width digits, 元年.
/// Errors (ErrorCode::invalid, no field): not a date; a day that does not exist; an era that had ended or not begun
/// on that day (平成31年5月1日: the message offers 令和元年5月1日).
Result<Date> parse_date(std::string_view typed);

/// A birth date that may be known only in part (年のみ, 年月のみ). Stored as "1950", "1950-04" or "1950-04-02".
struct PartialDate {
  int year = 0;
  int month = 0;  // 0: unknown
  int day = 0;    // 0: unknown
  static std::optional<PartialDate> from_text(std::string_view stored);
  std::string text() const;
  /// "昭和25年", "昭和25年4月"; where two eras share the year or month, the one that has more of it.
  /// parse_partial_date reads it back.
  std::string wareki() const;
  /// Whole years where it can be told; for partial dates the lower bound.
  int age_on(Date on) const;
  friend auto operator<=>(const PartialDate&, const PartialDate&) = default;
};
/// As parse_date, and also 昭和25年, 昭和25年4月, S25, 1950, 1950-04.
Result<PartialDate> parse_partial_date(std::string_view typed);

}  // namespace kasane
