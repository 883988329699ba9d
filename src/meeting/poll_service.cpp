#include "meeting/poll_service.hpp"

#include <algorithm>
#include <set>

#include "access/guarded.hpp"
#include "base/crypto.hpp"
#include "casework/naming.hpp"
#include "due/service.hpp"
#include "due/settle_one.hpp"
#include "meeting/attendee_store.hpp"
#include "meeting/item_service.hpp"
#include "meeting/item_steps.hpp"
#include "meeting/item_store.hpp"
#include "meeting/poll_store.hpp"
#include "meeting/rules.hpp"
#include "meeting/session_store.hpp"

namespace kasane::meeting {

using programme::RequiredParty;

namespace {

constexpr const char* kDue = "poll.answer";
constexpr Roles kArrangers{Role::coordinator, Role::city_officer, Role::secretary};

SubjectRef ref(SessionId id) { return {SubjectKind::meeting_session, id.value}; }
std::string hash_of(std::string_view token) { return to_hex(sha256(token)); }

std::vector<const programme::Body*> bodies_of(const Settings& city, const Session& session) {
  std::vector<const programme::Body*> all;
  for (const SessionBody& b : session.bodies)
    if (const auto* body = city.m.body(b.body)) all.push_back(body);
  return all;
}

/// The viewer's agency that calls the sitting.
AgencyId calling_agency(const access::Gate& gate, const access::Actor& actor, const Settings& city, const Session& session) {
  for (const access::Post& post : gate.viewer().posts)
    for (const auto* body : bodies_of(city, session))
      if (kArrangers.has(post.role) && may_convene(city.m, *body, city.dir.code(post.agency))) return post.agency;
  return actor.agency;
}

Result<Session> arranged(db::ReadTx& tx, access::Gate& gate, const Settings& city, SessionId id) {
  auto found = session(tx, gate, id);
  if (!found) return found;
  if (!may_arrange(gate, city, *found)) return tl::unexpected(not_for_you());
  if (found->state != SessionState::planned) return fail(ErrorCode::conflict, "この会議は、もう予定の状態ではありません。");
  return found;
}

bool may_know(const access::Gate& gate, const Invitee& invitee) {
  if (!invitee.guarded || !invitee.agency) return true;
  return gate.viewer().in_agency(*invitee.agency) || gate.viewer().in_agency(invitee.invited_by);
}

Result<Invitee> one_invitee(db::ReadTx& tx, const access::Gate& gate, SessionId id, std::int64_t invitee) {
  for (Invitee& i : store::invitees(tx, id))
    if (i.id == invitee && may_know(gate, i)) return std::move(i);
  return fail(ErrorCode::not_found, "見つかりません。");
}

bool is_open(const Session& session, const std::optional<Poll>& poll) { return poll && !poll->closed_on && session.state == SessionState::planned; }

/// Agencies that would sit there guarded: everywhere, or for one of the households of the agenda.
std::set<AgencyId> guarded_there(db::ReadTx& tx, SessionId session) {
  std::set<AgencyId> all;
  for (const AgencyId agency : access::guarded_agencies(tx)) all.insert(agency);
  const auto waiting = store::waiting_in(tx, session);
  std::vector<HouseholdId> households;
  for (const auto& item : store::households_of(tx, session))
    if (std::find(waiting.begin(), waiting.end(), item.item) != waiting.end()) households.push_back(item.household);
  for (const auto& [household, agency] : store::guarded_pairs(tx, households)) all.insert(agency);
  return all;
}

struct Invitation {
  SessionId session;
  AgencyId by;
  std::optional<Date> answer_by;  // while dates are asked about
  bool anew = false;              // they have just been put: who is invited already answers too
  std::set<AgencyId> guarded = {};
};

/// An agency that is invited already, as far as the viewer may know it, stays so. One that somebody else invited
/// guarded is invited again by the viewer: nothing tells that it was.
void invite_agency(db::WriteTx& tx, const access::Gate& gate, const access::Actor& actor, const Invitation& what, AgencyId agency) {
  const auto there = store::invitees(tx, what.session);
  const bool known = std::any_of(there.begin(), there.end(), [&](const Invitee& i) { return i.agency == agency && may_know(gate, i); });
  Invitee in;
  in.id = next_id();
  in.agency = agency;
  in.guarded = what.guarded.contains(agency);
  in.invited_by = what.by;
  const bool added = !known && store::add_invitee(tx, what.session, in, office_day(actor.now));
  if ((added || what.anew) && what.answer_by && agency != what.by) due::await(tx, {kDue, agency.value, what.session.value, ref(what.session), *what.answer_by}, actor.now);
}

void invite_offices(db::WriteTx& tx, const access::Actor& actor, const Invitation& what, const std::vector<std::string>& offices) {
  const auto there = store::invitees(tx, what.session);
  for (const std::string& office : offices) {
    if (std::any_of(there.begin(), there.end(), [&](const Invitee& i) { return i.office == office; })) continue;
    Invitee in;
    in.id = next_id();
    in.office = office;
    in.invited_by = what.by;
    store::add_invitee(tx, what.session, in, office_day(actor.now));
  }
}

/// Who calls it can come at each of the times that it names itself.
void let_host_come(db::WriteTx& tx, SessionId id, AgencyId host, const std::vector<PollSlot>& slots, UtcMs now) {
  for (const Invitee& i : store::invitees(tx, id))
    if (i.agency == host)
      for (const PollSlot& slot : slots) store::set_reply(tx, i.id, slot.id, PollReply::yes, now);
}

/// What the plan asks for, and whom the host marked, as places in the list of invitees.
std::vector<Need> needs_of(const Settings& city, const Session& session, const std::vector<Invitee>& invitees) {
  std::vector<Need> needs;
  const auto add = [&](std::string name, auto&& fits) {
    if (std::any_of(needs.begin(), needs.end(), [&](const Need& n) { return n.name == name; })) return;
    Need need{std::move(name), {}};
    for (std::size_t i = 0; i < invitees.size(); ++i)
      if (fits(invitees[i])) need.parties.push_back(i);
    needs.push_back(std::move(need));
  };
  for (const auto* body : bodies_of(city, session))
    for (const RequiredParty party : body->required) switch (party) {
        case RequiredParty::city: add("市", [&](const Invitee& i) { return i.agency && city.m.is_city(city.dir.code(*i.agency)); }); break;
        case RequiredParty::collaboration_operator:
          add("多機関協働事業者", [&](const Invitee& i) { return i.agency && city.m.is_collaboration_operator(city.dir.code(*i.agency)); });
          break;
      }
  for (const Invitee& marked : invitees)
    if (marked.required) add(marked.agency ? city.dir.name(*marked.agency) : marked.office, [&](const Invitee& i) { return i.id == marked.id; });
  return needs;
}

std::vector<Replies> replies_of(const std::vector<Invitee>& invitees, const std::vector<PollSlot>& slots) {
  std::vector<Replies> all;
  for (const Invitee& i : invitees) {
    Replies& own = all.emplace_back();
    for (const PollSlot& slot : slots) own.push_back(i.reply_to(slot.id));
  }
  return all;
}

SlotLine line_of(const PollSlot& slot, std::size_t at, const std::vector<Need>& needs, const std::vector<Replies>& replies, Date today) {
  SlotLine line{slot, 0, 0, 0, 0, missing_at(needs, replies, at), slot.on < today};
  for (const Replies& r : replies) switch (r[at]) {
      case PollReply::yes: ++line.yes; break;
      case PollReply::maybe: ++line.maybe; break;
      case PollReply::no: ++line.no; break;
      case PollReply::none: ++line.waiting; break;
    }
  return line;
}

/// The proposal among the times that are still to come.
Choice choice_of(const std::vector<Need>& needs, const std::vector<Replies>& replies, const std::vector<PollSlot>& slots, Date today) {
  std::vector<std::size_t> ahead;
  for (std::size_t i = 0; i < slots.size(); ++i)
    if (slots[i].on >= today) ahead.push_back(i);
  if (ahead.empty()) return {std::nullopt, "候補の日は、すべて過ぎました。候補を出しなおしてください。"};
  std::vector<Replies> part;
  for (const Replies& r : replies) {
    Replies& own = part.emplace_back();
    for (const std::size_t i : ahead) own.push_back(r[i]);
  }
  Choice choice = choose_slot(needs, part, ahead.size());
  if (choice.slot) choice.slot = ahead[*choice.slot];
  return choice;
}

Result<> good_replies(const Poll& poll, const SlotReplies& replies) {
  if (replies.empty()) return invalid("answer", "答えを選んでください。");
  for (const auto& [slot, reply] : replies) {
    const bool known = std::any_of(poll.slots.begin(), poll.slots.end(), [&, &slot = slot](const PollSlot& s) { return s.id == slot; });
    if (!known || reply == PollReply::none) return invalid("answer", "答えを選んでください。");
  }
  return {};
}

Date last_day(const Poll& poll) { return poll.slots.empty() ? poll.answer_by : poll.slots.back().on; }

bool answered_all(const Invitee& invitee, const Poll& poll) {
  return std::all_of(poll.slots.begin(), poll.slots.end(), [&](const PollSlot& s) { return invitee.reply_to(s.id) != PollReply::none; });
}

Error not_open() { return {ErrorCode::conflict, "この会議の日程は、いまたずねていません。", {}}; }

}  // namespace

// --- invitations ---

std::vector<Invitee> invitees_of(db::ReadTx& tx, access::Gate& gate, SessionId id) {
  std::vector<Invitee> known;
  for (Invitee& i : store::invitees(tx, id)) {
    if (!may_know(gate, i)) continue;
    // An agency that several have invited answers once: its newest invitation lacks what the others have.
    const auto same = std::find_if(known.begin(), known.end(), [&](const Invitee& k) { return k.agency && k.agency == i.agency; });
    if (same == known.end()) known.push_back(std::move(i));
    else *same = std::move(i);
  }
  return known;
}

std::vector<AgencyId> agencies_to_invite(db::ReadTx& tx, access::Gate& gate, const Settings& city, const Session& session) {
  std::vector<AgencyId> all;
  const auto invited = invitees_of(tx, gate, session.id);
  casework::Naming naming(tx, gate);
  const auto add = [&](AgencyId id) {
    if (city.dir.code(id).empty() || naming.is_sensitive(id) || std::find(all.begin(), all.end(), id) != all.end()) return;
    if (std::none_of(invited.begin(), invited.end(), [&](const Invitee& i) { return i.agency == id; })) all.push_back(id);
  };
  for (const auto* body : bodies_of(city, session)) {
    for (const RequiredParty party : body->required)
      for (const auto& entry : city.dir.all()) {
        // 市: its sections that own the programme, not each of its windows.
        const bool owner = std::find(city.m.owner_sections.begin(), city.m.owner_sections.end(), entry.code) != city.m.owner_sections.end();
        if (entry.active && (party == RequiredParty::city ? owner && city.m.is_city(entry.code) : city.m.is_collaboration_operator(entry.code))) add(entry.id);
      }
    if (!body->members_vary)
      for (const std::string& member : body->members)
        if (const auto* agency = city.m.agency_named(member)) add(city.dir.id(agency->code));
  }
  for (const ItemLine& line : items_of(tx, gate, session.id))
    for (const Attendee& a : store::attendees_of(tx, line.head.id)) {
      const AgencyId agency(a.party);
      if (!line.head.household || naming.may_name(*line.head.household, agency)) add(agency);
    }
  return all;
}

Result<> invite(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id, const std::vector<AgencyId>& agencies,
                const std::vector<std::string>& offices) {
  const auto found = arranged(tx, gate, city, id);
  if (!found) return tl::unexpected(found.error());
  if (agencies.empty() && offices.empty()) return invalid("agencies", "招く機関を選んでください。");
  if (offices.size() > kMostOffices) return invalid("offices", "外の事業所などは" + std::to_string(kMostOffices) + "までです。");
  const auto poll = store::poll(tx, id);
  const bool open = is_open(*found, poll);
  const Invitation what{id, calling_agency(gate, actor, city, *found), open ? std::optional(poll->answer_by) : std::nullopt, false, guarded_there(tx, id)};
  for (const AgencyId agency : agencies) {
    if (city.dir.code(agency).empty()) return invalid("agencies", "招く機関を選んでください。");
    invite_agency(tx, gate, actor, what, agency);
  }
  invite_offices(tx, actor, what, offices);
  return {};
}

Result<> take_back_invitation(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id, std::int64_t invitee) {
  const auto found = arranged(tx, gate, city, id);
  if (!found) return tl::unexpected(found.error());
  const auto who = one_invitee(tx, gate, id, invitee);
  if (!who) return tl::unexpected(who.error());
  store::remove_invitee(tx, invitee);
  const auto left = store::invitees(tx, id);
  const bool still = who->agency && std::any_of(left.begin(), left.end(), [&](const Invitee& i) { return i.agency == who->agency; });
  if (who->agency && !still) due::settle_for(tx, ref(id), kDue, who->agency->value, actor);
  return {};
}

Result<> require_invitee(db::WriteTx& tx, access::Gate& gate, const Settings& city, SessionId id, std::int64_t invitee, bool required) {
  const auto found = arranged(tx, gate, city, id);
  if (!found) return tl::unexpected(found.error());
  if (const auto who = one_invitee(tx, gate, id, invitee); !who) return tl::unexpected(who.error());
  store::set_required(tx, invitee, required);
  return {};
}

// --- dates ---

Result<> ask_dates(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id, const NewPoll& typed) {
  const auto found = arranged(tx, gate, city, id);
  if (!found) return tl::unexpected(found.error());
  if (std::string why = why_no_poll(bodies_of(city, *found)); !why.empty()) return fail(ErrorCode::conflict, std::move(why));
  const auto before = store::poll(tx, id);
  if (is_open(*found, before)) return fail(ErrorCode::conflict, "この会議の日程は、もうたずねています。");
  if (auto faults = faults_of(typed, gate.today()); !faults.empty()) return invalid(std::move(faults));
  if (before) store::drop_poll(tx, id);
  const AgencyId host = calling_agency(gate, actor, city, *found);
  store::insert_poll(tx, {id, typed.answer_by, host, gate.today(), {}, typed.slots});
  const Invitation what{id, host, typed.answer_by, true, guarded_there(tx, id)};
  std::vector<AgencyId> agencies = typed.agencies;
  if (std::find(agencies.begin(), agencies.end(), host) == agencies.end()) agencies.insert(agencies.begin(), host);
  for (const AgencyId agency : agencies) {
    if (city.dir.code(agency).empty()) return invalid("agencies", "招く機関を選んでください。");
    invite_agency(tx, gate, actor, what, agency);
  }
  invite_offices(tx, actor, what, typed.offices);
  let_host_come(tx, id, host, store::poll(tx, id)->slots, actor.now);
  access::note_act(tx, {"poll.asked", gate.today(), id.value, {}, ref(id), {}, {}, {}}, actor);
  return {};
}

Result<SessionId> plan_by_asking(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, NewSession in, const NewPoll& poll) {
  std::vector<const programme::Body*> bodies;
  for (const std::string& code : in.bodies)
    if (const auto* body = city.m.body(code)) bodies.push_back(body);
  if (std::string why = why_no_poll(bodies); !why.empty()) return invalid("bodies", std::move(why));
  if (auto faults = faults_of(poll, gate.today()); !faults.empty()) return invalid(std::move(faults));
  const auto first = std::min_element(poll.slots.begin(), poll.slots.end(), [](const PollSlot& a, const PollSlot& b) { return std::pair(a.on, a.at_time) < std::pair(b.on, b.at_time); });
  in.held_on = first->on;
  in.at_time = first->at_time;
  const auto id = plan_session(tx, gate, actor, city, in);
  if (!id) return id;
  if (auto asked = ask_dates(tx, gate, actor, city, *id, poll); !asked) return tl::unexpected(asked.error());
  return id;
}

Result<PollView> poll_view(db::ReadTx& tx, access::Gate& gate, const Settings& city, SessionId id) {
  auto found = session(tx, gate, id);
  if (!found) return tl::unexpected(found.error());
  PollView view;
  view.session = *std::move(found);
  view.poll = store::poll(tx, id);
  view.open = is_open(view.session, view.poll);
  view.may_arrange = may_arrange(gate, city, view.session);
  view.invitees = invitees_of(tx, gate, id);
  if (!view.may_arrange) {
    std::erase_if(view.invitees, [&](const Invitee& i) { return !i.agency || !gate.viewer().in_agency(*i.agency); });
    return view;
  }
  if (!view.poll) return view;
  const auto needs = needs_of(city, view.session, view.invitees);
  const auto replies = replies_of(view.invitees, view.poll->slots);
  for (std::size_t i = 0; i < view.poll->slots.size(); ++i) view.lines.push_back(line_of(view.poll->slots[i], i, needs, replies, gate.today()));
  view.choice = choice_of(needs, replies, view.poll->slots, gate.today());
  return view;
}

Result<> answer_dates(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id, std::int64_t invitee, const SlotReplies& replies) {
  const auto found = session(tx, gate, id);
  if (!found) return tl::unexpected(found.error());
  const auto who = one_invitee(tx, gate, id, invitee);
  if (!who) return tl::unexpected(who.error());
  const bool own = who->agency && gate.viewer().in_agency(*who->agency);
  // An invitee is known to itself and to who arranges; to nobody else.
  if (!own && !may_arrange(gate, city, *found)) return fail(ErrorCode::not_found, "見つかりません。");
  const auto poll = store::poll(tx, id);
  if (!is_open(*found, poll)) return tl::unexpected(not_open());
  if (auto good = good_replies(*poll, replies); !good) return good;
  for (const Invitee& i : store::invitees(tx, id))
    if (i.id == invitee || (own && i.agency == who->agency))
      for (const auto& [slot, reply] : replies) store::set_reply(tx, i.id, slot, reply, actor.now);
  const auto now = one_invitee(tx, gate, id, invitee);
  if (now && now->agency && answered_all(*now, *poll)) due::settle_for(tx, ref(id), kDue, now->agency->value, actor);
  return {};
}

Result<> take_slot(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id, std::int64_t version, std::int64_t slot) {
  const auto view = poll_view(tx, gate, city, id);
  if (!view) return tl::unexpected(view.error());
  if (!view->may_arrange) return tl::unexpected(not_for_you());
  if (!view->open) return tl::unexpected(not_open());
  const auto line = std::find_if(view->lines.begin(), view->lines.end(), [&](const SlotLine& l) { return l.slot.id == slot; });
  if (line == view->lines.end()) return fail(ErrorCode::not_found, "見つかりません。");
  if (line->past) return fail(ErrorCode::conflict, "この候補の日は、もう過ぎています。");
  if (!line->missing.empty()) {
    std::string names;
    for (const std::string& name : line->missing) names += (names.empty() ? "" : "、") + name;
    return fail(ErrorCode::conflict, "この日時には決められません。" + names + "の出席が決まっていません。電話で答えを聞いたときは、その答えを入れてから決めてください。");
  }
  NewSession to;
  for (const SessionBody& b : view->session.bodies) to.bodies.push_back(b.body);
  to.held_on = line->slot.on;
  to.at_time = line->slot.at_time;
  to.place = view->session.place;
  to.facilitator = view->session.facilitator;
  if (auto moved = move_session(tx, gate, actor, city, id, version, to); !moved) return moved;
  store::set_minutes(tx, id, line->slot.minutes);
  store::close_poll(tx, id, gate.today());
  due::settle(tx, ref(id), kDue, actor);
  access::note_act(tx, {"poll.fixed", gate.today(), id.value, {}, ref(id), {}, {}, {}}, actor);
  return {};
}

Result<> stop_asking(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id) {
  const auto found = arranged(tx, gate, city, id);
  if (!found) return tl::unexpected(found.error());
  if (!is_open(*found, store::poll(tx, id))) return tl::unexpected(not_open());
  store::close_poll(tx, id, gate.today());
  due::settle(tx, ref(id), kDue, actor);
  return {};
}

// --- the link of an office outside ---

Result<std::string> hand_link(db::WriteTx& tx, access::Gate& gate, const Settings& city, SessionId id, std::int64_t invitee) {
  const auto found = arranged(tx, gate, city, id);
  if (!found) return tl::unexpected(found.error());
  const auto who = one_invitee(tx, gate, id, invitee);
  if (!who) return tl::unexpected(who.error());
  if (who->agency) return fail(ErrorCode::conflict, "この機関は、自分の画面から答えます。リンクは要りません。");
  const auto poll = store::poll(tx, id);
  if (!is_open(*found, poll)) return tl::unexpected(not_open());
  std::string token = random_token(32);
  store::set_link(tx, invitee, hash_of(token), last_day(*poll));
  return token;
}

Result<> revoke_link(db::WriteTx& tx, access::Gate& gate, const Settings& city, SessionId id, std::int64_t invitee) {
  const auto found = session(tx, gate, id);
  if (!found) return tl::unexpected(found.error());
  if (!may_arrange(gate, city, *found)) return tl::unexpected(not_for_you());
  if (const auto who = one_invitee(tx, gate, id, invitee); !who) return tl::unexpected(who.error());
  store::revoke_link(tx, invitee, gate.today());
  return {};
}

std::optional<OfficeView> office_view(db::ReadTx& tx, std::string_view token, Date today) {
  const auto linked = store::invitee_by_token(tx, hash_of(token), today);
  if (!linked) return std::nullopt;
  auto found = store::session(tx, linked->session);
  auto poll = store::poll(tx, linked->session);
  if (!found || !poll) return std::nullopt;
  OfficeView view{*std::move(found), *std::move(poll), {}, false};
  view.open = is_open(view.session, view.poll);
  for (Invitee& i : store::invitees(tx, linked->session))
    if (i.id == linked->id) view.self = std::move(i);
  return view;
}

bool answer_as_office(db::WriteTx& tx, std::string_view token, const SlotReplies& replies, UtcMs now) {
  const auto view = office_view(tx, token, office_day(now));
  if (!view || !view->open || !good_replies(view->poll, replies)) return false;
  for (const auto& [slot, reply] : replies) store::set_reply(tx, view->self.id, slot, reply, now);
  return true;
}

}  // namespace kasane::meeting
