#include "meeting/attendee_proposals.hpp"

#include <algorithm>

#include "consent/many_states.hpp"
#include "meeting/attendee_store.hpp"
#include "meeting/rules.hpp"

namespace kasane::meeting {

using programme::Body;
using programme::Municipality;
using programme::RequiredParty;

namespace {

template <class T>
bool holds(const std::vector<T>& all, const T& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}
template <class T>
void add_once(std::vector<T>& all, T one) {
  if (!holds(all, one)) all.push_back(std::move(one));
}

/// 市, 多機関協働事業者: as the plan writes parties that are no single agency.
std::vector<std::string> party_named(const Municipality& m, std::string_view text) {
  if (text == "市") return m.owner_sections;
  if (text == "多機関協働事業者") return m.rules.collaboration_operators;
  return {};
}

/// 地域福祉高齢課長 is the head of 地域福祉高齢課 (KN-29).
const programme::Agency* agency_written(const Municipality& m, const std::string& text) {
  if (const auto* agency = m.agency_named(text)) return agency;
  constexpr std::string_view kHead = "長";
  if (text.size() > kHead.size() && std::string_view(text).ends_with(kHead)) return m.agency_named(std::string_view(text).substr(0, text.size() - kHead.size()));
  return nullptr;
}

/// Of those that count for a required party, the body's hosts; where no host counts, the first.
void add_required(std::vector<std::string>& all, const Body& body, const std::vector<std::string>& counting) {
  bool any = false;
  for (const std::string& code : counting)
    if (holds(body.hosts, code)) {
      add_once(all, code);
      any = true;
    }
  if (!any && !counting.empty()) add_once(all, counting.front());
}

std::vector<AgencyId> ids_of(const Settings& city, const std::vector<std::string>& codes) {
  std::vector<AgencyId> ids;
  for (const std::string& code : codes)
    if (const auto id = city.dir.find(code)) add_once(ids, *id);
  return ids;
}

/// That such an agency is involved is itself a secret: it is asked by hand.
bool secret(const Settings& city, AgencyId id) {
  const auto* agency = city.m.agency(city.dir.code(id));
  return agency == nullptr || agency->sensitive;
}

struct Asked {
  std::vector<HouseholdId> households;
  std::vector<AgendaItemId> items;
  std::vector<GroundRequestId> requests;
};
Asked asked_about(const std::vector<ItemHead>& heads) {
  Asked asked;
  for (const ItemHead& h : heads) {
    asked.items.push_back(h.id);
    if (h.household) add_once(asked.households, *h.household);
    if (h.request) add_once(asked.requests, *h.request);
  }
  return asked;
}

/// Whom one of those left out whom the item is about; anybody of the household where it is about nobody in particular.
void add_exceptions(std::vector<AgencyId>& left_out, const std::vector<consent::PersonConsent>& states, const std::vector<PersonId>& about) {
  for (const auto& state : states)
    if (state.sharing.valid() && (about.empty() || holds(about, state.person)))
      for (const AgencyId agency : state.sharing.exceptions) add_once(left_out, agency);
}

std::vector<AgencyId> serving(const Settings& city, const std::string& area) {
  std::vector<AgencyId> ids;
  for (const auto* agency : city.m.agencies_for(area, programme::TargetGroup::all))
    if (const auto id = city.dir.find(agency->code)) add_once(ids, *id);
  return ids;
}

template <class Map, class Key>
auto found_in(const Map& map, const Key& key) {
  const auto at = map.find(key);
  return at == map.end() ? typename Map::mapped_type() : at->second;
}

}  // namespace

std::string_view label_of(AskedFor why) {
  switch (why) {
    case AskedFor::required: return "必ず出席";
    case AskedFor::involved: return "関わっている";
    case AskedFor::asked: return "会議を求めた";
    case AskedFor::plan_role: return "プランの役割";
    case AskedFor::plan_goal: return "プランの目標に関わる";
    case AskedFor::member: return "会議の構成員";
    case AskedFor::area: return "地域の担当";
  }
  return {};
}

std::vector<ProposedAttendee> propose(const AttendeeFacts& facts) {
  std::vector<ProposedAttendee> out;
  const auto add = [&](const std::vector<AgencyId>& agencies, AskedFor why, bool sure) {
    for (const AgencyId agency : agencies) {
      const bool there = std::any_of(out.begin(), out.end(), [&](const ProposedAttendee& p) { return p.agency == agency; });
      if (!there && !holds(facts.left_out, agency)) out.push_back({agency, why, sure});
    }
  };
  add(facts.required, AskedFor::required, true);
  add(facts.team, AskedFor::involved, true);
  add(facts.asked, AskedFor::asked, true);
  const auto by_plan = [&](std::vector<AgencyId> agencies, AskedFor why, bool sure) {
    std::erase_if(agencies, [&](AgencyId agency) { return holds(facts.excepted, agency); });
    add(agencies, why, sure);
  };
  by_plan(facts.roles, AskedFor::plan_role, true);
  by_plan(facts.in_force, AskedFor::plan_role, false);
  by_plan(facts.goals, AskedFor::plan_goal, false);
  add(facts.members, AskedFor::member, !facts.members_vary);
  add(facts.area, AskedFor::area, false);
  return out;
}

std::vector<std::string> required_agencies(const Municipality& m, const Body& body) {
  std::vector<std::string> all;
  for (const RequiredParty party : body.required) switch (party) {
      case RequiredParty::city: add_required(all, body, m.owner_sections); break;
      case RequiredParty::collaboration_operator: add_required(all, body, m.rules.collaboration_operators); break;
    }
  return all;
}

Members members_of(const Municipality& m, const Body& body) {
  Members members;
  for (const std::string& text : body.members) {
    if (const auto* agency = agency_written(m, text)) {
      add_once(members.agencies, agency->code);
      continue;
    }
    const auto party = party_named(m, text);
    for (const std::string& code : party) add_once(members.agencies, code);
    if (party.empty()) members.by_hand.push_back(text);
  }
  return members;
}

std::unordered_map<AgendaItemId, AttendeeFacts> attendee_facts(db::ReadTx& tx, access::Gate& gate, const Settings& city, const std::vector<ItemHead>& items, Date on) {
  const Asked asked = asked_about(items);
  const auto teams = store::open_teams(gate.scope<InvolvementTag>(), asked.households, gate.today());
  const auto roles = store::open_roles(gate.scope<PlanTag>(access::Topic::plan | access::Topic::basic), asked.items);
  const auto in_force = store::roles_in_force(gate.scope<PlanTag>(access::Topic::plan | access::Topic::basic), asked.items);
  // Who does not see all that a goal could be about gets no proposal from one.
  const auto goals = store::goal_topics(gate.scope<PlanTag>(access::Topic::plan | access::Topic::basic | store::kGoalTopics), asked.items);
  const auto on_ground = goals.empty() ? std::vector<store::OnGround>() : store::on_consent(tx, asked.households, on);
  const auto areas = store::areas(gate.scope<HouseholdTag>(), asked.households);
  const auto requests = store::asked_by(gate.scope<GroundRequestTag>(access::Topic::basic | access::Topic::meeting), asked.requests);
  const auto persons = store::persons_of_items(tx, asked.items);
  const auto states = consent::states_of_households(tx, asked.households, on);
  const auto guarded = store::guarded_pairs(tx, asked.households);
  std::unordered_map<AgendaItemId, AttendeeFacts> all;
  for (const ItemHead& head : items) {
    AttendeeFacts& facts = all[head.id];
    if (const Body* body = city.m.body(head.body)) {
      facts.required = ids_of(city, required_agencies(city.m, *body));
      facts.members = ids_of(city, members_of(city.m, *body).agencies);
      facts.members_vary = body->members_vary;
    }
    facts.roles = found_in(roles, head.id);
    facts.in_force = found_in(in_force, head.id);
    if (head.request)
      if (const auto who = requests.find(*head.request); who != requests.end()) facts.asked = {who->second};
    if (!head.household) continue;
    facts.team = found_in(teams, *head.household);
    if (const auto area = areas.find(*head.household); area != areas.end()) facts.area = serving(city, area->second);
    if (const auto topics = goals.find(head.id); topics != goals.end())
      for (const store::OnGround& g : on_ground)
        if (g.household == *head.household && g.topics.meets(topics->second) && !city.dir.code(g.agency).empty()) add_once(facts.goals, g.agency);
    add_exceptions(facts.excepted, found_in(states, *head.household), {});
    if (head.needs_consent) add_exceptions(facts.left_out, found_in(states, *head.household), found_in(persons, head.id));
    for (const auto& [household, agency] : guarded)
      if (household == *head.household) add_once(facts.left_out, agency);
    for (const auto* list : {&facts.team, &facts.asked, &facts.roles, &facts.in_force, &facts.goals, &facts.members, &facts.area})
      for (const AgencyId agency : *list)
        if (secret(city, agency)) add_once(facts.left_out, agency);
  }
  return all;
}

Attendee attendee_for(const Settings& city, const ItemHead& item, const AttendeeFacts& facts, AgencyId agency, Date held_on) {
  const bool involved = holds(facts.team, agency) || holds(facts.asked, agency);
  Attendee a;
  a.party = agency.value;
  a.scope = proposed_scope(city.dir.name(agency), !item.request.has_value(), involved);
  a.until = packet_until(a.scope, held_on, std::nullopt);
  a.topics = packet_topics(a.scope == Scope::section ? access::Topics() : access::kStandardScope);
  return a;
}

std::vector<Attendee> seats_of(db::ReadTx& tx, access::Gate& gate, const Settings& city, const ItemHead& item, const std::vector<AgencyId>& agencies, Date held_on) {
  std::vector<Attendee> out;
  const auto facts = attendee_facts(tx, gate, city, {item}, std::max(gate.today(), held_on)).at(item.id);
  for (const AgencyId agency : agencies)
    if (std::none_of(out.begin(), out.end(), [&](const Attendee& a) { return a.party == agency.value; })) out.push_back(attendee_for(city, item, facts, agency, held_on));
  return out;
}

std::vector<Attendee> first_attendees(db::ReadTx& tx, access::Gate& gate, const Settings& city, const ItemHead& item, Date held_on) {
  std::vector<Attendee> out;
  if (item.matter == Matter::marked) return out;
  const auto facts = attendee_facts(tx, gate, city, {item}, std::max(gate.today(), held_on)).at(item.id);
  for (const ProposedAttendee& p : propose(facts))
    if (p.sure) out.push_back(attendee_for(city, item, facts, p.agency, held_on));
  return out;
}

}  // namespace kasane::meeting
