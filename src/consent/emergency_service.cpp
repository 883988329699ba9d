#include "consent/emergency_service.hpp"

#include <algorithm>

#include "access/below.hpp"
#include "access/explain.hpp"
#include "access/guarded.hpp"
#include "base/japanese.hpp"
#include "consent/emergency_rules.hpp"
#include "consent/emergency_store.hpp"
#include "due/service.hpp"
#include "people/protection_service.hpp"
#include "people/rules.hpp"
#include "programme/statutes.hpp"

namespace kasane::consent {

using access::Act;
using access::Topic;

namespace {

constexpr UtcMs kHour = 3'600'000;
constexpr UtcMs kDay = 24 * kHour;

SubjectRef ref(EmergencyAccessId id) { return {SubjectKind::emergency_access, id.value}; }

Error no_match(access::Gate& gate) {
  gate.trail().denied(SubjectKind::emergency_access, 0);
  return {ErrorCode::not_found, "1つの世帯に決まりませんでした。番号か、氏名と生年月日を確かめてください。", {}};
}

std::optional<store::Match> match(db::ReadTx& tx, const store::EmergencyPermit& permit, const EmergencyAsk& ask, Date on) {
  if (!trim(ask.number).empty()) {
    const auto household = store::household_of_number(tx, people::as_household_number(ask.number).value_or(std::string()));
    return household ? std::optional(store::Match{*household, {}}) : std::nullopt;
  }
  const PartialDate birth{ask.birth->year(), static_cast<int>(ask.birth->month()), static_cast<int>(ask.birth->day())};
  const auto found = store::households_of_person(permit, plain_name(ask.name), birth.text(), on);
  return found.size() == 1 ? std::optional(found.front()) : std::nullopt;
}

/// Whether what was asked for can be read as it is: who was looked for by name has to be readable too.
bool readable(access::Gate& gate, const store::Match& found) {
  return gate.may(found.household, Act::read) && (!found.person || gate.may(*found.person, Act::read));
}

/// So many openings that nobody has reviewed yet are enough for one day.
bool too_many_unreviewed(db::ReadTx& tx, AccountId account, UtcMs now, int most) {
  const auto own = store::of_account(tx, account);
  return std::ranges::count_if(own, [&](const EmergencyFacts& f) { return f.verdict == Verdict::open && now - f.opened_at < kDay; }) >= most;
}

/// That somebody of this home is protected, or is kept from one who is, is a matter of abuse; and so is that a guarded
/// agency opened it.
bool touches_protection(db::ReadTx& tx, const EmergencyFacts& f, Date today) {
  if (access::is_guarded(tx, f.agency)) return true;
  const auto persons = access::persons_below(tx, f.household.value);
  return std::ranges::any_of(persons, [&](PersonId p) { return people::is_protected(tx, p); }) || !people::protected_from_home(tx, f.household, today).empty();
}

/// A guarded agency is named to its own staff alone.
void leave_out_guarded(db::ReadTx& tx, const access::Viewer& viewer, EmergencyFacts& f) {
  if (!viewer.in_agency(f.agency) && access::is_guarded(tx, f.agency)) f.agency = AgencyId();
}

/// Sections of the city that see to the programme: they review where the holder has nobody who may.
std::vector<AgencyId> overseers(const Settings& city) {
  std::vector<AgencyId> all;
  for (const std::string& code : city.m.owner_sections)
    if (const auto id = city.dir.find(code)) all.push_back(*id);
  return all;
}

void open_household(db::WriteTx& tx, const EmergencyFacts& f, const std::string& basis, const access::Actor& actor, Date today) {
  access::Ground g;
  g.kind = access::GroundKind::emergency;
  g.root = f.household.value;
  g.topics = kEmergencyTopics;
  g.named = {f.account.value};
  g.from = today;
  g.until = office_day(f.until_at);
  g.basis = basis;
  g.source = f.id.value;
  access::add_ground(tx, g, actor);
}

void tell(db::WriteTx& tx, const EmergencyFacts& f, const Settings& city, access::Topics topics, const access::Actor& actor, Date today) {
  // Who is kept from somebody of this home is told nothing of it, and reviews nothing.
  const auto kept = [&](AgencyId agency) { return access::is_kept_from(tx, agency.value, f.household.value, today); };
  auto sections = overseers(city);
  std::erase_if(sections, kept);
  std::vector<AgencyId> told;
  if (!kept(f.holder)) told.push_back(f.holder);
  if (told.empty() || !city.m.is_city(city.dir.code(f.holder))) told.insert(told.end(), sections.begin(), sections.end());
  for (const AgencyId agency : told) due::await(tx, {"emergency.review", agency.value, f.household.value, ref(f.id), f.review_by}, actor.now);
  access::Ground g;
  g.kind = access::GroundKind::decision_duty;
  g.root = f.id.value;
  g.topics = topics;
  for (const AgencyId agency : sections) g.named.push_back(agency.value);
  g.from = today;
  g.until = *Date::from_iso(access::kForever);
  g.basis = "緊急の閲覧の確認";
  // A source of its own: closing the opening does not take the review away.
  g.source = next_id();
  if (!g.named.empty()) access::add_ground(tx, g, actor);
}

}  // namespace

Result<HouseholdId> open_in_emergency(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const EmergencyAsk& ask) {
  if (auto faults = faults_of(ask, city.m); !faults.empty()) return invalid(std::move(faults));
  const auto agency = gate.acting_agency(SubjectKind::emergency_access, Act::create);
  if (!agency) return fail(ErrorCode::not_permitted, "この操作は、相談や支援を担当する役割の方が行えます。");
  if (too_many_unreviewed(tx, actor.account, actor.now, emergency_most_a_day(city.m)))
    return fail(ErrorCode::conflict, "確認を待っている緊急の閲覧が多いため、確認が済むまで開けません。急ぐときは、市の担当か保有機関に電話してください。");
  const auto permit = gate.create<EmergencyAccessTag>(tx, {0, *agency, {}, Topic::basic, access::Sharing::own});
  if (!permit) return tl::unexpected(permit.error());
  const auto found = match(tx, *permit, ask, gate.today());
  if (!found) return tl::unexpected(no_match(gate));
  // Before the shields: another answer to who reads the home anyway would tell that something in it is hidden.
  if (readable(gate, *found)) return fail(ErrorCode::conflict, "この世帯は、いまのままで見られます。「世帯をさがす」から開いてください。");
  if (gate.may(found->household, Act::read) || gate.kept_from_somebody(found->household.value)) return tl::unexpected(no_match(gate));
  const HouseholdId household = found->household;
  const auto why = gate.explain(household.value, Act::read);
  if (!why) return tl::unexpected(no_match(gate));
  EmergencyFacts f;
  f.id = permit->id();
  f.household = household;
  f.account = actor.account;
  f.agency = *agency;
  f.holder = why->facts.holder;
  f.reason_code = ask.reason_code;
  f.opened_at = actor.now;
  f.until_at = actor.now + emergency_hours(city.m) * kHour;
  f.review_by = gate.today().plus_days(emergency_review_days(city.m));
  store::insert_emergency(tx, *permit, f, std::string(trim(ask.reason)));
  access::move_to_root(tx, ref(f.id), household.value);
  const access::Topics topics = touches_protection(tx, f, gate.today()) ? Topic::basic | Topic::abuse : access::Topics(Topic::basic);
  access::set_topics(tx, ref(f.id), topics);
  // Who opened it does not review it, and neither does its agency: the record is the holder's.
  access::set_holder(tx, ref(f.id), f.holder);
  open_household(tx, f, programme::danger_basis_text(city.m, city.dir.code(f.holder), gate.today()), actor, gate.today());
  tell(tx, f, city, topics, actor, gate.today());
  access::note_act(tx, {"emergency.opened", gate.today(), household.value, {}, ref(f.id), f.reason_code, {}, {}}, actor);
  return household;
}

Result<Emergency> emergency(db::ReadTx& tx, access::Gate& gate, EmergencyAccessId id) {
  const auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  auto facts = store::emergency(tx, id);
  if (!facts) return fail(ErrorCode::not_found, "見つかりません。");
  leave_out_guarded(tx, gate.viewer(), *facts);
  return store::view(*permit, *facts);
}

std::vector<EmergencyFacts> emergencies_to_review(db::ReadTx& tx, access::Gate& gate) {
  auto waiting = store::to_review(gate.scope<EmergencyAccessTag>());
  for (EmergencyFacts& f : waiting) leave_out_guarded(tx, gate.viewer(), f);
  return waiting;
}

std::vector<EmergencyFacts> emergencies_for_audit(db::ReadTx& tx, const access::Gate& gate) {
  if (!gate.role_may(SubjectKind::audit, Act::read)) return {};
  auto all = store::newest(tx);
  for (EmergencyFacts& f : all) leave_out_guarded(tx, gate.viewer(), f);
  return all;
}

std::int64_t unreviewed_emergencies(db::ReadTx& tx, const access::Gate& gate) {
  return gate.role_may(SubjectKind::audit, Act::read) ? store::count_unreviewed(tx) : 0;
}

Result<> review_emergency(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, EmergencyAccessId id, const Review& in) {
  const auto permit = gate.decide(id);
  if (!permit) return tl::unexpected(permit.error());
  const auto facts = store::emergency(tx, id);
  if (!facts) return fail(ErrorCode::not_found, "見つかりません。");
  if (facts->account == actor.account) return fail(ErrorCode::not_permitted, "自分が開いたものは、ほかの人が確かめます。");
  const std::string note(trim(in.note));
  if (in.verdict == Verdict::open) return invalid("verdict", "確かめた結果を選んでください。");
  if (in.verdict == Verdict::not_justified && note.empty()) return invalid("note", "必要とは認められない理由と、したことを入力してください。");
  if (!store::set_reviewed(tx, *permit, in.version, gate.today(), actor.account, in.verdict, note)) return fail(ErrorCode::stale, "ほかの人が先に確かめました。");
  if (in.verdict == Verdict::not_justified) {
    access::revoke_grounds(tx, id.value, gate.today());
    store::set_ended(tx, id, actor.now);
  }
  due::settle(tx, ref(id), "emergency.review", actor);
  access::note_act(tx, {"emergency.reviewed", gate.today(), facts->household.value, {}, ref(id), std::string(code_of(in.verdict)), {}, {}}, actor);
  return {};
}

Result<> end_own_emergency(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, EmergencyAccessId id) {
  const auto facts = store::emergency(tx, id);
  if (!facts || facts->account != actor.account) return fail(ErrorCode::not_found, "見つかりません。");
  gate.trail().note(SubjectKind::emergency_access, id.value);
  if (!facts->open_at(actor.now)) return fail(ErrorCode::conflict, "この緊急の閲覧は、もう終わっています。");
  access::revoke_grounds(tx, id.value, gate.today());
  store::set_ended(tx, id, actor.now);
  access::note_act(tx, {"emergency.ended", gate.today(), facts->household.value, {}, ref(id), facts->reason_code, {}, {}}, actor);
  return {};
}

std::int64_t end_run_out_emergencies(db::Database& city, UtcMs now) {
  const auto over = city.read([&](db::ReadTx& tx) { return store::run_out(tx, now); });
  if (over.empty()) return 0;
  return city.write([&](db::WriteTx& tx) {
    for (const EmergencyAccessId id : over) {
      access::revoke_grounds(tx, id.value, office_day(now));
      store::set_ended(tx, id, now);
    }
    return static_cast<std::int64_t>(over.size());
  });
}

}  // namespace kasane::consent
