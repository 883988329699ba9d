// One sitting made ready on one screen: what is proposed and chosen, order and minutes, who is asked to each item, papers
// and sheets. However many items there are, they are gathered in a handful of statements.
#pragma once
#include <string>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/result.hpp"
#include "db/tx.hpp"
#include "meeting/attendee_proposals.hpp"
#include "meeting/item_service.hpp"
#include "meeting/order_service.hpp"

namespace kasane::meeting {

/// Somebody asked to an item, or offered.
struct AskedParty {
  std::int64_t party = 0;           // agency or account
  std::string name;
  std::optional<AskedFor> why;      // nothing: somebody put it on the list by hand
  bool on_list = false;
  Scope scope = Scope::item;        // of those on the list
};
/// An item that the viewer may know.
struct PreparedItem {
  ItemLine line;
  std::vector<AskedParty> invitees;        // those on the list first; only for bodies that the viewer runs
  std::vector<std::string> by_hand;  // members of the body that are no agency here
  bool may_manage = false;
  bool sheet_written = false;
  bool for_household = false;       // there is a sheet to write
};
struct Preparing {
  Session session;
  std::vector<Slice> slices;
  std::vector<Place> places;        // all items, also those that the viewer may not know
  std::vector<PreparedItem> items;
  std::vector<Proposal> proposals;
  bool may_manage = false;
  bool may_arrange = false;
};
/// Errors: not_found; not_permitted (the viewer arranges none of its bodies).
Result<Preparing> preparing(db::ReadTx& tx, access::Gate& gate, const Settings& city, SessionId id);

/// A proposal that was ticked.
struct Pick {
  std::string body;
  Matter matter = Matter::plan;
  std::int64_t id = 0;
  int minutes = 0;                  // 0: the default of the city or the matter
  std::string ground_code, reason;  // where the body asks for them
};
/// Everything ticked goes on the agenda with its proposed attendees, in this order; all or nothing. Errors: as add_item,
/// with the place among the picks in the field ("pick_2", from 1; "ground_2", "reason_2"); invalid (nothing ticked).
Result<> put_on_agenda(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id, const std::vector<Pick>& picks);

/// Exactly these agencies, besides attendees whom the viewer is not shown and persons, who stay: those new get what the rules
/// give them. Errors: as change_item.
Result<> choose_agencies(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, AgendaItemId id, std::int64_t version,
                         const std::vector<AgencyId>& agencies);

/// Nobody is waited for any more to prepare the sitting; what stands on it can still be changed. Errors: not_found;
/// not_permitted; conflict (not planned).
Result<> mark_ready(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id);

/// Agencies asked to some item of each part, for inviting them to it.
std::vector<AgencyId> agencies_of_part(const std::vector<PreparedItem>& items, std::string_view body);

}  // namespace kasane::meeting
