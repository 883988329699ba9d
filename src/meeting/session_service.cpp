#include "meeting/session_service.hpp"

#include <algorithm>

#include "due/service.hpp"
#include "meeting/item_grounds.hpp"
#include "meeting/item_store.hpp"
#include "meeting/live_store.hpp"
#include "meeting/preparation_service.hpp"
#include "meeting/rules.hpp"
#include "meeting/session_store.hpp"
#include "meeting/slice_rules.hpp"
#include "meeting/shown_presence.hpp"

namespace kasane::meeting {

using access::Act;

namespace {

/// Days within which the outcome of an item is entered after its session.
constexpr int kOutcomeDays = 7;

constexpr Roles kManagers{Role::coordinator, Role::city_officer};
constexpr Roles kArrangers{Role::coordinator, Role::city_officer, Role::secretary};

Error saved_by_other() { return Error{ErrorCode::stale, "ほかの人が先に保存しました。", {}}; }
Error not_for_you() { return Error{ErrorCode::not_permitted, "この会議は、会議を開く機関の担当の役割の方が扱います。", {}}; }

/// An agency of the viewer's, in one of these roles, that may call the body.
std::optional<AgencyId> calling_agency(const access::Gate& gate, const Settings& city, const programme::Body& body, Roles roles) {
  for (const access::Post& post : gate.viewer().posts)
    if (roles.has(post.role) && may_convene(city.m, body, city.dir.code(post.agency))) return post.agency;
  return std::nullopt;
}

std::vector<const programme::Body*> bodies_of(const Settings& city, const Session& session) {
  std::vector<const programme::Body*> all;
  for (const SessionBody& b : session.bodies)
    if (const auto* body = city.m.body(b.body)) all.push_back(body);
  return all;
}

SubjectRef ref(SessionId id) { return {SubjectKind::meeting_session, id.value}; }

std::vector<FieldError> faults_of(const Settings& city, const NewSession& in) {
  std::vector<FieldError> faults;
  if (in.bodies.empty()) faults.push_back({"bodies", "開く会議を選んでください。"});
  for (const std::string& code : in.bodies) {
    const auto* body = city.m.body(code);
    if (body == nullptr || !can_sit(*body)) faults.push_back({"bodies", "この市の会議から選んでください。"});
  }
  return faults;
}

/// The session, planned, that the viewer may arrange.
Result<Session> planned_session(db::ReadTx& tx, access::Gate& gate, const Settings& city, SessionId id) {
  auto found = session(tx, gate, id);
  if (!found) return found;
  if (!may_arrange(gate, city, *found)) return tl::unexpected(not_for_you());
  if (found->state != SessionState::planned) return fail(ErrorCode::conflict, "この会議は、もう予定の状態ではありません。");
  return found;
}

/// All agencies that may call one of the bodies see the session in lists and counts; it holds no content.
void let_conveners_see(db::WriteTx& tx, const access::Actor& actor, const Settings& city, const Session& session, Date today) {
  access::Ground ground;
  ground.kind = access::GroundKind::contract;
  ground.root = session.id.value;
  ground.topics = access::Topic::basic;
  for (const auto* body : bodies_of(city, session))
    for (const AgencyId agency : conveners(city, *body))
      if (std::find(ground.named.begin(), ground.named.end(), agency.value) == ground.named.end()) ground.named.push_back(agency.value);
  ground.from = today;
  ground.until = *Date::from_iso(access::kForever);
  ground.basis = "会議の日時と場所";
  ground.source = session.id.value;
  access::add_ground(tx, ground, actor);
}

std::vector<std::string> codes_of(const Settings& city, const std::vector<AgencyId>& agencies) {
  std::vector<std::string> codes;
  for (const AgencyId agency : agencies) codes.push_back(city.dir.code(agency));
  return codes;
}

/// Each sentence once, though several parts lack the same.
void add_presence_faults(const Settings& city, const Session& session, const Holding& in, std::vector<FieldError>& faults) {
  for (const auto* body : bodies_of(city, session)) {
    const auto own = in.present_in.find(body->code);
    for (std::string& why : why_not_held(city.m, {body}, in.manner, codes_of(city, own == in.present_in.end() ? in.present : own->second)))
      if (std::none_of(faults.begin(), faults.end(), [&](const FieldError& f) { return f.message == why; })) faults.push_back({"present", std::move(why)});
  }
}

void add(std::vector<AgencyId>& list, const std::vector<AgencyId>& more) {
  for (const AgencyId agency : more)
    if (std::find(list.begin(), list.end(), agency) == list.end()) list.push_back(agency);
}

/// Whoever was there in a part was there; who was invited to which part stays, and so does who was there without the viewer
/// being told of it.
void keep_presence(db::WriteTx& tx, access::Gate& gate, const Settings& city, const Session& session, const Holding& in) {
  auto parts = store::slices(tx, session.id);
  SeatNames names(tx, gate, city, session);
  auto hidden = hidden_there(names, store::presence(tx, session.id), parts);
  const bool in_one = parts.empty();
  std::vector<AgencyId> present = in.present;
  for (const auto& [body, agencies] : in.present_in) add(present, agencies);
  for (const auto& [body, agencies] : hidden) add(present, agencies);
  store::set_presence(tx, session.id, present);
  for (const auto& [body, agencies] : in.present_in)
    if (std::none_of(parts.begin(), parts.end(), [&, &body = body](const Slice& s) { return s.body == body; })) parts.push_back({body, {}, 0, {}});
  for (Slice& part : parts) {
    const auto own = in.present_in.find(part.body);
    auto there = own == in.present_in.end() ? in.present : own->second;
    add(there, hidden[in_one ? std::string() : part.body]);
    for (Slice::Seat& seat : part.seats) seat.present = std::find(there.begin(), there.end(), seat.agency) != there.end();
    for (const AgencyId agency : there)
      if (std::none_of(part.seats.begin(), part.seats.end(), [&](const Slice::Seat& s) { return s.agency == agency; })) part.seats.push_back({agency, false, true});
  }
  store::set_slices(tx, session.id, parts);
}

void note_held(db::WriteTx& tx, const Session& held, const access::Actor& actor) {
  for (const SessionBody& body : held.bodies)
    access::note_act(tx, {"session.held", held.held_on, held.id.value, {}, ref(held.id), std::string(programme::word_of(body.function)), {}, {}}, actor);
}

}  // namespace

Result<SessionId> plan_session(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const NewSession& in) {
  if (!gate.role_may(SubjectKind::meeting_session, Act::create)) return tl::unexpected(not_for_you());
  if (auto faults = faults_of(city, in); !faults.empty()) return invalid(std::move(faults));
  std::optional<AgencyId> caller;
  for (const std::string& code : in.bodies) {
    const auto agency = calling_agency(gate, city, *city.m.body(code), kArrangers);
    if (!agency) return tl::unexpected(not_for_you());
    if (!caller) caller = agency;
  }
  auto permit = gate.create<SessionTag>(tx, {0, *caller, {}, access::Topic::basic, access::Sharing::own});
  if (!permit) return tl::unexpected(permit.error());
  Session session;
  session.id = permit->id();
  session.held_on = in.held_on;
  session.at_time = in.at_time;
  session.place = in.place;
  session.facilitator = in.facilitator;
  for (const std::string& code : in.bodies) {
    const bool there = std::any_of(session.bodies.begin(), session.bodies.end(), [&](const SessionBody& b) { return b.body == code; });
    if (!there) session.bodies.push_back({code, city.m.body(code)->function});
  }
  store::insert_session(tx, session);
  let_conveners_see(tx, actor, city, session, gate.today());
  due::await(tx, {"session.prepare", caller->value, session.id.value, ref(session.id), session.held_on}, actor.now);
  return session.id;
}

Result<> move_session(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id,
                      std::int64_t version, const NewSession& in) {
  auto found = planned_session(tx, gate, city, id);
  if (!found) return tl::unexpected(found.error());
  const Date before = found->held_on;
  const std::string began = found->at_time;
  found->held_on = in.held_on;
  found->at_time = in.at_time;
  found->place = in.place;
  found->facilitator = in.facilitator;
  if (!store::set_session(tx, *found, version)) return tl::unexpected(saved_by_other());
  due::settle(tx, ref(id), "session.prepare", actor);
  due::await(tx, {"session.prepare", actor.agency.value, id.value, ref(id), in.held_on}, actor.now);
  if (auto parts = store::slices(tx, id); !parts.empty() && began != in.at_time) {
    move_times(parts, began, in.at_time);
    store::set_slices(tx, id, parts);
  }
  const int by = in.held_on.days() - before.days();
  for (const AgendaItemId item : store::waiting_in(tx, id)) {
    move_packets(tx, gate, actor, city, item, *found, by);
    if (const auto head = store::head(tx, item)) await_sheet(tx, actor, *head, store::attendees_of(tx, item), found->held_on);
  }
  return {};
}

Result<> cancel_session(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id, std::int64_t version) {
  auto found = planned_session(tx, gate, city, id);
  if (!found) return tl::unexpected(found.error());
  found->state = SessionState::cancelled;
  if (!store::set_session(tx, *found, version)) return tl::unexpected(saved_by_other());
  for (const AgendaItemId item : store::waiting_in(tx, id)) take_off(tx, gate, actor, item);
  due::settle(tx, ref(id), "", actor);
  return {};
}

Result<> mark_held(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id, const Holding& in) {
  auto found = session(tx, gate, id);
  if (!found) return tl::unexpected(found.error());
  if (!may_manage(gate, city, *found)) return tl::unexpected(not_for_you());
  if (found->state != SessionState::planned) return fail(ErrorCode::conflict, "この会議は、もう予定の状態ではありません。");
  std::vector<FieldError> faults;
  if (found->held_on > gate.today()) faults.push_back({"present", "会議の日より前です。今日開いたときは、先に会議の日を今日に変えてください。"});
  add_presence_faults(city, *found, in, faults);
  if (!faults.empty()) return invalid(std::move(faults));
  found->state = SessionState::held;
  found->manner = in.manner;
  if (!store::set_session(tx, *found, in.version)) return tl::unexpected(saved_by_other());
  keep_presence(tx, gate, city, *found, in);
  note_held(tx, *found, actor);
  due::settle(tx, ref(id), "session.prepare", actor);
  for (const AgendaItemId item : store::waiting_in(tx, id)) {
    rest_sheet(tx, actor, item);
    const auto head = store::head(tx, item);
    const std::int64_t root = head && head->household ? head->household->value : item.value;
    due::await(tx, {"item.result", actor.agency.value, root, {SubjectKind::agenda_item, item.value}, found->held_on.plus_days(kOutcomeDays)}, actor.now);
  }
  return {};
}

Result<> change_presence(db::WriteTx& tx, access::Gate& gate, const access::Actor&, const Settings& city, SessionId id, const Holding& in) {
  auto found = session(tx, gate, id);
  if (!found) return tl::unexpected(found.error());
  if (!may_manage(gate, city, *found)) return tl::unexpected(not_for_you());
  if (found->state != SessionState::held) return fail(ErrorCode::conflict, "開催した会議の出席だけを直せます。");
  if (found->confirmed_on) return fail(ErrorCode::conflict, "この会議の記録は、もう確定しています。");
  std::vector<FieldError> faults;
  add_presence_faults(city, *found, in, faults);
  if (!faults.empty()) return invalid(std::move(faults));
  found->manner = in.manner;
  if (!store::set_session(tx, *found, in.version)) return tl::unexpected(saved_by_other());
  keep_presence(tx, gate, city, *found, in);
  store::touch_live(tx, id);
  return {};
}

Result<> confirm_minutes(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id, std::int64_t version) {
  auto found = session(tx, gate, id);
  if (!found) return tl::unexpected(found.error());
  if (!may_manage(gate, city, *found)) return tl::unexpected(not_for_you());
  if (found->state != SessionState::held) return fail(ErrorCode::conflict, "開催した会議の記録だけを確定できます。");
  if (found->version != version) return tl::unexpected(saved_by_other());
  if (found->confirmed_on) return fail(ErrorCode::conflict, "この会議の記録は、もう確定しています。");
  if (!store::waiting_in(tx, id).empty()) return fail(ErrorCode::conflict, "結果をまだ書いていない議題があります。");
  if (!store::set_confirmed(tx, id, version, gate.today(), actor.account)) return tl::unexpected(saved_by_other());
  store::touch_live(tx, id);
  return {};
}

Result<Session> session(db::ReadTx& tx, access::Gate& gate, SessionId id) {
  if (!gate.role_may(SubjectKind::meeting_session, Act::read)) return fail(ErrorCode::not_found, "見つかりません。");
  auto found = store::session(tx, id);
  if (!found) return fail(ErrorCode::not_found, "見つかりません。");
  return std::move(*found);
}

std::vector<Presence> presence(db::ReadTx& tx, SessionId id) { return store::presence(tx, id); }
std::vector<Slice> slices(db::ReadTx& tx, SessionId id) { return store::slices(tx, id); }

std::vector<Session> upcoming(db::ReadTx& tx, access::Gate& gate) {
  if (!gate.role_may(SubjectKind::meeting_session, Act::list)) return {};
  return store::planned(tx, 100);
}

std::vector<Session> past(db::ReadTx& tx, access::Gate& gate, std::optional<Date> before) {
  if (!gate.role_may(SubjectKind::meeting_session, Act::list)) return {};
  return store::past(tx, before.value_or(*Date::from_iso(access::kForever)), 51);
}

std::optional<AgencyId> running_agency(const access::Gate& gate, const Settings& city, const programme::Body& body) {
  return calling_agency(gate, city, body, kManagers);
}

bool may_manage(const access::Gate& gate, const Settings& city, const Session& session) {
  for (const auto* body : bodies_of(city, session))
    if (calling_agency(gate, city, *body, kManagers)) return true;
  return false;
}

bool may_arrange(const access::Gate& gate, const Settings& city, const Session& session) {
  for (const auto* body : bodies_of(city, session))
    if (calling_agency(gate, city, *body, kArrangers)) return true;
  return false;
}

}  // namespace kasane::meeting
