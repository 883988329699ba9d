// SQL of the lines that attendees add to an item.
#pragma once
#include <optional>
#include <vector>

#include "access/permit.hpp"
#include "db/tx.hpp"
#include "meeting/note_model.hpp"

namespace kasane::meeting::store {

using NotePermit = access::Permit<MeetingNoteTag>;

void insert_note(db::WriteTx& tx, const NotePermit& permit, AgendaItemId item, const NewNote& note, AgencyId agency, AccountId account, UtcMs now);
/// False when the version has moved on or the line was taken back.
bool set_note(db::WriteTx& tx, const NotePermit& permit, std::int64_t version, const NewNote& note);
bool strike_note(db::WriteTx& tx, const NotePermit& permit, std::int64_t version, UtcMs now);
std::optional<Note> note(const NotePermit& permit);
/// Of one item, the oldest first, at most 500; without those taken back.
std::vector<Note> notes(const access::Scope<MeetingNoteTag>& scope, AgendaItemId item);

}  // namespace kasane::meeting::store
