#include "meeting/item_grounds.hpp"

#include <algorithm>

#include "casework/case_service.hpp"
#include "consent/service.hpp"
#include "due/service.hpp"
#include "meeting/item_store.hpp"
#include "meeting/other_law_grounds.hpp"
#include "meeting/rules.hpp"
#include "meeting/session_store.hpp"
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

/// Those who run the body besides the agency that called the item (which holds it): as long as a packet, on the consents
/// and without whom any of the persons left out. An item is not split by person, so one exception keeps it all away.
void give_to_conveners_by_consent(db::WriteTx& tx, const access::Actor& actor, const ItemHead& item, const programme::Body* body,
                                  const std::vector<AgencyId>& agencies, const std::vector<Support>& supports, Date today, Date until) {
  const auto left_out = [&](AgencyId a) {
    return std::any_of(supports.begin(), supports.end(), [&](const Support& s) { return std::find(s.exceptions.begin(), s.exceptions.end(), a) != s.exceptions.end(); });
  };
  for (const Support& support : supports) {
    Ground g = ground_of(item, body, GroundKind::consent, item.id.value, today);
    for (const AgencyId a : agencies)
      if (!left_out(a)) g.named.push_back(a.value);
    g.topics = (access::kStandardScope & support.topics) | Topic::basic | Topic::meeting;
    g.until = until;
    g.source = support.consent.value;
    if (!g.named.empty()) access::add_ground(tx, g, actor);
  }
}

/// One ground for each consent, carried by the consent: a withdrawal ends it with all else that rests on it.
void give_by_consent(db::WriteTx& tx, const access::Actor& actor, const ItemHead& item, const programme::Body* body, const Attendee& a,
                     const std::vector<Support>& supports, Date today) {
  for (const Support& support : supports) {
    const bool left_out = std::any_of(support.exceptions.begin(), support.exceptions.end(), [&](AgencyId x) { return x.value == a.party; });
    if (left_out) continue;
    Ground g = ground_of(item, body, GroundKind::consent, item.id.value, a.appointed_on ? std::max(*a.appointed_on, today) : today);
    g.named = {a.party};
    g.topics = (a.topics & support.topics) | Topic::basic | Topic::meeting;
    g.until = a.until;
    g.source = support.consent.value;
    access::add_ground(tx, g, actor);
  }
}

}  // namespace

std::vector<Support> supports_of(db::ReadTx& tx, access::Gate& gate, const ItemHead& item, Date on) {
  std::vector<Support> all;
  if (!item.household) return all;
  std::vector<PersonId> subjects;
  if (item.case_id)
    if (const auto facts = casework::case_facts(tx, gate, *item.case_id)) subjects = facts->subjects;
  for (const auto& state : consent::states(tx, *item.household, on)) {
    const bool counts = subjects.empty() || std::find(subjects.begin(), subjects.end(), state.person) != subjects.end();
    if (counts && state.sharing.valid() && state.sharing.id)
      all.push_back({*state.sharing.id, state.person, state.sharing.topics, state.sharing.exceptions});
  }
  return all;
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
  const Date until = session ? session->held_on.plus_days(kPacketDays) : today;
  if (body != nullptr && item.needs_consent) give_to_conveners_by_consent(tx, actor, item, body, conveners(city, *body), supports, today, until);
  else if (body != nullptr && !law) give_to_conveners(tx, actor, item, body, conveners(city, *body), open, today, until);
  for (const Attendee& a : attendees) {
    if (a.until < today) continue;
    if (item.needs_consent) give_by_consent(tx, actor, item, body, a, supports, today);
    else if (law) give_by_other_law(tx, actor, city, item, *law, a, today);
    else give_by_statute(tx, actor, item, body, a, open, today);
  }
}

void move_packets(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, AgendaItemId id,
                  const Session& session, int by_days) {
  const auto head = store::head(tx, id);
  if (!head) return;
  auto attendees = store::attendees_of(tx, id);
  for (Attendee& a : attendees) a.until = packet_until(a.scope, session.held_on, a.until.plus_days(by_days));
  store::set_attendees(tx, id, attendees);
  give_grounds(tx, gate, actor, city, *head, attendees);
}

void take_off(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, AgendaItemId id) {
  const auto head = store::head(tx, id);
  if (!head || !store::set_state(tx, id, head->version, ItemState::withdrawn)) return;
  if (head->request) {
    // Somebody else may have taken the request back meanwhile; then there is nothing to put back.
    const auto waits_again = consent::mark_request(tx, gate, actor, *head->request, consent::RequestState::waiting, gate.today());
    static_cast<void>(waits_again);
  }
  access::revoke_grounds(tx, id.value, gate.today());
  access::end_grounds(tx, id.value, GroundKind::consent, gate.today());
  due::settle(tx, {SubjectKind::agenda_item, id.value}, "", actor);
}

}  // namespace kasane::meeting
