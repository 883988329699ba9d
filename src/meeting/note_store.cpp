#include "meeting/note_store.hpp"

namespace kasane::meeting::store {

using access::SealedRow;
using access::Topic;

namespace {

/// Columns id, item_id, kind, taker_id, due_on, pii_text, agency_id, account_id, made_at, struck_at, version.
Note note_of(const SealedRow& r) {
  Note n;
  n.id = r.id<MeetingNoteTag>(0);
  n.item = r.id<AgendaItemTag>(1);
  n.kind = parse_code<NoteKind>(r.text(2)).value_or(NoteKind::point);
  if (const auto taker = r.opt_i64(3)) n.taker = AgencyId(*taker);
  n.due_on = r.opt_date(4);
  n.text = r.personal(5, Topic::meeting);
  n.agency = r.id<AgencyTag>(6);
  n.account = r.id<AccountTag>(7);
  n.made_at = r.i64(8);
  n.struck = !r.is_null(9);
  n.version = r.i64(10);
  return n;
}

}  // namespace

void insert_note(db::WriteTx& tx, const NotePermit& permit, AgendaItemId item, const NewNote& note, AgencyId agency, AccountId account, UtcMs now) {
  permit.run(tx, R"sql(INSERT INTO meeting_note (id, item_id, kind, taker_id, due_on, pii_text, agency_id, account_id, made_at, struck_at, version)
                       VALUES ($permit, $1, $2, $3, $4, $5, $6, $7, $8, NULL, 1))sql",
             db::params(item, code_of(note.kind), note.taker, note.due_on, note.text, agency, account, now));
}

bool set_note(db::WriteTx& tx, const NotePermit& permit, std::int64_t version, const NewNote& note) {
  return permit.run(tx, R"sql(UPDATE meeting_note SET pii_text = $1, taker_id = $2, due_on = $3, version = version + 1
                              WHERE id = $permit AND version = $4 AND struck_at IS NULL)sql",
                    db::params(note.text, note.taker, note.due_on, version)) == 1;
}

bool strike_note(db::WriteTx& tx, const NotePermit& permit, std::int64_t version, UtcMs now) {
  return permit.run(tx, R"sql(UPDATE meeting_note SET struck_at = $1, version = version + 1 WHERE id = $permit AND version = $2 AND struck_at IS NULL)sql",
                    db::params(now, version)) == 1;
}

std::optional<Note> note(const NotePermit& permit) {
  return permit.one<Note>(R"sql(SELECT id, item_id, kind, taker_id, due_on, pii_text, agency_id, account_id, made_at, struck_at, version
                                FROM meeting_note WHERE id = $permit)sql",
                          {}, note_of);
}

std::vector<Note> notes(const access::Scope<MeetingNoteTag>& scope, AgendaItemId item) {
  return scope.list<Note>(R"sql(SELECT n.id, n.item_id, n.kind, n.taker_id, n.due_on, n.pii_text, n.agency_id, n.account_id, n.made_at, n.struck_at, n.version
                                FROM meeting_note n WHERE n.item_id = $1 AND n.struck_at IS NULL AND {scope:n.id} ORDER BY n.id LIMIT 500)sql",
                          db::params(item), note_of);
}

}  // namespace kasane::meeting::store
