// The screen that everybody in the room reads: of the item that is treated now only what each agency that is there may see,
// asked of the decision itself for each of them, and what all of these have in common. Whoever is in the room is a reader: also
// who was asked to the item in person or by a link and sits there for no agency, unless the host says that it is not there.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "access/permit.hpp"
#include "base/result.hpp"
#include "db/tx.hpp"
#include "meeting/live_model.hpp"
#include "meeting/note_model.hpp"

namespace kasane::meeting {

/// An agency in the room, or somebody for whom none of these answers, with what the screen shows it.
struct ScreenReader {
  std::int64_t party = 0;           // agency; account or guest link where `person`
  bool person = false;
  bool opens = false;               // may see the item at all
  access::Trail trail = {};         // what it is shown; empty where the screen shows nothing
};

/// Somebody asked to the item in person or by a guest link, for whom no agency that is there answers; or an office invited to the
/// sitting by name alone.
struct RoomPerson {
  std::int64_t party = 0;           // account, guest link or invitation
  std::string name;
  bool away = false;                // not in the room, as the host said: no reader
  bool opens = false;               // may see the item
  bool office = false;              // has neither account nor link here: what it may see is not known, so nothing
};

struct Screen {
  Session session;
  std::optional<Live> live;
  std::optional<int> number;        // of the item that is treated now
  std::string body;                 // of that item
  bool open = false;                // everybody there may see it: `item` and `notes` are filled
  ItemView item;                    // cut to what all may see
  std::vector<Note> notes;          // that all may see
  std::vector<ScreenReader> readers;
  std::vector<RoomPerson> persons;  // for the host's own page
};
/// For hosts. Errors: not_found; not_permitted (follows, but does not host).
Result<Screen> screen(db::ReadTx& tx, access::Gate& gate, const Settings& city, SessionId id);

/// The host says that somebody of `persons` is not in the room, or is. Errors: as screen; not_found (nobody of the item that is
/// treated now).
Result<> say_away(db::WriteTx& tx, access::Gate& gate, const Settings& city, SessionId id, std::int64_t party, bool away);

/// Agencies that are there and may not see the item of the sitting at all: for the host's own page.
std::vector<AgencyId> without_right(const Screen& screen);

}  // namespace kasane::meeting
