#include "meeting/note_service.hpp"

#include <algorithm>

#include "access/explain.hpp"
#include "access/groups.hpp"
#include "base/japanese.hpp"
#include "casework/naming.hpp"
#include "meeting/item_service.hpp"
#include "meeting/item_steps.hpp"
#include "meeting/live_store.hpp"
#include "meeting/note_store.hpp"
#include "meeting/session_service.hpp"

namespace kasane::meeting {

using access::Act;
using access::Topic;

namespace {

std::vector<FieldError> faults_of(const NewNote& in) {
  std::vector<FieldError> faults;
  if (in.text.empty()) faults.push_back({"text", "内容を入力してください。"});
  if (count_characters(in.text) > kLongestNote) faults.push_back({"text", "内容は" + std::to_string(kLongestNote) + "字までで入力してください。"});
  if (in.kind == NoteKind::undertaking && !in.taker) faults.push_back({"taker", "だれが引き受けるかを選んでください。"});
  return faults;
}

/// What was typed, without what its kind has no place for.
NewNote tidied(const NewNote& typed) {
  NewNote in = typed;
  in.text = std::string(trim(in.text));
  if (in.kind != NoteKind::undertaking) {
    in.taker = {};
    in.due_on = {};
  }
  return in;
}

/// The item of a line, in a state in which lines of the kind are written.
Result<ItemHead> open_item(db::ReadTx& tx, access::Gate& gate, AgendaItemId id, NoteKind kind) {
  const auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  auto head = store::head(tx, id);
  if (!head) return fail(ErrorCode::not_found, "見つかりません。");
  const auto session = meeting::session(tx, gate, head->session);
  if (!session) return tl::unexpected(session.error());
  if (head->state == ItemState::withdrawn) return fail(ErrorCode::conflict, "この議題は、議題から下ろされました。");
  if (session->confirmed_on) return fail(ErrorCode::conflict, "会議の記録が確定しているため、書き足せません。");
  const bool held = session->state == SessionState::held;
  if (kind == NoteKind::answer && held) return fail(ErrorCode::conflict, "会議はもう開かれています。会議の中で書いてください。");
  if (kind != NoteKind::answer && !held) return fail(ErrorCode::conflict, "会議が始まってから書けます。");
  return *std::move(head);
}

/// The agency for which the viewer writes: where it has several, one that was invited to the item.
std::optional<AgencyId> writing_agency(db::ReadTx& tx, const access::Gate& gate, const ItemHead& head) {
  const auto invited = store::attendees_of(tx, head.id);
  std::optional<AgencyId> first;
  for (const access::Post& post : gate.viewer().posts) {
    if (!access::roles_for(SubjectKind::meeting_note, Act::create).has(post.role)) continue;
    if (std::any_of(invited.begin(), invited.end(), [&](const Attendee& a) { return a.party == post.agency.value; })) return post.agency;
    if (!first) first = post.agency;
  }
  return first;
}

/// Lines hang on the item. A shield names the household or a person of it, and so meets a line only through its item.
bool shielded(access::Gate& gate, AgendaItemId item) {
  const auto why = gate.explain(item.value, Act::read);
  return why && why->verdict.why == access::Why::shielded;
}

struct Own {
  store::NotePermit permit;
  Note note;
};
Result<Own> own_note(access::Gate& gate, MeetingNoteId id) {
  if (const auto known = gate.read(id); !known) return tl::unexpected(known.error());
  auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  auto found = store::note(*permit);
  if (!found || shielded(gate, found->item)) return fail(ErrorCode::not_found, "見つかりません。");
  if (found->account != gate.viewer().account) return fail(ErrorCode::not_permitted, "書いた人だけが直せます。");
  return Own{*permit, *std::move(found)};
}

}  // namespace

Result<MeetingNoteId> add_note(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings&, AgendaItemId item, const NewNote& typed) {
  const NewNote in = tidied(typed);
  const auto head = open_item(tx, gate, item, in.kind);
  if (!head) return tl::unexpected(head.error());
  if (auto faults = faults_of(in); !faults.empty()) return invalid(std::move(faults));
  const auto agency = writing_agency(tx, gate, *head);
  if (!agency) return tl::unexpected(not_for_you());
  access::Topics topics = Topic::basic | Topic::meeting;
  // That a guarded agency sits at the table is itself a matter of abuse.
  if (head->household && casework::works_guarded(tx, *head->household, *agency)) topics = topics | Topic::abuse;
  const auto permit = gate.create<MeetingNoteTag>(tx, {item.value, *agency, {}, topics, access::Sharing::team});
  if (!permit) return tl::unexpected(permit.error());
  store::insert_note(tx, *permit, item, in, *agency, actor.account, actor.now);
  access::set_persons(tx, {SubjectKind::meeting_note, permit->id().value}, access::persons_of(tx, {SubjectKind::agenda_item, item.value}));
  store::touch_live(tx, head->session);
  return permit->id();
}

Result<> change_note(db::WriteTx& tx, access::Gate& gate, const access::Actor&, const Settings&, MeetingNoteId id, std::int64_t version, const NewNote& typed) {
  const auto own = own_note(gate, id);
  if (!own) return tl::unexpected(own.error());
  NewNote in = typed;
  in.kind = own->note.kind;
  in = tidied(in);
  const auto head = open_item(tx, gate, own->note.item, in.kind);
  if (!head) return tl::unexpected(head.error());
  if (auto faults = faults_of(in); !faults.empty()) return invalid(std::move(faults));
  if (!store::set_note(tx, own->permit, version, in)) return tl::unexpected(saved_by_other());
  store::touch_live(tx, head->session);
  return {};
}

Result<> strike_note(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, MeetingNoteId id, std::int64_t version) {
  const auto own = own_note(gate, id);
  if (!own) return tl::unexpected(own.error());
  const auto head = open_item(tx, gate, own->note.item, own->note.kind);
  if (!head) return tl::unexpected(head.error());
  if (!store::strike_note(tx, own->permit, version, actor.now)) return tl::unexpected(saved_by_other());
  store::touch_live(tx, head->session);
  return {};
}

Result<Note> note(db::ReadTx&, access::Gate& gate, MeetingNoteId id) {
  const auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  auto found = store::note(*permit);
  if (!found || shielded(gate, found->item)) return fail(ErrorCode::not_found, "見つかりません。");
  return *std::move(found);
}

std::vector<Note> notes_of(db::ReadTx& tx, access::Gate& gate, AgendaItemId item) {
  if (shielded(gate, item)) return {};
  auto all = store::notes(gate.scope<MeetingNoteTag>(Topic::basic | Topic::meeting), item);
  const auto head = store::head(tx, item);
  if (!head || !head->household) return all;
  casework::Naming naming(tx, gate);
  for (Note& n : all)
    if (n.taker && !naming.may_name(*head->household, *n.taker)) n.taker = {};
  return all;
}

}  // namespace kasane::meeting
