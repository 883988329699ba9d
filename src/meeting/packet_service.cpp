#include "meeting/packet_service.hpp"

#include <algorithm>

#include "access/groups.hpp"
#include "base/japanese.hpp"
#include "meeting/item_grounds.hpp"
#include "meeting/item_service.hpp"
#include "meeting/item_steps.hpp"
#include "meeting/packet_rules.hpp"
#include "meeting/packet_store.hpp"
#include "meeting/preparation_store.hpp"
#include "meeting/rules.hpp"
#include "meeting/secrecy_store.hpp"
#include "meeting/session_service.hpp"
#include "meeting/session_store.hpp"
#include "people/service.hpp"
#include "programme/account_store.hpp"

namespace kasane::meeting {

using access::Act;
using access::Topic;

namespace {

std::string name_of(db::ReadTx& tx, const Settings& city, std::int64_t party) {
  const std::string& agency = city.dir.name(AgencyId(party));
  return agency.empty() ? store::account_name(tx, AccountId(party)).value_or(std::string()) : agency;
}

/// The record that this attendee is given: the item, or its summary; nothing while none was written.
std::optional<AgendaItemId> record_for(const Overview& all, const Attendee& a) {
  if (a.scope != Scope::summary) return all.item.head.id;
  return all.summary ? std::optional(all.summary->id) : std::nullopt;
}

struct Looking {
  db::ReadTx& tx;
  access::Gate& gate;                          // of the viewer
  const Settings& city;
  access::Topics own;                          // topics of the item that the viewer sees
  std::vector<people::Member> members;         // of the household, as the viewer sees them
};

Sight sight_of(const Looking& look, const Overview& all, const Attendee& attendee) {
  Sight sight;
  sight.attendee = attendee;
  sight.name = name_of(look.tx, look.city, attendee.party);
  const access::Viewer theirs = viewer_of(look.tx, look.city, attendee.party, look.gate.today());
  access::Trail unused;  // nothing is disclosed to the attendee by this
  access::Gate gate(look.tx, theirs, look.gate.now(), unused);
  if (theirs.account) sight.secrecy_on = store::acknowledged_on(look.tx, theirs.account, all.item.head.body, FiscalYear::of(look.gate.today()));
  const auto record = record_for(all, attendee);
  if (!record) return sight;
  const auto why = gate.explain(record->value, Act::read);
  if (!why || !why->verdict.allowed) return sight;
  sight.opens = true;
  sight.grounds = why->grounds;
  sight.topics = why->verdict.visible & look.own;
  for (const people::Member& m : look.members)
    if (m.belongs_on(look.gate.today()) && gate.may(m.person, Act::read)) sight.persons.push_back(m.name);
  return sight;
}

struct Prepared {
  Overview overview;
  Looking looking;
};

Result<Prepared> prepare(db::ReadTx& tx, access::Gate& gate, const Settings& city, AgendaItemId id) {
  auto view = item(tx, gate, city, id);
  if (!view) return tl::unexpected(view.error());
  if (!view->may_manage) return tl::unexpected(not_for_you());
  const auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  Prepared p{{std::move(*view), store::packet_state(tx, id), {}, {}}, {tx, gate, city, permit->verdict().visible, {}}};
  if (const auto record = store::summary_of(tx, id))
    if (const auto readable = gate.read(*record)) p.overview.summary = store::summary(*readable);
  if (p.overview.item.head.household)
    if (auto household = people::household_view(tx, gate, *p.overview.item.head.household)) p.looking.members = std::move(household->members);
  return p;
}

/// Its attendees have lost it already, and get it back by no later step.
Error taken_off() { return {ErrorCode::conflict, "議題から下ろしたため、資料は開きません。", {}}; }

/// An item whose body the viewer runs, in whatever state.
struct Run {
  store::ItemPermit permit;
  ItemHead head;
  Session session;
  AgencyId agency;
};
Result<Run> run_by_viewer(db::WriteTx& tx, access::Gate& gate, const Settings& city, AgendaItemId id) {
  auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  auto head = store::head(tx, id);
  if (!head) return fail(ErrorCode::not_found, "見つかりません。");
  const programme::Body* body = city.m.body(head->body);
  const auto agency = body == nullptr ? std::nullopt : running_agency(gate, city, *body);
  if (!agency) return tl::unexpected(not_for_you());
  auto session = meeting::session(tx, gate, head->session);
  if (!session) return tl::unexpected(session.error());
  return Run{*permit, std::move(*head), std::move(*session), *agency};
}

void give_anew(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const ItemHead& head) {
  give_grounds(tx, gate, actor, city, head, store::attendees_of(tx, head.id));
}

/// The same with what the agency that called the item knows of it: what closes closes, and the others keep what they had,
/// whoever runs the sitting.
void give_as_called(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const ItemHead& head, const char* part) {
  const access::Viewer caller = viewer_of(tx, city, store::host_of(tx, head.id).value_or(AgencyId()).value, gate.today());
  access::Trail unused;  // nothing is shown to anybody
  access::Gate theirs(tx, caller, gate.now(), unused);
  give_anew(tx, theirs, actor, city, head);
  const std::int64_t root = head.household ? head.household->value : head.id.value;
  access::note_act(tx, {"packet.closed", gate.today(), root, {}, {SubjectKind::agenda_item, head.id.value}, part, {}, {}}, actor);
}

std::vector<FieldError> faults_of(const std::string& text, const people::HouseholdView& household) {
  if (text.empty()) return {{"summary", "要約を入力してください。"}};
  if (const auto word = gives_away(text, telling_words(household)))
    return {{"summary", "だれのことか分かる言葉（" + *word + "）が入っています。名前・住所・電話番号を使わずに書いてください。"}};
  return {};
}

}  // namespace

/// Somebody of an agency, for what its staff would see; the posts of a person. An agency is looked at through a post that
/// reads both cases and items: what hangs on single accounts (their relatives) comes on top of it for these.
access::Viewer viewer_of(db::ReadTx& tx, const Settings& city, std::int64_t party, Date on) {
  access::Viewer viewer;
  if (!city.dir.code(AgencyId(party)).empty()) {
    viewer.posts.push_back({PostId(), AgencyId(party), Role::window_counsellor});
    return viewer;
  }
  viewer.account = AccountId(party);
  for (const auto& post : programme::posts_on(tx, viewer.account, on)) viewer.posts.push_back({post.id, post.agency, post.role});
  return viewer;
}

Result<Overview> packet_overview(db::ReadTx& tx, access::Gate& gate, const Settings& city, AgendaItemId id) {
  auto p = prepare(tx, gate, city, id);
  if (!p) return tl::unexpected(p.error());
  for (const Attendee& a : p->overview.item.attendees) p->overview.sights.push_back(sight_of(p->looking, p->overview, a));
  return std::move(p->overview);
}

Result<Preview> packet_preview(db::ReadTx& tx, access::Gate& gate, const Settings& city, AgendaItemId id, std::int64_t party) {
  auto p = prepare(tx, gate, city, id);
  if (!p) return tl::unexpected(p.error());
  const auto& attendees = p->overview.item.attendees;
  const auto found = std::find_if(attendees.begin(), attendees.end(), [&](const Attendee& a) { return a.party == party; });
  if (found == attendees.end()) return fail(ErrorCode::not_found, "見つかりません。");
  Preview out{sight_of(p->looking, p->overview, *found), {}};
  if (!out.sight.opens || found->scope == Scope::summary) return out;
  const access::Viewer theirs = viewer_of(tx, city, party, gate.today());
  access::Trail unused;
  access::Gate their_gate(tx, theirs, gate.now(), unused);
  const auto permit = their_gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  ItemView view = store::view(tx, *permit);
  view.session = p->overview.item.session;
  leave_out_unnamed(tx, gate, view);
  out.item = narrowed(std::move(view), p->overview.item);
  return out;
}

Result<> close_packets(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, AgendaItemId id) {
  const auto r = run_by_viewer(tx, gate, city, id);
  if (!r) return tl::unexpected(r.error());
  if (r->head.state == ItemState::withdrawn) return tl::unexpected(taken_off());
  PacketState state = store::packet_state(tx, id);
  if (state.closed_at) return {};
  state.closed_at = actor.now;
  state.closed_by = actor.account;
  store::set_packet_state(tx, id, state);
  give_anew(tx, gate, actor, city, r->head);
  access::note_act(tx, {"packet.closed", gate.today(), r->permit.facts().root, {}, {SubjectKind::agenda_item, id.value}, "all", {}, {}}, actor);
  return {};
}

Result<> open_packets(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, AgendaItemId id, Date until) {
  const auto r = run_by_viewer(tx, gate, city, id);
  if (!r) return tl::unexpected(r.error());
  if (r->head.state == ItemState::withdrawn) return tl::unexpected(taken_off());
  const Date last = r->session.held_on.plus_days(kLongestPacketDays);
  if (until < gate.today() || until > last) return invalid("until", "今日から" + wareki_short(last) + "までの日を入力してください。");
  store::set_packet_state(tx, id, {});
  auto attendees = store::attendees_of(tx, id);
  // A section has no packet after the day of the session, whatever is opened again.
  for (Attendee& a : attendees) a.until = packet_until(a.scope, r->session.held_on, until);
  store::set_attendees(tx, id, attendees);
  give_grounds(tx, gate, actor, city, r->head, attendees);
  access::note_act(tx, {"packet.opened", gate.today(), r->permit.facts().root, {}, {SubjectKind::agenda_item, id.value}, "", {}, {}}, actor);
  return {};
}

Result<> end_slice(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, AgendaItemId id) {
  const auto r = run_by_viewer(tx, gate, city, id);
  if (!r) return tl::unexpected(r.error());
  if (r->head.state == ItemState::withdrawn) return tl::unexpected(taken_off());
  close_slice(tx, gate, actor, city, r->head);
  return {};
}

void close_slice(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const ItemHead& head) {
  PacketState state = store::packet_state(tx, head.id);
  if (state.slice_ended_at) return;
  state.slice_ended_at = actor.now;
  store::set_packet_state(tx, head.id, state);
  give_as_called(tx, gate, actor, city, head, "section");
}

void close_packets_for(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const ItemHead& head, const PartLeft& left) {
  auto attendees = store::attendees_of(tx, head.id);
  bool any = false;
  for (Attendee& a : attendees) {
    const auto last = left.find(AgencyId(a.party));
    if (last == left.end() || a.until <= last->second) continue;
    a.until = last->second;
    any = true;
  }
  if (!any) return;
  store::set_attendees(tx, head.id, attendees);
  give_as_called(tx, gate, actor, city, head, "part");
}

Result<> write_summary(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, AgendaItemId id, std::int64_t version,
                       const std::string& typed) {
  const auto r = run_by_viewer(tx, gate, city, id);
  if (!r) return tl::unexpected(r.error());
  if (r->head.state == ItemState::withdrawn) return tl::unexpected(taken_off());
  if (!r->head.household) return fail(ErrorCode::conflict, "世帯のことではない議題には、要約は要りません。");
  const auto household = people::household_view(tx, gate, *r->head.household);
  if (!household) return tl::unexpected(household.error());
  const std::string text(trim(typed));
  if (auto faults = faults_of(text, *household); !faults.empty()) return invalid(std::move(faults));
  const std::string people = people_in_bands(household->members, gate.today());
  if (const auto record = store::summary_of(tx, id)) {
    const auto permit = gate.write(*record);
    if (!permit) return tl::unexpected(permit.error());
    if (!store::set_summary(tx, *permit, version, people, text)) return tl::unexpected(saved_by_other());
  } else {
    if (version != 0) return tl::unexpected(saved_by_other());
    const auto permit = gate.create<AgendaItemTag>(tx, {r->head.household->value, r->agency, {}, Topic::meeting, access::Sharing::own});
    if (!permit) return tl::unexpected(permit.error());
    store::insert_summary(tx, *permit, id, people, text);
    access::set_persons(tx, {SubjectKind::agenda_item, permit->id().value}, access::persons_of(tx, {SubjectKind::agenda_item, id.value}));
  }
  give_anew(tx, gate, actor, city, r->head);
  return {};
}

Result<SummaryView> summary_view(db::ReadTx& tx, access::Gate& gate, AgendaItemId id) {
  const auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  auto summary = store::summary(*permit);
  if (!summary) return fail(ErrorCode::not_found, "見つかりません。");
  const auto head = store::head(tx, summary->item);
  auto session = head ? store::session(tx, head->session) : std::nullopt;
  if (!session) return fail(ErrorCode::not_found, "見つかりません。");
  return SummaryView{std::move(*summary), std::move(*session), head->body, head->number};
}

std::vector<SummaryLine> summaries_of(db::ReadTx&, access::Gate& gate, SessionId session) {
  return store::summaries(gate.scope<AgendaItemTag>(Topic::meeting), session);
}

}  // namespace kasane::meeting
