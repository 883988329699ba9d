#include "people/service.hpp"

#include "base/japanese.hpp"
#include "people/protection_service.hpp"
#include "people/rules.hpp"
#include "people/search_rules.hpp"
#include "people/search_store.hpp"
#include "people/store.hpp"

namespace kasane::people {

using access::Topic;

namespace {

constexpr const char* kStale = "ほかの人が先に保存しました。保存されている内容と、入力した内容を見比べてください。";
constexpr const char* kNoRole = "この記録を作る役割がありません。";

void tidy(std::string& text) { text = std::string(trim(text)); }

void tidy(PersonFields& f) {
  tidy(f.family);
  tidy(f.given);
  tidy(f.kana);
}
void tidy(ContactFields& c) {
  tidy(c.address);
  tidy(c.phone);
  tidy(c.safe);
}

// A person belongs to the register of its household: same root, and shared with whoever reaches it.
Result<PersonId> make_person(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, HouseholdId household, AgencyId maker, AgencyId holder,
                             NewPerson what) {
  tidy(what.fields);
  tidy(what.contact);
  const auto id = fresh_id<PersonTag>();
  auto permit = gate.create<PersonTag>(tx, id, {household.value, maker, id, Topic::basic, access::Sharing::team});
  if (!permit) return tl::unexpected(permit.error());
  insert_person(tx, *permit, what.fields);
  if (!what.contact.empty()) insert_person_contact(tx, *permit, what.contact);
  insert_membership(tx, household, id, what.membership);
  search_index(tx.engine()).put(tx, *permit, keys_of(what.fields));
  if (holder != maker) access::set_holder(tx, {SubjectKind::person, id.value}, holder);
  on_person_named(tx, *permit, actor);
  return id;
}

template <class T, class Map>
auto by_id(std::vector<T> rows, Map&& id_of) {
  std::unordered_map<std::decay_t<decltype(id_of(rows.front()))>, T> out;
  out.reserve(rows.size());
  for (T& row : rows) {
    auto id = id_of(row);
    out.emplace(id, std::move(row));
  }
  return out;
}

/// Agencies in which the viewer holds a post that visits.
std::vector<AgencyId> visiting_agencies(const access::Viewer& viewer) {
  constexpr Roles kVisitors{Role::window_counsellor, Role::coordinator, Role::field_worker};
  std::vector<AgencyId> agencies;
  for (const access::Post& post : viewer.posts)
    if (kVisitors.has(post.role)) agencies.push_back(post.agency);
  return agencies;
}

bool holds(const std::vector<AgencyId>& agencies, AgencyId wanted) {
  for (const AgencyId a : agencies)
    if (a == wanted) return true;
  return false;
}

/// Holder and team write the note; whoever may write it also reads it.
bool may_set_safety(db::ReadTx& tx, access::Gate& gate, const HouseholdPermit& permit) {
  const auto agencies = visiting_agencies(gate.viewer());
  return holds(agencies, permit.facts().holder) || any_in_team(tx, permit.id().value, agencies, gate.today());
}

bool may_see_safety(db::ReadTx& tx, access::Gate& gate, const HouseholdPermit& permit) {
  const auto agencies = visiting_agencies(gate.viewer());
  return holds(agencies, permit.facts().holder) || any_reaches(tx, permit.id().value, agencies, Topic::safety, gate.today());
}

// A reach for the topic safety alone: it opens nothing by itself, but who already knows the household and visits it
// may read the note.
void ground_for_visitors(db::WriteTx& tx, access::Gate& gate, const HouseholdPermit& permit, std::int64_t source, const access::Actor& actor) {
  access::Ground ground;
  ground.kind = access::GroundKind::danger;
  ground.root = permit.id().value;
  ground.topics = Topic::safety;
  ground.team = true;
  ground.from = gate.today();
  ground.until = *Date::from_iso(access::kForever);
  ground.basis = "訪問する職員の安全（生命、身体の保護）";
  ground.source = source;
  access::add_ground(tx, ground, actor);
}

Result<> take_safety_away(db::WriteTx& tx, access::Gate& gate, const HouseholdPermit& permit, const std::optional<StoredSafety>& stored,
                          std::int64_t version) {
  if (!stored) return version == 0 ? Result<>() : fail(ErrorCode::stale, kStale);
  if (!delete_safety(tx, permit, version)) return fail(ErrorCode::stale, kStale);
  access::revoke_grounds(tx, stored->ground_source, gate.today());
  return {};
}

}  // namespace

Result<Registered> register_household(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, NewHousehold what) {
  if (auto faults = faults_of(what, gate.today()); !faults.empty()) return invalid(std::move(faults));
  const auto holder = gate.acting_agency(SubjectKind::household, access::Act::create);
  if (!holder) return fail(ErrorCode::not_permitted, kNoRole);
  auto permit = gate.create<HouseholdTag>(tx, {0, *holder, std::nullopt, Topic::basic, access::Sharing::team});
  if (!permit) return tl::unexpected(permit.error());
  const Date day = office_day(actor.now);
  const FiscalYear year = FiscalYear::of(day);
  const std::string number = household_number(what.number_prefix, year, next_serial(tx, year));
  const std::string label = default_label(what);
  insert_household(tx, *permit, number, label, what.area, day);
  tidy(what.address);
  tidy(what.phone);
  if (!what.address.empty() || !what.phone.empty()) insert_household_contact(tx, *permit, what.address, what.phone);
  search_index(tx.engine()).put(tx, *permit, household_keys(label, number));

  Registered made{permit->id(), {}};
  for (NewPerson& person : what.persons) {
    auto id = make_person(tx, gate, actor, made.household, *holder, *holder, std::move(person));
    if (!id) return tl::unexpected(id.error());
    made.persons.push_back(*id);
  }
  return made;
}

Result<PersonId> add_person(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, HouseholdId household, NewPerson what) {
  auto permit = gate.write(household);
  if (!permit) return tl::unexpected(permit.error());
  auto faults = faults_of(what.fields, "", gate.today());
  for (FieldError& fault : faults_of(what.membership, "")) faults.push_back(std::move(fault));
  if (!faults.empty()) return invalid(std::move(faults));
  const AgencyId holder = permit->facts().holder;
  const auto maker = gate.viewer().in_agency(holder) ? std::optional(holder) : gate.acting_agency(SubjectKind::person, access::Act::create);
  if (!maker) return fail(ErrorCode::not_permitted, kNoRole);
  auto made = make_person(tx, gate, actor, household, *maker, holder, std::move(what));
  if (made) on_members_changed(tx, household, *made, actor);
  return made;
}

Result<HouseholdView> household_view(db::ReadTx&, access::Gate& gate, HouseholdId id) {
  auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  HouseholdView view = load_household(*permit);
  view.members = load_members(gate, id);
  return view;
}

std::unordered_map<HouseholdId, HomeLine> homes_on(db::ReadTx&, access::Gate& gate, const std::vector<HouseholdId>& ids, Date day) {
  if (ids.empty()) return {};
  return by_id(load_homes(gate, ids, day), [](const HomeLine& h) { return h.id; });
}

std::unordered_map<HouseholdId, HouseholdLabel> household_labels(db::ReadTx&, access::Gate& gate, const std::vector<HouseholdId>& ids) {
  if (ids.empty()) return {};
  return by_id(load_labels(gate, ids), [](const HouseholdLabel& l) { return l.id; });
}

std::unordered_map<PersonId, PersonName> names_of(db::ReadTx&, access::Gate& gate, const std::vector<PersonId>& ids) {
  if (ids.empty()) return {};
  return by_id(load_names(gate, ids), [](const PersonName& n) { return n.id; });
}

Result<HouseholdId> household_of(db::ReadTx&, access::Gate& gate, PersonId id) {
  auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  return HouseholdId(permit->facts().root);
}

bool is_member(db::ReadTx& tx, HouseholdId household, PersonId person) { return belongs(tx, household, person); }

std::vector<HouseholdLabel> recent_households(db::ReadTx&, access::Gate& gate) { return load_recent(gate, 20); }

std::optional<HouseholdLabel> household_by_number(db::ReadTx&, access::Gate& gate, std::string_view number) {
  const auto stored = as_household_number(number);
  return stored ? load_by_number(gate, *stored) : std::nullopt;
}

Result<PersonView> person_view(db::ReadTx&, access::Gate& gate, PersonId id) {
  auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  return load_person(*permit);
}

Result<> edit_person(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, PersonId id, PersonEdit edit) {
  auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  tidy(edit.fields);
  if (auto faults = faults_of(edit.fields, "", gate.today()); !faults.empty()) return invalid(std::move(faults));
  if (!update_person(tx, *permit, edit.fields, edit.version)) return fail(ErrorCode::stale, kStale);
  search_index(tx.engine()).put(tx, *permit, keys_of(edit.fields));
  on_person_named(tx, *permit, actor);
  if (!edit.contact || !permit->shows(Topic::contact)) return {};
  tidy(*edit.contact);
  if (edit.contact_version == 0 && edit.contact->empty()) return {};
  const bool written = edit.contact_version == 0 ? insert_person_contact(tx, *permit, *edit.contact)
                                                 : update_person_contact(tx, *permit, *edit.contact, edit.contact_version);
  return written ? Result<>() : fail(ErrorCode::stale, kStale);
}

Result<> edit_household(db::WriteTx& tx, access::Gate& gate, const access::Actor&, HouseholdId id, HouseholdEdit edit) {
  auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  tidy(edit.label);
  tidy(edit.address);
  tidy(edit.phone);
  if (edit.label.empty()) return invalid("label", "世帯の呼び名を入力してください。");
  if (!update_household(tx, *permit, edit)) return fail(ErrorCode::stale, kStale);
  search_index(tx.engine()).put(tx, *permit, household_keys(edit.label, household_number_of(*permit)));
  if (!edit.with_contact || !permit->shows(Topic::contact)) return {};
  if (edit.contact_version == 0 && edit.address.empty() && edit.phone.empty()) return {};
  const bool written = edit.contact_version == 0 ? insert_household_contact(tx, *permit, edit.address, edit.phone)
                                                 : update_household_contact(tx, *permit, edit);
  return written ? Result<>() : fail(ErrorCode::stale, kStale);
}

Result<MembershipView> membership_view(db::ReadTx& tx, access::Gate& gate, MembershipId id) {
  const auto stored = load_membership(tx, id);
  if (!stored) return fail(ErrorCode::not_found, "見つかりません。");
  if (auto household = gate.read(stored->household); !household) return tl::unexpected(household.error());
  auto person = gate.read(stored->person);
  if (!person) return tl::unexpected(person.error());
  return MembershipView{id, stored->household, stored->person, load_name(*person), stored->fields, stored->version};
}

Result<> edit_membership(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, MembershipId id, MembershipFields fields,
                         std::int64_t version) {
  const auto stored = load_membership(tx, id);
  if (!stored) return fail(ErrorCode::not_found, "見つかりません。");
  if (auto person = gate.read(stored->person); !person) return tl::unexpected(person.error());
  if (auto household = gate.write(stored->household); !household) return tl::unexpected(household.error());
  if (auto faults = faults_of(fields, ""); !faults.empty()) return invalid(std::move(faults));
  if (!update_membership(tx, id, fields, version)) return fail(ErrorCode::stale, kStale);
  on_members_changed(tx, stored->household, {}, actor);
  return {};
}

Result<> move_person(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, PersonId id, HouseholdId to, MembershipFields fields, Date on) {
  auto person = gate.write(id);
  if (!person) return tl::unexpected(person.error());
  if (auto household = gate.write(to); !household) return tl::unexpected(household.error());
  if (still_belongs(tx, to, id, on)) return invalid("household", "すでにこの世帯の人です。");
  end_memberships(tx, id, on);
  fields.from = on;
  fields.until = std::nullopt;
  insert_membership(tx, to, id, fields);
  access::move_to_root(tx, {SubjectKind::person, id.value}, to.value);
  on_members_changed(tx, to, id, actor);
  return {};
}

bool visits(const access::Viewer& viewer) { return !visiting_agencies(viewer).empty(); }

Result<std::optional<SafetyNote>> visit_safety(db::ReadTx& tx, access::Gate& gate, HouseholdId id) {
  auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  if (!may_see_safety(tx, gate, *permit)) return std::optional<SafetyNote>();
  auto stored = load_safety(*permit);
  if (!stored) return std::optional<SafetyNote>();
  return std::optional<SafetyNote>(std::move(stored->note));
}

Result<> set_safety(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, HouseholdId id, SafetyEdit edit) {
  auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  if (!may_set_safety(tx, gate, *permit)) return fail(ErrorCode::not_permitted, "訪問時の注意は、訪問する役割の方が書けます。");
  tidy(edit.note);
  const auto stored = load_safety(*permit);
  if (edit.codes.empty() && edit.note.empty()) return take_safety_away(tx, gate, *permit, stored, edit.version);
  if (stored) {
    if (!update_safety(tx, *permit, edit, actor)) return fail(ErrorCode::stale, kStale);
    return {};
  }
  const std::int64_t source = next_id();
  if (edit.version != 0 || !insert_safety(tx, *permit, edit, source, actor)) return fail(ErrorCode::stale, kStale);
  ground_for_visitors(tx, gate, *permit, source, actor);
  return {};
}

}  // namespace kasane::people
