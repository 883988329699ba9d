#include "meeting/prepare_service.hpp"

#include <algorithm>
#include <set>

#include "casework/naming.hpp"
#include "due/service.hpp"
#include "meeting/attendee_store.hpp"
#include "meeting/item_steps.hpp"
#include "meeting/preparation_store.hpp"
#include "meeting/proposal_rules.hpp"
#include "meeting/rules.hpp"
#include "meeting/session_service.hpp"
#include "meeting/shown_presence.hpp"

namespace kasane::meeting {

using access::Topic;

namespace {

/// What the page needs of all its items, gathered at once.
struct Gathered {
  std::unordered_map<AgendaItemId, AttendeeFacts> facts;
  std::unordered_map<AgendaItemId, std::vector<Attendee>> attendees;
  std::unordered_map<std::int64_t, std::string> accounts;
  std::set<std::pair<HouseholdId, AgencyId>> guarded;
  std::unordered_map<AgendaItemId, UtcMs> sheets;
};

Gathered gather(db::ReadTx& tx, access::Gate& gate, const Settings& city, const std::vector<ItemHead>& heads, Date on) {
  Gathered g;
  std::vector<AgendaItemId> ids;
  std::vector<HouseholdId> households;
  for (const ItemHead& h : heads) {
    ids.push_back(h.id);
    if (h.household) households.push_back(*h.household);
  }
  g.facts = attendee_facts(tx, gate, city, heads, on);
  g.attendees = store::attendees_of_items(tx, ids);
  std::vector<AccountId> accounts;
  for (const auto& [item, attendees] : g.attendees)
    for (const Attendee& a : attendees)
      if (city.dir.code(AgencyId(a.party)).empty()) accounts.emplace_back(a.party);
  g.accounts = store::account_names(tx, accounts);
  for (const auto& pair : store::guarded_pairs(tx, households)) g.guarded.insert(pair);
  g.sheets = store::written(gate.scope<MeetingNoteTag>(Topic::basic | Topic::meeting), ids);
  return g;
}

std::string name_of(const Settings& city, const Gathered& g, std::int64_t party) {
  const std::string& agency = city.dir.name(AgencyId(party));
  if (!agency.empty()) return agency;
  const auto account = g.accounts.find(party);
  return account == g.accounts.end() ? std::string() : account->second;
}

/// Whether the viewer may be told that this agency is asked; only where its involvement is a secret is the record asked.
bool may_name(casework::Naming& naming, const Gathered& g, const ItemHead& head, std::int64_t party) {
  if (!head.household) return true;
  const AgencyId agency(party);
  if (!naming.is_sensitive(agency) && !g.guarded.contains({*head.household, agency})) return true;
  return naming.may_name(*head.household, agency);
}

std::vector<AskedParty> invitees_of(const Settings& city, casework::Naming& naming, const Gathered& g, const ItemHead& head) {
  std::vector<AskedParty> invitees;
  const auto proposed = propose(g.facts.at(head.id));
  const auto listed = g.attendees.find(head.id);
  if (listed != g.attendees.end())
    for (const Attendee& a : listed->second) {
      if (!may_name(naming, g, head, a.party)) continue;
      AskedParty invitee{a.party, name_of(city, g, a.party), {}, true, a.scope};
      for (const ProposedAttendee& p : proposed)
        if (p.agency.value == a.party) invitee.why = p.why;
      invitees.push_back(std::move(invitee));
    }
  for (const ProposedAttendee& p : proposed) {
    const bool there = listed != g.attendees.end() && std::any_of(listed->second.begin(), listed->second.end(), [&](const Attendee& a) { return a.party == p.agency.value; });
    if (!there) invitees.push_back({p.agency.value, city.dir.name(p.agency), p.why, false, Scope::item});
  }
  return invitees;
}

bool runs(const access::Gate& gate, const Settings& city, std::string_view body) {
  const auto* found = city.m.body(body);
  return found != nullptr && running_agency(gate, city, *found).has_value();
}

void add_items(db::ReadTx& tx, access::Gate& gate, const Settings& city, Preparing& p) {
  auto lines = items_of(tx, gate, p.session.id);
  std::erase_if(lines, [](const ItemLine& line) { return line.head.state == ItemState::withdrawn; });
  std::vector<ItemHead> heads;
  for (const ItemLine& line : lines) heads.push_back(line.head);
  const Gathered g = gather(tx, gate, city, heads, std::max(gate.today(), p.session.held_on));
  casework::Naming naming(tx, gate);
  for (ItemLine& line : lines) {
    PreparedItem item;
    item.may_manage = runs(gate, city, line.head.body);
    if (item.may_manage) item.invitees = invitees_of(city, naming, g, line.head);
    if (const auto* body = city.m.body(line.head.body); body != nullptr && item.may_manage) item.by_hand = members_of(city.m, *body).by_hand;
    item.sheet_written = g.sheets.contains(line.head.id);
    item.for_household = line.head.household.has_value();
    item.line = std::move(line);
    p.items.push_back(std::move(item));
  }
}

/// A fault of one pick names it.
Error of_pick(Error error, std::size_t at) {
  const std::string key = std::to_string(at);
  if (error.fields.empty()) error.fields.push_back({"pick_" + key, error.message});
  for (FieldError& fault : error.fields) {
    if (fault.field == "ground_code") fault.field = "ground_" + key;
    else if (fault.field == "reason") fault.field = "reason_" + key;
    else fault.field = "pick_" + key;
  }
  return error;
}

}  // namespace

Result<Preparing> preparing(db::ReadTx& tx, access::Gate& gate, const Settings& city, SessionId id) {
  auto found = session(tx, gate, id);
  if (!found) return tl::unexpected(found.error());
  Preparing p;
  p.session = std::move(*found);
  p.may_arrange = may_arrange(gate, city, p.session);
  if (!p.may_arrange) return tl::unexpected(not_for_you());
  p.may_manage = may_manage(gate, city, p.session);
  p.slices = shown_slices(tx, gate, city, p.session);
  p.places = places(tx, id);
  add_items(tx, gate, city, p);
  if (p.may_manage) p.proposals = proposals(tx, gate, city, p.session);
  return p;
}

Result<> put_on_agenda(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id, const std::vector<Pick>& picks) {
  if (picks.empty()) return invalid("pick_1", "議題にするものを選んでください。");
  for (std::size_t i = 0; i < picks.size(); ++i) {
    const Pick& pick = picks[i];
    NewItem in;
    in.session = id;
    in.body = pick.body;
    in.matter = pick.matter;
    in.matter_id = pick.id;
    in.ground_code = pick.ground_code;
    in.reason = pick.reason;
    in.minutes = pick.minutes > 0 ? pick.minutes : default_minutes(city.m, pick.matter);
    if (const auto item = add_item(tx, gate, actor, city, in); !item) return tl::unexpected(of_pick(item.error(), i + 1));
  }
  return {};
}

Result<> choose_agencies(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, AgendaItemId id, std::int64_t version,
                         const std::vector<AgencyId>& agencies) {
  const auto view = item(tx, gate, city, id);
  if (!view) return tl::unexpected(view.error());
  if (!view->may_manage) return tl::unexpected(not_for_you());
  const auto facts = attendee_facts(tx, gate, city, {view->head}, std::max(gate.today(), view->session.held_on)).at(id);
  ItemChange in;
  in.version = version;
  in.question = view->question.shown();
  in.minutes = view->head.minutes;
  for (const Attendee& a : view->attendees) {
    const bool person = city.dir.code(AgencyId(a.party)).empty();
    if (person || std::find(agencies.begin(), agencies.end(), AgencyId(a.party)) != agencies.end()) in.attendees.push_back(a);
  }
  for (const AgencyId agency : agencies) {
    const bool there = std::any_of(in.attendees.begin(), in.attendees.end(), [&](const Attendee& a) { return a.party == agency.value; });
    if (!there) in.attendees.push_back(attendee_for(city, view->head, facts, agency, view->session.held_on));
  }
  return change_item(tx, gate, actor, city, id, in);
}

Result<> mark_ready(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id) {
  const auto found = session(tx, gate, id);
  if (!found) return tl::unexpected(found.error());
  if (!may_arrange(gate, city, *found)) return tl::unexpected(not_for_you());
  if (found->state != SessionState::planned) return fail(ErrorCode::conflict, "この会議は、もう予定の状態ではありません。");
  due::settle(tx, {SubjectKind::meeting_session, id.value}, "session.prepare", actor);
  return {};
}

std::vector<AgencyId> agencies_of_part(const std::vector<PreparedItem>& items, std::string_view body) {
  std::vector<AgencyId> all;
  for (const PreparedItem& item : items) {
    if (item.line.head.body != body) continue;
    for (const AskedParty& invitee : item.invitees)
      if (invitee.on_list && std::find(all.begin(), all.end(), AgencyId(invitee.party)) == all.end()) all.emplace_back(invitee.party);
  }
  return all;
}

}  // namespace kasane::meeting
