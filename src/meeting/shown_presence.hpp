// Which agencies a sitting names to the viewer as invited or present. That a guarded agency sits there tells of a household
// on the agenda: it is named to its own staff and to who may know why it is there. What is left out shows nowhere that
// it is, and stays as it is when attendance or parts are saved.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "access/permit.hpp"
#include "casework/naming.hpp"
#include "db/tx.hpp"
#include "meeting/model.hpp"
#include "meeting/note_model.hpp"

namespace kasane::meeting {

/// Decides for one viewer and one session; what it needs is read once, and only where somebody's name is in question.
class SeatNames {
 public:
  SeatNames(db::ReadTx& tx, access::Gate& gate, const Settings& city, const Session& session);
  /// `body`: the part in which the agency sits; '' for a sitting in one part.
  bool may_show(AgencyId agency, const std::string& body);

 private:
  struct Item {
    AgendaItemId id;
    std::string body;
    HouseholdId household;
  };
  void load();
  bool by_plan(AgencyId agency, const std::string& body) const;
  bool decide(AgencyId agency, const std::string& body);
  std::vector<HouseholdId> asked_for(AgencyId agency, const std::string& body);

  db::ReadTx& tx_;
  access::Gate& gate_;
  const Settings& city_;
  const Session& session_;
  casework::Naming naming_;
  bool loaded_ = false;
  std::vector<Item> items_;                               // about households
  std::set<std::pair<HouseholdId, AgencyId>> guarded_;
  std::optional<std::unordered_map<AgendaItemId, std::vector<Attendee>>> attendees_;
  std::map<std::pair<AgencyId, std::string>, bool> known_;
};

/// Who was there, as far as the viewer is told.
std::vector<Presence> shown_presence(db::ReadTx& tx, access::Gate& gate, const Settings& city, const Session& session);
/// Parts of the sitting with the seats of which the viewer is told.
std::vector<Slice> shown_slices(db::ReadTx& tx, access::Gate& gate, const Settings& city, const Session& session);
/// Agencies that are there while this body's part runs, as far as the viewer is told.
std::vector<AgencyId> shown_there(db::ReadTx& tx, access::Gate& gate, const Settings& city, const Session& session, const std::string& body);

/// Invitations of which the viewer is not told go into the parts that it saves.
void keep_hidden_invitations(SeatNames& names, const std::vector<Slice>& before, std::vector<Slice>& parts);

/// Attendance of which the viewer is not told: for each part by its body, and of the sitting as a whole under ''.
std::map<std::string, std::vector<AgencyId>> hidden_there(SeatNames& names, const std::vector<Presence>& presence, const std::vector<Slice>& parts);

/// Lines that name who wrote them, for an item about a household: those of an agency of which the viewer is not told there
/// (any more) go.
void leave_out_unnamed(db::ReadTx& tx, access::Gate& gate, const std::optional<HouseholdId>& household, std::vector<Note>& notes);

}  // namespace kasane::meeting
