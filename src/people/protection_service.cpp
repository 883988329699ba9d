#include "people/protection_service.hpp"

#include <algorithm>

#include "access/below.hpp"
#include "access/shields.hpp"
#include "base/japanese.hpp"
#include "due/service.hpp"
#include "people/protection_rules.hpp"
#include "people/protection_shields.hpp"
#include "people/protection_store.hpp"
#include "people/service.hpp"

namespace kasane::people {

namespace store = protection_store;
using access::Topic;

namespace {

constexpr const char* kStale = "ほかの人が先に保存しました。いまの内容を確かめてください。";
constexpr const char* kSteering = "この操作は、世帯を受け持つ機関の推進員か市の担当が行えます。";
constexpr const char* kNoRole = "この記録を作る役割がありません。";

Date forever() { return *Date::from_iso(access::kForever); }
SubjectRef subject_of(ProtectiveMeasureId id) { return {SubjectKind::protective_measure, id.value}; }
SubjectRef subject_of(ConflictId id) { return {SubjectKind::conflict, id.value}; }

void tidy(NewMeasure& what) {
  what.reason = std::string(trim(what.reason));
  for (std::string& name : what.opponent_names) name = std::string(trim(name));
  std::erase_if(what.opponent_names, [](const std::string& name) { return name.empty(); });
}

/// The item stands by itself, apart from the household: what waits there is read by its whole team.
void await_end(db::WriteTx& tx, ProtectiveMeasureId id, AgencyId holder, std::optional<Date> until, const ProtectionTerms& terms, const access::Actor& actor) {
  if (!until) return;
  due::await(tx, {.kind = "protection.renew", .party = holder.value, .root = id.value, .subject = subject_of(id),
                  .due_on = warn_on(*until, terms.warn_days, office_day(actor.now))}, actor.now);
}

void alarm(db::WriteTx& tx, const store::Standing& m, std::string_view code, std::optional<std::int64_t> party, const access::Actor& actor) {
  const Date today = office_day(actor.now);
  store::add_alarm(tx, m.id, code, party, today);
  due::await(tx, {.kind = "protection.alarm", .party = m.holder.value, .root = m.id.value, .subject = subject_of(m.id), .due_on = today}, actor.now);
}

void refresh_and_tell(db::WriteTx& tx, const store::Standing& m, const access::Actor& actor) {
  const Refreshed found = refresh_measure(tx, m, actor);
  for (const std::int64_t party : found.joined) alarm(tx, m, "serves", party, actor);
  for (const AccountId account : found.turned) alarm(tx, m, "helper", account.value, actor);
}

/// The household of the measure, or one that the protected person belongs to since.
bool is_home(db::ReadTx& tx, const store::Standing& m, HouseholdId household, Date today) {
  if (household == m.household) return true;
  const auto homes = store::homes(tx, m, today);
  return std::find(homes.begin(), homes.end(), household) != homes.end();
}

/// The waiting item goes when nothing is left that was not looked at.
void settle_alarms(db::WriteTx& tx, ProtectiveMeasureId id, const access::Actor& actor) {
  if (!store::any_unseen(tx, id)) due::settle(tx, subject_of(id), "protection.alarm", actor);
}

/// Every measure that has to do with the household or person, computed anew. Each once.
template <class F>
void for_each_concerned(db::WriteTx& tx, HouseholdId household, std::optional<PersonId> person, const access::Actor& actor, F&& f) {
  for (const ProtectiveMeasureId id : store::concerned(tx, household, person, office_day(actor.now)))
    if (const auto m = store::standing(tx, id)) f(*m);
}

void inform(db::WriteTx& tx, ProtectiveMeasureId id, const std::vector<AgencyId>& agencies, const access::Actor& actor) {
  if (agencies.empty()) return;
  access::Ground ground;
  ground.kind = access::GroundKind::danger;
  ground.root = id.value;
  ground.topics = Topic::basic | Topic::abuse | Topic::contact;
  for (const AgencyId agency : agencies) ground.named.push_back(agency.value);
  ground.from = office_day(actor.now);
  ground.until = forever();
  ground.basis = "生命、身体の保護";
  ground.source = id.value;
  access::add_ground(tx, ground, actor);
}

/// Leave to change a standing measure at the version that was shown.
Result<std::pair<store::MeasurePermit, store::Standing>> to_change(db::WriteTx& tx, access::Gate& gate, ProtectiveMeasureId id, std::int64_t version) {
  auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  const auto m = store::standing(tx, id);
  if (!m) return fail(ErrorCode::conflict, "この保護は、もう終わっています。");
  if (!store::touch(tx, *permit, version)) return fail(ErrorCode::stale, kStale);
  return std::pair(*permit, *m);
}

/// Whether a relation is this viewer's to lift or to keep: the steering posts of the household's holder.
bool steers(const access::Viewer& viewer, AgencyId agency) {
  return std::any_of(viewer.posts.begin(), viewer.posts.end(), [&](const access::Post& p) {
    return p.agency == agency && (p.role == Role::coordinator || p.role == Role::city_officer);
  });
}

/// Both the measure's household and those of the opponents that the viewer may know.
Result<> check_persons(db::ReadTx& tx, access::Gate& gate, const NewMeasure& what) {
  if (auto known = gate.read(what.household); !known) return tl::unexpected(known.error());
  if (auto known = gate.read(what.person); !known) return tl::unexpected(known.error());
  if (!is_member(tx, what.household, what.person)) return invalid("person", "この世帯の人から選んでください。");
  for (const PersonId person : what.opponents)
    if (auto known = gate.read(person); !known) return tl::unexpected(known.error());
  return {};
}

}  // namespace

Result<ProtectiveMeasureId> add_measure(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const ProtectionTerms& terms, NewMeasure what) {
  tidy(what);
  if (auto faults = faults_of(what, gate.today()); !faults.empty()) return invalid(std::move(faults));
  if (auto known = check_persons(tx, gate, what); !known) return tl::unexpected(known.error());
  const auto holder = gate.acting_agency(SubjectKind::protective_measure, access::Act::create, what.household.value);
  if (!holder) return fail(ErrorCode::not_permitted, kNoRole);
  std::optional<Date> until = what.review_on;
  if (what.kind == ProtectionKind::dv) until = term_end(what.from, terms.months);
  const auto permit = gate.create<ProtectiveMeasureTag>(
      tx, {what.household.value, *holder, what.person, Topic::basic | Topic::abuse, access::Sharing::own});
  if (!permit) return tl::unexpected(permit.error());
  const ProtectiveMeasureId id = permit->id();
  store::add_measure(tx, *permit, what, until);
  if (what.kind == ProtectionKind::dv) store::add_term(tx, id, {what.from, *until, terms.basis}, actor);
  inform(tx, id, what.informed, actor);
  for (const AgencyId agency : what.other_side)
    if (agency != *holder) store::add_side(tx, id, agency.value, true, true, gate.today());
  refresh_measure(tx, *store::standing(tx, id), actor);
  await_end(tx, id, *holder, until, terms, actor);
  // The act stands by itself: what is noted on the household's root is counted and listed there.
  access::note_act(tx, {"protection.made", what.from, id.value, {}, subject_of(id), std::string(code_of(what.kind)), {}, {}}, actor);
  return id;
}

std::vector<MeasureLine> measures_of(db::ReadTx&, access::Gate& gate, HouseholdId household) {
  return store::measures(gate.scope<ProtectiveMeasureTag>(Topic::basic | Topic::abuse), household);
}

std::vector<MeasureLine> measures_to_mind(db::ReadTx& tx, access::Gate& gate, HouseholdId household) {
  std::vector<MeasureLine> all = measures_of(tx, gate, household);
  std::erase_if(all, [](const MeasureLine& m) { return m.ended_on.has_value(); });
  for (MeasureLine& m : store::measures_touching(gate.scope<ProtectiveMeasureTag>(Topic::basic | Topic::abuse), household, gate.today()))
    if (std::none_of(all.begin(), all.end(), [&](const MeasureLine& known) { return known.id == m.id; })) all.push_back(std::move(m));
  return all;
}

Result<MeasureView> measure_view(db::ReadTx& tx, access::Gate& gate, ProtectiveMeasureId id) {
  const auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  auto line = store::measure(*permit);
  if (!line) return fail(ErrorCode::not_found, "見つかりません。");
  MeasureView view;
  view.line = std::move(*line);
  view.holder = permit->facts().holder;
  view.may_write = gate.may(id, access::Act::write) && !view.line.ended_on;
  view.opponents = store::opponents(*permit);
  std::vector<PersonId> opponents;
  for (const Opponent& o : view.opponents)
    if (o.person) opponents.push_back(*o.person);
  for (auto& [person, name] : names_of(tx, gate, opponents)) view.opponent_names.push_back(std::move(name));
  if (auto names = names_of(tx, gate, {view.line.person}); !names.empty()) view.name = std::move(names.begin()->second);
  if (auto labels = household_labels(tx, gate, {view.line.household}); !labels.empty()) view.label = std::move(labels.begin()->second);
  view.terms = store::terms(tx, id);
  view.informed = store::informed(tx, id, gate.today());
  view.of_holder = permit->verdict().why == access::Why::holder;
  if (!view.of_holder) return view;
  view.alarms = store::alarms(tx, id);
  const auto exempt = access::exempt_from(tx, id.value);
  const auto standing = store::standing(tx, id);
  for (const SideRow& side : store::sides(tx, id)) {
    if (!side.agency) {
      if (!side.lifted)
        if (auto who = store::staff_name(tx, AccountId(side.party))) view.related.push_back(*who);
      continue;
    }
    OtherSideAgency agency{AgencyId(side.party), standing && store::serves_both(tx, *standing, side.party, gate.today()), side.lifted, side.named, side.since,
                           store::staff_of(tx, AgencyId(side.party), gate.today()), {}};
    for (const StaffName& who : agency.staff)
      if (std::find(exempt.begin(), exempt.end(), who.account) != exempt.end()) agency.exempt.push_back(who.account);
    view.agencies.push_back(std::move(agency));
  }
  return view;
}

std::vector<StaffName> staff_to_name(db::ReadTx& tx, access::Gate& gate) { return store::all_staff(tx, gate.today()); }

Result<> renew_measure(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const ProtectionTerms& terms, ProtectiveMeasureId id, Date filed_on,
                       std::int64_t version) {
  const auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  const auto line = store::measure(*permit);
  if (!line) return fail(ErrorCode::not_found, "見つかりません。");
  if (line->ended_on) return fail(ErrorCode::conflict, "この保護は、もう終わっています。");
  const bool dv = line->kind == ProtectionKind::dv;
  if (dv && filed_on > gate.today()) return invalid("filed_on", "申出日は、今日までの日を入れてください。");
  if (!dv && filed_on <= gate.today()) return invalid("filed_on", "次に見直す日は、明日からの日を入れてください。");
  if (line->version != version) return fail(ErrorCode::stale, kStale);
  // Filed before the end, the new term follows on the old one; filed later, it begins with its day.
  const Date begins = dv && line->until && *line->until >= filed_on ? line->until->plus_days(1) : filed_on;
  const Date until = dv ? term_end(begins, terms.months) : filed_on;
  if (!store::renew(tx, *permit, until, version)) return invalid("filed_on", "いまの期限より後になる日を入れてください。");
  store::add_term(tx, id, {dv ? filed_on : gate.today(), until, dv ? terms.basis : std::string()}, actor);
  due::settle(tx, subject_of(id), "protection.renew", actor);
  await_end(tx, id, permit->facts().holder, until, terms, actor);
  access::note_act(tx, {"protection.renewed", gate.today(), id.value, {}, subject_of(id), std::string(code_of(line->kind)), {}, {}}, actor);
  return {};
}

Result<> end_measure(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, ProtectiveMeasureId id, std::int64_t version) {
  const auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  const auto line = store::measure(*permit);
  if (!line || !store::end(tx, *permit, gate.today(), version)) return fail(ErrorCode::stale, kStale);
  drop_shields(tx, id.value);
  store::end_relations_of_measure(tx, id, gate.today());
  access::revoke_grounds(tx, id.value, gate.today());
  due::settle(tx, subject_of(id), "", actor);
  access::note_act(tx, {"protection.ended", gate.today(), id.value, {}, subject_of(id), std::string(code_of(line->kind)), {}, {}}, actor);
  return {};
}

Result<> choose_side(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, ProtectiveMeasureId id, std::int64_t version, const SideChoice& choice) {
  auto change = to_change(tx, gate, id, version);
  if (!change) return tl::unexpected(change.error());
  const auto& m = change->second;
  if (!choice.agency || choice.agency == m.holder) return invalid("agency", "機関を選んでください。保護を行う機関は、相手方の側にできません。");
  store::add_side(tx, id, choice.agency.value, true, true, gate.today());
  store::set_standing(tx, id, choice.agency.value, choice.lifted);
  const auto staff = store::staff_of(tx, choice.agency, gate.today());
  const auto of_agency = [&](AccountId account) {
    return std::any_of(staff.begin(), staff.end(), [&](const StaffName& s) { return s.account == account; });
  };
  std::vector<AccountId> exempt = access::exempt_from(tx, id.value);
  std::erase_if(exempt, of_agency);
  for (const AccountId account : choice.exempt)
    if (of_agency(account)) exempt.push_back(account);
  put_exempt(tx, m, exempt, gate.today());
  // Who works for both and is chosen all the same stays chosen: the holder has decided.
  for (const AccountId account : store::turned_helpers(tx, m, gate.today())) store::add_alarm(tx, id, "helper", account.value, gate.today(), true);
  store::see_alarms(tx, id, gate.today(), choice.seen_to, choice.agency.value);
  for (const StaffName& who : staff) store::see_alarms(tx, id, gate.today(), choice.seen_to, who.account.value);
  settle_alarms(tx, id, actor);
  return {};
}

Result<> set_related_staff(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, ProtectiveMeasureId id, std::int64_t version, AccountId account,
                           bool related) {
  auto change = to_change(tx, gate, id, version);
  if (!change) return tl::unexpected(change.error());
  const auto& m = change->second;
  if (!store::staff_name(tx, account)) return invalid("account", "職員を選んでください。");
  if (related && account == actor.account) return invalid("account", "ご自身のことは、世帯の画面の「親族・知人の世帯です」から申し出てください。");
  const bool fresh = store::add_side(tx, id, account.value, false, true, gate.today());
  store::set_standing(tx, id, account.value, !related);
  if (related && (fresh || !store::is_related(tx, m.household, account, gate.today())))
    store::add_relation(tx, fresh_id<ConflictTag>(), account, m.household, id, gate.today(), actor);
  if (!related) store::end_relation_of_measure(tx, id, account, gate.today());
  put_exempt(tx, m, access::exempt_from(tx, id.value), gate.today());
  return {};
}

Result<> set_informed(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, ProtectiveMeasureId id, std::int64_t version,
                      const std::vector<AgencyId>& agencies) {
  if (auto change = to_change(tx, gate, id, version); !change) return tl::unexpected(change.error());
  access::revoke_grounds(tx, id.value, gate.today());
  inform(tx, id, agencies, actor);
  return {};
}

Result<> see_alarms(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, ProtectiveMeasureId id, std::int64_t up_to) {
  if (auto permit = gate.write(id); !permit) return tl::unexpected(permit.error());
  store::see_alarms(tx, id, gate.today(), up_to);
  settle_alarms(tx, id, actor);
  return {};
}

void on_party_serves(db::WriteTx& tx, const Serving& serving, const access::Actor& actor) {
  store::add_serving(tx, serving, office_day(actor.now));
  for_each_concerned(tx, serving.household, serving.person, actor, [&](const store::Standing& m) {
    const auto sides = store::sides(tx, m.id);
    const bool known = std::any_of(sides.begin(), sides.end(), [&](const SideRow& s) { return s.party == serving.party && !s.lifted; });
    refresh_and_tell(tx, m, actor);
    // An agency of the other side comes into the protected person's own household for somebody or something else.
    if (known && is_home(tx, m, serving.household, office_day(actor.now))) alarm(tx, m, "team", serving.party, actor);
  });
}

// Of somebody who moved, the agencies of the new household come to the other side with it.
void on_members_changed(db::WriteTx& tx, HouseholdId household, std::optional<PersonId> person, const access::Actor& actor) {
  const Date today = office_day(actor.now);
  for (const store::StandingRelation& r : store::relations_of(tx, household, person, today)) shield_relation(tx, r, today);
  for_each_concerned(tx, household, person, actor, [&](const store::Standing& m) {
    refresh_and_tell(tx, m, actor);
    if (person && is_home(tx, m, household, today) && store::is_opponent(tx, m.id, *person)) alarm(tx, m, "household", {}, actor);
    if (person != m.person) return;
    // She herself came: who of the other side is there already?
    if (store::opponent_belongs(tx, m, household, today)) alarm(tx, m, "household", {}, actor);
    for (const std::int64_t party : store::sides_around(tx, m, household, today)) alarm(tx, m, "team", party, actor);
  });
}

void on_worked_for(db::WriteTx& tx, HouseholdId household, std::optional<PersonId> person, const access::Actor& actor) {
  for_each_concerned(tx, household, person, actor, [&](const store::Standing& m) {
    const auto exempt = access::exempt_from(tx, m.id.value);
    if (std::find(exempt.begin(), exempt.end(), actor.account) != exempt.end()) refresh_and_tell(tx, m, actor);
  });
}

void on_person_named(db::WriteTx& tx, const access::Permit<PersonTag>& person, const access::Actor& actor) {
  for (const ProtectiveMeasureId id : store::same_name(person))
    if (const auto m = store::standing(tx, id); m && m->person != person.id()) alarm(tx, *m, "name", {}, actor);
}

void on_case_subject(db::WriteTx& tx, HouseholdId household, PersonId person, const access::Actor& actor) {
  for_each_concerned(tx, household, person, actor, [&](const store::Standing& m) {
    if (is_home(tx, m, household, office_day(actor.now)) && store::is_opponent(tx, m.id, person)) alarm(tx, m, "case", {}, actor);
  });
}

void on_meeting(db::WriteTx& tx, HouseholdId household, const std::vector<AgencyId>& agencies, const access::Actor& actor) {
  for_each_concerned(tx, household, {}, actor, [&](const store::Standing& m) {
    for (const SideRow& side : store::sides(tx, m.id))
      if (!side.lifted && std::find(agencies.begin(), agencies.end(), AgencyId(side.party)) != agencies.end()) alarm(tx, m, "meeting", side.party, actor);
  });
}

void on_person_asked(db::WriteTx& tx, const access::Permit<AgendaItemTag>& item, HouseholdId household, const AskedPerson& who, const access::Actor& actor) {
  const auto namesakes = store::opponents_called(item, who.name);
  for_each_concerned(tx, household, {}, actor, [&](const store::Standing& m) {
    if (std::find(namesakes.begin(), namesakes.end(), m.id) != namesakes.end()) alarm(tx, m, "asked", {}, actor);
    for (const SideRow& side : store::sides(tx, m.id))
      if (!side.lifted && std::find(who.parties.begin(), who.parties.end(), side.party) != who.parties.end()) alarm(tx, m, "asked", side.party, actor);
  });
}

bool is_protected(db::ReadTx& tx, PersonId person) { return store::is_protected(tx, person); }

std::vector<PersonId> protected_from_home(db::ReadTx& tx, HouseholdId household, Date today) { return store::protected_at_home(tx, household, today); }

Result<ConflictId> declare_relation(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, HouseholdId household) {
  const auto own = gate.acting_agency(SubjectKind::conflict, access::Act::create, household.value);
  if (!own) return fail(ErrorCode::not_permitted, kNoRole);
  const auto permit = gate.create<ConflictTag>(tx, {household.value, *own, std::nullopt, Topic::basic, access::Sharing::own});
  if (!permit) return tl::unexpected(permit.error());
  // It is for the holder of the household to know, not for the agency of whoever declares it.
  const AgencyId holder = access::holder_of(tx, household.value);
  access::set_holder(tx, subject_of(permit->id()), holder);
  store::add_relation(tx, permit->id(), actor.account, household, {}, gate.today(), actor);
  shield_relation(tx, {permit->id(), actor.account, household, gate.today()}, gate.today());
  due::await(tx, {.kind = "conflict.told", .party = holder.value, .root = permit->id().value, .subject = subject_of(permit->id()), .due_on = gate.today()}, actor.now);
  return permit->id();
}

Result<RelationView> relation_view(db::ReadTx& tx, access::Gate& gate, ConflictId id) {
  const auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  auto view = store::relation(*permit);
  if (!view) return fail(ErrorCode::not_found, "見つかりません。");
  if (auto who = store::staff_name(tx, view->who.account)) view->who = *who;
  if (auto labels = household_labels(tx, gate, {view->household}); !labels.empty()) view->label = std::move(labels.begin()->second);
  view->may_lift = gate.may(id, access::Act::write) && steers(gate.viewer(), permit->facts().holder) && !view->until;
  return std::move(*view);
}

Result<> lift_relation(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, ConflictId id, std::int64_t version, const std::string& reason) {
  const auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  if (!steers(gate.viewer(), permit->facts().holder)) return fail(ErrorCode::not_permitted, kSteering);
  const std::string why(trim(reason));
  if (why.empty()) return invalid("reason", "取りやめる理由を書いてください。");
  if (!store::lift_relation(tx, *permit, gate.today(), why, version)) return fail(ErrorCode::stale, kStale);
  drop_shields(tx, id.value);
  due::settle(tx, subject_of(id), "", actor);
  return {};
}

Result<> keep_relation(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, ConflictId id) {
  const auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  if (!steers(gate.viewer(), permit->facts().holder)) return fail(ErrorCode::not_permitted, kSteering);
  due::settle(tx, subject_of(id), "", actor);
  return {};
}

}  // namespace kasane::people
