// Civil days, eras and fiscal years, and reading what people type. Eras begin on the day of the change; days before
// 明治 (and old lunar dates) are plain 西暦.
#include "base/date.hpp"

#include <algorithm>
#include <array>

#include "base/japanese.hpp"

namespace kasane {
namespace {

using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kJapanOffsetMs = 9 * 3'600'000;
constexpr int kFirstYear = 1;
constexpr int kLastYear = 9999;

constexpr std::int32_t days_of(int y, unsigned m, unsigned d) {
  return static_cast<std::int32_t>(
      sys_days(std::chrono::year(y) / month(m) / std::chrono::day(d)).time_since_epoch().count());
}

constexpr std::int32_t kFirstDay = days_of(kFirstYear, 1, 1);
constexpr std::int32_t kLastDay = days_of(kLastYear, 12, 31);

struct Era {
  std::string_view name;
  char letter;
  int first_year;
  std::int32_t first_day;
};

constexpr std::array<Era, 5> kEras{{
    {"明治", 'm', 1868, days_of(1868, 1, 25)},
    {"大正", 't', 1912, days_of(1912, 7, 30)},
    {"昭和", 's', 1926, days_of(1926, 12, 25)},
    {"平成", 'h', 1989, days_of(1989, 1, 8)},
    {"令和", 'r', 2019, days_of(2019, 5, 1)},
}};

year_month_day civil(std::int32_t days) { return year_month_day(sys_days(std::chrono::days(days))); }

/// Floor division, so that instants before 1970 fall on the right day.
std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

std::string padded(int number, std::size_t width) {
  std::string text = std::to_string(number);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

const Era* era_on(Date day) {
  auto it = std::find_if(kEras.rbegin(), kEras.rend(), [&](const Era& era) { return day.days() >= era.first_day; });
  return it == kEras.rend() ? nullptr : &*it;
}

/// The last day of the era; of all time for the present one.
std::int32_t last_day_of(const Era& era) {
  const Era* next = &era + 1;
  return next == kEras.data() + kEras.size() ? kLastDay : next->first_day - 1;
}

/// "令和8年", "令和元年", "1867年" for the year of `day`.
std::string year_text(Date day) {
  const Era* era = era_on(day);
  if (!era) return std::to_string(day.year()) + "年";
  int number = day.year() - era->first_year + 1;
  return std::string(era->name) + (number == 1 ? "元" : std::to_string(number)) + "年";
}

// ---- reading ----

/// A date as typed; the numbers need not make a date yet.
struct Typed {
  const Era* era = nullptr;
  int year = 0;  // of the era, or 西暦
  std::optional<int> month;
  std::optional<int> day;

  std::int64_t civil_year() const { return era ? std::int64_t{era->first_year} + year - 1 : year; }
};

/// Takes pieces off the front of a text.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}
  bool at_end() const { return rest_.empty(); }
  bool take(std::string_view piece) {
    if (!rest_.starts_with(piece)) return false;
    rest_.remove_prefix(piece.size());
    return true;
  }
  /// A number of `least` to `most` digits; nothing when there are fewer or more.
  std::optional<int> number(std::size_t least, std::size_t most) {
    std::size_t digits = std::min(rest_.find_first_not_of("0123456789"), rest_.size());
    if (digits < least || digits > most) return std::nullopt;
    int value = 0;
    for (char digit : rest_.substr(0, digits)) value = value * 10 + (digit - '0');
    rest_.remove_prefix(digits);
    return value;
  }
  const Era* era() {
    for (const Era& era : kEras) {
      if (take(era.name)) return &era;
      if (!rest_.empty() && (rest_[0] | 0x20) == era.letter) {
        rest_.remove_prefix(1);
        return &era;
      }
    }
    return nullptr;
  }
  /// One of - / . between numbers.
  std::optional<char> separator() {
    if (rest_.empty() || std::string_view("-/.").find(rest_[0]) == std::string_view::npos) return std::nullopt;
    char found = rest_[0];
    rest_.remove_prefix(1);
    return found;
  }

 private:
  std::string_view rest_;
};

/// Half-width digits and signs without spaces; an IME leaves many kinds of strokes and dots.
std::string plain_signs(std::string_view typed) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kSame{{{" ", ""},
                                                                                        {"\t", ""},
                                                                                        {"−", "-"},
                                                                                        {"‐", "-"},
                                                                                        {"‑", "-"},
                                                                                        {"–", "-"},
                                                                                        {"—", "-"},
                                                                                        {"―", "-"},
                                                                                        {"ー", "-"},
                                                                                        {"。", "."},
                                                                                        {"・", "."},
                                                                                        {"、", "."}}};
  std::string normal = nfkc(typed);
  std::string plain;
  for (std::size_t at = 0; at < normal.size();) {
    std::string_view rest = std::string_view(normal).substr(at);
    auto same = std::ranges::find_if(kSame, [&](const auto& pair) { return rest.starts_with(pair.first); });
    if (same != kSame.end()) {
      plain += same->second;
      at += same->first.size();
    } else {
      plain += normal[at++];
    }
  }
  return plain;
}

/// Month and day after 年, or after the first separator.
bool read_rest(Reader& reader, Typed& typed) {
  if (reader.take("年")) {
    if (reader.at_end()) return true;
    typed.month = reader.number(1, 2);
    if (!typed.month || !reader.take("月")) return false;
    if (reader.at_end()) return true;
    typed.day = reader.number(1, 2);
    return typed.day && (reader.take("日") || reader.at_end()) && reader.at_end();
  }
  auto separator = reader.separator();
  if (!separator) return false;
  typed.month = reader.number(1, 2);
  if (!typed.month) return false;
  if (reader.at_end()) return true;
  if (reader.separator() != separator) return false;
  typed.day = reader.number(1, 2);
  return typed.day && reader.at_end();
}

std::optional<Typed> read_compact(std::string_view text) {
  Reader reader(text);
  auto number = reader.number(8, 8);
  if (!number || !reader.at_end()) return std::nullopt;
  return Typed{nullptr, *number / 10'000, *number / 100 % 100, *number % 100};
}

std::optional<Typed> read_typed(std::string_view text) {
  if (auto compact = read_compact(text)) return compact;
  Reader reader(text);
  Typed typed;
  typed.era = reader.era();
  if (typed.era && reader.take("元")) {
    typed.year = 1;
  } else {
    auto year = typed.era ? reader.number(1, 3) : reader.number(4, 4);
    if (!year || *year == 0) return std::nullopt;
    typed.year = *year;
  }
  if (reader.at_end()) return typed;
  return read_rest(reader, typed) ? std::optional<Typed>(typed) : std::nullopt;
}

constexpr const char* kUnreadable =
    "日付として読めません。「令和8年11月22日」や「2026-11-22」のように入力してください。";
constexpr const char* kNoSuchDay = "暦にない日付です。年、月、日を確かめてください。";

/// "平成31年5月1日": says where the era stands and offers the right writing.
std::string wrong_era(const Era& era, bool ended, const std::string& offer) {
  return std::string(ended ? "その日には" : "その日はまだ") + std::string(era.name) +
         (ended ? "は終わっています。" : "になっていません。") + "「" + offer + "」ではありませんか。";
}

/// Fails when no day from `first` to `last` lies in the era that was typed.
Result<> in_era(const Typed& typed, Date first, Date last, const std::string& offer) {
  if (!typed.era) return {};
  if (last.days() < typed.era->first_day) return fail(ErrorCode::invalid, wrong_era(*typed.era, false, offer));
  if (first.days() > last_day_of(*typed.era)) return fail(ErrorCode::invalid, wrong_era(*typed.era, true, offer));
  return {};
}

/// First and last day that the partial date may mean.
std::pair<Date, Date> span_of(const PartialDate& date) {
  int first_month = date.month ? date.month : 1;
  int last_month = date.month ? date.month : 12;
  if (date.day) {
    Date day = Date::from_ymd(date.year, date.month, date.day).value_or(Date());
    return {day, day};
  }
  Date first = Date::from_ymd(date.year, first_month, 1).value_or(Date());
  Date last = Date::from_ymd(date.year, last_month, 1).value_or(Date()).plus_months(1).plus_days(-1);
  return {first, date.year == kLastYear && last_month == 12 ? Date::from_days(kLastDay) : last};
}

bool possible(const PartialDate& date) {
  if (date.year < kFirstYear || date.year > kLastYear) return false;
  if (date.month == 0) return date.day == 0;
  if (date.month < 1 || date.month > 12) return false;
  return date.day == 0 || Date::from_ymd(date.year, date.month, date.day).has_value();
}

std::optional<int> digits_of(std::string_view text, std::size_t count) {
  Reader reader(text);
  auto number = reader.number(count, count);
  return reader.at_end() ? number : std::nullopt;
}

}  // namespace

std::optional<Date> Date::from_ymd(int year, int month, int day) {
  if (year < kFirstYear || year > kLastYear || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                      std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  return from_days(sys_days(date).time_since_epoch().count());
}

std::optional<Date> Date::from_iso(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  auto year = digits_of(text.substr(0, 4), 4);
  auto month = digits_of(text.substr(5, 2), 2);
  auto day = digits_of(text.substr(8, 2), 2);
  if (!year || !month || !day) return std::nullopt;
  return from_ymd(*year, *month, *day);
}

Date Date::from_days(std::int64_t days_since_epoch) {
  Date date;
  date.days_ = static_cast<std::int32_t>(std::clamp<std::int64_t>(days_since_epoch, kFirstDay, kLastDay));
  return date;
}

int Date::year() const { return static_cast<int>(civil(days_).year()); }
int Date::month() const { return static_cast<int>(static_cast<unsigned>(civil(days_).month())); }
int Date::day() const { return static_cast<int>(static_cast<unsigned>(civil(days_).day())); }

std::string Date::iso() const { return padded(year(), 4) + "-" + padded(month(), 2) + "-" + padded(day(), 2); }

Date Date::plus_months(int months) const {
  std::int64_t wanted = std::int64_t{year()} * 12 + month() - 1 + months;
  if (wanted < kFirstYear * 12) return from_days(kFirstDay);
  if (wanted >= (kLastYear + 1) * 12) return from_days(kLastDay);
  int to_year = static_cast<int>(wanted / 12);
  int to_month = static_cast<int>(wanted % 12) + 1;
  for (int to_day = day();; --to_day) {
    if (auto date = from_ymd(to_year, to_month, to_day)) return *date;
  }
}

Date office_day(UtcMs at) { return Date::from_days(floor_div(at + kJapanOffsetMs, kDayMs)); }

std::string office_time(UtcMs at) {
  std::int64_t local = at + kJapanOffsetMs;
  auto minutes = static_cast<int>((local - floor_div(local, kDayMs) * kDayMs) / 60'000);
  return padded(minutes / 60, 2) + ":" + padded(minutes % 60, 2);
}

UtcMs start_of(Date day) { return day.days() * kDayMs - kJapanOffsetMs; }

FiscalYear FiscalYear::of(Date day) { return FiscalYear{day.month() >= 4 ? day.year() : day.year() - 1}; }
Date FiscalYear::first() const { return Date::from_ymd(year, 4, 1).value_or(Date()); }
Date FiscalYear::last() const { return Date::from_ymd(year + 1, 3, 31).value_or(Date()); }

// The era at the end of the calendar year names the fiscal year: 2019年度 is 令和元年度 from its first day on.
std::string FiscalYear::text() const { return year_text(Date::from_ymd(year, 12, 31).value_or(Date())) + "度"; }

std::string FiscalYear::text_both() const { return text() + "（" + std::to_string(year) + "年度）"; }

Result<FiscalYear> parse_fiscal_year(std::string_view typed) {
  std::string text = plain_signs(typed);
  // "令和12年(2031年)度": the 西暦 beside the 和暦 is often wrong in print, so it is left unread.
  auto open = text.find('(');
  auto close = text.find(')');
  if (open != std::string::npos && close != std::string::npos && open < close) text.erase(open, close - open + 1);
  for (std::string_view end : {"年度", "年"}) {
    if (text.ends_with(end)) {
      text.resize(text.size() - end.size());
      break;
    }
  }
  auto read = read_typed(text);
  if (!read || read->month || text.ends_with("年")) {
    return fail(ErrorCode::invalid, "年度として読めません。「令和8年度」や「2026」のように入力してください。");
  }
  FiscalYear year{static_cast<int>(read->civil_year())};
  if (year.year < kFirstYear || year.year >= kLastYear) return fail(ErrorCode::invalid, kNoSuchDay);
  if (auto fits = in_era(*read, year.first(), year.last(), year.text()); !fits) return tl::unexpected(fits.error());
  return year;
}

std::string wareki(Date day) {
  return year_text(day) + std::to_string(day.month()) + "月" + std::to_string(day.day()) + "日";
}

std::string wareki_short(Date day) {
  const Era* era = era_on(day);
  std::string year = std::to_string(era ? day.year() - era->first_year + 1 : day.year());
  if (era) year.insert(0, 1, static_cast<char>(era->letter - 'a' + 'A'));
  return year + "." + std::to_string(day.month()) + "." + std::to_string(day.day());
}

int age_on(Date birth, Date on) {
  bool reached = std::pair(on.month(), on.day()) >= std::pair(birth.month(), birth.day());
  return on.year() - birth.year() - (reached ? 0 : 1);
}

Result<Date> parse_date(std::string_view typed) {
  std::string text = plain_signs(typed);
  if (text.empty()) return fail(ErrorCode::invalid, "日付を入力してください。");
  auto read = read_typed(text);
  if (!read) return fail(ErrorCode::invalid, kUnreadable);
  if (!read->month || !read->day) return fail(ErrorCode::invalid, "年、月、日をすべて入力してください。");
  auto date = Date::from_ymd(static_cast<int>(read->civil_year()), *read->month, *read->day);
  if (!date) return fail(ErrorCode::invalid, kNoSuchDay);
  if (auto fits = in_era(*read, *date, *date, wareki(*date)); !fits) return tl::unexpected(fits.error());
  return *date;
}

std::optional<PartialDate> PartialDate::from_text(std::string_view stored) {
  PartialDate date;
  if (stored.size() != 4 && stored.size() != 7 && stored.size() != 10) return std::nullopt;
  date.year = digits_of(stored.substr(0, 4), 4).value_or(0);
  if (stored.size() >= 7) {
    if (stored[4] != '-') return std::nullopt;
    date.month = digits_of(stored.substr(5, 2), 2).value_or(0);
    if (date.month == 0) return std::nullopt;
  }
  if (stored.size() == 10) {
    if (stored[7] != '-') return std::nullopt;
    date.day = digits_of(stored.substr(8, 2), 2).value_or(0);
    if (date.day == 0) return std::nullopt;
  }
  return possible(date) ? std::optional<PartialDate>(date) : std::nullopt;
}

std::string PartialDate::text() const {
  std::string text = padded(year, 4);
  if (month) text += "-" + padded(month, 2);
  if (month && day) text += "-" + padded(day, 2);
  return text;
}

std::string PartialDate::wareki() const {
  if (!possible(*this)) return {};
  if (day) return kasane::wareki(span_of(*this).first);
  // The era of the middle has more of the year or month than the other.
  Date middle = *Date::from_ymd(year, month ? month : 7, month ? 15 : 2);
  std::string text = year_text(middle);
  if (month) text += std::to_string(month) + "月";
  return text;
}

int PartialDate::age_on(Date on) const {
  auto [earliest, latest] = span_of(*this);
  int age = kasane::age_on(latest, on);
  return earliest <= on ? std::max(age, 0) : age;
}

Result<PartialDate> parse_partial_date(std::string_view typed) {
  std::string text = plain_signs(typed);
  if (text.empty()) return fail(ErrorCode::invalid, "日付を入力してください。");
  auto read = read_typed(text);
  if (!read) {
    return fail(
        ErrorCode::invalid,
        "日付として読めません。「昭和25年4月2日」のように入力してください。年だけ、年と月だけでもかまいません。");
  }
  PartialDate date{static_cast<int>(read->civil_year()), read->month.value_or(0), read->day.value_or(0)};
  bool zero = read->month == 0 || read->day == 0;  // typed as 0: not "unknown"
  if (zero || !possible(date)) return fail(ErrorCode::invalid, kNoSuchDay);
  auto [first, last] = span_of(date);
  if (auto fits = in_era(*read, first, last, date.wareki()); !fits) return tl::unexpected(fits.error());
  return date;
}

}  // namespace kasane
