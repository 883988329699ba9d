#include "meeting/live_service.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/japanese.hpp"
#include "casework/naming.hpp"
#include "due/service.hpp"
#include "due/settle_one.hpp"
#include "meeting/attendee_store.hpp"
#include "meeting/item_service.hpp"
#include "meeting/item_steps.hpp"
#include "meeting/item_store.hpp"
#include "meeting/live_store.hpp"
#include "meeting/packet_service.hpp"
#include "meeting/packet_store.hpp"
#include "programme/account_store.hpp"

namespace kasane::meeting {

namespace {

/// Days within which the papers of a missed sitting are read.
constexpr int kReadingDays = 7;
constexpr const char* kAbsent = "session.absent";

Error unknown() { return {ErrorCode::not_found, "見つかりません。", {}}; }
SubjectRef ref(SessionId id) { return {SubjectKind::meeting_session, id.value}; }

template <class List, class Value>
bool holds(const List& list, const Value& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

/// The viewer hosts the session.
Result<Session> hosted(db::ReadTx& tx, access::Gate& gate, const Settings& city, SessionId id) {
  auto found = followed(tx, gate, city, id);
  if (!found) return found;
  if (!may_manage(gate, city, *found)) return fail(ErrorCode::not_permitted, "会議の進行は、会議を開く機関の担当の役割の方が行います。");
  return found;
}

struct Running {
  Session session;
  Live live;
};
/// A sitting that runs, at the version that the host saw.
Result<Running> running_live(db::ReadTx& tx, access::Gate& gate, const Settings& city, SessionId id, std::int64_t version) {
  auto session = hosted(tx, gate, city, id);
  if (!session) return tl::unexpected(session.error());
  auto live = store::live(tx, id);
  if (!live) return fail(ErrorCode::conflict, "会議はまだ始まっていません。");
  if (live->ended_at) return fail(ErrorCode::conflict, "会議は終わっています。");
  if (live->version != version) return tl::unexpected(saved_by_other());
  return Running{std::move(*session), std::move(*live)};
}

/// Sections that got just the item see it no more.
void leave_item(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, AgendaItemId id) {
  const auto head = store::head(tx, id);
  if (!head || head->state == ItemState::withdrawn) return;
  const auto attendees = store::attendees_of(tx, id);
  if (std::any_of(attendees.begin(), attendees.end(), [](const Attendee& a) { return a.scope == Scope::section; })) close_slice(tx, gate, actor, city, *head);
}

/// Agencies that sit in this part and in no other, with the last day of their papers: over for those who were there; the
/// others read them in the days that they are given.
PartLeft only_in(const std::vector<Slice>& parts, const std::string& body, Date today) {
  PartLeft here;
  std::set<AgencyId> elsewhere;
  for (const Slice& part : parts)
    for (const Slice::Seat& seat : part.seats) {
      if (part.body == body) here[seat.agency] = today.plus_days(seat.present ? -1 : kReadingDays);
      else if (seat.present || seat.expected) elsewhere.insert(seat.agency);
    }
  std::erase_if(here, [&](const auto& one) { return elsewhere.contains(one.first); });
  return here;
}

void leave_part(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id, const std::string& body) {
  const auto parts = slices(tx, id);
  if (body.empty() || parts.size() < 2) return;
  const PartLeft going = only_in(parts, body, gate.today());
  for (const ItemHead& head : store::heads_of(tx, id))
    if (head.body == body) close_packets_for(tx, gate, actor, city, head, going);
}

/// What is left when the sitting turns from here to an item of `next_body` ('': to none of any part). It follows from the
/// turning, whichever of the bodies the host calls.
void leave(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const Live& from, std::optional<AgendaItemId> next,
           const std::string& next_body) {
  if (from.item && from.item != next) leave_item(tx, gate, actor, city, *from.item);
  if (from.body != next_body) leave_part(tx, gate, actor, city, from.session, from.body);
}

/// Whether the item is open to the party today: nobody is asked to read what is closed to it.
bool opens_to(db::ReadTx& tx, const access::Gate& gate, const Settings& city, const ItemHead& head, std::int64_t party) {
  const access::Viewer theirs = viewer_of(tx, city, party, gate.today());
  access::Trail unused;
  access::Gate looking(tx, theirs, gate.now(), unused);
  return looking.may(head.id, access::Act::read);
}

bool was_there(db::ReadTx& tx, const Settings& city, std::int64_t party, const std::vector<AgencyId>& there, Date on) {
  if (!city.dir.code(AgencyId(party)).empty()) return holds(there, AgencyId(party));
  const auto posts = programme::posts_on(tx, AccountId(party), on);
  return std::any_of(posts.begin(), posts.end(), [&](const auto& post) { return holds(there, post.agency); });
}

void ask_absent(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const Session& session) {
  const Date longest = gate.today().plus_days(kReadingDays);
  std::map<std::int64_t, Date> absent;  // with the last day on which something of it can be read
  for (const ItemHead& head : store::heads_of(tx, session.id)) {
    const auto there = there_for(tx, session.id, head.body);
    for (const Attendee& a : store::attendees_of(tx, head.id)) {
      if (a.scope == Scope::summary || was_there(tx, city, a.party, there, session.held_on) || !opens_to(tx, gate, city, head, a.party)) continue;
      Date& last = absent.try_emplace(a.party, gate.today()).first->second;
      last = std::max(last, std::min(a.until, longest));
    }
  }
  std::vector<std::int64_t> parties;
  for (const auto& [party, last] : absent) {
    parties.push_back(party);
    due::await(tx, {kAbsent, party, session.id.value, ref(session.id), last}, actor.now);
  }
  store::set_absences(tx, session.id, parties);
}

/// The viewer's agencies and account.
std::vector<std::int64_t> parties_of(const access::Gate& gate) {
  std::vector<std::int64_t> parties{gate.viewer().account.value};
  for (const access::Post& post : gate.viewer().posts) parties.push_back(post.agency.value);
  return parties;
}

}  // namespace

bool may_follow(db::ReadTx& tx, access::Gate& gate, const Settings& city, const Session& s) {
  if (may_arrange(gate, city, s)) return true;
  for (const Presence& p : presence(tx, s.id))
    if (p.present && gate.viewer().in_agency(p.agency)) return true;
  for (const Slice& part : slices(tx, s.id))
    for (const Slice::Seat& seat : part.seats)
      if (gate.viewer().in_agency(seat.agency)) return true;
  return store::knows_an_item(gate.scope<AgendaItemTag>(access::Topic::basic | access::Topic::meeting), s.id) || has_to_read(tx, gate, s.id);
}

Result<Session> followed(db::ReadTx& tx, access::Gate& gate, const Settings& city, SessionId id) {
  auto found = session(tx, gate, id);
  if (!found || !may_follow(tx, gate, city, *found)) return tl::unexpected(unknown());
  return found;
}

std::optional<Live> live_of(db::ReadTx& tx, SessionId id) { return store::live(tx, id); }

Result<> begin_live(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id, const Holding& in) {
  const auto session = hosted(tx, gate, city, id);
  if (!session) return tl::unexpected(session.error());
  if (store::live(tx, id)) return {};
  if (session->confirmed_on) return fail(ErrorCode::conflict, "この会議の記録は、もう確定しています。");
  // One that was marked held before is taken up, with the attendance of now.
  auto held = session->state == SessionState::held ? change_presence(tx, gate, actor, city, id, in) : mark_held(tx, gate, actor, city, id, in);
  if (!held) return held;
  store::insert_live(tx, id, actor.now, actor.account);
  return {};
}

Result<> turn_to(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id, std::int64_t version,
                 std::optional<AgendaItemId> item) {
  auto r = running_live(tx, gate, city, id, version);
  if (!r) return tl::unexpected(r.error());
  Live next = r->live;
  next.item = item;
  if (item) {
    const auto head = store::head(tx, *item);
    if (!head || head->session != id || head->state == ItemState::withdrawn) return tl::unexpected(unknown());
    next.body = head->body;
  }
  leave(tx, gate, actor, city, r->live, next.item, next.body);
  if (next.item != r->live.item) next.item_started_at = actor.now;
  if (!store::set_live(tx, next, version)) return tl::unexpected(saved_by_other());
  return {};
}

Result<> end_live(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id, std::int64_t version) {
  auto r = running_live(tx, gate, city, id, version);
  if (!r) return tl::unexpected(r.error());
  leave(tx, gate, actor, city, r->live, {}, {});
  Live ended = r->live;
  ended.item = {};
  ended.body.clear();
  ended.ended_at = actor.now;
  if (!store::set_live(tx, ended, version)) return tl::unexpected(saved_by_other());
  ask_absent(tx, gate, actor, city, r->session);
  return {};
}

std::vector<AgencyId> there_for(db::ReadTx& tx, SessionId id, const std::string& body) {
  std::vector<AgencyId> there;
  for (const Slice& part : slices(tx, id)) {
    if (part.body != body) continue;
    for (const Slice::Seat& seat : part.seats)
      if (seat.present) there.push_back(seat.agency);
    return there;
  }
  for (const Presence& p : presence(tx, id))
    if (p.present) there.push_back(p.agency);
  return there;
}

Result<> correct_note(db::WriteTx& tx, access::Gate& gate, const access::Actor&, const Settings& city, AgendaItemId id, std::int64_t version,
                      const std::string& text) {
  const auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  const auto head = store::head(tx, id);
  if (!head) return tl::unexpected(unknown());
  const programme::Body* body = city.m.body(head->body);
  if (body == nullptr || !running_agency(gate, city, *body)) return tl::unexpected(not_for_you());
  const auto session = meeting::session(tx, gate, head->session);
  if (!session) return tl::unexpected(session.error());
  if (session->confirmed_on) return fail(ErrorCode::conflict, "会議の記録は、もう確定しています。");
  if (head->state != ItemState::treated && head->state != ItemState::deferred) return fail(ErrorCode::conflict, "この議題は、まだ扱われていません。");
  if (!store::set_note_text(tx, *permit, version, std::string(trim(text)))) return tl::unexpected(saved_by_other());
  store::touch_live(tx, head->session);
  return {};
}

namespace {

/// A plan may be changed while its item is treated.
Result<> open_for_change(db::ReadTx& tx, access::Gate& gate, const Settings& city, SessionId id, AgendaItemId item, PlanId plan) {
  const auto session = followed(tx, gate, city, id);
  if (!session) return tl::unexpected(session.error());
  if (const auto known = gate.read(item); !known) return tl::unexpected(known.error());
  const auto head = store::head(tx, item);
  if (!head || head->session != id || !holds(store::plans_of(tx, item), plan)) return tl::unexpected(unknown());
  const auto live = store::live(tx, id);
  const bool now = live && !live->ended_at && live->item == item && session->state == SessionState::held && !session->confirmed_on;
  if (!now) return fail(ErrorCode::conflict, "プランは、会議でその議題を扱っているあいだに直せます。");
  if (head->state != ItemState::waiting) return fail(ErrorCode::conflict, "この議題は、もう扱われています。");
  return {};
}

/// Whoever has the item before him to decide it looks at the plan as it now is.
void plan_changed(db::WriteTx& tx, SessionId id, AgendaItemId item) {
  store::raise_version(tx, item);
  store::touch_live(tx, id);
}

}  // namespace

Result<> change_plan(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id, const PlanChange& in) {
  if (auto open = open_for_change(tx, gate, city, id, in.item, in.plan); !open) return open;
  if (auto done = planning::amend_plan(tx, gate, actor, in.plan, in.version, in.item, in.rows); !done) return done;
  plan_changed(tx, id, in.item);
  return {};
}

Result<> add_plan_rows(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id, const PlanAddition& in) {
  if (auto open = open_for_change(tx, gate, city, id, in.item, in.plan); !open) return open;
  if (auto done = planning::add_to_plan(tx, gate, actor, city, in.plan, in.item, in.rows); !done) return done;
  plan_changed(tx, id, in.item);
  return {};
}

std::vector<Absence> absences_of(db::ReadTx& tx, access::Gate& gate, const Settings& city, const Session& session) {
  if (!may_manage(gate, city, session)) return {};
  auto all = store::absences(tx, session.id);
  // Whom the viewer sees on no item of the sitting, it need not know to have been invited.
  std::set<std::int64_t> known;
  const auto lines = items_of(tx, gate, session.id);
  std::vector<AgendaItemId> ids;
  std::vector<HouseholdId> households;
  for (const ItemLine& line : lines) {
    ids.push_back(line.head.id);
    if (line.head.household) households.push_back(*line.head.household);
  }
  const auto asked = store::attendees_of_items(tx, ids);
  const auto pairs = store::guarded_pairs(tx, households);
  const std::set<std::pair<HouseholdId, AgencyId>> guarded(pairs.begin(), pairs.end());
  casework::Naming naming(tx, gate);
  for (const ItemLine& line : lines) {
    const auto found = asked.find(line.head.id);
    if (found == asked.end()) continue;
    for (const Attendee& a : found->second) {
      if (a.scope == Scope::summary) continue;
      const AgencyId agency(a.party);
      // Only where its involvement may be a secret is the record asked.
      const bool open = !line.head.household || (!naming.is_sensitive(agency) && !guarded.contains({*line.head.household, agency}));
      if (open || naming.may_name(*line.head.household, agency)) known.insert(a.party);
    }
  }
  std::erase_if(all, [&](const Absence& a) { return !known.contains(a.party); });
  return all;
}

bool has_to_read(db::ReadTx& tx, const access::Gate& gate, SessionId id) {
  const auto mine = parties_of(gate);
  const auto all = store::absences(tx, id);
  return std::any_of(all.begin(), all.end(), [&](const Absence& a) { return !a.read_at && holds(mine, a.party); });
}

Result<> acknowledge_reading(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id) {
  const auto session = followed(tx, gate, city, id);
  if (!session) return tl::unexpected(session.error());
  const auto mine = parties_of(gate);
  bool asked = false;
  for (const Absence& a : store::absences(tx, id)) {
    if (!holds(mine, a.party)) continue;
    asked = true;
    if (store::set_read(tx, id, a.party, actor.now, actor.account)) due::settle_for(tx, ref(id), kAbsent, a.party, actor);
  }
  if (!asked) return tl::unexpected(unknown());
  store::touch_live(tx, id);
  return {};
}

}  // namespace kasane::meeting
