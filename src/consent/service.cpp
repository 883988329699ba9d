#include "consent/service.hpp"

#include <algorithm>

#include "access/guarded.hpp"
#include "base/crypto.hpp"
#include "base/japanese.hpp"
#include "consent/rules.hpp"
#include "consent/many_states.hpp"
#include "consent/store.hpp"
#include "due/service.hpp"
#include "people/service.hpp"

namespace kasane::consent {

using access::Topic;

namespace {

constexpr const char* kNotFound = "見つかりません。";

/// The person is one whom the viewer knows and who belongs or belonged to this household.
Result<> person_of(db::ReadTx& tx, access::Gate& gate, HouseholdId household, PersonId person) {
  const bool fits = person && gate.may(person, access::Act::read) && people::is_member(tx, household, person);
  return fits ? Result<>() : invalid("person", "この世帯の人を選んでください。");
}

bool same_fact(const StoredFact& a, PersonId person, Kind kind) { return a.person == person && a.kind == kind; }

/// What was taken back after that day: a fact of the day that is entered later was taken back with it.
bool taken_back_after(const std::vector<StoredFact>& facts, PersonId person, Kind kind, Date given_on) {
  return std::ranges::any_of(facts, [&](const StoredFact& f) {
    return same_fact(f, person, kind) && f.dates.given_on < given_on && f.dates.withdrawn_on && *f.dates.withdrawn_on > given_on;
  });
}

/// Of the facts (oldest first), the one that counts on that day.
const StoredFact* counting(const std::vector<StoredFact>& facts, PersonId person, Kind kind, Date on) {
  const StoredFact* latest = nullptr;
  for (const StoredFact& f : facts)
    if (same_fact(f, person, kind) && f.dates.given_on <= on && !taken_back_after(facts, person, kind, f.dates.given_on)) latest = &f;
  return latest;
}

FactState state_from(const StoredFact* fact, Date on) {
  FactState s;
  if (fact == nullptr) return s;
  s.validity = validity_on(fact->dates, on);
  s.id = fact->id;
  s.given_on = fact->dates.given_on;
  s.withdrawn_on = fact->dates.withdrawn_on;
  if (fact->dates.valid_until != *Date::from_iso(access::kForever)) s.valid_until = fact->dates.valid_until;
  s.exceptions = fact->exceptions;
  s.topics = fact->topics;
  return s;
}

PersonConsent consent_from(const std::vector<StoredFact>& facts, PersonId person, Date on) {
  return {person, state_from(counting(facts, person, Kind::application, on), on), state_from(counting(facts, person, Kind::sharing, on), on)};
}

std::vector<AgencyId> agencies_reached(db::ReadTx& tx, ConsentId id) {
  std::vector<AgencyId> agencies;
  for (const std::int64_t party : access::reached_by_source(tx, id.value)) agencies.emplace_back(party);
  return agencies;
}

/// Ends what an earlier consent opened and keeps whom it had reached, and which papers of sittings they had.
std::vector<AgencyId> end_sharing(db::WriteTx& tx, ConsentId id, Date on, UtcMs now) {
  auto reached = agencies_reached(tx, id);
  keep_reached(tx, id, reached);
  keep_papers(tx, id, office_day(now));
  access::revoke_grounds(tx, id.value, on);
  return reached;
}

/// What was passed on by word of mouth about this person ends with the agreement to share at all; kept with the fact
/// that ended it. Adds to `reached` whom it had reached.
void end_spoken(db::WriteTx& tx, ConsentId id, HouseholdId household, PersonId person, Date on, std::vector<AgencyId>& reached) {
  std::vector<AgencyId> spoken;
  for (const std::int64_t party : access::end_spoken_consent(tx, household.value, person, on)) spoken.emplace_back(party);
  keep_reached(tx, id, spoken);
  for (const AgencyId agency : spoken)
    if (std::ranges::find(reached, agency) == reached.end()) reached.push_back(agency);
}

void open_sharing(db::WriteTx& tx, ConsentId id, const NewConsent& what, const access::Actor& actor) {
  access::Ground ground;
  ground.kind = access::GroundKind::consent;
  ground.root = what.household.value;
  ground.person = what.person;
  ground.topics = scope_of(what);
  ground.team = true;
  for (const AgencyId agency : what.exceptions) ground.excluded.push_back(agency.value);
  ground.from = what.given_on;
  ground.until = last_day_of(what).value_or(*Date::from_iso(access::kForever));
  ground.basis = "情報共有同意 " + what.form_version + (what.basis.empty() ? "" : "、" + what.basis);
  ground.source = id.value;
  access::add_ground(tx, ground, actor);
}

/// The photo belongs to the other fact of the same person, or to this one.
Result<std::optional<ConsentId>> sheet_for(db::WriteTx& tx, const ConsentPermit& permit, const NewConsent& what) {
  if (what.sheet_of) {
    const auto other = fact(tx, *what.sheet_of);
    if (!other || other->person != what.person || other->household != what.household) return invalid("sheet", "紙の写真を選び直してください。");
    return std::optional(*what.sheet_of);
  }
  if (!what.sheet) return std::optional<ConsentId>();
  const std::string& bytes = what.sheet->bytes;
  insert_sheet(tx, permit, sheet_type(bytes).value_or(""),
               to_base64url(bytes));
  return std::optional(permit.id());
}

SubjectRef ref(ConsentId id) { return {SubjectKind::consent, id.value}; }

/// Who holds it is told a month before it ends. What an earlier fact of the same kind waited for is over.
void mind_the_end(db::WriteTx& tx, ConsentId id, const NewConsent& what, AgencyId holder, const std::vector<StoredFact>& before, const access::Actor& actor) {
  for (const StoredFact& f : before)
    if (same_fact(f, what.person, what.kind)) due::settle(tx, ref(f.id), "consent.renew", actor);
  if (const auto last = last_day_of(what); last && !what.refused)
    due::await(tx, {"consent.renew", holder.value, what.household.value, ref(id), renew_from(what.given_on, *last)}, actor.now);
}

void note(db::WriteTx& tx, const char* kind, const NewConsent& what, ConsentId id, const access::Actor& actor) {
  access::note_act(tx, {kind, what.given_on, what.household.value, what.person, {SubjectKind::consent, id.value}, code_of(what.kind), "", {}}, actor);
}

}  // namespace

Result<ConsentId> record(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, NewConsent what) {
  // It opens the household to the team: who may only look at it does not record that.
  if (auto household = gate.write(what.household); !household) return tl::unexpected(household.error());
  auto faults = faults_of(what, gate.today());
  if (auto fits = person_of(tx, gate, what.household, what.person); !fits)
    faults.insert(faults.begin(), fits.error().fields.begin(), fits.error().fields.end());
  if (!faults.empty()) return invalid(std::move(faults));
  const auto holder = gate.acting_agency(SubjectKind::consent, access::Act::create, what.household.value);
  if (!holder) return fail(ErrorCode::not_permitted, "同意を記録する役割がありません。");

  const auto before = facts_of_household(tx, what.household);
  auto permit = gate.create<ConsentTag>(tx, {what.household.value, *holder, what.person, Topic::basic, access::Sharing::team});
  if (!permit) return tl::unexpected(permit.error());
  const ConsentId id = permit->id();
  auto sheet = sheet_for(tx, *permit, what);
  if (!sheet) return tl::unexpected(sheet.error());
  insert_consent(tx, *permit, what, *sheet, actor);

  // A fact of an earlier day, entered late, is history: the later one goes on counting.
  const bool counts = !taken_back_after(before, what.person, what.kind, what.given_on) && std::ranges::none_of(before, [&](const StoredFact& f) {
    return same_fact(f, what.person, what.kind) && f.dates.given_on > what.given_on;
  });
  if (counts && what.kind == Kind::sharing) {
    for (const StoredFact& f : before)
      if (same_fact(f, what.person, what.kind) && !f.dates.refused && !f.dates.withdrawn_on) end_sharing(tx, f.id, gate.today(), gate.now());
    std::vector<AgencyId> spoken;
    if (what.refused) end_spoken(tx, id, what.household, what.person, gate.today(), spoken);
    else open_sharing(tx, id, what, actor);
  }
  if (counts) mind_the_end(tx, id, what, *holder, before, actor);
  note(tx, what.refused ? "consent.refused" : "consent.given", what, id, actor);
  due::settle(tx, {SubjectKind::person, what.person.value}, "consent.seek", actor);
  return id;
}

Result<std::vector<ConsentId>> record_all(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, std::vector<NewConsent> facts) {
  std::vector<ConsentId> made;
  for (NewConsent& next : facts) {
    if (!made.empty() && facts.front().sheet) {
      next.sheet.reset();
      next.sheet_of = made.front();
    }
    auto id = record(tx, gate, actor, next);
    if (!id) return tl::unexpected(id.error());
    made.push_back(*id);
  }
  return made;
}

Result<Withdrawn> withdraw(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, ConsentId id, Date on, std::string_view reason,
                           std::optional<std::int64_t> version) {
  auto known = gate.read(id);
  if (!known) return tl::unexpected(known.error());
  const HouseholdId household(known->facts().root);
  auto permit = gate.write(household);
  if (!permit) return tl::unexpected(permit.error());
  const auto stored = fact(tx, id);
  if (!stored) return fail(ErrorCode::not_found, kNotFound);
  if (on > gate.today()) return invalid("on", "未来の日付です。");
  if (on < stored->dates.given_on) return invalid("on", "同意の日より前です。");
  const auto facts = facts_of_household(tx, household);
  const StoredFact* standing = counting(facts, stored->person, stored->kind, gate.today());
  if (standing == nullptr || standing->id != id || stored->dates.refused || stored->dates.withdrawn_on)
    return fail(ErrorCode::conflict, "この同意は、もう有効ではありません。");
  if (!set_withdrawn(tx, *permit, id, on, trim(reason), version.value_or(stored->version)))
    return fail(ErrorCode::stale, "ほかの人が先に保存しました。いまの内容を確かめてください。");

  due::settle(tx, ref(id), "consent.renew", actor);
  Withdrawn done{id, household, stored->person, stored->kind, {}, {}};
  if (stored->kind == Kind::sharing) {
    done.reached = end_sharing(tx, id, on, gate.now());
    done.papers = keep_papers(tx, id, gate.today());
    end_spoken(tx, id, household, stored->person, on, done.reached);
  }
  access::note_act(tx, {"consent.withdrawn", on, household.value, stored->person, {SubjectKind::consent, id.value}, code_of(stored->kind), "", {}},
                   actor);
  return done;
}

Result<std::int64_t> let_lapse(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, HouseholdId household, Date last_day) {
  if (auto permit = gate.write(household); !permit) return tl::unexpected(permit.error());
  std::int64_t lapsing = 0;
  for (const StoredFact& f : facts_of_household(tx, household)) {
    if (f.dates.refused || f.dates.withdrawn_on || f.dates.valid_until <= last_day) continue;
    set_valid_until(tx, f.id, last_day);
    access::revoke_grounds(tx, f.id.value, last_day.plus_days(1));
    due::settle(tx, ref(f.id), "consent.renew", actor);
    ++lapsing;
  }
  return lapsing;
}

std::vector<PersonConsent> states(db::ReadTx& tx, HouseholdId household, Date on) {
  const auto facts = facts_of_household(tx, household);
  std::vector<PersonConsent> all;
  for (const StoredFact& f : facts) {
    if (std::ranges::any_of(all, [&](const PersonConsent& p) { return p.person == f.person; })) continue;
    all.push_back(consent_from(facts, f.person, on));
  }
  return all;
}

std::unordered_map<HouseholdId, std::vector<PersonConsent>> states_of_households(db::ReadTx& tx, const std::vector<HouseholdId>& households, Date on) {
  std::unordered_map<HouseholdId, std::vector<StoredFact>> by_household;
  for (StoredFact& f : facts_of_households(tx, households)) by_household[f.household].push_back(std::move(f));
  std::unordered_map<HouseholdId, std::vector<PersonConsent>> all;
  for (const auto& [household, facts] : by_household) {
    auto& own = all[household];
    for (const StoredFact& f : facts)
      if (std::ranges::none_of(own, [&](const PersonConsent& p) { return p.person == f.person; })) own.push_back(consent_from(facts, f.person, on));
  }
  return all;
}

std::string_view why_sharing_does_not_stand(Validity validity) {
  switch (validity) {
    case Validity::valid: return {};
    case Validity::none: return "本人の情報共有同意がまだありません。";
    case Validity::refused: return "本人が情報共有に同意していません。";
    case Validity::withdrawn: return "本人が情報共有同意を取り消しています。";
    case Validity::lapsed: return "情報共有同意の期限が切れています。";
  }
  return {};
}

PersonConsent state_of(db::ReadTx& tx, PersonId person, Date on) { return consent_from(facts_of_person(tx, person), person, on); }
bool sharing_stands(db::ReadTx& tx, PersonId person, Date on) { return state_of(tx, person, on).sharing.valid(); }
bool applied(db::ReadTx& tx, PersonId person, Date on) { return state_of(tx, person, on).application.valid(); }

Result<std::vector<ConsentLine>> consents_of(db::ReadTx& tx, access::Gate& gate, HouseholdId household) {
  if (auto permit = gate.read(household); !permit) return tl::unexpected(permit.error());
  auto lines = load_consents(gate, household, gate.today());
  add_agencies(tx, household, lines);
  const auto facts = facts_of_household(tx, household);
  for (ConsentLine& line : lines)
    if (taken_back_after(facts, line.person, line.kind, line.given_on)) line.validity = Validity::withdrawn;
  for (ConsentLine& line : lines) {
    const StoredFact* standing = counting(facts, line.person, line.kind, gate.today());
    line.latest = standing != nullptr && standing->id == line.id;
  }
  return lines;
}

Result<ConsentView> consent_view(db::ReadTx& tx, access::Gate& gate, ConsentId id) {
  auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  const HouseholdId household(permit->facts().root);
  auto lines = consents_of(tx, gate, household);
  if (!lines) return tl::unexpected(lines.error());
  for (ConsentLine& line : *lines)
    if (line.id == id) return ConsentView{std::move(line), household};
  return fail(ErrorCode::not_found, kNotFound);
}

Result<SheetFile> sheet_of(db::ReadTx&, access::Gate& gate, ConsentId id) {
  auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  auto sheet = permit->shows(Topic::contact) ? load_sheet(*permit) : std::nullopt;
  if (!sheet) return fail(ErrorCode::not_found, kNotFound);
  return std::move(*sheet);
}

Result<std::int64_t> record_own_view(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, NewOwnView what) {
  auto permit = gate.write(what.household);
  if (!permit) return tl::unexpected(permit.error());
  what.text = std::string(trim(what.text));
  std::vector<FieldError> faults;
  if (auto fits = person_of(tx, gate, what.household, what.person); !fits) faults = fits.error().fields;
  if (what.text.empty()) faults.push_back({"text", "本人の話を入力してください。"});
  if (what.heard_on > gate.today()) faults.push_back({"heard_on", "未来の日付です。"});
  if (!faults.empty()) return invalid(std::move(faults));
  return insert_own_view(tx, *permit, what, actor.account);
}

Result<std::vector<OwnView>> own_views(db::ReadTx& tx, access::Gate& gate, PersonId person) {
  auto permit = gate.read(person);
  if (!permit) return tl::unexpected(permit.error());
  if (!permit->shows(Topic::child)) return std::vector<OwnView>();
  // The entry in the register is no secret to who is kept from a person under the same roof; what she says is.
  access::SubjectFacts said = permit->facts();
  said.kind = SubjectKind::own_view;
  said.topics = Topic::child;
  said.sharing = access::Sharing::team;
  if (!access::would_see(tx, gate, said, {person})) return std::vector<OwnView>();
  return load_own_views(*permit);
}

}  // namespace kasane::consent
