#include "people/protection_rules.hpp"

#include <algorithm>

#include "access/shields.hpp"
#include "base/japanese.hpp"

namespace kasane::people {

using access::kAllTopics;
using access::Topic;
using access::Topics;

namespace {

constexpr Topics kReport = Topic::abuse | Topic::reporter | Topic::safety;
// The consultation and all that follows from it is about her: intake, records, who helps her, plan, consents.
constexpr Topics kUnderOneRoof = kReport | Topic::contact | access::kMatters;

}  // namespace

std::string_view code_of(ProtectionKind kind) {
  switch (kind) {
    case ProtectionKind::dv: return "dv";
    case ProtectionKind::abuse: return "abuse";
    case ProtectionKind::own: return "own";
  }
  return {};
}

std::string_view label_of(ProtectionKind kind) {
  switch (kind) {
    case ProtectionKind::dv: return "DV等支援措置";
    case ProtectionKind::abuse: return "虐待からの保護";
    case ProtectionKind::own: return "支援者の判断による保護";
  }
  return {};
}

std::optional<ProtectionKind> protection_kind_of(std::string_view code) {
  for (const ProtectionKind kind : kProtectionKinds)
    if (code_of(kind) == code) return kind;
  return std::nullopt;
}

Kept kept_by(Nearness nearness, bool whole) {
  switch (nearness) {
    case Nearness::same_roof: return {whole ? kAllTopics : kUnderOneRoof, kReport};
    case Nearness::separated: return {kAllTopics, kReport | Topic::contact};
    case Nearness::apart: return {kAllTopics, kAllTopics};
  }
  return {kAllTopics, kAllTopics};
}

// The last day is the one before the day of the same number; a day that the month lacks ends with that month.
Date term_end(Date filed, int months) {
  const Date same = filed.plus_months(months);
  return same.day() == filed.day() ? same.plus_days(-1) : same;
}

Date warn_on(Date until, int warn_days, Date today) { return std::max(today, until.plus_days(-warn_days)); }

std::vector<FieldError> faults_of(const NewMeasure& what, Date today) {
  std::vector<FieldError> faults;
  if (!what.person) faults.push_back({"person", "だれを守るかを選んでください。"});
  if (what.from > today) faults.push_back({"from", "始まりの日は、今日までの日を入れてください。"});
  for (const PersonId opponent : what.opponents)
    if (opponent == what.person) faults.push_back({"opponents", "守る人と相手方が同じ人になっています。"});
  if (what.opponents.empty() && what.opponent_names.empty()) faults.push_back({"opponents", "相手方を選ぶか、名前を書いてください。"});
  if (what.kind == ProtectionKind::own) {
    if (trim(what.reason).empty()) faults.push_back({"reason", "守る理由を書いてください。"});
    if (!what.review_on) faults.push_back({"review_on", "見直す日を入れてください。"});
    else if (*what.review_on <= today) faults.push_back({"review_on", "見直す日は、明日からの日を入れてください。"});
  }
  return faults;
}

std::string plain_name(std::string_view name) {
  static constexpr std::string_view kWide = "　";
  std::string plain;
  for (std::size_t at = 0; at < name.size();) {
    if (name.substr(at).starts_with(kWide)) at += kWide.size();
    else if (name[at] == ' ' || name[at] == '\t') ++at;
    else plain += name[at++];
  }
  return plain;
}

std::string alarm_words(std::string_view code) {
  if (code == "serves") return "相手方の支援に入りました";
  if (code == "household") return "相手方が、守る人の世帯に加わりました";
  if (code == "name") return "相手方と同じ名前の人が登録されました";
  if (code == "case") return "相手方が、ケースの本人になりました";
  if (code == "meeting") return "相手方の側の機関が、会議の出席者になりました";
  if (code == "asked") return "相手方と同じ名前の人か、相手方の側の人が、会議に招かれました";
  if (code == "helper") return "知ってよい担当としていた職員が、相手方の支援をしました。この職員にも隠しています";
  if (code == "team") return "相手方の側の機関が、守る人の世帯に関わろうとしています";
  return "確かめることがあります";
}

Topics kept_from_home() { return kReport | Topic::contact | Topic::housing; }

}  // namespace kasane::people
