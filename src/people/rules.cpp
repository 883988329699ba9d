#include "people/rules.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "base/japanese.hpp"

namespace kasane::people {

namespace {

constexpr const char* kNameNeeded = "氏または名のどちらかを入力してください。";

/// Letter and year of the era in which the fiscal year ends, as two digits: R08. The year that an era begins with
/// counts as its first (令和元年度).
std::string era_year(FiscalYear year) {
  const std::string last = wareki_short(year.last());  // "R9.3.31"
  const std::size_t dot = last.find('.');
  const std::string letter = last.substr(0, 1);
  int last_year = 0;
  std::from_chars(last.data() + 1, last.data() + dot, last_year);
  const int era_number = last_year - 1;
  return letter + (era_number < 10 ? "0" : "") + std::to_string(era_number);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

}  // namespace

std::string birth_text(std::string_view stored) {
  const auto birth = PartialDate::from_text(stored);
  return birth ? birth->wareki() : std::string();
}

std::string age_text(std::string_view stored, Date on, std::optional<Date> deceased_on) {
  const auto birth = PartialDate::from_text(stored);
  if (!birth) return {};
  const Date at = deceased_on ? std::min(*deceased_on, on) : on;
  const int age = birth->age_on(at);
  if (age < 0) return {};
  const std::string years = std::to_string(age) + "歳";
  if (deceased_on && *deceased_on <= on) return "享年" + years;
  return birth->day == 0 ? "およそ" + years : years;
}

std::string age_band(std::string_view stored, Date on) {
  const auto birth = PartialDate::from_text(stored);
  if (!birth) return {};
  const int age = birth->age_on(on);
  if (age < 0) return {};
  if (age < 10) return "10歳未満";
  return std::to_string(age / 10 * 10) + "代";
}

std::string household_number(std::string_view prefix, FiscalYear year, std::int64_t serial) {
  std::string digits = std::to_string(serial);
  if (digits.size() < 5) digits.insert(0, 5 - digits.size(), '0');
  return std::string(prefix) + era_year(year) + "-" + digits;
}

std::optional<std::string> as_household_number(std::string_view typed) {
  std::string text = nfkc(trim(typed));
  const std::size_t dash = text.rfind('-');
  if (dash == std::string::npos || dash < 3) return std::nullopt;
  const std::string_view serial = std::string_view(text).substr(dash + 1);
  if (serial.size() < 5 || !std::ranges::all_of(serial, is_digit)) return std::nullopt;
  char& letter = text[dash - 3];
  if (!is_digit(text[dash - 1]) || !is_digit(text[dash - 2]) || !is_letter(letter)) return std::nullopt;
  if (letter >= 'a') letter = static_cast<char>(letter - 'a' + 'A');
  return text;
}

std::vector<FieldError> faults_of(const PersonFields& fields, std::string_view prefix, Date today) {
  std::vector<FieldError> faults;
  const std::string at(prefix);
  if (trim(fields.family).empty() && trim(fields.given).empty()) faults.push_back({at + "family", kNameNeeded});
  if (fields.birth && fields.birth->age_on(today) < 0) faults.push_back({at + "birth", "生年月日が未来の日付です。"});
  if (fields.deceased_on && *fields.deceased_on > today) faults.push_back({at + "deceased_on", "亡くなった日が未来の日付です。"});
  if (fields.birth && fields.deceased_on && fields.birth->age_on(*fields.deceased_on) < 0)
    faults.push_back({at + "deceased_on", "亡くなった日が生年月日より前です。"});
  return faults;
}

std::vector<FieldError> faults_of(const MembershipFields& fields, std::string_view prefix) {
  if (fields.from && fields.until && *fields.until < *fields.from)
    return {{std::string(prefix) + "until", "終わりの日が始まりの日より前です。"}};
  return {};
}

std::vector<FieldError> faults_of(const NewHousehold& what, Date today) {
  std::vector<FieldError> faults;
  if (trim(what.label).empty() && what.persons.empty())
    faults.push_back({"label", "世帯の呼び名か、一人の氏のどちらかを入力してください。"});
  for (std::size_t i = 0; i < what.persons.size(); ++i) {
    const std::string prefix = "p" + std::to_string(i + 1) + "_";
    std::ranges::copy(faults_of(what.persons[i].fields, prefix, today), std::back_inserter(faults));
    std::ranges::copy(faults_of(what.persons[i].membership, prefix), std::back_inserter(faults));
  }
  return faults;
}

std::string default_label(const NewHousehold& what) {
  if (const auto label = trim(what.label); !label.empty()) return std::string(label);
  if (what.persons.empty()) return {};
  const PersonFields& first = what.persons.front().fields;
  const auto family = trim(first.family);
  return family.empty() ? std::string(trim(first.given)) + "の世帯" : std::string(family) + "家";
}

}  // namespace kasane::people
