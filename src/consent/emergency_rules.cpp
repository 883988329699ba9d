#include "consent/emergency_rules.hpp"

#include "base/japanese.hpp"
#include "consent/rules.hpp"
#include "people/rules.hpp"

namespace kasane::consent {

std::string_view code_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::open: return "";
    case Verdict::justified: return "justified";
    case Verdict::not_justified: return "not_justified";
  }
  return "";
}
std::string_view label_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::open: return "確認待ち";
    case Verdict::justified: return "必要だった";
    case Verdict::not_justified: return "必要とは認められない";
  }
  return "";
}
std::optional<Verdict> parse_verdict(std::string_view code) {
  for (const Verdict v : {Verdict::justified, Verdict::not_justified})
    if (code == code_of(v)) return v;
  return std::nullopt;
}

int emergency_hours(const programme::Municipality& m) { return number_word(m, "emergency_hours", 24, 72); }
int emergency_most_a_day(const programme::Municipality& m) { return number_word(m, "emergency_most_a_day", 3, 20); }
int emergency_review_days(const programme::Municipality& m) { return number_word(m, "emergency_review_days", 3, 31); }

std::vector<FieldError> faults_of(const EmergencyAsk& ask, const programme::Municipality& m) {
  std::vector<FieldError> faults;
  const bool by_number = !trim(ask.number).empty(), by_name = !trim(ask.name).empty();
  if (!by_number && !by_name) faults.push_back({"number", "世帯の番号か、氏名と生年月日を入力してください。"});
  if (by_number && !people::as_household_number(ask.number)) faults.push_back({"number", "世帯の番号を、番号どおりに入力してください。"});
  if (!by_number && by_name && !ask.birth) faults.push_back({"birth", "生年月日を入力してください。"});
  const auto table = m.code_table("emergency_reason");
  if (table == nullptr || table->find(ask.reason_code) == nullptr) faults.push_back({"reason_code", "理由の区分を選んでください。"});
  if (trim(ask.reason).empty()) faults.push_back({"reason", "いま見なければならない理由を入力してください。"});
  if (!ask.harm_checked)
    faults.push_back({"harm_checked", "同意を得る時間がないことと、本人やほかの人の権利利益を不当に侵害するおそれがないことを確かめてください。おそれがあるときは開けません。"});
  return faults;
}

std::string plain_name(std::string_view name) {
  std::string out;
  constexpr std::string_view kWide = "　";
  for (std::size_t at = 0; at < name.size();) {
    if (name.substr(at).starts_with(kWide)) at += kWide.size();
    else if (name[at] == ' ') ++at;
    else out += name[at++];
  }
  return out;
}

}  // namespace kasane::consent
