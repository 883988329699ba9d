// The screen that everybody in the room reads: of the item that is treated now only what each agency that is there may see,
// asked of the decision itself for each of them, and what all of these have in common. Whoever is in the room is a reader.
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

/// An agency in the room, with what the screen shows it.
struct ScreenReader {
  AgencyId agency;
  bool opens = false;               // may see the item at all
  access::Trail trail = {};         // what it is shown; empty where the screen shows nothing
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
};
/// For hosts. Errors: not_found; not_permitted (follows, but does not host).
Result<Screen> screen(db::ReadTx& tx, access::Gate& gate, const Settings& city, SessionId id);

/// Agencies that are there and may not see the item of the sitting at all: for the host's own page.
std::vector<AgencyId> without_right(const Screen& screen);

}  // namespace kasane::meeting
