// Items of a session: what waits is pulled onto the agenda, by hand or with one click; the ground belongs to the item.
// An item is seen by those who run its body and by its attendees, until their packet closes; by nobody else.
#pragma once
#include <string>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/result.hpp"
#include "db/tx.hpp"
#include "meeting/model.hpp"

namespace kasane::meeting {

/// What waits for the bodies of this session and is on no planned agenda: submitted plans (a bundle is one), reviews,
/// plans marked after a withdrawal, closures, starts before the decision, requests under 106条の6; for review bodies and
/// regular 支援会議 cases by their rule (see proposal_rules.hpp). Of those that the viewer may know, each with the reason
/// why it is proposed; those that lack consent carry the reason why not. A handful of statements, however many.
std::vector<Proposal> proposals(db::ReadTx& tx, access::Gate& gate, const Settings& city, const Session& session);

struct NewItem {
  SessionId session;
  std::string body;
  std::string agenda_kind;          // ''
  Matter matter = Matter::other;
  std::int64_t matter_id = 0;       // plan, closure, early start or request; of progress the household; 0: by hand
  std::optional<HouseholdId> household;  // by hand; nothing: about the system
  std::string question;
  std::string ground_code;          // by hand on a body of 106条の6
  std::string reason;               // … and why, in words
  std::string law;                  // by hand on a body under another law: key of its article
  int minutes = 0;
  std::optional<std::vector<AgencyId>> seats;  // exactly these are asked; nothing: whom the rules propose
};
/// The item with its proposed attendees. On a body that needs consent: refused while no 本人's consent stands, with the
/// reason (conflict); the same can be brought to a body of 106条の6 with a ground. There, an item by hand makes the
/// ground request that it rests on; on a body under another law the article it rests on is named. Errors: those of the gate; not_permitted (the viewer does not run the body);
/// conflict (held; on an agenda already; no consent); invalid (body, household, ground_code, reason, question).
Result<AgendaItemId> add_item(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const NewItem& in);

Result<ItemView> item(db::ReadTx& tx, access::Gate& gate, const Settings& city, AgendaItemId id);
/// Takes attendees and results out of the view that name an agency of which the viewer may not know that it is involved
/// with the household. item() has done so.
void leave_out_unnamed(db::ReadTx& tx, access::Gate& gate, ItemView& view);
/// Items of a session that the viewer may know, by number.
std::vector<ItemLine> items_of(db::ReadTx& tx, access::Gate& gate, SessionId session);

struct ItemChange {
  std::int64_t version = 0;
  std::string question;
  int minutes = 0;
  std::vector<Attendee> attendees;  // `until` and `topics` as wished; the rules cut them to what the scope allows
};
/// Question and attendees of a waiting item; who is no longer on the list sees it no more, but for those whom item() did
/// not show to the viewer: they stay. Errors: those of the gate;
/// not_permitted; stale; conflict (not waiting); invalid (attendees: an agency that a 本人 has left out of its consent, a
/// person without the day of appointment; question).
Result<> change_item(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, AgendaItemId id, const ItemChange& in);
/// Taken off the agenda; what it was about is proposed again. Errors: as change_item.
Result<> withdraw_item(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, AgendaItemId id, std::int64_t version);
/// The next planned session whose agenda holds the case, if the viewer may know the item.
std::optional<ItemLine> next_item_of(db::ReadTx& tx, access::Gate& gate, CaseId id);

}  // namespace kasane::meeting
