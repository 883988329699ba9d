#include "casework/intake_rules.hpp"

#include <algorithm>
#include <array>

namespace kasane::casework {

std::string_view code_of(ScreeningResult result) {
  switch (result) {
    case ScreeningResult::information_only: return "information_only";
    case ScreeningResult::referred: return "referred";
    case ScreeningResult::no_consent_yet: return "no_consent_yet";
    case ScreeningResult::own_support: return "own_support";
    case ScreeningResult::multi_agency: return "multi_agency";
    case ScreeningResult::ended_before: return "ended_before";
  }
  return {};
}

template <>
std::optional<ScreeningResult> parse_code(std::string_view code) {
  for (ScreeningResult r : kScreeningResults)
    if (code_of(r) == code) return r;
  return std::nullopt;
}

std::string_view label_of(ScreeningResult result) {
  switch (result) {
    case ScreeningResult::information_only: return "情報提供・相談対応のみで終了";
    case ScreeningResult::referred: return "他制度・他機関につなぐ";
    case ScreeningResult::no_consent_yet: return "現時点で本人同意は取れないが引き続き取り組む";
    case ScreeningResult::own_support: return "自分の機関で支援を続ける";
    case ScreeningResult::multi_agency: return "多機関協働につなぐ";
    case ScreeningResult::ended_before: return "判断前に中断・終了";
  }
  return {};
}

std::string joined(const std::vector<std::string>& codes) {
  std::string out;
  for (const std::string& code : codes) out += (out.empty() ? "" : ",") + code;
  return out;
}

std::vector<std::string> parted(std::string_view codes) {
  std::vector<std::string> out;
  while (!codes.empty()) {
    const auto comma = std::min(codes.find(','), codes.size());
    if (comma > 0) out.emplace_back(codes.substr(0, comma));
    codes.remove_prefix(std::min(comma + 1, codes.size()));
  }
  return out;
}

std::span<const std::string_view> abuse_codes() {
  static constexpr std::array<std::string_view, 5> kAbuse = {"violence", "abuse_child", "abuse_elder", "abuse_disabled", "partner_violence"};
  return kAbuse;
}

bool names_abuse(const std::vector<std::string>& codes) {
  const auto abuse = abuse_codes();
  return std::any_of(codes.begin(), codes.end(), [&](const std::string& c) { return std::find(abuse.begin(), abuse.end(), c) != abuse.end(); });
}

std::vector<std::string> most_serious_first(std::vector<std::string> about, std::string_view most_serious) {
  if (most_serious.empty()) return about;
  std::erase(about, most_serious);
  about.insert(about.begin(), std::string(most_serious));
  return about;
}

access::Sharing sharing_of(bool household_known, bool person_known, bool abuse_named, bool sensitive_agency) {
  return household_known && person_known && !abuse_named && !sensitive_agency ? access::Sharing::team : access::Sharing::own;
}

std::vector<FieldError> faults_of(const IntakeContent& content, Date today) {
  std::vector<FieldError> faults;
  if (today < content.taken_on) faults.push_back({"taken_on", "受付日が先の日付になっています。"});
  if (!content.receiver) faults.push_back({"receiver", "受付者を選んでください。"});
  if (content.about.empty() && content.summary.empty()) faults.push_back({"summary", "相談の内容を、文か選択肢のどちらかで入れてください。"});
  return faults;
}

std::vector<FieldError> faults_of(const Screening& screening, Date taken_on, Date today) {
  std::vector<FieldError> faults;
  if (today < screening.on) faults.push_back({"screened_on", "判断した日が先の日付になっています。"});
  if (screening.on < taken_on) faults.push_back({"screened_on", "判断した日が受付日より前になっています。"});
  if (screening.result == ScreeningResult::no_consent_yet) {
    if (!screening.next_on) faults.push_back({"next_on", "次に同意をたずねる日を入れてください。"});
    else if (*screening.next_on < today) faults.push_back({"next_on", "次に同意をたずねる日は、今日から後の日にしてください。"});
  }
  if (screening.result == ScreeningResult::own_support && screening.next_on && *screening.next_on < today)
    faults.push_back({"contact_on", "次に連絡する日は、今日から後の日にしてください。"});
  if (screening.result == ScreeningResult::ended_before && screening.note.empty())
    faults.push_back({"note", "中断・終了したわけを書いてください。"});
  return faults;
}

}  // namespace kasane::casework
