#include "meeting/asked_agencies.hpp"

#include <algorithm>

#include "casework/naming.hpp"
#include "meeting/item_store.hpp"
#include "meeting/poll_service.hpp"
#include "meeting/rules.hpp"
#include "meeting/shown_presence.hpp"

namespace kasane::meeting {

namespace {

void add(std::vector<AgencyId>& list, AgencyId agency) {
  if (agency.value != 0 && std::find(list.begin(), list.end(), agency) == list.end()) list.push_back(agency);
}

}  // namespace

std::vector<AgencyId> asked_to_part(db::ReadTx& tx, access::Gate& gate, const Settings& city, const Session& session, const std::string& body,
                                    const std::vector<ItemHead>& known) {
  std::vector<AgencyId> asked;
  if (const auto* rules = city.m.body(body)) {
    for (const AgencyId agency : conveners(city, *rules)) add(asked, agency);
    for (const std::string& member : rules->members)
      if (const auto* agency = city.m.agency_named(member); agency != nullptr && !agency->sensitive) add(asked, city.dir.id(agency->code));
  }
  for (const Slice& slice : shown_slices(tx, gate, city, session))
    if (slice.body == body)
      for (const Slice::Seat& seat : slice.seats) add(asked, seat.agency);
  for (const ItemHead& head : known) {
    if (head.body != body) continue;
    std::optional<casework::Naming> naming;
    if (head.household) naming.emplace(tx, gate);
    for (const Attendee& a : store::attendees_of(tx, head.id))
      if (!city.dir.code(AgencyId(a.party)).empty() && (!naming || naming->may_name(*head.household, AgencyId(a.party)))) add(asked, AgencyId(a.party));
  }
  return asked;
}

std::vector<AgencyId> coming_to(db::ReadTx& tx, access::Gate& gate, const Settings& city, SessionId id) {
  std::vector<AgencyId> coming;
  const auto view = poll_view(tx, gate, city, id);
  if (!view || !view->poll) return coming;
  const auto slot = std::find_if(view->poll->slots.begin(), view->poll->slots.end(),
                                 [&](const PollSlot& s) { return s.on == view->session.held_on && s.at_time == view->session.at_time; });
  if (slot == view->poll->slots.end()) return coming;
  for (const Invitee& invitee : view->invitees)
    if (invitee.agency && invitee.reply_to(slot->id) == PollReply::yes) add(coming, *invitee.agency);
  return coming;
}

}  // namespace kasane::meeting
