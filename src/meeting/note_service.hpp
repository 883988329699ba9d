// Lines of attendees on an item. Whoever may open the item and works here may add one; only who wrote a line changes it
// or takes it back. Nobody's line ever overwrites another's.
#pragma once
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/result.hpp"
#include "db/tx.hpp"
#include "meeting/note_model.hpp"

namespace kasane::meeting {

/// A line of the viewer's agency on this item. Errors: not_found (the item is not for the viewer); not_permitted (no role);
/// conflict (answer after the sitting was held; point and undertaking before; minutes confirmed; item withdrawn);
/// invalid (text, taker).
Result<MeetingNoteId> add_note(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, AgendaItemId item, const NewNote& in);
/// Another wording, of a line that the viewer wrote; its kind stays. Errors: as add_note; not_permitted (somebody else's); stale.
Result<> change_note(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, MeetingNoteId id, std::int64_t version,
                     const NewNote& in);
/// Errors: as change_note.
Result<> strike_note(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, MeetingNoteId id, std::int64_t version);

/// Errors: not_found.
Result<Note> note(db::ReadTx& tx, access::Gate& gate, MeetingNoteId id);
/// Lines of an item that the viewer may know, the oldest first, at most 500. Undertakings of an agency that may not be
/// named to the viewer keep their text and lose the name.
std::vector<Note> notes_of(db::ReadTx& tx, access::Gate& gate, AgendaItemId item);

}  // namespace kasane::meeting
