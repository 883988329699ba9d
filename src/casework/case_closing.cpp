// Closing and reopening: what ends, who stays, who keeps reading, and what a reopened case begins with.
#include <algorithm>
#include <map>

#include "access/explain.hpp"
#include "casework/case_due.hpp"
#include "casework/case_rules.hpp"
#include "casework/case_service.hpp"
#include "casework/case_store.hpp"
#include "casework/naming.hpp"
#include "casework/task_service.hpp"
#include "casework/team_joining.hpp"
#include "consent/service.hpp"

namespace kasane::casework {

namespace {

using access::GroundKind;

bool holds(const std::vector<AgencyId>& agencies, AgencyId agency) {
  return std::find(agencies.begin(), agencies.end(), agency) != agencies.end();
}

std::vector<AgencyId> staying(const CloseCase& in) {
  std::vector<AgencyId> agencies = in.watchers;
  agencies.push_back(in.main_contact);
  return agencies;
}

/// Reading after the end rests on what the person agreed to or the conference told the team, never on more. Who was named
/// for the conference alone was to treat it, and has.
bool may_sleep_on(const store::StandingReach& r) {
  return r.kind == GroundKind::consent || r.kind == GroundKind::transfer_consent || (r.kind == GroundKind::statutory_conference && r.team);
}
/// What a consent shows the team goes on for those who stay on it; what the conference told the team ends for all.
bool stands_on(const store::StandingReach& r) { return r.team && r.kind == GroundKind::consent; }
/// Grounds named for the work on this case; their purpose ends with it. Duties and dangers go by their own law.
constexpr GroundKind kEndsWithCase[] = {GroundKind::transfer_consent, GroundKind::statutory_conference, GroundKind::decision_duty,
                                        GroundKind::cooperation};

/// Whose reach ends with the case keeps exactly what it could see, for reading, until `until` and never longer than it
/// could. The source stays that of the old ground, so that a withdrawal of the consent ends this too.
void let_sleep(db::WriteTx& tx, const access::Actor& actor, HouseholdId household, const std::vector<store::StandingReach>& reaches,
               const std::vector<AgencyId>& stay, Date on, Date until) {
  struct Key {
    std::int64_t person;
    std::uint32_t topics;
    std::int64_t source;
    Date until;
    std::string basis;
    auto operator<=>(const Key&) const = default;
  };
  std::map<Key, std::vector<std::int64_t>> sleeping;
  for (const store::StandingReach& r : reaches)
    if (may_sleep_on(r) && !(stands_on(r) && holds(stay, r.party)))
      sleeping[{r.person ? r.person->value : 0, r.topics.bits(), r.source, std::min(r.until, until), r.basis}].push_back(r.party.value);
  for (const auto& [key, parties] : sleeping) {
    access::Ground ground;
    ground.kind = GroundKind::dormant_access;
    ground.root = household.value;
    if (key.person != 0) ground.person = PersonId(key.person);
    ground.topics = access::Topics(key.topics);
    ground.named = parties;
    ground.from = on;
    ground.until = key.until;
    ground.basis = "終結後の閲覧、もとの根拠: " + key.basis;
    ground.source = key.source;
    access::add_ground(tx, ground, actor);
  }
}

bool is_main_row(const store::TeamRow& row, const CloseCase& in) {
  return row.agency == in.main_contact && row.role == InvolvementRole::main_contact;
}
bool is_watching_row(const store::TeamRow& row, const CloseCase& in) {
  return row.role == InvolvementRole::watching && holds(in.watchers, row.agency);
}

/// Those who stay keep or get the one row of their part after the closure. Before anything ends: whoever closes may know
/// the household by nothing but the team.
Result<> settle_stayers(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, HouseholdId household,
                        const std::vector<store::TeamRow>& team, const CloseCase& in) {
  const auto put = [&](AgencyId agency, InvolvementRole role, std::optional<AccountId> account) -> Result<> {
    const auto done = put_on_team(tx, gate, actor, {household, agency, account, role, {}, {}, in.on, {}, works_guarded(tx, household, agency)});
    if (!done) return tl::unexpected(done.error());
    return {};
  };
  if (std::none_of(team.begin(), team.end(), [&](const store::TeamRow& row) { return is_main_row(row, in); }))
    if (auto done = put(in.main_contact, InvolvementRole::main_contact, in.main_account); !done) return done;
  for (AgencyId watcher : in.watchers) {
    const bool watches = std::any_of(team.begin(), team.end(), [&](const store::TeamRow& row) { return is_watching_row(row, in) && row.agency == watcher; });
    if (watcher != in.main_contact && !watches)
      if (auto done = put(watcher, InvolvementRole::watching, {}); !done) return done;
  }
  return {};
}

/// Ends the rows of all parts that end with the case.
Result<> release_team(db::WriteTx& tx, const access::Actor& actor, HouseholdId household, const std::vector<store::TeamRow>& team, const CloseCase& in) {
  const auto stay = staying(in);
  for (const store::TeamRow& row : team) {
    if (is_main_row(row, in) || is_watching_row(row, in)) continue;
    if (auto done = take_off_team(tx, actor, household, row, in.on, holds(stay, row.agency)); !done) return done;
  }
  return {};
}

std::vector<FieldError> faults(const CloseCase& in, Date today) {
  std::vector<FieldError> found;
  if (!in.main_contact) found.push_back({"main_contact", "終結後の主な連絡先を選んでください。"});
  if (in.on > today) found.push_back({"on", "終結の日は、今日までの日を入れてください。"});
  if (in.access_until && *in.access_until < in.on) found.push_back({"access_until", "閲覧の期限は、終結の日より後の日を入れてください。"});
  return found;
}

/// The day on which the newest episode ended, when it did.
std::optional<Date> closed_on(db::ReadTx& tx, CaseId id) {
  const auto episodes = store::episodes(tx, id);
  return episodes.empty() ? std::nullopt : episodes.back().closed_on;
}

/// Whether an agency for which the viewer may write cases was on the team when the case was closed, or keeps reading since:
/// it takes up the work again by reopening, which mere reading would not let it do. Who had left before does not.
bool was_on_team(db::ReadTx& tx, access::Gate& gate, CaseId id, HouseholdId household) {
  const auto own = access::parties_for(gate.viewer(), SubjectKind::support_case, access::Act::write);
  if (own.empty()) return false;
  const auto why = gate.explain(household.value, access::Act::read);
  if (why && std::ranges::any_of(why->grounds, [](const access::UsedGround& g) { return g.kind == GroundKind::dormant_access; })) return true;
  const auto closed = closed_on(tx, id);
  const auto team = access::team_of(tx, household.value);
  // Access ended with the closing day: the day before is the last on which all of the team stood.
  return closed && std::any_of(team.begin(), team.end(), [&](const access::TeamMember& m) {
    return m.from <= *closed && closed->plus_days(-1) <= m.until && std::find(own.begin(), own.end(), m.party) != own.end();
  });
}

/// Whoever reopens coordinates, unless it does so or is a plain member already.
Result<> take_up_again(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, HouseholdId household) {
  const auto team = store::current_team(tx, household);
  const bool guarded = works_guarded(tx, household, actor.agency);
  const bool works_here = std::any_of(team.begin(), team.end(), [&](const store::TeamRow& r) {
    return r.agency == actor.agency && r.guarded == guarded && (r.role == InvolvementRole::coordinating || r.role == InvolvementRole::member);
  });
  if (works_here) return {};
  NewInvolvement member{household, actor.agency, actor.account, InvolvementRole::coordinating, {}, {}, gate.today(), {}, guarded};
  const auto done = put_on_team(tx, gate, actor, member);
  if (!done) return tl::unexpected(done.error());
  return {};
}

}  // namespace

Result<> close_case(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, CaseId id, const CloseCase& in) {
  const auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  auto row = store::case_row(tx, id);
  if (!row) return fail(ErrorCode::not_found, "見つかりません。");
  if (!closes(row->state)) return fail(ErrorCode::conflict, "このケースは、もう終結しています。");
  if (auto found = faults(in, gate.today()); !found.empty()) return invalid(std::move(found));

  const Date today = gate.today();
  const auto reaches = store::standing_reaches(tx, row->household, today);
  const auto team = store::current_team(tx, row->household);
  if (auto stay = settle_stayers(tx, gate, actor, row->household, team, in); !stay) return stay;
  for (GroundKind kind : kEndsWithCase) access::end_grounds(tx, row->household.value, kind, today);
  if (auto left = release_team(tx, actor, row->household, team, in); !left) return left;
  if (in.access_until && *in.access_until >= today) let_sleep(tx, actor, row->household, reaches, staying(in), today, *in.access_until);

  row->state = CaseState::closed;
  row->next_look_on = std::nullopt;
  if (!store::set_case(tx, *row, row->version)) return fail(ErrorCode::stale, "ほかの人が先に保存しました。");
  store::end_episode(tx, id, row->episode, in.on);
  access::note_act(tx, {"case.closed", in.on, row->household.value, {}, {SubjectKind::support_case, id.value}, in.reason, {}, {}}, actor);
  keep_due(tx, *row, actor);
  rest_tasks(tx, actor, id);
  return {};
}

Result<> reopen_case(db::WriteTx& tx, access::Gate& gate, const access::Actor& account, CaseId id, const std::string& trigger) {
  const auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  auto row = store::case_row(tx, id);
  if (!row) return fail(ErrorCode::not_found, "見つかりません。");
  if (!gate.may(id, access::Act::write) && !was_on_team(tx, gate, id, row->household))
    return fail(ErrorCode::not_permitted, "再開は、支援チームにいた機関が行えます。");
  if (row->state != CaseState::closed) return fail(ErrorCode::conflict, "このケースは終結していません。");
  if (trigger.empty()) return invalid("trigger", "再開のきっかけを選んでください。");

  // Who has several posts reopens it for the agency that knows the household, not for the first one.
  access::Actor actor = account;
  actor.agency = gate.acting_agency(SubjectKind::support_case, access::Act::write, row->household.value).value_or(account.agency);
  const Date today = gate.today();
  const auto persons = store::case_persons(tx, id, today);
  const bool stands = std::any_of(persons.begin(), persons.end(), [&](PersonId p) { return consent::sharing_stands(tx, p, today); });
  row->state = on_reopening(stands);
  row->episode += 1;
  row->contact_by = contact_due({}, today, row->cadence_days);
  if (!store::set_case(tx, *row, row->version)) return fail(ErrorCode::stale, "ほかの人が先に保存しました。");
  store::add_episode(tx, id, {row->episode, today, {}, trigger});
  access::note_act(tx, {"case.reopened", today, row->household.value, {}, {SubjectKind::support_case, id.value}, trigger, {}, {}}, actor);
  if (auto joined = take_up_again(tx, gate, actor, row->household); !joined) return joined;
  // Reading while it slept was for watching it; from here on access goes by the team again.
  access::end_grounds(tx, row->household.value, GroundKind::dormant_access, today);
  keep_due(tx, *row, actor);
  wake_tasks(tx, actor, id);
  return {};
}

}  // namespace kasane::casework
