// Packets on paper: somebody of an attending agency has no account, and reads what the agency would be shown. Who runs the
// body prints it with the reader's name; the audit keeps the print, and that the agency was shown it.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "access/facts.hpp"
#include "meeting/packet_service.hpp"

namespace kasane::meeting {

struct PacketPaperTag {};
using PacketPaperId = Id<PacketPaperTag>;

struct PacketPaper {
  PacketPaperId id;
  std::int64_t party = 0;           // attendee of the item
  std::string reader;               // who gets it
  Date handed_on;
  std::optional<Date> secrecy_on = {};  // explained and acknowledged; nothing on papers of before
};

/// Notes who gets the packet of this attendee on paper. Act packet.paper. Errors: as packet_preview; conflict (the attendee is
/// no agency; nothing is open to it; its summary was not written); invalid (reader; secrecy: not acknowledged).
Result<PacketPaperId> hand_paper(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, AgendaItemId item, std::int64_t party,
                                 const std::string& reader, bool secrecy);
/// Papers of this attendee, the oldest first; for who may preview the packet.
std::vector<PacketPaper> papers_of(db::ReadTx& tx, AgendaItemId item, std::int64_t party);

struct PaperView {
  PacketPaper paper;
  Preview preview;
  std::optional<Summary> summary;   // for whom gets just that
  access::Trail reader;             // what the attendee is shown by it
};
/// Errors: as packet_preview; not_found; conflict (closed since).
Result<PaperView> paper_view(db::ReadTx& tx, access::Gate& gate, const Settings& city, AgendaItemId item, PacketPaperId id);

}  // namespace kasane::meeting
