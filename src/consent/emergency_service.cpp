#include "consent/emergency_service.hpp"

#include "access/explain.hpp"
#include "base/japanese.hpp"
#include "consent/emergency_rules.hpp"
#include "consent/emergency_store.hpp"
#include "due/service.hpp"
#include "people/rules.hpp"
#include "programme/statutes.hpp"

namespace kasane::consent {

using access::Act;
using access::Topic;

namespace {

constexpr UtcMs kHour = 3'600'000;

SubjectRef ref(EmergencyAccessId id) { return {SubjectKind::emergency_access, id.value}; }

Error no_match(access::Gate& gate) {
  gate.trail().denied(SubjectKind::emergency_access, 0);
  return {ErrorCode::not_found, "1つの世帯に決まりませんでした。番号か、氏名と生年月日を確かめてください。", {}};
}

std::optional<HouseholdId> match(db::ReadTx& tx, const store::EmergencyPermit& permit, const EmergencyAsk& ask, Date on) {
  if (!trim(ask.number).empty()) return store::household_of_number(tx, people::as_household_number(ask.number).value_or(std::string()));
  const PartialDate birth{ask.birth->year(), static_cast<int>(ask.birth->month()), static_cast<int>(ask.birth->day())};
  const auto found = store::households_of_person(permit, plain_name(ask.name), birth.text(), on);
  return found.size() == 1 ? std::optional(found.front()) : std::nullopt;
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

void tell(db::WriteTx& tx, const EmergencyFacts& f, const Settings& city, const access::Actor& actor, Date today) {
  std::vector<AgencyId> told{f.holder};
  const auto sections = overseers(city);
  if (!city.m.is_city(city.dir.code(f.holder))) told.insert(told.end(), sections.begin(), sections.end());
  for (const AgencyId agency : told) due::await(tx, {"emergency.review", agency.value, f.household.value, ref(f.id), f.review_by}, actor.now);
  access::Ground g;
  g.kind = access::GroundKind::decision_duty;
  g.root = f.id.value;
  g.topics = Topic::basic;
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
  const auto permit = gate.create<EmergencyAccessTag>(tx, {0, *agency, {}, Topic::basic, access::Sharing::own});
  if (!permit) return tl::unexpected(permit.error());
  const auto household = match(tx, *permit, ask, gate.today());
  if (!household || gate.kept_from_somebody(household->value)) return tl::unexpected(no_match(gate));
  if (gate.may(*household, Act::read)) return fail(ErrorCode::conflict, "この世帯は、いまのままで見られます。「世帯をさがす」から開いてください。");
  const auto why = gate.explain(household->value, Act::read);
  if (!why) return tl::unexpected(no_match(gate));
  EmergencyFacts f;
  f.id = permit->id();
  f.household = *household;
  f.account = actor.account;
  f.agency = *agency;
  f.holder = why->facts.holder;
  f.reason_code = ask.reason_code;
  f.opened_at = actor.now;
  f.until_at = actor.now + emergency_hours(city.m) * kHour;
  f.review_by = gate.today().plus_days(emergency_review_days(city.m));
  store::insert_emergency(tx, *permit, f, std::string(trim(ask.reason)));
  access::move_to_root(tx, ref(f.id), household->value);
  // Who opened it does not review it, and neither does its agency: the record is the holder's.
  access::set_holder(tx, ref(f.id), f.holder);
  open_household(tx, f, programme::basis_text(city.m, programme::kDanger, gate.today()), actor, gate.today());
  tell(tx, f, city, actor, gate.today());
  access::note_act(tx, {"emergency.opened", gate.today(), household->value, {}, ref(f.id), f.reason_code, {}, {}}, actor);
  return *household;
}

Result<Emergency> emergency(db::ReadTx& tx, access::Gate& gate, EmergencyAccessId id) {
  const auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  const auto facts = store::emergency(tx, id);
  if (!facts) return fail(ErrorCode::not_found, "見つかりません。");
  return store::view(*permit, *facts);
}

std::vector<EmergencyFacts> emergencies_to_review(db::ReadTx&, access::Gate& gate) {
  return store::to_review(gate.scope<EmergencyAccessTag>());
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
