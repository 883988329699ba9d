#include "consent/provision_service.hpp"

#include <algorithm>

#include "access/below.hpp"
#include "base/japanese.hpp"
#include "consent/cooperation_store.hpp"
#include "consent/provision_rules.hpp"
#include "consent/provision_store.hpp"
#include "consent/service.hpp"
#include "due/service.hpp"
#include "people/service.hpp"

namespace kasane::consent {

using access::Topic;

namespace {

constexpr int kDaysToAnswer = 14;
constexpr int kDaysToRead = 7;

SubjectRef ref(ProvisionId id) { return {SubjectKind::provision, id.value}; }

void trim_all(NewProvision& what) {
  for (std::string* text : {&what.outside, &what.about, &what.items, &what.reason}) *text = std::string(trim(*text));
}

std::optional<programme::RecipientKind> recipient_of(const Settings& city, const NewProvision& what, AgencyId asker) {
  return what.outside.empty() ? programme::recipient_kind(city.m, city.dir.code(asker)) : what.outside_kind;
}

std::vector<FieldError> faults_of_asking(const Settings& city, const NewProvision& what, AgencyId asker, Date today) {
  auto faults = faults_of(what);
  if (city.dir.code(what.holder).empty()) faults.push_back({"holder", "記録を保有する機関を選んでください。"});
  else if (const auto* basis = provision_basis(city.m, city.dir.code(what.holder), what.basis_key, today); basis == nullptr)
    faults.push_back({"basis", "その機関が保有する記録に当てはまる根拠を選んでください（市は69条、市でない受託者は27条と契約）。"});
  else if (std::string why = why_not_to(*basis, recipient_of(city, what, asker)); !why.empty()) faults.push_back({"basis", std::move(why)});
  if (what.outside.empty() && what.holder == asker) faults.push_back({"holder", "自分の機関の記録は、協議しなくても使えます。"});
  if (const auto table = city.m.code_table("provision_reason"); table != nullptr && table->find(what.reason_class) == nullptr && !what.reason_class.empty())
    faults.push_back({"reason_class", "理由の区分を選んでください。"});
  return faults;
}

void open_to_asker(db::WriteTx& tx, ProvisionId id, AgencyId asker, const std::string& basis, Date today, const access::Actor& actor) {
  access::Ground g;
  g.kind = access::GroundKind::provision;
  g.root = id.value;
  g.topics = Topic::basic;
  g.named = {asker.value};
  g.from = today;
  g.until = *Date::from_iso(access::kForever);
  g.basis = basis;
  g.source = id.value;
  access::add_ground(tx, g, actor);
}

/// What was granted: the holder's own records as they stand on this day, to read, by the named recipient, until the day
/// that was set. What others hold about the same home is not this holder's to give.
void open_what_was_granted(db::WriteTx& tx, const Provision& p, const ProvisionDecision& d, const std::string& basis, const access::Actor& actor) {
  if (!p.recipient_id || !p.household || d.topics.empty()) return;
  access::Ground g;
  g.kind = access::GroundKind::provision;
  g.root = p.household->value;
  g.person = d.person;
  g.topics = d.topics | Topic::basic;
  g.named = {p.recipient_id->value};
  g.from = d.from;
  g.until = *d.until;
  g.basis = basis;
  g.source = p.id.value;
  access::add_ground(tx, g, actor);
  g.person.reset();
  for (const std::int64_t record : access::records_below(tx, p.household->value, {p.holder, d.person, g.topics})) {
    g.root = record;
    access::add_ground(tx, g, actor);
  }
}

void note(db::WriteTx& tx, const char* kind, ProvisionId id, std::string code, Date on, const access::Actor& actor) {
  access::note_act(tx, {kind, on, id.value, {}, ref(id), std::move(code), "", {}}, actor);
}

Error moved_on(const Provision& p) {
  if (p.state != ProvisionState::asked) return {ErrorCode::conflict, "この協議は、もう答えが出たか、取り下げられています。", {}};
  return {ErrorCode::stale, "ほかの人が先に保存しました。いまの内容を確かめてください。", {}};
}

std::string key_of(std::string_view versioned) { return std::string(versioned.substr(0, versioned.find('@'))); }

/// A 協議 that the viewer decides for its holder. Who asks may know it, and decides nothing.
struct Deciding {
  store::ProvisionPermit permit;
  Provision provision;
};
Result<Deciding> deciding(db::WriteTx& tx, access::Gate& gate, ProvisionId id) {
  auto known = provision(tx, gate, id);
  if (!known) return tl::unexpected(known.error());
  auto permit = gate.decide(id);
  if (!permit) return tl::unexpected(permit.error());
  if (!decides_for(gate.viewer(), known->holder)) return fail(ErrorCode::not_permitted, "答えるのは、記録を保有する機関の担当か所属長です。");
  return Deciding{*permit, std::move(*known)};
}

/// Whether the recorded consent of the person whom it is about speaks for this recipient, or against it. Of a household as a
/// whole nobody's consent is enough; one who keeps the recipient out is.
void weigh_consent(db::ReadTx& tx, const Provision& p, const ProvisionDecision& d, ProvisionAt& at) {
  if (!p.household || !p.recipient_id) return;
  for (const PersonConsent& c : states(tx, *p.household, at.today)) {
    if ((d.person && c.person != *d.person) || !c.sharing.valid()) continue;
    const bool excepted = std::ranges::find(c.sharing.exceptions, *p.recipient_id) != c.sharing.exceptions.end();
    at.kept_out = at.kept_out || excepted;
    at.consents = at.consents || (d.person && !excepted && c.sharing.topics.has_all(d.topics | Topic::basic));
  }
}

Result<Provision> own_asking(db::WriteTx& tx, access::Gate& gate, ProvisionId id) {
  if (auto permit = gate.write(id); !permit) return tl::unexpected(permit.error());
  auto known = provision(tx, gate, id);
  if (known && !gate.viewer().in_agency(known->asked_by)) return fail(ErrorCode::not_permitted, "この操作は、協議を求めた機関が行います。");
  return known;
}

}  // namespace

Result<ProvisionId> ask_for_provision(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, NewProvision what) {
  const auto asker = gate.acting_agency(SubjectKind::provision, access::Act::create);
  if (!asker) return fail(ErrorCode::not_permitted, "協議を求める役割がありません。");
  trim_all(what);
  if (auto faults = faults_of_asking(city, what, *asker, gate.today()); !faults.empty()) return invalid(std::move(faults));
  auto permit = gate.create<ProvisionTag>(tx, {0, *asker, {}, Topic::basic, access::Sharing::own});
  if (!permit) return tl::unexpected(permit.error());
  const ProvisionId id = permit->id();
  const FiscalYear year = FiscalYear::of(gate.today());
  const std::int64_t serial = store::next_ground_serial(tx, "provision", year);
  const bool own = what.outside.empty();
  store::ProvisionRow row{provision_number(city.m.wording("provision_number_prefix", ""), year, serial), year, serial, *asker, gate.today(),
                          own ? city.dir.name(*asker) : what.outside, own ? asker : std::nullopt,
                          provision_basis(city.m, city.dir.code(what.holder), what.basis_key, gate.today())->versioned_key(), *recipient_of(city, what, *asker)};
  store::insert_provision(tx, *permit, what, row);
  if (what.holder != *asker) {
    access::set_holder(tx, ref(id), what.holder);
    open_to_asker(tx, id, *asker, programme::basis_text(city.m, what.basis_key, gate.today()), gate.today(), actor);
  }
  due::await(tx, {"provision.answer", what.holder.value, id.value, ref(id), gate.today().plus_days(kDaysToAnswer)}, gate.now());
  note(tx, "provision.asked", id, what.basis_key, gate.today(), actor);
  return id;
}

Result<Provision> provision(db::ReadTx&, access::Gate& gate, ProvisionId id) {
  const auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  auto found = store::load_provision(*permit);
  if (!found) return fail(ErrorCode::not_found, "見つかりません。");
  // Which household the holder linked is the holder's own knowledge until it grants.
  if (!gate.viewer().in_agency(found->holder)) found->household.reset(), found->person.reset(), found->harm_reason = {}, found->consent_note = {};
  return std::move(*found);
}

std::vector<Provision> provisions(db::ReadTx&, access::Gate& gate) { return store::list_provisions(gate); }

std::vector<LedgerLine> ledger(db::ReadTx& tx, access::Gate& gate, const Settings& city, FiscalYear year) {
  const Roles readers = access::roles_for(SubjectKind::provision, access::Act::decide);
  const auto& posts = gate.viewer().posts;
  if (std::ranges::none_of(posts, [&](const access::Post& p) { return readers.has(p.role); })) return {};
  const bool whole = std::ranges::any_of(posts, [&](const access::Post& p) { return readers.has(p.role) && city.m.is_city(city.dir.code(p.agency)); });
  auto lines = store::ledger_lines(tx, year);
  const auto known = store::known_provisions(gate, year);
  for (LedgerLine& line : lines) line.known = std::ranges::binary_search(known, line.id);
  if (!whole) std::erase_if(lines, [](const LedgerLine& line) { return !line.known; });
  return lines;
}

Result<> link_provision(db::WriteTx& tx, access::Gate& gate, const access::Actor&, ProvisionId id, std::string_view household_number, std::int64_t version) {
  const auto d = deciding(tx, gate, id);
  if (!d) return tl::unexpected(d.error());
  if (d->provision.state != ProvisionState::asked) return tl::unexpected(moved_on(d->provision));
  const auto household = people::household_by_number(tx, gate, household_number);
  const auto permit = household ? gate.read(household->id) : fail(ErrorCode::not_found, "");
  if (!permit) return invalid("household", "この番号の世帯は見つかりません。");
  if (permit->facts().holder != d->provision.holder) return invalid("household", "この世帯の記録は、別の機関が保有しています。保有する機関への協議にしてください。");
  if (!store::set_household(tx, d->permit, household->id, version)) return tl::unexpected(moved_on(d->provision));
  return {};
}

Result<> decide_provision(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, ProvisionId id, ProvisionDecision what) {
  const auto d = deciding(tx, gate, id);
  if (!d) return tl::unexpected(d.error());
  const Provision& p = d->provision;
  if (p.state != ProvisionState::asked) return tl::unexpected(moved_on(p));
  for (std::string* text : {&what.items, &what.harm_reason, &what.answer, &what.consent_note}) *text = std::string(trim(*text));
  const programme::Statute* basis = provision_basis(city.m, city.dir.code(p.holder), what.basis_key, gate.today());
  ProvisionAt at{basis, p.recipient_kind, p.recipient_id.has_value(), p.household.has_value(), false, false, gate.today()};
  weigh_consent(tx, p, what, at);
  auto faults = faults_of(what, at);
  if (what.grant && what.person && !(p.household && people::is_member(tx, *p.household, *what.person))) faults.push_back({"person", "この世帯の人を選んでください。"});
  if (!faults.empty()) return invalid(std::move(faults));
  if (!store::set_provision_decision(tx, d->permit, what, basis == nullptr ? std::string() : basis->versioned_key(), gate.today(), actor.account))
    return tl::unexpected(moved_on(p));
  if (what.grant) open_what_was_granted(tx, p, what, programme::basis_text(city.m, basis->key, gate.today()), actor);
  due::settle(tx, ref(id), "provision.answer", actor);
  if (p.asked_by != p.holder) due::await(tx, {"provision.read", p.asked_by.value, id.value, ref(id), gate.today().plus_days(kDaysToRead)}, gate.now());
  note(tx, what.grant ? "provision.granted" : "provision.refused", id, what.grant ? basis->key : key_of(p.basis), gate.today(), actor);
  return {};
}

Result<> end_provision(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, ProvisionId id, std::int64_t version) {
  const auto d = deciding(tx, gate, id);
  if (!d) return tl::unexpected(d.error());
  const Provision& p = d->provision;
  if (!store::set_provision_ended(tx, d->permit, gate.today(), version)) return fail(ErrorCode::conflict, "終えられる提供ではないか、ほかの人が先に保存しました。");
  access::revoke_grounds(tx, id.value, gate.today());
  // What was asked and answered stays known to who asked.
  if (p.asked_by != p.holder) open_to_asker(tx, id, p.asked_by, programme::basis_text(city.m, key_of(p.basis), gate.today()), gate.today(), actor);
  note(tx, "provision.ended", id, key_of(p.basis), gate.today(), actor);
  return {};
}

Result<> read_provision(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, ProvisionId id) {
  if (const auto known = own_asking(tx, gate, id); !known) return tl::unexpected(known.error());
  if (store::set_provision_read(tx, id, gate.today())) due::settle(tx, ref(id), "provision.read", actor);
  return {};
}

Result<> withdraw_provision(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, ProvisionId id, std::int64_t version) {
  const auto known = own_asking(tx, gate, id);
  if (!known) return tl::unexpected(known.error());
  if (!store::set_provision_withdrawn(tx, id, version)) return tl::unexpected(moved_on(*known));
  due::settle(tx, ref(id), "", actor);
  note(tx, "provision.withdrawn", id, key_of(known->basis), gate.today(), actor);
  return {};
}

}  // namespace kasane::consent
