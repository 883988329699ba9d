#include "meeting/item_grounds.hpp"

#include <algorithm>

#include "access/groups.hpp"
#include "casework/case_service.hpp"
#include "consent/service.hpp"
#include "due/service.hpp"
#include "meeting/guest_grounds.hpp"
#include "meeting/item_store.hpp"
#include "meeting/kept_away.hpp"
#include "meeting/other_law_grounds.hpp"
#include "meeting/packet_store.hpp"
#include "meeting/rules.hpp"
#include "meeting/session_store.hpp"
#include "planning/sitting_wait.hpp"
#include "programme/statutes.hpp"

namespace kasane::meeting {

using access::Ground;
using access::GroundKind;
using access::Topic;

namespace {

Date for_ever() { return *Date::from_iso(access::kForever); }

std::string basis_of(const ItemHead& item, const programme::Body* body) {
  if (item.function == programme::BodyFunction::support_conference_106_6)
    return body == nullptr || body->legal_basis.empty() ? std::string("社会福祉法106条の6") : body->legal_basis;
  return item.ground_text;
}

Ground ground_of(const ItemHead& item, const programme::Body* body, GroundKind kind, std::int64_t root, Date today) {
  Ground g;
  g.kind = kind;
  g.root = root;
  g.from = today;
  g.until = for_ever();
  g.basis = basis_of(item, body);
  g.source = item.id.value;
  return g;
}

/// Whether the item may show the household itself to its members: 106条の6, and about whom.
struct Openness {
  bool household = false;
  std::optional<PersonId> person;
};
Openness openness_of(db::ReadTx& tx, access::Gate& gate, const ItemHead& item) {
  if (item.function != programme::BodyFunction::support_conference_106_6 || !item.household || !item.request) return {};
  const auto request = consent::ground_request(tx, gate, *item.request);
  // Where the request is not for this viewer nothing is known of whom it is about: then nothing is opened.
  if (!request) return {};
  return {true, request->person};
}

/// The body with the article in the text version of the day, which its grounds write down.
std::optional<programme::Body> named_body(const Settings& city, const ItemHead& item, Date today) {
  const auto* body = city.m.body(item.body);
  if (body == nullptr) return std::nullopt;
  programme::Body named = *body;
  const std::string plan = body->legal_basis.empty() ? std::string() : "、計画: " + body->legal_basis;
  named.legal_basis = programme::basis_text(city.m, programme::kSupportConference, today) + plan;
  return named;
}

void give_to_conveners(db::WriteTx& tx, const access::Actor& actor, const ItemHead& item, const programme::Body* body,
                       const std::vector<AgencyId>& agencies, const Openness& open, Date today, Date until) {
  Ground g = ground_of(item, body, open.household ? GroundKind::statutory_conference : GroundKind::contract, item.id.value, today);
  for (const AgencyId a : agencies) g.named.push_back(a.value);
  g.topics = access::kStandardScope;
  access::add_ground(tx, g, actor);
  if (!open.household) return;
  g.root = item.household->value;
  g.person = open.person;
  g.until = until;
  access::add_ground(tx, g, actor);
}

void give_by_statute(db::WriteTx& tx, const access::Actor& actor, const ItemHead& item, const programme::Body* body, const Attendee& a,
                     const Openness& open, Date today) {
  const GroundKind kind = a.appointed_on ? GroundKind::appointment
                          : item.function == programme::BodyFunction::support_conference_106_6 ? GroundKind::statutory_conference
                                                                                                : GroundKind::contract;
  Ground g = ground_of(item, body, kind, item.id.value, a.appointed_on ? std::max(*a.appointed_on, today) : today);
  g.named = {a.party};
  g.topics = a.topics;
  g.until = a.until;
  access::add_ground(tx, g, actor);
  if (a.scope != Scope::household || !open.household) return;
  g.root = item.household->value;
  g.person = open.person;
  access::add_ground(tx, g, actor);
}

/// A ground that rests on one consent. An item about several is reached on the consents of all of them together (access
/// puts them together): in the topics that each allows, until the first of them ends.
Ground ground_on(const ItemHead& item, const programme::Body* body, const Support& support, access::Topics topics, Date today, Date until) {
  Ground g = ground_of(item, body, GroundKind::consent, item.id.value, today);
  g.person = support.person;
  g.topics = (topics & support.topics) | Topic::basic | Topic::meeting;
  g.until = std::min(until, support.until);
  g.source = support.consent.value;
  return g;
}

/// Those who run the body besides the agency that called the item (which holds it): as long as a packet, on the consents
/// and without whom any of the persons left out. An item is not split by person, so one exception keeps it all away.
void give_to_conveners_by_consent(db::WriteTx& tx, const access::Actor& actor, const ItemHead& item, const programme::Body* body,
                                  const std::vector<AgencyId>& agencies, const std::vector<Support>& supports, Date today, Date until) {
  const auto left_out = left_out_by(supports);
  for (const Support& support : supports) {
    Ground g = ground_on(item, body, support, access::kStandardScope, today, until);
    for (const AgencyId a : agencies)
      if (std::find(left_out.begin(), left_out.end(), a) == left_out.end()) g.named.push_back(a.value);
    if (!g.named.empty()) access::add_ground(tx, g, actor);
  }
}

/// One ground for each consent, carried by the consent: a withdrawal ends it with all else that rests on it.
void give_by_consent(db::WriteTx& tx, const access::Actor& actor, const ItemHead& item, const programme::Body* body, const Attendee& a,
                     const std::vector<Support>& supports, Date today) {
  for (const Support& support : supports) {
    Ground g = ground_on(item, body, support, a.topics, a.appointed_on ? std::max(*a.appointed_on, today) : today, a.until);
    g.named = {a.party};
    access::add_ground(tx, g, actor);
  }
}

/// A plan whose consent was taken back, before those who run the body: of them only who could look at all its plans before,
/// and whom no 本人 left out. Looking at what becomes of it shares nothing anew.
std::vector<AgencyId> conveners_who_knew(db::ReadTx& tx, const ItemHead& item, const std::vector<AgencyId>& agencies, Date today) {
  std::vector<AgencyId> left_out;
  for (const auto& state : consent::states(tx, *item.household, today))
    left_out.insert(left_out.end(), state.sharing.exceptions.begin(), state.sharing.exceptions.end());
  const auto plans = store::plans_of(tx, item.id);
  std::vector<AgencyId> all = plans.empty() ? std::vector<AgencyId>() : agencies;
  for (const PlanId plan : plans) {
    const auto knew = access::ever_reached(tx, {SubjectKind::plan, plan.value});
    std::erase_if(all, [&](AgencyId a) { return std::find(knew.begin(), knew.end(), a.value) == knew.end(); });
  }
  std::erase_if(all, [&](AgencyId a) { return std::find(left_out.begin(), left_out.end(), a) != left_out.end(); });
  return all;
}

void give_to_those_who_knew(db::WriteTx& tx, const access::Actor& actor, const ItemHead& item, const programme::Body* body,
                            const std::vector<AgencyId>& agencies, Date today, Date until) {
  Ground g = ground_of(item, body, GroundKind::contract, item.id.value, today);
  for (const AgencyId a : agencies) g.named.push_back(a.value);
  g.topics = Topic::basic | Topic::meeting;
  g.until = until;
  if (!g.named.empty()) access::add_ground(tx, g, actor);
}

/// Who is appointed in person is appointed for the item: the household is for agencies.
Attendee cut_to_item(const Settings& city, Attendee a) {
  if (a.scope == Scope::household && city.dir.code(AgencyId(a.party)).empty()) a.scope = Scope::item;
  return a;
}

/// The summary goes to those who get no more than that: a record of its own, in which nobody can be recognised. Those who
/// run the body write it.
void give_summary(db::WriteTx& tx, const access::Actor& actor, const ItemHead& item, const programme::Body* body, const std::vector<AgencyId>& agencies,
                  const std::vector<Attendee>& attendees, const PacketState& packet, Date today, Date until) {
  const auto summary = store::summary_of(tx, item.id);
  if (!summary) return;
  access::revoke_grounds(tx, summary->value, today);
  const GroundKind kind = item.function == programme::BodyFunction::support_conference_106_6 ? GroundKind::statutory_conference : GroundKind::contract;
  Ground g = ground_of(item, body, kind, summary->value, today);
  g.source = summary->value;
  g.topics = Topic::meeting;
  for (const AgencyId a : agencies) g.named.push_back(a.value);
  g.until = until;
  if (!g.named.empty()) access::add_ground(tx, g, actor);
  for (const Attendee& a : attendees) {
    if (a.scope != Scope::summary || a.until < today || packet.closed_to(a.scope)) continue;
    g.named = {a.party};
    g.until = a.until;
    access::add_ground(tx, g, actor);
  }
}

}  // namespace

std::vector<Support> supports_of(db::ReadTx& tx, access::Gate& gate, const ItemHead& item, Date on) {
  std::vector<Support> all;
  if (!item.household) return all;
  std::vector<PersonId> subjects = access::persons_of(tx, {SubjectKind::agenda_item, item.id.value});
  if (subjects.empty() && item.case_id)
    if (const auto facts = casework::case_facts(tx, gate, *item.case_id)) subjects = facts->subjects;
  for (const auto& state : consent::states(tx, *item.household, on)) {
    const bool counts = subjects.empty() || std::find(subjects.begin(), subjects.end(), state.person) != subjects.end();
    if (counts && state.sharing.valid() && state.sharing.id)
      all.push_back({*state.sharing.id, state.person, state.sharing.topics, state.sharing.exceptions, state.sharing.valid_until.value_or(for_ever())});
  }
  return all;
}

bool each_consents(db::ReadTx& tx, const ItemHead& item, const std::vector<Support>& supports) {
  const auto persons = access::persons_of(tx, {SubjectKind::agenda_item, item.id.value});
  return !supports.empty() && std::all_of(persons.begin(), persons.end(), [&](PersonId p) {
    return std::any_of(supports.begin(), supports.end(), [&](const Support& s) { return s.person == p; });
  });
}

void give_grounds(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const ItemHead& item,
                  const std::vector<Attendee>& attendees) {
  const Date today = gate.today();
  const auto named = named_body(city, item, today);
  const programme::Body* body = named ? &*named : nullptr;
  const auto law = rests_on_other_law(item) ? consent::other_law_of(tx, item.id) : std::nullopt;
  const auto session = store::session(tx, item.session);
  // Looked at before the old grounds end: the viewer may see the request by one of them.
  const Openness open = openness_of(tx, gate, item);
  const std::vector<Support> supports = item.needs_consent ? supports_of(tx, gate, item, today) : std::vector<Support>();
  access::revoke_grounds(tx, item.id.value, today);
  access::end_grounds(tx, item.id.value, GroundKind::consent, today);
  if (item.state == ItemState::withdrawn) return;
  const Date until = session ? session->held_on.plus_days(kPacketDays) : today;
  const bool looks_back = item.matter == Matter::marked && item.household && !item.request && !item.needs_consent && !law;
  std::vector<AgencyId> hosts = body == nullptr ? std::vector<AgencyId>() : conveners(city, *body);
  if (looks_back) hosts = conveners_who_knew(tx, item, hosts, today);
  if (body != nullptr && item.needs_consent) give_to_conveners_by_consent(tx, actor, item, body, hosts, supports, today, until);
  else if (looks_back) give_to_those_who_knew(tx, actor, item, body, hosts, today, until);
  else if (body != nullptr && !law) give_to_conveners(tx, actor, item, body, hosts, open, today, until);
  const PacketState packet = store::packet_state(tx, item.id);
  for (const Attendee& listed : attendees) {
    const Attendee a = cut_to_item(city, listed);
    if (a.until < today || a.scope == Scope::summary || packet.closed_to(a.scope)) continue;
    if (item.needs_consent && kept_from(tx, city, supports, a.party, today)) continue;
    if (item.needs_consent) give_by_consent(tx, actor, item, body, a, supports, today);
    else if (law) give_by_other_law(tx, actor, city, item, *law, a, today);
    else give_by_statute(tx, actor, item, body, a, open, today);
  }
  give_summary(tx, actor, item, body, hosts, attendees, packet, today, until);
  give_to_guests(tx, gate, actor, city, item, packet);
}

void move_packets(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, AgendaItemId id,
                  const Session& session, int by_days) {
  const auto head = store::head(tx, id);
  if (!head) return;
  auto attendees = store::attendees_of(tx, id);
  for (Attendee& a : attendees) a.until = packet_until(a.scope, session.held_on, a.until.plus_days(by_days));
  store::set_attendees(tx, id, attendees);
  give_grounds(tx, gate, actor, city, *head, attendees);
  for (const PlanId plan : store::plans_of(tx, id)) planning::lay_before_sitting(tx, plan, {id, session.held_on}, actor.now);
}

void take_off(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, AgendaItemId id) {
  const auto head = store::head(tx, id);
  if (!head || !store::set_state(tx, id, head->version, ItemState::withdrawn)) return;
  for (const PlanId plan : store::plans_of(tx, id)) planning::take_from_sitting(tx, plan, id, gate.today(), actor.now);
  if (head->request) {
    // Somebody else may have taken the request back meanwhile; then there is nothing to put back.
    const auto waits_again = consent::mark_request(tx, gate, actor, *head->request, consent::RequestState::waiting, gate.today());
    static_cast<void>(waits_again);
  }
  access::revoke_grounds(tx, id.value, gate.today());
  access::end_grounds(tx, id.value, GroundKind::consent, gate.today());
  access::end_grounds(tx, id.value, GroundKind::guest, gate.today());
  if (const auto summary = store::summary_of(tx, id)) access::revoke_grounds(tx, summary->value, gate.today());
  due::settle(tx, {SubjectKind::agenda_item, id.value}, "", actor);
}

}  // namespace kasane::meeting
