#include "meeting/rules.hpp"

#include <algorithm>

namespace kasane::meeting {

using access::Topic;
using programme::AgendaAct;
using programme::Body;
using programme::BodyFunction;
using programme::ConsentRule;
using programme::RequiredParty;

namespace {

/// Kinds of agenda that fit a matter, the best first.
std::vector<AgendaAct> acts_for(Matter matter) {
  switch (matter) {
    case Matter::plan:
    case Matter::early_start: return {AgendaAct::plan_adequacy, AgendaAct::direction};
    case Matter::review: return {AgendaAct::plan_review, AgendaAct::closure_evaluation, AgendaAct::plan_adequacy};
    case Matter::marked: return {AgendaAct::plan_review, AgendaAct::plan_adequacy};
    case Matter::closure: return {AgendaAct::closure_evaluation, AgendaAct::plan_review};
    case Matter::request: return {AgendaAct::support_system, AgendaAct::case_sharing, AgendaAct::early_detection};
    case Matter::progress: return {AgendaAct::case_sharing, AgendaAct::support_system, AgendaAct::direction};
    case Matter::other: return {};
  }
  return {};
}

/// In the names of sections that collect taxes and fees.
constexpr std::string_view kCollecting[] = {"税", "収納", "徴収", "水道", "料金", "保険料"};

bool is_there(const programme::Municipality& m, RequiredParty party, const std::vector<std::string>& present) {
  return std::any_of(present.begin(), present.end(), [&](const std::string& agency) {
    switch (party) {
      case RequiredParty::city: return m.is_city(agency);
      case RequiredParty::collaboration_operator: return m.is_collaboration_operator(agency);
    }
    return false;
  });
}

const char* name_of(RequiredParty party) {
  switch (party) {
    case RequiredParty::city: return "市";
    case RequiredParty::collaboration_operator: return "多機関協働事業者";
  }
  return "";
}

}  // namespace

bool can_sit(const Body& body) { return body.function != BodyFunction::umbrella; }

bool takes_households(BodyFunction function) {
  return function == BodyFunction::support_conference_106_6 || function == BodyFunction::plan_decision || function == BodyFunction::review ||
         function == BodyFunction::other_law;
}

bool rests_on_consent(const Body& body) {
  switch (body.consent) {
    case ConsentRule::required: return true;
    case ConsentRule::not_required: return false;
    case ConsentRule::unstated: return takes_households(body.function) && body.function != BodyFunction::support_conference_106_6;
  }
  return true;
}

bool may_convene(const programme::Municipality& m, const Body& body, std::string_view agency) {
  if (m.is_host(body, agency) || m.is_collaboration_operator(agency)) return true;
  return std::find(m.owner_sections.begin(), m.owner_sections.end(), agency) != m.owner_sections.end();
}

std::vector<AgencyId> conveners(const Settings& city, const Body& body) {
  std::vector<AgencyId> all;
  for (const auto& entry : city.dir.all())
    if (entry.active && may_convene(city.m, body, entry.code)) all.push_back(entry.id);
  return all;
}

std::vector<std::string> why_not_held(const programme::Municipality& m, const std::vector<const Body*>& bodies, Manner manner,
                                      const std::vector<std::string>& present) {
  std::vector<std::string> why;
  for (const Body* body : bodies)
    for (const RequiredParty party : body->required)
      if (!is_there(m, party, present)) {
        std::string sentence = body->name + "は、" + name_of(party) + "の参加がないと開けません。";
        if (!body->required_text.empty()) sentence += "（計画: " + body->required_text + "）";
        why.push_back(std::move(sentence));
      }
  if (present.empty()) why.push_back("出席した機関を選んでください。");
  else if (manner == Manner::phone && present.size() < 2) why.push_back("電話での会議は、2つ以上の機関が必要です。");
  return why;
}

bool collects(std::string_view agency_name) {
  return std::ranges::any_of(kCollecting, [&](std::string_view word) { return agency_name.find(word) != std::string_view::npos; });
}

Scope proposed_scope(std::string_view agency_name, bool on_consent, bool involved) {
  if (collects(agency_name)) return Scope::section;
  return !on_consent && involved ? Scope::household : Scope::item;
}

Date packet_until(Scope scope, Date held_on, std::optional<Date> wished) {
  if (scope == Scope::section) return held_on;
  const Date until = wished.value_or(held_on.plus_days(kPacketDays));
  return std::min(until, held_on.plus_days(kLongestPacketDays));
}

access::Topics packet_topics(access::Topics chosen) {
  return (chosen & access::kStandardScope) | Topic::basic | Topic::meeting;
}

std::string agenda_kind_for(const Body& body, Matter matter) {
  for (const AgendaAct act : acts_for(matter))
    for (const auto& kind : body.agenda)
      if (kind.act == act) return kind.code;
  return body.agenda.empty() || matter == Matter::other ? std::string() : body.agenda.front().code;
}

std::string finding_word(const Body& body) { return body.finding.empty() ? "会議の判断" : body.finding; }

std::string ground_text(const Body& body, std::string_view code) {
  for (const auto& ground : body.grounds)
    if (ground.code == code) return ground.text;
  return {};
}

}  // namespace kasane::meeting
