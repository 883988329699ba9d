#include "meeting/shown_presence.hpp"

#include <algorithm>

#include "meeting/attendee_proposals.hpp"
#include "meeting/attendee_store.hpp"
#include "meeting/live_service.hpp"
#include "meeting/rules.hpp"
#include "meeting/session_service.hpp"

namespace kasane::meeting {

namespace {

template <class List, class Value>
bool holds(const List& list, const Value& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

bool seated(const std::vector<Slice>& parts, AgencyId agency) {
  for (const Slice& part : parts)
    for (const Slice::Seat& seat : part.seats)
      if (seat.present && seat.agency == agency) return true;
  return false;
}

}  // namespace

SeatNames::SeatNames(db::ReadTx& tx, access::Gate& gate, const Settings& city, const Session& session)
    : tx_(tx), gate_(gate), city_(city), session_(session), naming_(tx, gate) {}

bool SeatNames::may_show(AgencyId agency, const std::string& body) {
  const auto known = known_.find({agency, body});
  if (known != known_.end()) return known->second;
  return known_[{agency, body}] = gate_.viewer().in_agency(agency) || decide(agency, body);
}

void SeatNames::load() {
  if (std::exchange(loaded_, true)) return;
  std::vector<HouseholdId> households;
  for (const auto& line : store::households_of(tx_, session_.id)) {
    items_.push_back({line.item, line.body, line.household});
    households.push_back(line.household);
  }
  for (const auto& pair : store::guarded_pairs(tx_, households)) guarded_.insert(pair);
}

/// Whom the city's plan seats in the body comes whatever is on the agenda.
bool SeatNames::by_plan(AgencyId agency, const std::string& part) const {
  const std::string& code = city_.dir.code(agency);
  for (const SessionBody& b : session_.bodies) {
    const auto* body = city_.m.body(b.body);
    if (body == nullptr || (!part.empty() && b.body != part)) continue;
    if (holds(conveners(city_, *body), agency) || holds(required_agencies(city_.m, *body), code) || holds(members_of(city_.m, *body).agencies, code)) return true;
  }
  return false;
}

/// Households of the items to which the agency is asked.
std::vector<HouseholdId> SeatNames::asked_for(AgencyId agency, const std::string& body) {
  if (!attendees_) {
    std::vector<AgendaItemId> ids;
    for (const Item& item : items_) ids.push_back(item.id);
    attendees_ = store::attendees_of_items(tx_, ids);
  }
  std::vector<HouseholdId> all;
  for (const Item& item : items_) {
    const auto listed = attendees_->find(item.id);
    if (listed == attendees_->end() || (!body.empty() && item.body != body)) continue;
    if (std::any_of(listed->second.begin(), listed->second.end(), [&](const Attendee& a) { return a.party == agency.value; })) all.push_back(item.household);
  }
  return all;
}

bool SeatNames::decide(AgencyId agency, const std::string& body) {
  const bool sensitive = naming_.is_sensitive(agency);
  if (!sensitive && by_plan(agency, body)) return true;
  load();
  // Where no household is spoken of, who takes the attendance may see what it took.
  if (sensitive && items_.empty()) return may_arrange(gate_, city_, session_);
  // A part about no household is sat through by those who came for another part.
  const bool of_part = std::any_of(items_.begin(), items_.end(), [&](const Item& item) { return item.body == body; });
  std::vector<HouseholdId> guarded;
  for (const Item& item : items_)
    if ((item.body == body || !of_part) && (sensitive || guarded_.contains({item.household, agency}))) guarded.push_back(item.household);
  if (guarded.empty()) return true;
  const auto may_name = [&](HouseholdId household) { return naming_.may_name(household, agency); };
  // One item that the viewer may connect with the agency explains why it is there.
  if (const auto asked = asked_for(agency, of_part ? body : std::string()); !asked.empty()) return std::any_of(asked.begin(), asked.end(), may_name);
  return sensitive ? std::any_of(guarded.begin(), guarded.end(), may_name) : std::all_of(guarded.begin(), guarded.end(), may_name);
}

std::vector<Presence> shown_presence(db::ReadTx& tx, access::Gate& gate, const Settings& city, const Session& session) {
  auto all = presence(tx, session.id);
  SeatNames names(tx, gate, city, session);
  const auto parts = slices(tx, session.id);
  std::erase_if(all, [&](const Presence& p) {
    if (!seated(parts, p.agency)) return !names.may_show(p.agency, "");
    return std::none_of(parts.begin(), parts.end(), [&](const Slice& part) { return seated({part}, p.agency) && names.may_show(p.agency, part.body); });
  });
  return all;
}

std::vector<Slice> shown_slices(db::ReadTx& tx, access::Gate& gate, const Settings& city, const Session& session) {
  auto parts = slices(tx, session.id);
  if (parts.empty()) return parts;
  SeatNames names(tx, gate, city, session);
  for (Slice& part : parts) std::erase_if(part.seats, [&](const Slice::Seat& seat) { return !names.may_show(seat.agency, part.body); });
  return parts;
}

std::vector<AgencyId> shown_there(db::ReadTx& tx, access::Gate& gate, const Settings& city, const Session& session, const std::string& body) {
  auto there = there_for(tx, session.id, body);
  if (there.empty()) return there;
  SeatNames names(tx, gate, city, session);
  const auto parts = slices(tx, session.id);
  const bool own_part = std::any_of(parts.begin(), parts.end(), [&](const Slice& part) { return part.body == body; });
  std::erase_if(there, [&](AgencyId agency) { return !names.may_show(agency, own_part ? body : std::string()); });
  return there;
}

void keep_hidden_invitations(SeatNames& names, const std::vector<Slice>& before, std::vector<Slice>& parts) {
  for (const Slice& old : before) {
    const auto part = std::find_if(parts.begin(), parts.end(), [&](const Slice& s) { return s.body == old.body; });
    if (part == parts.end()) continue;
    for (const Slice::Seat& seat : old.seats) {
      if (!seat.expected || names.may_show(seat.agency, old.body)) continue;
      if (std::none_of(part->seats.begin(), part->seats.end(), [&](const Slice::Seat& s) { return s.agency == seat.agency; })) part->seats.push_back({seat.agency, true, false});
    }
  }
}

std::map<std::string, std::vector<AgencyId>> hidden_there(SeatNames& names, const std::vector<Presence>& presence, const std::vector<Slice>& parts) {
  std::map<std::string, std::vector<AgencyId>> hidden;
  for (const Slice& part : parts)
    for (const Slice::Seat& seat : part.seats)
      if (seat.present && !names.may_show(seat.agency, part.body)) hidden[part.body].push_back(seat.agency);
  for (const Presence& p : presence)
    if (p.present && !seated(parts, p.agency) && !names.may_show(p.agency, "")) hidden[""].push_back(p.agency);
  return hidden;
}

void leave_out_unnamed(db::ReadTx& tx, access::Gate& gate, const std::optional<HouseholdId>& household, std::vector<Note>& notes) {
  if (!household || notes.empty()) return;
  casework::Naming naming(tx, gate);
  std::erase_if(notes, [&](const Note& n) { return !naming.may_name(*household, n.agency); });
}

}  // namespace kasane::meeting
