// Packets: who will see what of an item, asked of the decision itself; closing and opening them; the summary without
// names. For those who run the body of the item, but for the summary, which is for whom it was written.
#pragma once
#include <map>
#include <string>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/result.hpp"
#include "db/tx.hpp"
#include "meeting/packet_model.hpp"

namespace kasane::meeting {

/// Every attendee with what the item opens to it, today. Topics, persons and texts are cut to what the viewer sees too.
/// Errors: those of the gate; not_permitted (the viewer does not run the body).
Result<Overview> packet_overview(db::ReadTx& tx, access::Gate& gate, const Settings& city, AgendaItemId id);
/// The packet as this attendee would see it, without what the viewer may not see; nothing of it where it is closed to
/// that attendee (`opens` false). Errors: as packet_overview; not_found (no attendee of the item).
struct Preview {
  Sight sight;
  ItemView item;
};
Result<Preview> packet_preview(db::ReadTx& tx, access::Gate& gate, const Settings& city, AgendaItemId id, std::int64_t party);

/// Closes the item's packet to all attendees and guests at once; closing twice is closing once. Errors: those of the
/// gate; not_permitted.
Result<> close_packets(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, AgendaItemId id);
/// Opens it again until that day (at most kLongestPacketDays after the session), the item's slice included. Errors: those
/// of the gate; not_permitted; invalid (until: before today or too late); conflict (taken off the agenda).
Result<> open_packets(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, AgendaItemId id, Date until);
/// 「この議題を終える」: sections that got just this item see it no more. Errors: those of the gate; not_permitted.
Result<> end_slice(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, AgendaItemId id);

// What follows from the sitting turning on, and not from a right in the item: for who runs any part of it (turn_to, end_live).
// Both only ever close. Acts packet.closed.
/// Sections that got just the item see it no more; twice is once.
void close_slice(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const ItemHead& head);
/// The last day of each agency whose part of the sitting is over.
using PartLeft = std::map<AgencyId, Date>;
/// The item's papers close after that day for these agencies alone; opening the packet again gives them back.
void close_packets_for(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const ItemHead& head, const PartLeft& left);

/// For what this party would see: staff of an agency, through a post that reads both cases and items; the posts of a person.
access::Viewer viewer_of(db::ReadTx& tx, const Settings& city, std::int64_t party, Date on);

/// Writes the summary and gives it to attendees with Scope::summary. Ages in tens come from the register; the text is
/// typed. Errors: those of the gate; not_permitted; stale; conflict (no household); invalid (summary: empty, or it
/// holds a name, an address or a telephone number).
Result<> write_summary(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, AgendaItemId id, std::int64_t version,
                       const std::string& text);
struct SummaryView {
  Summary summary;
  Session session;
  std::string body;
  int number = 0;
};
/// By the summary's own record. Errors: those of the gate.
Result<SummaryView> summary_view(db::ReadTx& tx, access::Gate& gate, AgendaItemId summary);
std::vector<SummaryLine> summaries_of(db::ReadTx& tx, access::Gate& gate, SessionId session);

}  // namespace kasane::meeting
