#include "meeting/packet_rules.hpp"

#include <algorithm>

#include "base/japanese.hpp"

namespace kasane::meeting {

namespace {

constexpr std::size_t kShortestTelling = 2;    // characters; a family name of one sign is part of many words
constexpr std::size_t kDigitsOfTelephone = 9;  // so many in a row, hyphens apart, are nobody's age

bool holds_telephone(std::string_view text) {
  std::size_t digits = 0;
  for (const char c : nfkc(text)) {
    if (c >= '0' && c <= '9') {
      if (++digits >= kDigitsOfTelephone) return true;
    } else if (c != '-' && c != ' ' && c != '(' && c != ')') {
      digits = 0;
    }
  }
  return false;
}

void add_words(std::vector<std::string>& words, const PersonalText& text) {
  const std::string& shown = text.shown();
  if (shown.empty()) return;
  words.push_back(shown);
  for (std::size_t at = 0; at < shown.size();) {
    const std::size_t blank = std::min(shown.find(' ', at), shown.size());
    if (blank > at && blank - at < shown.size()) words.push_back(shown.substr(at, blank - at));
    at = blank + 1;
  }
}

PersonalText within(const PersonalText& theirs, const PersonalText& own) { return own.hidden() ? own : theirs; }

bool same(const PersonalText& a, const PersonalText& b) { return a.shown() == b.shown(); }

const PacketPlan* plan_of(const ItemView& view, PlanId id) {
  const auto found = std::find_if(view.plans.begin(), view.plans.end(), [&](const PacketPlan& p) { return p.id == id; });
  return found == view.plans.end() ? nullptr : &*found;
}

void narrow(PacketPlan& theirs, const PacketPlan& own) {
  theirs.direction = within(theirs.direction, own.direction);
  std::erase_if(theirs.goals, [&](const PersonalText& goal) {
    return std::none_of(own.goals.begin(), own.goals.end(), [&](const PersonalText& mine) { return same(goal, mine); });
  });
  std::erase_if(theirs.roles, [&](const PacketPlan::Role& role) {
    return std::none_of(own.roles.begin(), own.roles.end(), [&](const PacketPlan::Role& mine) { return role.who == mine.who && same(role.what, mine.what); });
  });
}

}  // namespace

std::string age_band(int years) {
  if (years < 10) return "10歳未満";
  if (years >= 90) return "90歳以上";
  return std::to_string(years / 10 * 10) + "代";
}

std::string people_in_bands(const std::vector<people::Member>& members, Date on) {
  std::vector<int> ages;
  for (const people::Member& m : members)
    if (m.belongs_on(on) && !m.deceased_on)
      if (const auto birth = PartialDate::from_text(m.birth.shown())) ages.push_back(birth->age_on(on));
  std::sort(ages.rbegin(), ages.rend());
  std::string text;
  for (const int age : ages) text += (text.empty() ? "" : "、") + age_band(age);
  return text;
}

std::optional<std::string> gives_away(std::string_view text, const std::vector<std::string>& telling) {
  const std::string key = name_key(text);
  for (const std::string& word : telling) {
    const std::string looked_for = name_key(word);
    if (count_characters(looked_for) >= kShortestTelling && key.find(looked_for) != std::string::npos) return word;
  }
  if (holds_telephone(text)) return "電話番号";
  return std::nullopt;
}

std::vector<std::string> telling_words(const people::HouseholdView& household) {
  std::vector<std::string> words;
  for (const people::Member& m : household.members) {
    add_words(words, m.name);
    add_words(words, m.kana);
    if (!m.contact) continue;
    add_words(words, m.contact->address);
    add_words(words, m.contact->phone);
  }
  add_words(words, household.label);
  add_words(words, household.address);
  add_words(words, household.phone);
  return words;
}

ItemView narrowed(ItemView theirs, const ItemView& own) {
  theirs.label = within(theirs.label, own.label);
  theirs.question = within(theirs.question, own.question);
  theirs.note = within(theirs.note, own.note);
  std::erase_if(theirs.plans, [&](const PacketPlan& p) { return plan_of(own, p.id) == nullptr; });
  for (PacketPlan& plan : theirs.plans) narrow(plan, *plan_of(own, plan.id));
  std::erase_if(theirs.findings, [&](const FindingLine& f) {
    return std::none_of(own.findings.begin(), own.findings.end(), [&](const FindingLine& mine) { return f.plan == mine.plan && same(f.text, mine.text); });
  });
  std::erase_if(theirs.results, [&](const ResultLine& r) {
    return std::none_of(own.results.begin(), own.results.end(), [&](const ResultLine& mine) { return r.kind == mine.kind && same(r.text, mine.text); });
  });
  return theirs;
}

}  // namespace kasane::meeting
