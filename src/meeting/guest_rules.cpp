#include "meeting/guest_rules.hpp"

#include <algorithm>

#include "base/japanese.hpp"
#include "meeting/rules.hpp"

namespace kasane::meeting {

using access::Topic;

std::string_view code_of(GuestKind kind) { return kind == GuestKind::outside ? "outside" : "host_company"; }
std::string_view label_of(GuestKind kind) { return kind == GuestKind::outside ? "学校・医療機関・民生委員など" : "受入先（参加支援）"; }
std::optional<GuestKind> parse_guest_kind(std::string_view code) {
  for (const GuestKind kind : {GuestKind::outside, GuestKind::host_company})
    if (code == code_of(kind)) return kind;
  return std::nullopt;
}

bool guest_needs_consent(GuestKind kind, const ItemHead& item) { return kind == GuestKind::host_company || item.needs_consent; }

std::vector<FieldError> faults_of(const NewGuest& guest, const ItemHead& item, Date held_on, Date today) {
  std::vector<FieldError> faults;
  if (guest.name.empty()) faults.push_back({"name", "氏名を入力してください。"});
  if (!guest_needs_consent(guest.kind, item) && !guest.appointed_on)
    faults.push_back({"appointed_on", "同意のない議題に招く人は、委嘱の日を入力してください。"});
  if (guest.appointed_on && *guest.appointed_on > today) faults.push_back({"appointed_on", "委嘱の日は、今日までの日で入力してください。"});
  const Date last = held_on.plus_days(kLongestPacketDays);
  if (guest.until < today || guest.until > last) faults.push_back({"until", "今日から" + wareki_short(last) + "までの日を入力してください。"});
  return faults;
}

std::string why_no_guest(GuestKind kind, const ItemHead& item, const std::vector<Support>& supports) {
  if (!item.household) return "世帯のことではない議題には、招かなくても資料を渡せます。";
  if (!guest_needs_consent(kind, item)) return item.request ? std::string() : std::string("この議題には、外の人に見せてよい根拠がありません。");
  if (supports.empty()) return "本人の情報共有同意がないため、招けません。";
  if (kind == GuestKind::outside) return {};
  const bool agreed = std::all_of(supports.begin(), supports.end(), [](const Support& s) { return s.topics.has_all(Topic::participation | Topic::plan); });
  return agreed ? std::string() : std::string("本人の同意に参加支援のことが含まれていないため、受入先は招けません。");
}

access::Topics guest_topics(GuestKind kind) {
  return kind == GuestKind::outside ? packet_topics(access::kStandardScope) : Topic::basic | Topic::meeting | Topic::plan | Topic::participation;
}

ItemView for_guest(GuestKind kind, ItemView item) {
  item.attendees.clear();
  item.may_manage = false;
  if (kind == GuestKind::outside) return item;
  item.label = {};
  item.question = {};
  item.note = {};
  item.findings.clear();
  item.results.clear();
  std::erase_if(item.plans, [](const PacketPlan& p) { return p.kind != planning::PlanKind::participation; });
  return item;
}

std::optional<std::string> six_digits(std::uint32_t random) {
  constexpr std::uint32_t kCodes = 1'000'000;
  constexpr std::uint32_t kEven = UINT32_MAX - UINT32_MAX % kCodes;  // the last numbers would come once more often
  if (random >= kEven) return std::nullopt;
  std::string digits = std::to_string(random % kCodes);
  return std::string(6 - digits.size(), '0') + digits;
}

std::string plain_code(std::string_view typed) {
  std::string out;
  for (const char c : nfkc(typed))
    if (c != ' ' && c != '-') out += c;
  return out;
}

}  // namespace kasane::meeting
