// Secrecy: before the first packet of a body in a fiscal year, whoever is called to it acknowledges once that what is said
// there stays there (T-68); afterwards a line on the paper says when. Those who run the body are bound by their office and are kept
// from nothing; they are asked beside the packet, once a year too, so that the register of the year is whole.
#pragma once
#include <optional>
#include <string>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/result.hpp"
#include "db/tx.hpp"
#include "meeting/model.hpp"

namespace kasane::meeting {

struct Secrecy {
  AgendaItemId opened;              // the item, or its summary
  std::string body;
  bool asked = false;               // to be acknowledged before anything of the packet is shown
  bool asked_beside = false;        // by who runs the body, whom nothing waits for
  std::optional<Date> on;           // acknowledged
};
/// What the law and the body's own rules say, as the folder has it.
std::string secrecy_words(const programme::Municipality& m, std::string_view body);

/// `id`: an item or the summary of one. Errors: those of the gate.
Result<Secrecy> secrecy_of(db::ReadTx& tx, access::Gate& gate, const Settings& city, AgendaItemId id);
/// For the fiscal year of today; a second time changes nothing. Errors: as secrecy_of.
Result<> acknowledge(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, AgendaItemId id);

}  // namespace kasane::meeting
