// To whom it had gone, what rested on a consent until it was taken back: agencies, people called by name, guests by link;
// with the papers of sittings that they had. For the page that takes a consent back.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "access/audit_scan.hpp"
#include "access/permit.hpp"
#include "consent/service.hpp"
#include "db/tx.hpp"
#include "meeting/model.hpp"

namespace kasane::meeting {

/// A paper of a sitting. Of an item that the viewer may not open nothing is told but that there was one.
struct PaperThatWentOut {
  AgendaItemId item;
  std::optional<Date> held_on;
  std::string body;
  std::vector<std::string> on_paper;  // members of staff who were handed it on paper
};

enum class ReceiverKind : std::uint8_t { agency, person, guest };
std::string_view label_of(ReceiverKind kind);

struct Receiver {
  std::int64_t party = 0;
  ReceiverKind kind = ReceiverKind::agency;
  std::string name;                   // of an agency or an account
  PersonalText guest_name;            // empty where the link is not the viewer's to know
  PersonalText guest_office;
  std::vector<PaperThatWentOut> papers;
  std::optional<Date> opened_on;      // the last day on which a record or paper of the household was opened or printed there
};

struct WentOut {
  std::vector<Receiver> receivers;
  bool readers_known = false;         // the viewer may know who has opened what
};

/// Everybody of the line but agencies that `unnamed` names. The caller has shown the consent.
WentOut went_out(db::ReadTx& tx, access::Gate& gate, const Settings& city, const consent::ConsentView& consent, const std::vector<AgencyId>& unnamed);
/// Puts in when each receiver last opened something, out of looks at the household while the consent stood. An account stands
/// for the agencies of its posts.
void mark_opened(db::ReadTx& tx, std::vector<Receiver>& receivers, const std::vector<access::SeenLine>& looks);

}  // namespace kasane::meeting
